/**
 * Whether changes leave every identity as it stands, worked out a second time and in another way than the engine does: from
 * the records alone, without a compiled graph, and with nothing but the access model in common.
 */
import { createHash } from 'node:crypto';
import { type Change, type Instant, REACHES, type Reach } from '../../model/index.ts';
import type { AgreedGrants } from './agreed-grants.ts';
import { type NumberedGraph, type NumberedSides, numberedSides } from './numbered-sides.ts';
import { bothSides, type Records } from './plain-graph.ts';
import { type Special, Standing, specialNodes } from './standing.ts';

/** What one side comes to. */
export interface SideSum {
  /** (identity, allowing grant) pairs at the first instant, by memberships alone. */
  readonly pairs: number;
  /** Classes of identities that stand alike: how many there are. */
  readonly classes: number;
  /** Root of a Merkle tree of SHA-256 whose leaves are the identities in the order of their ids, each with its digest. */
  readonly root: string;
}

/** Somebody who stands otherwise afterwards. */
export interface Difference {
  readonly identity: string;
  readonly reach: Reach;
  readonly at: Instant;
  /** What is granted or denied on one side only. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface TwinProof {
  /** Identities that stand behind something that changes: all that were looked at. */
  readonly identities: number;
  readonly before: SideSum;
  readonly after: SideSum;
  readonly differenceCount: number;
  /** The first hundred, by id. */
  readonly differences: readonly Difference[];
  /** Identities that stand otherwise in nothing but what was agreed; absent where there are none. */
  readonly agreedCount?: number;
}

/** How sides are compared. */
export interface Comparing {
  /** What may differ; default: nothing. */
  readonly agreed?: AgreedGrants | undefined;
  /** Called after each identity, so that others have a turn and are told how far it is. */
  readonly rest: (done: number, of: number) => Promise<void>;
}

const TOLD = 100;

/**
 * Identities that have the same edges on both sides, and whom nobody acts as, are one class: one of them is looked at, and
 * the others stand as it does. O(classes · instants · what each comes to have).
 *
 * @throws GrantlensError PLAN_REFUSED for changes that are not about roles; what `rest` throws
 */
export async function compareSides(
  records: Records,
  changes: readonly Change[],
  instants: readonly Instant[],
  { agreed, rest }: Comparing,
): Promise<TwinProof> {
  const both = await bothSides(records, changes);
  const sides = numberedSides(both);
  const special = specialNodes(sides);
  const [was, is] = [
    new Times(sides.before, sides, instants, special),
    new Times(sides.after, sides, instants, special),
  ];
  const stands = new Map<string, readonly [before: WholeStand, after: WholeStand]>();
  const sums = [new Sum(), new Sum()] as const;
  const differences: Difference[] = [];
  let [differenceCount, agreedCount] = [0, 0];
  for (const [done, identity] of both.identities.entries()) {
    await rest(done, both.identities.length);
    const node = sides.numberOf(identity);
    const key =
      special.isActedAs[node] === 1 ? `${node}` : `${edgesText(sides.before, node)} ${edgesText(sides.after, node)}`;
    const known = stands.get(key) ?? [was.of(node), is.of(node)];
    stands.set(key, known);
    const [before, after] = known;
    sums[0].add(identity, before);
    sums[1].add(identity, after);
    if (before.digest === after.digest) continue;
    if (agreed?.isAboutAny(identity) === true && isAgreed(was, is, identity, node, sides, agreed)) {
      agreedCount += 1;
      continue;
    }
    differenceCount += 1;
    if (differences.length < TOLD) differences.push(differenceOf(was, is, identity, node));
  }
  return {
    identities: both.identities.length,
    before: sums[0].result(),
    after: sums[1].result(),
    differenceCount,
    differences,
    ...(agreedCount === 0 ? {} : { agreedCount }),
  };
}

/**
 * Whether somebody stands as before but for what may differ: everything else decides about him as it did, and what is said less
 * or more surely to him, or to whom he can act as, is what he may lose or gain.
 */
function isAgreed(
  was: Times,
  is: Times,
  identity: string,
  node: number,
  { lines }: NumberedSides,
  agreed: AgreedGrants,
): boolean {
  const may = (line: number, way: 'LOSE' | 'GAIN'): boolean => {
    const given = lines.given(line);
    return given !== undefined && agreed.agrees(identity, given, way);
  };
  const isLeftOut = (line: number): boolean => may(line, 'LOSE') || may(line, 'GAIN');
  return was.standings.every((before, i) => {
    const after = is.standings[i]!;
    return REACHES.every((reach) => {
      const without = [before, after].map((side) => side.digestWithout(node, reach, isLeftOut));
      if (without[0] !== without[1]) return false;
      const [had, has] = [before.saidTo(node, reach), after.saidTo(node, reach)];
      return [...new Set([...had.keys(), ...has.keys()])].every((line) => {
        const more = (has.get(line) ?? 0) - (had.get(line) ?? 0);
        return more === 0 || may(line, more < 0 ? 'LOSE' : 'GAIN');
      });
    });
  });
}

/** Equal for nodes that have the same edges. */
function edgesText({ bounds, what, to, isConditional, windows }: NumberedGraph, node: number): string {
  const edges: string[] = [];
  for (let place = bounds[node]!; place < bounds[node + 1]!; place++)
    edges.push(`${what[place]},${to[place]},${isConditional[place]},${windows.get(place)?.join(',') ?? ''}`);
  return edges.sort().join(';');
}

/** How an identity stands at all instants and in all reaches. */
interface WholeStand {
  readonly digest: string;
  readonly pairs: number;
}

/** One side at all instants. */
class Times {
  readonly standings: readonly Standing[];
  readonly #special: Special;

  constructor(graph: NumberedGraph, sides: NumberedSides, instants: readonly Instant[], special: Special) {
    this.standings = instants.map((at) => new Standing(graph, sides, at));
    this.#special = special;
  }

  of(node: number): WholeStand {
    const first = this.standings[0]!.of(node, REACHES);
    const isSteady = this.#special.changesWithTime[node] === 0;
    const later = this.standings.slice(1).map((standing) => (isSteady ? first : standing.of(node, REACHES)));
    return { digest: sha([first, ...later].flatMap(({ digests }) => digests).join('\n')), pairs: first.pairs };
  }
}

function differenceOf(was: Times, is: Times, identity: string, node: number): Difference {
  for (const [i, before] of was.standings.entries())
    for (const reach of REACHES) {
      const after = is.standings[i]!;
      if (before.of(node, [reach]).digests[0] === after.of(node, [reach]).digests[0]) continue;
      const [had, has] = [before.textsOf(node, reach), after.textsOf(node, reach)];
      return {
        identity,
        reach,
        at: before.at,
        gained: [...has].filter((line) => !had.has(line)).sort(),
        lost: [...had].filter((line) => !has.has(line)).sort(),
      };
    }
  throw new Error('two digests differ whose parts do not');
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

class Sum {
  #pairs = 0;
  readonly #classes = new Set<string>();
  readonly #leaves: string[] = [];

  add(identity: string, { digest, pairs }: WholeStand): void {
    this.#pairs += pairs;
    this.#classes.add(digest);
    this.#leaves.push(sha(`${identity}\n${digest}`));
  }

  result(): SideSum {
    return { pairs: this.#pairs, classes: this.#classes.size, root: merkleRoot(this.#leaves) };
  }
}

/** Pairs are joined level by level; one that is left over goes up as it is. The root of no leaves is the digest of nothing. */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha('');
  let level = leaves;
  while (level.length > 1) {
    const next: string[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? sha(`${level[i]!}\n${level[i + 1]!}`) : level[i]!);
    level = next;
  }
  return level[0]!;
}
