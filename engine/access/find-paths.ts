/**
 * Ways from an identity to a resource, shortest first, equal lengths in the order of their edges. Ways that visit no node
 * twice are counted and told by the kernels in algorithms/: to go on after a way costs what going along it costs, however
 * many came before. Only where somebody may have to come back to a node as another are ways searched for one by one.
 */
import { stronglyCondensed } from '../../algorithms/condensation.ts';
import { ExactWalks } from '../../algorithms/exact-walks.ts';
import { countSimplePaths } from '../../algorithms/simple-path-counts.ts';
import { simplePathsInOrder } from '../../algorithms/simple-paths.ts';
import type { PathEdge, PathGraph } from './path-graph.ts';

/** A way as edges of the path graph. */
export type Way = readonly PathEdge[];

/** Limits of what is done in graphs with cycles. Without cycles nothing is limited. */
export interface SearchLimits {
  /** Edges that may be looked at to count ways, and again to find them where ways may return. */
  readonly steps: number;
  /** Nodes that may be looked at to tell the ways of a page. */
  readonly looks: number;
  /** Ways that are counted one by one where ways may return. */
  readonly ways: number;
}

export const SEARCH_LIMITS: SearchLimits = { steps: 2_000_000, looks: 20_000_000, ways: 10_000 };

export interface WaySearch {
  /** The ways, in order, those that come after one given; ends when there are no more or a limit is hit. */
  ways(after?: readonly number[]): Iterable<Way>;
  /** How many ways there are; `undefined` when that was cut off at a limit. */
  count(): bigint | undefined;
  /** Which limit was hit by now. */
  readonly incompleteBecause: string | undefined;
  /** True when `ways` ended at a limit: there may be more. */
  readonly isCutOff: boolean;
}

/**
 * @param admits for graphs in which some context needs care: whether a way that comes back to a node as another identity is
 * to be told; ways that never come back always are
 * @param maxLength longest way, in edges
 */
export function searchWays(
  graph: PathGraph,
  maxLength: number,
  admits: ((way: Way) => boolean) | undefined,
  limits: SearchLimits = SEARCH_LIMITS,
): WaySearch {
  const { component, count } = stronglyCondensed(graph.rows);
  // To come back to a node as another one has to become that other on a cycle.
  const takesOnCycle = graph.edges.some(({ from, to, takes }) => takes && component[from] === component[to]);
  if (admits !== undefined && takesOnCycle) return new ReturningSearch(graph, maxLength, admits, limits);
  return new SimpleSearch(graph, maxLength, count < graph.nodes.length ? limits : UNLIMITED);
}

const UNLIMITED: SearchLimits = {
  steps: Number.POSITIVE_INFINITY,
  looks: Number.POSITIVE_INFINITY,
  ways: Number.POSITIVE_INFINITY,
};

/** Ways that visit no node twice. */
class SimpleSearch implements WaySearch {
  readonly #graph: PathGraph;
  readonly #maxLength: number;
  readonly #limits: SearchLimits;
  #countedBecause: string | undefined;
  #toldBecause: string | undefined;

  constructor(graph: PathGraph, maxLength: number, limits: SearchLimits) {
    this.#graph = graph;
    this.#maxLength = maxLength;
    this.#limits = limits;
  }

  get incompleteBecause(): string | undefined {
    return this.#toldBecause ?? this.#countedBecause;
  }

  get isCutOff(): boolean {
    return this.#toldBecause !== undefined;
  }

  count(): bigint | undefined {
    const { steps } = this.#limits;
    const counted = countSimplePaths(this.#graph.rows, 0, 1, { maxLength: this.#maxLength, steps });
    if (counted.count === undefined)
      this.#countedBecause = `counting the paths stopped after ${steps} steps within a cycle of ${counted.componentSize} nodes; all can be paged through`;
    return counted.count;
  }

  *ways(after: readonly number[] = []): Iterable<Way> {
    const { rows, edges } = this.#graph;
    const { looks } = this.#limits;
    const start = after.length === 0 ? {} : { after: placesOf(this.#graph, after) };
    const paths = simplePathsInOrder(rows, 0, 1, { maxLength: this.#maxLength, steps: looks, ...start });
    for (;;) {
      const { done, value } = paths.next();
      if (done !== true) yield value.map((place) => edges[place]!);
      else {
        if (value === 'STEPS')
          this.#toldBecause = `the search for paths in a graph with cycles stopped after ${looks} looks at nodes`;
        return;
      }
    }
  }
}

/**
 * The places of edges one after the other. The first that is not in its row gets half a place less than what comes after it,
 * and with that the order is settled.
 */
function placesOf({ rows, edges, compare }: PathGraph, after: readonly number[]): readonly number[] {
  const places = new Array<number>(after.length).fill(0);
  let node = 0;
  for (const [i, edge] of after.entries()) {
    let place = rows.bounds[node]!;
    const end = rows.bounds[node + 1]!;
    while (place < end && compare(edges[place]!.edge, edge) < 0) place++;
    const isThere = place < end && edges[place]!.edge === edge;
    places[i] = isThere ? place : place - 0.5;
    if (!isThere) break;
    node = edges[place]!.to;
  }
  return places;
}

/** What one identity of a way has visited. */
interface Stage {
  readonly context: number;
  readonly visited: Set<number>;
}

interface Walk {
  readonly way: PathEdge[];
  readonly stages: Stage[];
  /** How often the walk has come to a node that it had visited as another identity. */
  returns: number;
}

/**
 * Walks that repeat no node as the same identity; those that return to a node as another only if `admits` says so. All of
 * them are searched for at once and then put in order; where that hits a limit they are searched length by length instead, so
 * that the shortest still come first.
 */
class ReturningSearch implements WaySearch {
  readonly #graph: PathGraph;
  readonly #walks: ExactWalks;
  readonly #maxLength: number;
  readonly #admits: (way: Way) => boolean;
  readonly #limits: SearchLimits;
  #all: readonly Way[] | undefined;
  #steps = 0;
  incompleteBecause: string | undefined = undefined;

  constructor(graph: PathGraph, maxLength: number, admits: (way: Way) => boolean, limits: SearchLimits) {
    this.#graph = graph;
    this.#walks = new ExactWalks(graph.rows, 1);
    this.#maxLength = maxLength;
    this.#admits = admits;
    this.#limits = limits;
    this.#all = this.#findAll();
  }

  get isCutOff(): boolean {
    return this.#all === undefined && this.#steps > this.#limits.steps;
  }

  count(): bigint | undefined {
    return this.#all === undefined ? undefined : BigInt(this.#all.length);
  }

  *ways(after: readonly number[] = []): Iterable<Way> {
    const { compare } = this.#graph;
    if (this.#all !== undefined) {
      for (const way of this.#all) if (after.length === 0 || compareWays(compare, way, after) > 0) yield way;
      return;
    }
    this.#steps = 0;
    for (
      let length = Math.max(1, after.length);
      length <= this.#maxLength && this.#steps <= this.#limits.steps;
      length++
    ) {
      for (const way of this.#search(length)) if (after.length === 0 || compareWays(compare, way, after) > 0) yield way;
    }
  }

  #findAll(): readonly Way[] | undefined {
    const found: Way[] = [];
    for (const way of this.#search(undefined)) {
      found.push(way);
      if (found.length > this.#limits.ways) {
        this.incompleteBecause = `there are more than ${this.#limits.ways} paths where paths may return to a node as another identity; they were counted no further`;
        return undefined;
      }
    }
    if (this.incompleteBecause !== undefined) return undefined;
    return found.sort((a, b) =>
      compareWays(
        this.#graph.compare,
        a,
        b.map((each) => each.edge),
      ),
    );
  }

  /** Ways of one length, or of any length. */
  *#search(length: number | undefined): Iterable<Way> {
    yield* this.#from(0, length, { way: [], stages: [{ context: 0, visited: new Set([0]) }], returns: 0 });
  }

  *#from(node: number, steps: number | undefined, walk: Walk): Iterable<Way> {
    if (node === 1) {
      if ((steps === undefined || steps === 0) && (walk.returns === 0 || this.#admits(walk.way))) yield [...walk.way];
      return;
    }
    if (steps === 0 || walk.way.length >= this.#maxLength) return;
    const { rows, edges } = this.#graph;
    for (let place = rows.bounds[node]!; place < rows.bounds[node + 1]!; place++) {
      const edge = edges[place]!;
      if (steps !== undefined && !this.#walks.mayLead(edge.to, steps - 1)) continue;
      if (++this.#steps > this.#limits.steps) {
        this.incompleteBecause ??= `the search for paths in a graph with cycles stopped after ${this.#limits.steps} steps`;
        return;
      }
      yield* this.#step(edge, steps === undefined ? undefined : steps - 1, walk);
    }
  }

  /** One edge further. Each identity has visited nodes of its own. */
  *#step(edge: PathEdge, steps: number | undefined, walk: Walk): Iterable<Way> {
    if (!mayVisit(edge, walk)) return;
    const returning = walk.stages.some((stage) => stage.visited.has(edge.to));
    if (edge.takes) walk.stages.push({ context: edge.to, visited: new Set() });
    const { visited } = walk.stages[walk.stages.length - 1]!;
    visited.add(edge.to);
    walk.way.push(edge);
    if (returning) walk.returns++;
    yield* this.#from(edge.to, steps, walk);
    if (returning) walk.returns--;
    walk.way.pop();
    visited.delete(edge.to);
    if (edge.takes) walk.stages.pop();
  }
}

function mayVisit(edge: PathEdge, walk: Walk): boolean {
  if (edge.takes) return !walk.stages.some((stage) => stage.context === edge.to);
  return !walk.stages[walk.stages.length - 1]!.visited.has(edge.to);
}

/** Shorter first, then by edges one after the other. */
function compareWays(compare: PathGraph['compare'], way: Way, edges: readonly number[]): number {
  if (way.length !== edges.length) return way.length - edges.length;
  for (let i = 0; i < way.length; i++) if (way[i]!.edge !== edges[i]!) return compare(way[i]!.edge, edges[i]!);
  return 0;
}
