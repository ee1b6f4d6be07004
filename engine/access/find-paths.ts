/**
 * Ways from an identity to a resource, shortest first, equal lengths in the order of their edges.
 * A table of "from here the resource is exactly so many steps away" steers a depth-first search, one length after the
 * other: without cycles every step leads to an answer, and the number of ways is counted without walking them.
 */
import type { PathEdge, PathGraph } from './path-graph.ts';

/** A way as edges of the path graph. */
export type Way = readonly PathEdge[];

export interface SearchLimits {
  /** Steps that a search in a cyclic graph may take. */
  readonly steps: number;
  /** Ways that are counted one by one in a cyclic graph. */
  readonly ways: number;
}

export const SEARCH_LIMITS: SearchLimits = { steps: 2_000_000, ways: 10_000 };

export interface WaySearch {
  /** The ways, in order; ends when there are no more or a limit is hit. */
  ways(after?: readonly number[]): Iterable<Way>;
  /** How many ways there are; `undefined` when that was cut off at a limit. */
  count(): number | undefined;
  /** Which limit was hit by now. */
  readonly incompleteBecause: string | undefined;
}

/**
 * @param admits for graphs with cycles: whether a way that comes back to a node is to be told; ways that never do always are
 * @param maxLength longest way, in edges
 */
export function searchWays(
  graph: PathGraph,
  maxLength: number,
  admits: ((way: Way) => boolean) | undefined,
  limits: SearchLimits = SEARCH_LIMITS,
): WaySearch {
  const table = new StepTable(graph, maxLength);
  return table.cyclic ? new CyclicSearch(graph, table, admits, limits) : new AcyclicSearch(graph, table);
}

/** Bytes that a step table may take. */
const TABLE_BYTES = 1 << 24;

/** For each number of steps, the nodes from which some walk of just that many edges ends at the resource. */
class StepTable {
  readonly layers: Uint8Array[] = [];
  /** True when some walk comes back to a node, or the graph is so large that the table does not tell. */
  readonly cyclic: boolean;
  readonly longest: number;

  constructor(graph: PathGraph, maxLength: number) {
    const size = graph.nodes.length;
    // A walk of as many edges as there are nodes comes back to one of them.
    const most = Math.min(size, Math.max(8, Math.floor(TABLE_BYTES / size)));
    let layer = new Uint8Array(size);
    layer[1] = 1;
    this.layers.push(layer);
    let alive = true;
    while (alive && this.layers.length <= most) {
      const next = new Uint8Array(size);
      alive = stepBack(graph, layer, next);
      this.layers.push(next);
      layer = next;
    }
    this.cyclic = alive;
    this.longest = Math.min(maxLength, this.cyclic ? Number.MAX_SAFE_INTEGER : this.layers.length - 1);
  }

  /** True when some walk of exactly `steps` edges leads from the node to the resource; beyond the table it may. */
  leads(node: number, steps: number): boolean {
    const layer = this.layers[steps];
    return layer === undefined || layer[node] === 1;
  }
}

function stepBack(graph: PathGraph, layer: Uint8Array, next: Uint8Array): boolean {
  let any = false;
  for (let v = 0; v < layer.length; v++) {
    if (layer[v] === 0) continue;
    for (const edge of graph.into[v]!) {
      next[edge.from] = 1;
      any = true;
    }
  }
  return any;
}

/** Every walk is a way: count by dynamic programming, enumerate without a dead end. */
class AcyclicSearch implements WaySearch {
  readonly #graph: PathGraph;
  readonly #table: StepTable;
  readonly incompleteBecause: string | undefined = undefined;

  constructor(graph: PathGraph, table: StepTable) {
    this.#graph = graph;
    this.#table = table;
  }

  count(): number | undefined {
    const { nodes, into } = this.#graph;
    let ways = new Float64Array(nodes.length);
    ways[1] = 1;
    let total = 0;
    for (let length = 1; length <= this.#table.longest; length++) {
      const next = new Float64Array(nodes.length);
      for (let v = 0; v < nodes.length; v++) {
        if (ways[v] !== 0) for (const edge of into[v]!) next[edge.from]! += ways[v]!;
      }
      total += next[0]!;
      ways = next;
    }
    return total <= Number.MAX_SAFE_INTEGER ? total : undefined;
  }

  *ways(after: readonly number[] = []): Iterable<Way> {
    for (let length = Math.max(1, after.length); length <= this.#table.longest; length++) {
      yield* this.#from(0, length, [], length === after.length ? after : undefined);
    }
  }

  *#from(node: number, steps: number, way: PathEdge[], after: readonly number[] | undefined): Iterable<Way> {
    if (steps === 0) {
      if (after === undefined) yield [...way];
      return;
    }
    if (!this.#table.leads(node, steps)) return;
    for (const edge of this.#graph.out[node]!) {
      if (!this.#table.leads(edge.to, steps - 1)) continue;
      const bound = after?.[way.length];
      if (bound !== undefined && this.#graph.compare(edge.edge, bound) < 0) continue;
      way.push(edge);
      yield* this.#from(edge.to, steps - 1, way, bound === edge.edge ? after : undefined);
      way.pop();
    }
  }
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
 * Walks that repeat no node; those that return to a node as another identity only if `admits` says so. All of them are
 * searched for at once and then put in order; where that hits a limit they are searched length by length instead, so that
 * the shortest still come first.
 */
class CyclicSearch implements WaySearch {
  readonly #graph: PathGraph;
  readonly #table: StepTable;
  readonly #admits: ((way: Way) => boolean) | undefined;
  readonly #limits: SearchLimits;
  #all: readonly Way[] | undefined;
  #steps = 0;
  incompleteBecause: string | undefined = undefined;

  constructor(graph: PathGraph, table: StepTable, admits: ((way: Way) => boolean) | undefined, limits: SearchLimits) {
    this.#graph = graph;
    this.#table = table;
    this.#admits = admits;
    this.#limits = limits;
    this.#all = this.#findAll();
  }

  count(): number | undefined {
    return this.#all?.length;
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
      length <= this.#table.longest && this.#steps <= this.#limits.steps;
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
        this.incompleteBecause = `there are more than ${this.#limits.ways} paths in a graph with cycles; they were counted no further`;
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
      if ((steps === undefined || steps === 0) && (walk.returns === 0 || this.#admits!(walk.way))) yield [...walk.way];
      return;
    }
    if (steps === 0 || walk.way.length >= this.#table.longest) return;
    for (const edge of this.#graph.out[node]!) {
      if (steps !== undefined && !this.#table.leads(edge.to, steps - 1)) continue;
      if (++this.#steps > this.#limits.steps) {
        this.incompleteBecause ??= `the search for paths in a graph with cycles stopped after ${this.#limits.steps} steps`;
        return;
      }
      yield* this.#step(edge, steps === undefined ? undefined : steps - 1, walk);
    }
  }

  #mayVisit(edge: PathEdge, walk: Walk): boolean {
    if (this.#admits === undefined) return !walk.stages[0]!.visited.has(edge.to);
    if (edge.takes) return !walk.stages.some((stage) => stage.context === edge.to);
    return !walk.stages[walk.stages.length - 1]!.visited.has(edge.to);
  }

  /** One edge further. Where ways may return, each identity has visited nodes of its own. */
  *#step(edge: PathEdge, steps: number | undefined, walk: Walk): Iterable<Way> {
    if (!this.#mayVisit(edge, walk)) return;
    const returning = this.#admits !== undefined && walk.stages.some((stage) => stage.visited.has(edge.to));
    const changes = edge.takes && this.#admits !== undefined;
    if (changes) walk.stages.push({ context: edge.to, visited: new Set() });
    const { visited } = walk.stages[walk.stages.length - 1]!;
    visited.add(edge.to);
    walk.way.push(edge);
    if (returning) walk.returns++;
    yield* this.#from(edge.to, steps, walk);
    if (returning) walk.returns--;
    walk.way.pop();
    visited.delete(edge.to);
    if (changes) walk.stages.pop();
  }
}

/** Shorter first, then by edges one after the other. */
function compareWays(compare: PathGraph['compare'], way: Way, edges: readonly number[]): number {
  if (way.length !== edges.length) return way.length - edges.length;
  for (let i = 0; i < way.length; i++) if (way[i]!.edge !== edges[i]!) return compare(way[i]!.edge, edges[i]!);
  return 0;
}
