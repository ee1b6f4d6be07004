/**
 * Cuts of a directed multigraph: sets of arcs without which no path leads from the source to the sink. Only sets that need
 * each of their arcs are told, each once, in an order that follows from the input.
 *
 * The cheapest by maximum flow: L. Ford, D. Fulkerson, "Maximal flow through a network", Canadian Journal of Mathematics 8,
 * 1956. All of the cheapest as closed sets of the residual graph: J.-C. Picard, M. Queyranne, "On the structure of all
 * minimum cuts in a network and applications", Mathematical Programming Study 13, 1980. Dearer ones in order by parting
 * what is left after each cut: E. Lawler, "A procedure for computing the k best solutions to discrete optimization
 * problems", Management Science 18(7), 1972, on arcs where V. Vazirani, M. Yannakakis, "Suboptimal cuts: their
 * enumeration, weight and number", ICALP 1992, have nodes: two cuts are told apart by their arcs alone.
 *
 * Capacities are whole numbers (`wholeCapacities` makes them of decimals), or Infinity for what may not be cut, so that
 * nothing is rounded and ties are ties. An arc may be free, of capacity 0; it is cut only where that is needed: of cuts
 * of equal value the one with fewer free arcs is the lesser. Every search looks at all nodes and arcs of the network, so
 * give what lies between the ends alone.
 */
import { arcRows, type NumberedRows } from './arc-rows.ts';
import { BinaryHeap } from './binary-heap.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { type FlowArcs, ResidualFlow, SINK_SIDE, SOURCE_SIDE } from './residual-flow.ts';

export { type WholeCapacities, wholeCapacities } from './whole-capacities.ts';

export interface CutNetwork extends FlowArcs {
  /** Whole numbers from 0, or Infinity, one for each arc. */
  readonly capacities: Float64Array;
  readonly source: number;
  readonly sink: number;
}

export interface Cut {
  /** Sum of the capacities. */
  readonly value: number;
  /** Arc numbers, ascending. */
  readonly arcs: Uint32Array;
}

export interface MinimumCut {
  readonly value: number;
  /** The cheapest cut that is nearest to the source. */
  readonly sourceMost: Uint32Array;
  /** The cheapest cut that is nearest to the sink. */
  readonly sinkMost: Uint32Array;
}

/** There is no cut: a path leads along arcs none of which may be cut. */
export interface NoCut {
  readonly value: number;
  /** A shortest such path as arc numbers, from the source on; empty when source and sink are one. */
  readonly uncuttable: readonly number[];
}

export interface CutOptions {
  /** How many cuts are told at most. */
  readonly limit: number;
  readonly checkpoint?: Checkpoint;
}

/** Why an enumeration ended. */
export type CutsEnd = 'ALL' | 'LIMIT' | 'FLOWS';

/**
 * The value of the cheapest cuts and two of them, which are the same when there is but one. O(nodes² · arcs) at worst.
 *
 * @param checkpoint called after each phase of the flow
 * @throws RangeError for capacities that are not whole, or too large together
 */
export function minimumCut(network: CutNetwork, checkpoint: Checkpoint = unchecked): MinimumCut | NoCut {
  const uncuttable = uncuttablePath(network);
  if (uncuttable !== undefined) return { value: Number.POSITIVE_INFINITY, uncuttable };
  const search = new CutSearch(network, checkpoint);
  const sinkSide = search.flow.sinkSide();
  return {
    value: search.valueOf(search.least),
    sourceMost: search.sourceMost(),
    sinkMost: search.arcsBetween((v) => sinkSide[v] === 0),
  };
}

/**
 * All cuts of least value, the one nearest to the source first; none when there is no cut. Takes O(nodes + arcs) for each
 * arc of a cut told.
 *
 * @param options checkpoint called for each part of the search
 * @returns when it is done, whether these were all or the limit was hit
 */
export function* minimumCuts(network: CutNetwork, options: CutOptions): Generator<Cut, CutsEnd> {
  const { limit, checkpoint = unchecked } = options;
  if (uncuttablePath(network) !== undefined) return 'ALL';
  const search = new CutSearch(network, checkpoint);
  const value = search.valueOf(search.least);
  const parts: Part[] = [WHOLE];
  for (let told = 0, part = parts.pop(); part !== undefined; part = parts.pop()) {
    checkpoint();
    if (!search.pose(part) || !search.flow.separates()) continue;
    if (told++ === limit) return 'LIMIT';
    const arcs = search.sourceMost();
    parts.push(...partsBeside(part, arcs).reverse());
    yield { value, arcs };
  }
  return 'ALL';
}

export interface OrderedCutOptions extends CutOptions {
  /** How many flows may be computed. In graphs with cycles some find no cut that needs all its arcs. */
  readonly flows: number;
}

/**
 * All cuts that need each of their arcs, in ascending order of value, equal values in an order that follows from the
 * input; none when there is no cut. Each cut told takes one flow for each of its arcs at most, and each flow starts from the
 * maximum of the whole.
 *
 * To hold a part of the cuts to some arcs is to settle the sides of their ends, which bounds the value of its cuts from
 * below but may give one that does not need all its arcs. Such a one is not told, and its part is searched on: whether a
 * cut with given arcs exists at all is NP-complete (it takes two paths without a common node).
 *
 * @param options checkpoint called after each flow
 * @returns when it is done, whether these were all or which limit was hit
 */
export function* cutsInOrder(network: CutNetwork, options: OrderedCutOptions): Generator<Cut, CutsEnd> {
  const { limit, flows, checkpoint = unchecked } = options;
  if (uncuttablePath(network) !== undefined) return 'ALL';
  const search = new CutSearch(network, checkpoint);
  const need = new Need(network);
  const queue = new BinaryHeap<Found>(comesFirst);
  let number = 0;
  let told = 0;
  let computed = 0;
  queue.push({ part: WHOLE, rank: search.least, arcs: undefined, number });
  for (let found = queue.pop(); found !== undefined; found = queue.pop()) {
    const { part, rank, arcs } = found;
    if (arcs === undefined) {
      if (!search.pose(part) || !need.mayHold(part)) continue;
      if (computed++ === flows) return 'FLOWS';
      const more = search.flow.augment(checkpoint);
      checkpoint();
      if (more !== Number.POSITIVE_INFINITY)
        queue.push({ ...found, rank: search.least + more, arcs: search.sourceMost() });
      continue;
    }
    const isNeeded = need.hasAll(arcs);
    if (isNeeded && told++ === limit) return 'LIMIT';
    for (const beside of partsBeside(part, arcs)) queue.push({ part: beside, rank, arcs: undefined, number: ++number });
    if (isNeeded) yield { value: search.valueOf(rank), arcs };
  }
  return 'ALL';
}

/** Some of the cuts: those with all of some arcs and none of others. */
interface Part {
  readonly included: readonly number[];
  readonly excluded: readonly number[];
}

const WHOLE: Part = { included: [], excluded: [] };

/** The other cuts of a part, parted by the first arc that they do not share with one of its cuts. */
function partsBeside({ included, excluded }: Part, cut: Uint32Array): Part[] {
  const parts: Part[] = [];
  const shared = [...included];
  for (const arc of cut) {
    if (included.includes(arc)) continue;
    parts.push({ included: [...shared], excluded: [...excluded, arc] });
    shared.push(arc);
  }
  return parts;
}

/** A part in the queue. Its flow waits until it is its turn: until then its rank is that of the part it was split from. */
interface Found {
  readonly part: Part;
  readonly rank: number;
  /** A cheapest cut among those that settle the sides as the part does; `undefined` before the flow was computed. */
  readonly arcs: Uint32Array | undefined;
  readonly number: number;
}

/** Of equal ranks first what is ready, then what was parted earlier. */
function comesFirst(a: Found, b: Found): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if ((a.arcs === undefined) !== (b.arcs === undefined)) return b.arcs === undefined;
  return a.number < b.number;
}

/** A maximum flow of the whole, from which the flow of each part starts. */
class CutSearch {
  readonly flow: ResidualFlow;
  /** Rank of the cheapest cut: its value and number of free arcs in one. */
  readonly least: number;
  readonly #network: CutNetwork;
  /** What a unit of capacity counts: more than all free arcs together, each of which counts 1. */
  readonly #unit: number;
  readonly #residual: Float64Array;

  constructor(network: CutNetwork, checkpoint: Checkpoint) {
    const { capacities } = network;
    this.#network = network;
    this.#unit = 1 + capacities.reduce((free, each) => (each === 0 ? free + 1 : free), 0);
    this.flow = new ResidualFlow(network, ranked(capacities, this.#unit));
    this.#residual = this.flow.residual.slice();
    this.pose(WHOLE);
    this.least = this.flow.augment(checkpoint);
    this.#residual.set(this.flow.residual);
  }

  valueOf(rank: number): number {
    return Math.floor(rank / this.#unit);
  }

  /** The cut between the nodes that the last search of the flow reached, and the others. */
  sourceMost(): Uint32Array {
    return this.arcsBetween((v) => this.flow.level[v] !== 0);
  }

  /** Arcs from one side to the other, ascending. */
  arcsBetween(isSourceSide: (node: number) => boolean): Uint32Array {
    const { sources, targets } = this.#network;
    const arcs: number[] = [];
    for (let arc = 0; arc < sources.length; arc++)
      if (isSourceSide(sources[arc]!) && !isSourceSide(targets[arc]!)) arcs.push(arc);
    return Uint32Array.from(arcs);
  }

  /** Makes the flow ready for a part. @returns false when a node would have to be on both sides */
  pose({ included, excluded }: Part): boolean {
    const { source, sink, sources, targets } = this.#network;
    const { sides, residual } = this.flow;
    residual.set(this.#residual);
    for (const arc of excluded) residual[2 * arc] = Number.POSITIVE_INFINITY;
    sides.fill(0);
    sides[source] = SOURCE_SIDE;
    sides[sink] = SINK_SIDE;
    for (const arc of included) {
      const tail = sources[arc]!;
      const head = targets[arc]!;
      if (sides[tail] === SINK_SIDE || sides[head] === SOURCE_SIDE) return false;
      sides[tail] = SOURCE_SIDE;
      sides[head] = SINK_SIDE;
    }
    return true;
  }
}

/** Capacities that rank by value first, then by the number of free arcs. All of them are above 0. */
function ranked(capacities: Float64Array, unit: number): Float64Array {
  let sum = 0;
  const ranks = capacities.map((capacity, arc) => {
    if (capacity === Number.POSITIVE_INFINITY) return capacity;
    if (!(Number.isSafeInteger(capacity) && capacity >= 0))
      throw new RangeError(`capacity ${arc} is ${capacity}: capacities are whole numbers from 0, or Infinity`);
    const rank = capacity === 0 ? 1 : capacity * unit;
    sum += rank;
    return rank;
  });
  if (sum > Number.MAX_SAFE_INTEGER) throw new RangeError(`capacities rank up to ${sum} together, which is not exact`);
  return ranks;
}

/** Whether the arcs of a cut are all needed: each is to lie on a path that has no other of them. */
class Need {
  readonly #network: CutNetwork;
  readonly #forward: NumberedRows;
  readonly #backward: NumberedRows;

  constructor(network: CutNetwork) {
    const { nodeCount, sources, targets } = network;
    this.#network = network;
    this.#forward = arcRows(nodeCount, sources, targets);
    this.#backward = arcRows(nodeCount, targets, sources);
  }

  hasAll(cut: Uint32Array): boolean {
    const { source, sink, sources, targets } = this.#network;
    const isCut = new Set(cut);
    const passes = (arc: number): boolean => !isCut.has(arc);
    const before = reached(this.#forward, source, passes);
    const behind = reached(this.#backward, sink, passes);
    return cut.every((arc) => before[sources[arc]!] === 1 && behind[targets[arc]!] === 1);
  }

  /** False when no cut that needs all its arcs can be in the part: an end of an arc is cut off by the ends of the others. */
  mayHold({ included }: Part): boolean {
    const { source, sink, sources, targets } = this.#network;
    const tails = new Set(included.map((arc) => sources[arc]!));
    const heads = new Set(included.map((arc) => targets[arc]!));
    const before = reached(this.#forward, source, (arc) => !heads.has(targets[arc]!));
    const behind = reached(this.#backward, sink, (arc) => !tails.has(sources[arc]!));
    return included.every((arc) => before[sources[arc]!] === 1 && behind[targets[arc]!] === 1);
  }
}

function reached({ nodeCount, bounds, targets, arcs }: NumberedRows, start: number, passes: (arc: number) => boolean) {
  const marks = new Uint8Array(nodeCount);
  const queue = [start];
  marks[start] = 1;
  for (const v of queue) {
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      const w = targets[place]!;
      if (marks[w] === 1 || !passes(arcs[place]!)) continue;
      marks[w] = 1;
      queue.push(w);
    }
  }
  return marks;
}

/** A shortest path of arcs that may not be cut. */
function uncuttablePath({ nodeCount, sources, targets, capacities, source, sink }: CutNetwork): number[] | undefined {
  const rows = arcRows(nodeCount, sources, targets);
  /** Arc by which each node was reached, plus 1. */
  const by = new Uint32Array(nodeCount);
  const queue = [source];
  for (const v of queue) {
    if (v === sink) return pathBy(by, sources, source, sink);
    for (let place = rows.bounds[v]!; place < rows.bounds[v + 1]!; place++) {
      const w = rows.targets[place]!;
      const arc = rows.arcs[place]!;
      if (w === source || by[w] !== 0 || capacities[arc] !== Number.POSITIVE_INFINITY) continue;
      by[w] = arc + 1;
      queue.push(w);
    }
  }
  return undefined;
}

function pathBy(by: Uint32Array, sources: Uint32Array, source: number, sink: number): number[] {
  const path: number[] = [];
  for (let v = sink; v !== source; v = sources[by[v]! - 1]!) path.push(by[v]! - 1);
  return path.reverse();
}
