/**
 * Maximum flow by blocking flows, without recursion, between any number of sources and sinks, and what is left of the capacities.
 * E. Dinic, "Algorithm for solution of a problem of maximum flow in networks with power estimation", Soviet Mathematics
 * Doklady 11, 1970. O(nodes² · arcs) time at worst, O(nodes + arcs) space; between-graphs of access need a few phases.
 *
 * Capacities are whole numbers that together stay below 2^53, or Infinity: every sum and difference is exact.
 */
import type { Checkpoint } from './checkpoint.ts';
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';

/** A directed multigraph as a list of arcs. */
export interface FlowArcs {
  readonly nodeCount: number;
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

/** On which side of the cut a node has to be. */
export const FREE = 0;
export const SOURCE_SIDE = 1;
export const SINK_SIDE = 2;

export class ResidualFlow {
  /** `FREE`, `SOURCE_SIDE` or `SINK_SIDE` for each node: flow goes from all of the second kind to all of the third. */
  readonly sides: Uint8Array;
  /** What more can flow: over arc a at `2a`, back over it at `2a + 1`. */
  readonly residual: Float64Array;
  /** 0 for nodes that the last search did not reach, else steps from the nearest source, counted from 1. */
  readonly level: Uint32Array;
  readonly #bounds: Uint32Array;
  readonly #out: Uint32Array;
  readonly #heads: Uint32Array;
  readonly #next: Uint32Array;
  readonly #queue: Uint32Array;
  readonly #path: Uint32Array;

  constructor({ nodeCount, sources, targets }: FlowArcs, capacities: Float64Array) {
    const tails = new Uint32Array(2 * sources.length);
    const heads = new Uint32Array(2 * sources.length);
    this.residual = new Float64Array(2 * sources.length);
    for (let arc = 0; arc < sources.length; arc++) {
      tails[2 * arc] = heads[2 * arc + 1] = sources[arc]!;
      tails[2 * arc + 1] = heads[2 * arc] = targets[arc]!;
      this.residual[2 * arc] = capacities[arc]!;
    }
    this.#heads = heads;
    this.#out = stableOrderBy(tails, nodeCount, identityOrder(tails.length));
    this.#bounds = rowBounds(tails, 0, tails.length, nodeCount);
    this.sides = new Uint8Array(nodeCount);
    this.level = new Uint32Array(nodeCount);
    this.#next = new Uint32Array(nodeCount);
    this.#queue = new Uint32Array(nodeCount);
    this.#path = new Uint32Array(nodeCount);
  }

  /**
   * Lets flow what can. Afterwards `level` is above 0 for the nodes on the source side of the cut that is nearest to the sources.
   *
   * @param checkpoint called after each phase
   * @returns how much was added; Infinity, with the work left undone, when nothing bounds it
   */
  augment(checkpoint: Checkpoint): number {
    let added = 0;
    while (!this.separates()) {
      const sourceCount = this.#sourceCount();
      this.#next.set(this.#bounds.subarray(0, this.#next.length));
      for (let i = 0; i < sourceCount; i++) added += this.#blockFrom(this.#queue[i]!);
      if (added === Number.POSITIVE_INFINITY) return added;
      checkpoint();
    }
    return added;
  }

  /** Sets `level` anew. @returns true when no sink is reached */
  separates(): boolean {
    const { sides, level, residual } = this;
    level.fill(0);
    let size = this.#sourceCount();
    for (let i = 0; i < size; i++) level[this.#queue[i]!] = 1;
    let met = false;
    for (let head = 0; head < size; head++) {
      const v = this.#queue[head]!;
      for (let place = this.#bounds[v]!; place < this.#bounds[v + 1]!; place++) {
        const way = this.#out[place]!;
        const w = this.#heads[way]!;
        if (level[w] !== 0 || !(residual[way]! > 0)) continue;
        level[w] = level[v]! + 1;
        if (sides[w] === SINK_SIDE) met = true;
        else this.#queue[size++] = w;
      }
    }
    return !met;
  }

  /** 1 for the nodes from which more could flow to a sink: the sink side of the cut that is nearest to the sinks. */
  sinkSide(): Uint8Array {
    const { sides, residual } = this;
    const marks = new Uint8Array(sides.length);
    let size = 0;
    for (let v = 0; v < sides.length; v++) {
      if (sides[v] !== SINK_SIDE) continue;
      marks[v] = 1;
      this.#queue[size++] = v;
    }
    for (let head = 0; head < size; head++) {
      const v = this.#queue[head]!;
      for (let place = this.#bounds[v]!; place < this.#bounds[v + 1]!; place++) {
        const way = this.#out[place]!;
        const w = this.#heads[way]!;
        if (marks[w] === 1 || !(residual[way ^ 1]! > 0)) continue;
        marks[w] = 1;
        this.#queue[size++] = w;
      }
    }
    return marks;
  }

  /** Puts the sources first into the queue. */
  #sourceCount(): number {
    let size = 0;
    for (let v = 0; v < this.sides.length; v++) if (this.sides[v] === SOURCE_SIDE) this.#queue[size++] = v;
    return size;
  }

  /** Lets flow what the layers allow, from one source. */
  #blockFrom(source: number): number {
    const { sides, level, residual } = this;
    let added = 0;
    let depth = 0;
    let v = source;
    for (;;) {
      if (sides[v] === SINK_SIDE) {
        let least = Number.POSITIVE_INFINITY;
        for (let i = 0; i < depth; i++) least = Math.min(least, residual[this.#path[i]!]!);
        if (least === Number.POSITIVE_INFINITY) return least;
        added += least;
        let used = depth;
        for (let i = depth - 1; i >= 0; i--) {
          const way = this.#path[i]!;
          residual[way]! -= least;
          residual[way ^ 1]! += least;
          if (residual[way] === 0) used = i;
        }
        depth = used;
        v = this.#heads[this.#path[depth]! ^ 1]!;
      }
      const last = this.#bounds[v + 1]!;
      let place = this.#next[v]!;
      for (; place < last; place++) {
        const way = this.#out[place]!;
        if (residual[way]! > 0 && level[this.#heads[way]!] === level[v]! + 1) break;
      }
      this.#next[v] = place;
      if (place < last) {
        const way = this.#out[place]!;
        this.#path[depth++] = way;
        v = this.#heads[way]!;
      } else if (depth > 0) {
        v = this.#heads[this.#path[--depth]! ^ 1]!;
        this.#next[v]!++;
      } else return added;
    }
  }
}
