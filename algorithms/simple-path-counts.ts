/**
 * How many paths without a repeated node lead from a source to a target in a directed multigraph, exact. To count them is
 * #P-complete (L. Valiant, "The complexity of enumeration and reliability problems", SIAM Journal on Computing 8(3), 1979),
 * but a simple path never comes back into a strongly connected component that it left. So only within components are paths
 * followed one by one, from each node where they enter to each where they leave, and the counts are multiplied along the
 * condensed graph, where no cycle is.
 */
import type { ArcRows, NumberedRows } from './arc-rows.ts';
import { betweenGraph } from './between-graph.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { type Condensation, stronglyCondensed } from './condensation.ts';
import { pathBounds } from './path-bounds.ts';

export interface CountOptions {
  /** Longest paths that count, in arcs. */
  readonly maxLength?: number;
  /** Arcs that may be looked at within components of more than one node. */
  readonly steps: number;
  readonly checkpoint?: Checkpoint;
}

/** `undefined` where the steps were used up, and how many nodes the component has in which that was. */
export type SimplePathCount =
  | { readonly count: bigint }
  | { readonly count: undefined; readonly steps: number; readonly componentSize: number };

/** Steps between two checkpoints. */
const CHECK_EVERY = 16_384;

/**
 * O(nodes + arcs) outside of components of more than one node, times `maxLength` where that leaves some paths out.
 *
 * @returns 1 from a node to itself, for the empty path
 */
export function countSimplePaths(
  rows: ArcRows,
  source: number,
  target: number,
  options: CountOptions,
): SimplePathCount {
  if (source === target) return { count: 1n };
  const between = betweenGraph(rows, source, target);
  const condensed = stronglyCondensed(between);
  const longest = pathBounds(between, condensed, target).longest[source]!;
  const { maxLength = longest } = options;
  if (longest < 0 || maxLength < 0) return { count: 0n };
  return new Counting(between, condensed, maxLength < longest ? Math.floor(maxLength) : undefined, options).count(
    source,
    target,
  );
}

/** Numbers of paths by length, or all of them at 0 where the length does not matter. */
type Tally = bigint[];

class Counting {
  readonly #rows: NumberedRows;
  readonly #condensed: Condensation;
  /** Longest paths that count; `undefined` when all do. */
  readonly #most: number | undefined;
  readonly #steps: number;
  readonly #checkpoint: Checkpoint;
  /** Paths from the source that end at each node, so far as their nodes are all passed. */
  readonly #tallies: (Tally | undefined)[];
  readonly #onPath: Uint8Array;
  #taken = 0;

  constructor(rows: NumberedRows, condensed: Condensation, most: number | undefined, options: CountOptions) {
    this.#rows = rows;
    this.#condensed = condensed;
    this.#most = most;
    this.#steps = options.steps;
    this.#checkpoint = options.checkpoint ?? unchecked;
    this.#tallies = new Array(rows.nodeCount);
    this.#onPath = new Uint8Array(rows.nodeCount);
  }

  count(source: number, target: number): SimplePathCount {
    const { component, members, memberBounds } = this.#condensed;
    this.#tallies[source] = [1n];
    // From the source on: what a component leads to has a lower number.
    for (let c = component[source]!; c >= component[target]!; c--) {
      if (c % CHECK_EVERY === 0) this.#checkpoint();
      const nodes = members.subarray(memberBounds[c]!, memberBounds[c + 1]!);
      if (nodes.length > 1 && !this.#passComponent(c, nodes))
        return { count: undefined, steps: this.#steps, componentSize: nodes.length };
      for (const v of nodes) this.#leave(c, v);
    }
    return { count: (this.#tallies[target] ?? []).reduce((sum, each) => sum + (each ?? 0n), 0n) };
  }

  /** Counts on along the arcs that leave the component. */
  #leave(c: number, v: number): void {
    const { bounds, targets } = this.#rows;
    const tally = this.#tallies[v];
    if (tally === undefined) return;
    for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
      const w = targets[place]!;
      if (this.#condensed.component[w] !== c) this.#add((this.#tallies[w] ??= []), tally, [1n], 1);
    }
  }

  /** From what enters the nodes of a component to what may leave them. @returns false when the steps are used up */
  #passComponent(c: number, nodes: Uint32Array): boolean {
    const passed = new Map<number, Tally>();
    for (const entry of nodes) {
      const entering = this.#tallies[entry];
      if (entering === undefined) continue;
      const within = this.#pathsWithin(c, entry);
      if (within === undefined) return false;
      for (const [v, tally] of within) {
        let sum = passed.get(v);
        if (sum === undefined) passed.set(v, (sum = []));
        this.#add(sum, entering, tally, 0);
      }
    }
    for (const v of nodes) this.#tallies[v] = passed.get(v);
    return true;
  }

  /** Numbers of simple paths from a node to each of its component, followed one by one. */
  #pathsWithin(c: number, entry: number): Map<number, Tally> | undefined {
    const { bounds, targets } = this.#rows;
    const { component } = this.#condensed;
    const found = new Map<number, Tally>([[entry, [1n]]]);
    const most = this.#most ?? Number.POSITIVE_INFINITY;
    const path = [entry];
    const next = [bounds[entry]!];
    this.#onPath[entry] = 1;
    while (path.length > 0) {
      const depth = path.length - 1;
      const v = path[depth]!;
      const place = next[depth]!++;
      if (place >= bounds[v + 1]! || depth >= most) {
        this.#onPath[v] = 0;
        path.pop();
        next.pop();
        continue;
      }
      if (this.#taken++ === this.#steps) return undefined;
      if (this.#taken % CHECK_EVERY === 0) this.#checkpoint();
      const w = targets[place]!;
      if (component[w] !== c || this.#onPath[w] === 1) continue;
      let tally = found.get(w);
      if (tally === undefined) found.set(w, (tally = []));
      const length = this.#most === undefined ? 0 : depth + 1;
      tally[length] = (tally[length] ?? 0n) + 1n;
      this.#onPath[w] = 1;
      path.push(w);
      next.push(bounds[w]!);
    }
    return found;
  }

  /** Adds the paths of two parts one after the other, and `more` arcs. */
  #add(sum: Tally, first: Tally, second: Tally, more: number): void {
    const most = this.#most;
    first.forEach((a, i) => {
      second.forEach((b, j) => {
        const length = most === undefined ? 0 : i + j + more;
        if (most === undefined || length <= most) sum[length] = (sum[length] ?? 0n) + a * b;
      });
    });
  }
}
