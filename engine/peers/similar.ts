/**
 * Nodes that stand alike in the graph of access: its embedding, the nodes of the same kind that lie nearest to one and what
 * they have in common with it, and places of nodes on a map.
 *
 * The embedding is work for once per version and instant; it lies in shared memory, so that to ask about it costs a walk over
 * its rows and no copy. Near nodes are no proof of anything: who stands out, and who belongs together, is found on the
 * entitlements themselves.
 */
import { type Embedding, fastRp } from '../../algorithms/fast-rp.ts';
import { planarMap } from '../../algorithms/planar-map.ts';
import type { LongWork } from '../access/apart.ts';
import { makeFrame } from '../access/frame.ts';
import { invalid } from '../access/ground.ts';
import { type Instant, NODE_KINDS, type NodeKind } from '../model/index.ts';
import { isIdentity, kindIndexOf, type Snapshot } from '../snapshot/snapshot.ts';
import { accessArcs } from './access-arcs.ts';
import { attained } from './attained.ts';

/** Dimensions of an embedding, where memory allows. */
const DIMENSIONS = 128;
const FEWEST_DIMENSIONS = 16;
/** Numbers in an embedding at most, as long as it has more than the fewest dimensions: 256 MiB. */
const MOST_NUMBERS = 1 << 26;
/** Nodes that are told as what two have in common. */
const REASONS = 5;
export const MOST_SIMILAR = 1_000;

export interface EmbedInput {
  readonly at: Instant;
  /** A safe integer. */
  readonly seed: number;
}

export interface AccessEmbedding extends Embedding {
  readonly version: number;
  readonly at: Instant;
  /** Node number of each row. */
  readonly nodes: Uint32Array;
}

/**
 * Rows of all nodes. A node's row is drawn by its id: what is far from any change between two versions keeps its row.
 * More than half a million nodes have fewer dimensions than 128, so that memory stays within bounds.
 */
export const embedAccess: LongWork<EmbedInput, AccessEmbedding> = async ([snapshot], { at, seed }, pace) => {
  if (!Number.isSafeInteger(seed)) throw invalid('seed', `seed must be a whole number, is ${seed}`);
  const { nodes, graph } = await accessArcs(snapshot!, at, pace);
  const keys = nodes.map((node) => hashOf(snapshot!.ids.at(node)));
  const { dimensions, values } = fastRp(graph, {
    dimensions: dimensionsFor(nodes.length),
    seed,
    keys,
    checkpoint: () => pace.check(),
  });
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  const rows = new Uint32Array(new SharedArrayBuffer(nodes.byteLength));
  rows.set(nodes);
  return { version: snapshot!.version, at, nodes: rows, dimensions, values: shared };
};

function dimensionsFor(nodes: number): number {
  const fit = Math.floor(MOST_NUMBERS / Math.max(1, nodes) / 8) * 8;
  return Math.min(DIMENSIONS, Math.max(FEWEST_DIMENSIONS, fit));
}

/** FNV-1a of 32 bits over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export interface SimilarInput {
  /** Of the same version. */
  readonly embedding: AccessEmbedding;
  readonly node: number;
  /** From 1 to 1,000. */
  readonly first: number;
  /** Default false: disabled identities are left out. */
  readonly includeDisabled?: boolean | undefined;
}

export interface SimilarNode {
  readonly node: number;
  /** Cosine of the two rows, above 0 and at most 1: 1 for nodes that are joined to the same nodes. */
  readonly likeness: number;
  /**
   * What both have, what fewest nodes are joined to first, five at most. Of principals: groups, roles and resources that
   * membership and grants lead to. Of resources: who is granted something on them, and what contains them.
   */
  readonly shared: readonly number[];
  readonly sharedCount: number;
  /** What either has; `sharedCount` of it both. */
  readonly eitherCount: number;
}

export interface FoundSimilar {
  /** The most alike first, equally alike ones by id. */
  readonly similar: readonly SimilarNode[];
  /** How many nodes of its kind it was compared with. */
  readonly compared: number;
  /** True when the node is joined to nothing: then nothing is like it. */
  readonly isAlone: boolean;
}

/** Nodes of the same kind that are most like one. O(nodes · dimensions). */
export const findSimilar: LongWork<SimilarInput, FoundSimilar> = async ([snapshot], asked, pace) => {
  const { embedding, node, first, includeDisabled = false } = asked;
  if (!Number.isInteger(first) || first < 1 || first > MOST_SIMILAR)
    throw invalid('first', `first must be a whole number from 1 to ${MOST_SIMILAR}, is ${first}`);
  const own = rowNumber(snapshot!, embedding, node);
  const kind = kindIndexOf(snapshot!, node);
  const nearest = new Nearest(first, snapshot!);
  let compared = 0;
  const isAlone = lengthOf(embedding, own) === 0;
  for (let row = 0; row < embedding.nodes.length; row++) {
    if ((row & 255) === 0 && pace.isDue()) await pace.rest();
    const other = embedding.nodes[row]!;
    if (other === node || kindIndexOf(snapshot!, other) !== kind) continue;
    if (!includeDisabled && isIdentity(snapshot!, other) && snapshot!.disabled[other] !== 0) continue;
    compared++;
    const likeness = isAlone ? 0 : cosine(embedding, own, row);
    if (likeness > 0) nearest.offer(other, likeness);
  }
  const frame = makeFrame(snapshot!, 'ENTITLED', embedding.at);
  const owned = await attained(frame, node, pace);
  const similar: SimilarNode[] = [];
  for (const { node: other, likeness } of nearest.found()) {
    const others = await attained(frame, other, pace);
    similar.push({ node: other, likeness, ...inCommon(snapshot!, owned, others) });
  }
  return { similar, compared, isAlone };
};

function rowNumber(snapshot: Snapshot, { version, nodes }: AccessEmbedding, node: number): number {
  const row = version === snapshot.version ? nodes.indexOf(node) : -1;
  if (row >= 0) return row;
  throw invalid('embedding', 'the embedding must be of the version that is asked about, and the node one of its nodes');
}

const lengthOf = ({ values, dimensions }: Embedding, row: number): number =>
  Math.hypot(...values.subarray(row * dimensions, (row + 1) * dimensions));

function cosine({ values, dimensions }: Embedding, a: number, b: number): number {
  const [x, y] = [a * dimensions, b * dimensions];
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += values[x + d]! * values[y + d]!;
  return Math.min(1, sum);
}

/** Likeness within this of another is the same but for rounding to 32 bits: then ids decide. */
const ROUNDING = 1e6;

interface Near {
  readonly node: number;
  readonly likeness: number;
}

/** The nearest of all that are offered; put in order once in so many offers. */
class Nearest {
  readonly #most: number;
  readonly #snapshot: Snapshot;
  #kept: Near[] = [];
  #least = 0;

  constructor(most: number, snapshot: Snapshot) {
    this.#most = most;
    this.#snapshot = snapshot;
  }

  offer(node: number, likeness: number): void {
    const rounded = Math.round(likeness * ROUNDING) / ROUNDING;
    if (rounded < this.#least) return;
    this.#kept.push({ node, likeness: rounded });
    if (this.#kept.length >= 2 * this.#most + 1024) this.#cut();
  }

  found(): readonly Near[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    const { ids } = this.#snapshot;
    this.#kept.sort((a, b) => b.likeness - a.likeness || (ids.at(a.node) < ids.at(b.node) ? -1 : 1));
    this.#kept = this.#kept.slice(0, this.#most);
    if (this.#kept.length === this.#most) this.#least = this.#kept.at(-1)!.likeness;
  }
}

function inCommon(snapshot: Snapshot, own: ReadonlySet<number>, others: ReadonlySet<number>) {
  const shared = [...own].filter((node) => others.has(node));
  const joined = new Map(shared.map((node) => [node, joinedTo(snapshot, node)]));
  shared.sort((a, b) => joined.get(a)! - joined.get(b)! || (snapshot.ids.at(a) < snapshot.ids.at(b) ? -1 : 1));
  return {
    shared: shared.slice(0, REASONS),
    sharedCount: shared.length,
    eitherCount: own.size + others.size - shared.length,
  };
}

/** Edges at a node, whenever they are there. */
const joinedTo = ({ adjacency }: Snapshot, node: number): number =>
  adjacency.reduce((sum, { out, into }) => sum + out.count(node) + into.count(node), 0);

export interface MapInput {
  readonly embedding: AccessEmbedding;
  /** Nodes of these kinds; default all. */
  readonly kinds?: readonly NodeKind[] | undefined;
}

export interface AccessMap {
  readonly nodes: Uint32Array;
  /** x and y of each node, one after another. */
  readonly coordinates: Float64Array;
  /** Share of what tells nodes apart that each axis shows, in [0, 1]. */
  readonly explained: readonly [number, number];
}

/** Where nodes lie on the plane that tells them apart best. Nodes that are joined to nothing are left out. */
export const mapAccess: LongWork<MapInput, AccessMap> = async ([snapshot], { embedding, kinds = NODE_KINDS }, pace) => {
  const wanted = new Set(kinds.map((kind) => NODE_KINDS.indexOf(kind)));
  if (wanted.has(-1)) throw invalid('kinds', `kinds must be some of ${NODE_KINDS.join(', ')}`);
  const rows: number[] = [];
  for (let row = 0; row < embedding.nodes.length; row++) {
    if ((row & 255) === 0 && pace.isDue()) await pace.rest();
    if (wanted.has(kindIndexOf(snapshot!, embedding.nodes[row]!)) && lengthOf(embedding, row) > 0) rows.push(row);
  }
  const { dimensions } = embedding;
  const values = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    values.set(embedding.values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  const plane = planarMap({ dimensions, values }, () => pace.check());
  return { nodes: Uint32Array.from(rows, (row) => embedding.nodes[row]!), ...plane };
};
