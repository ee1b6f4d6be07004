/**
 * Paths without a repeated node from a source to a target in a directed multigraph, one after the other, each once. A depth-first
 * search that takes a step only where the target can still be reached without the nodes on the path (R. Read, R. Tarjan,
 * "Bounds on backtrack algorithms for listing cycles, paths, and spanning trees", Networks 5(3), 1975). Nodes on the path
 * can only be in the way within the strongly connected component that the path is in, so the test is a search of that
 * component, and a look into a table outside of cycles.
 *
 * `simplePaths` in the order of their arcs never meets a dead end: a path takes O(length · degree · component) at most, O(length
 * · degree) without cycles. `simplePathsInOrder`, the shorter first, searches for one length after the other. Without
 * cycles it never meets a dead end either. Within cycles it may: whether a path of a given length exists is
 * NP-complete, and what is tested is that a walk of this length exists, and that the shortest path without the nodes on
 * the path is not longer, and the component not too small. Both need O(nodes) space but for that table, and nothing that
 * grows with the number of paths; to go on after a path is to descend along it.
 */
import type { ArcRows, NumberedRows } from './arc-rows.ts';
import { betweenGraph } from './between-graph.ts';
import { type Checkpoint, unchecked } from './checkpoint.ts';
import { type Condensation, stronglyCondensed } from './condensation.ts';
import { ExactWalks } from './exact-walks.ts';
import { type PathBounds, pathBounds } from './path-bounds.ts';

export interface SimplePathOptions {
  /** Longest paths that are told, in arcs. */
  readonly maxLength?: number;
  /** Arcs of a path: only those that come after it in the order are told. It need not be a path of this graph. */
  readonly after?: readonly number[];
  /** Nodes that may be looked at. */
  readonly steps?: number;
  readonly checkpoint?: Checkpoint;
}

/** Why an enumeration ended: all paths were told, or the steps were used up. */
export type PathsEnd = 'ALL' | 'STEPS';

/**
 * In the order of the arcs: by the first arc, then by the second, …
 *
 * @returns each path as places in the rows; from a node to itself the empty path
 */
export function* simplePaths(
  rows: ArcRows,
  source: number,
  target: number,
  options: SimplePathOptions = {},
): Generator<readonly number[], PathsEnd> {
  if (source === target) return yield* onlyEmpty(options.after);
  const search = new PathSearch(rows, source, target, options);
  yield* search.paths(search.maxLength, false, options.after);
  return search.end;
}

/** The shorter first, equal lengths in the order of the arcs. Otherwise as `simplePaths`. */
export function* simplePathsInOrder(
  rows: ArcRows,
  source: number,
  target: number,
  options: SimplePathOptions = {},
): Generator<readonly number[], PathsEnd> {
  const { after } = options;
  if (source === target) return yield* onlyEmpty(after);
  const search = new PathSearch(rows, source, target, options);
  const first = Math.max(search.shortest, after?.length ?? 0);
  for (let length = first; length <= search.maxLength && search.end === 'ALL'; length++)
    yield* search.paths(length, true, length === after?.length ? after : undefined);
  return search.end;
}

function* onlyEmpty(after: readonly number[] | undefined): Generator<readonly number[], PathsEnd> {
  if (after === undefined) yield [];
  return 'ALL';
}

/** Steps between two checkpoints. */
const CHECK_EVERY = 16_384;

class PathSearch {
  readonly shortest: number;
  readonly maxLength: number;
  end: PathsEnd = 'ALL';
  readonly #source: number;
  readonly #target: number;
  readonly #rows: NumberedRows;
  readonly #condensed: Condensation;
  readonly #bounds: PathBounds;
  readonly #walks: ExactWalks;
  readonly #onPath: Uint8Array;
  /** Round of the test in which each node was met last. */
  readonly #metIn: Uint32Array;
  readonly #distance: Uint32Array;
  readonly #queue: Uint32Array;
  #round = 0;
  readonly #steps: number;
  #taken = 0;
  #nextCheck = CHECK_EVERY;
  readonly #checkpoint: Checkpoint;

  constructor(rows: ArcRows, source: number, target: number, options: SimplePathOptions) {
    const { maxLength = Number.POSITIVE_INFINITY, steps = Number.POSITIVE_INFINITY, checkpoint = unchecked } = options;
    this.#source = source;
    this.#target = target;
    this.#rows = betweenGraph(rows, source, target);
    this.#condensed = stronglyCondensed(this.#rows);
    this.#bounds = pathBounds(this.#rows, this.#condensed, target);
    this.#walks = new ExactWalks(this.#rows, target);
    this.shortest = this.#bounds.shortest[source]!;
    this.maxLength = Math.min(maxLength, this.#bounds.longest[source]!);
    this.#onPath = new Uint8Array(rows.nodeCount);
    this.#metIn = new Uint32Array(rows.nodeCount);
    this.#distance = new Uint32Array(rows.nodeCount);
    this.#queue = new Uint32Array(rows.nodeCount);
    this.#steps = steps;
    this.#checkpoint = checkpoint;
  }

  /** Paths of exactly so many arcs, or of no more, that come after another in the order of the arcs. */
  *paths(length: number, isExact: boolean, after: readonly number[] | undefined): Generator<readonly number[], void> {
    if (!this.#mayGo(this.#source, length, isExact)) return;
    const { bounds, targets, arcs } = this.#rows;
    const path: number[] = [];
    const nodes = [this.#source];
    const next = [this.#firstPlace(this.#source, after?.[0])];
    /** How many of the first arcs of the path are those of `after`. */
    let shared = 0;
    this.#onPath[this.#source] = 1;
    while (nodes.length > 0) {
      const depth = path.length;
      const v = nodes[depth]!;
      shared = Math.min(shared, depth);
      if (v === this.#target && !(after !== undefined && shared === depth)) yield path.map((place) => arcs[place]!);
      const last = bounds[v + 1]!;
      let place = next[depth]!;
      while (place < last && this.end === 'ALL' && !this.#mayGo(targets[place]!, length - depth - 1, isExact)) place++;
      next[depth] = place + 1;
      if (place >= last || this.end !== 'ALL') {
        this.#onPath[v] = 0;
        nodes.pop();
        next.pop();
        path.pop();
        continue;
      }
      const w = targets[place]!;
      if (shared === depth && after?.[depth] === arcs[place]) shared++;
      path.push(place);
      nodes.push(w);
      next.push(this.#firstPlace(w, shared === depth + 1 ? after?.[depth + 1] : undefined));
      this.#onPath[w] = 1;
    }
  }

  /** The first place in the row of a node whose arc is not before the one given. */
  #firstPlace(v: number, arc: number | undefined): number {
    const { bounds, arcs } = this.#rows;
    let place = bounds[v]!;
    if (arc !== undefined) while (place < bounds[v + 1]! && arcs[place]! < arc) place++;
    return place;
  }

  /** Whether a path of so many arcs (or of no more) may lead on from a node, which is not on the path. */
  #mayGo(v: number, left: number, isExact: boolean): boolean {
    this.#count(1);
    if (this.#onPath[v] === 1 || left < this.#bounds.shortest[v]!) return false;
    if (isExact && (left > this.#bounds.longest[v]! || !this.#walks.mayLead(v, left))) return false;
    const { component, memberBounds } = this.#condensed;
    const c = component[v]!;
    return memberBounds[c + 1]! - memberBounds[c]! === 1 || this.#mayLeaveComponent(v, c, left, isExact);
  }

  /**
   * Searches what the path has left of a component. The shortest path on is exact: it is simple within the component, and
   * never comes back into it. The longest one has no more nodes than are met.
   */
  #mayLeaveComponent(start: number, c: number, left: number, isExact: boolean): boolean {
    const { bounds, targets } = this.#rows;
    const { component } = this.#condensed;
    const { shortestOut, longestOut } = this.#bounds;
    const round = ++this.#round;
    let size = 1;
    let shortest = Number.POSITIVE_INFINITY;
    let longest = Number.NEGATIVE_INFINITY;
    this.#queue[0] = start;
    this.#metIn[start] = round;
    this.#distance[start] = 0;
    for (let head = 0; head < size; head++) {
      const v = this.#queue[head]!;
      shortest = Math.min(shortest, this.#distance[v]! + shortestOut[v]!);
      longest = Math.max(longest, longestOut[v]!);
      if (shortest <= left && (!isExact || longest + size - 1 >= left)) {
        this.#count(head);
        return true;
      }
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) {
        const w = targets[place]!;
        if (component[w] !== c || this.#onPath[w] === 1 || this.#metIn[w] === round) continue;
        this.#metIn[w] = round;
        this.#distance[w] = this.#distance[v]! + 1;
        this.#queue[size++] = w;
      }
    }
    this.#count(size);
    return false;
  }

  #count(steps: number): void {
    this.#taken += steps;
    if (this.#taken > this.#steps) this.end = 'STEPS';
    if (this.#taken < this.#nextCheck) return;
    this.#nextCheck = this.#taken + CHECK_EVERY;
    this.#checkpoint();
  }
}
