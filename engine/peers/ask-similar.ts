/** Questions about nodes that stand alike, and where nodes lie on a map, as they are asked. */
import { hereOrApart, type Waiting } from '../access/apart.ts';
import { groundOf, invalid, nodeOf } from '../access/ground.ts';
import { Names } from './answering.ts';
import type { PeersGround } from './ask-clusters.ts';
import type { AccessMapAnswer, AccessMapQuestion, SimilarAnswer, SimilarQuestion } from './questions.ts';
import { type AccessEmbedding, findSimilar, mapAccess } from './similar.ts';

const FIRST_SIMILAR = 20;
const FIRST_PLACES = 1_000;
const MOST_PLACES = 10_000;

/** @throws GrantlensError NODE_NOT_FOUND, ARGUMENT_INVALID; the reason of the signal */
export async function askSimilar(
  ground: PeersGround,
  embedding: AccessEmbedding,
  id: string,
  { first = FIRST_SIMILAR, includeDisabled }: SimilarQuestion,
  waiting: Waiting,
): Promise<SimilarAnswer> {
  const { snapshot, reader, apart } = ground;
  const node = nodeOf(groundOf(snapshot, reader), id);
  const input = { embedding, node, first, includeDisabled };
  const { similar, compared, isAlone } = await hereOrApart(apart, findSimilar, [snapshot], input, waiting);
  const names = new Names(snapshot, reader);
  return {
    similar: similar.map(({ node: other, shared, ...rest }) => ({
      id: names.id(other),
      kind: names.kind(other),
      ...rest,
      shared: shared.map((one) => names.id(one)),
    })),
    compared,
    ...(similar.length === 0 && { because: isAlone ? 'it is joined to nothing' : 'no other of its kind is near it' }),
    version: snapshot.version,
  };
}

/** @throws GrantlensError ARGUMENT_INVALID; the reason of the signal */
export async function askMap(
  ground: PeersGround,
  embedding: AccessEmbedding,
  { kinds, first = FIRST_PLACES }: AccessMapQuestion,
  waiting: Waiting,
): Promise<AccessMapAnswer> {
  const { snapshot, reader, apart } = ground;
  if (!(Number.isInteger(first) && first >= 1 && first <= MOST_PLACES))
    throw invalid('first', `first must be a whole number from 1 to ${MOST_PLACES}, is ${first}`);
  const { nodes, coordinates, explained } = await hereOrApart(
    apart,
    mapAccess,
    [snapshot],
    { embedding, kinds },
    waiting,
  );
  const names = new Names(snapshot, reader);
  const all = Array.from(nodes, (node, i) => ({
    id: names.id(node),
    x: coordinates[2 * i]!,
    y: coordinates[2 * i + 1]!,
  }));
  all.sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = Math.min(first, all.length);
  const chosen = Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
  const widest = coordinates.reduce((most, one) => Math.max(most, Math.abs(one)), 0) || 1;
  const places = chosen.map(({ id, x, y }) => ({ id, x: x / widest, y: y / widest }));
  return { places, count: all.length, explained, version: snapshot.version };
}
