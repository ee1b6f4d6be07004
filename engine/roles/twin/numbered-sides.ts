/** Both sides of a change with nodes and what is said as numbers, so that what decides about many identities is soon gathered. */
import type { EdgeRecord, Instant } from '../../model/index.ts';
import type { BothSides, PlainGraph } from './plain-graph.ts';
import { SaidLines } from './said-lines.ts';

/** What an edge is to whoever has it. */
export const MEMBER = 0;
/** To act as another by design, and by taking over. */
export const ACT = 1;
export const TAKE_OVER = 2;
export const BOUND = 3;
/** What is granted or denied, and a resource that is taken over: these name a line and no node. */
export const GRANT = 4;
export const CONTROL = 5;

/** Edges that have effect on one side, by where they leave. */
export interface NumberedGraph {
  /** Of node n: places `bounds[n]` to `bounds[n + 1]`, excluded. */
  readonly bounds: Uint32Array;
  readonly what: Uint8Array;
  /** A node, or a line. */
  readonly to: Uint32Array;
  /** 1 for what holds under a condition. */
  readonly isConditional: Uint8Array;
  /** From and to, excluded, by place; only of edges that do not hold always. */
  readonly windows: ReadonlyMap<number, readonly [from: Instant, to: Instant]>;
}

export interface NumberedSides {
  readonly nodes: number;
  readonly lines: SaidLines;
  readonly numberOf: (id: string) => number;
  readonly before: NumberedGraph;
  readonly after: NumberedGraph;
}

/** O(edges of both sides). */
export function numberedSides({ before, after, identities }: BothSides): NumberedSides {
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  };
  for (const id of identities) numberOf(id);
  for (const { out } of [before, after])
    for (const edges of out.values())
      for (const { from, to, kind } of edges) {
        numberOf(from);
        if (kind !== 'GRANTS') numberOf(to);
      }
  const lines = new SaidLines(edgesOf(before, after), (id) => before.kinds.get(id) ?? after.kinds.get(id));
  const nodes = numbers.size;
  const side = (graph: PlainGraph): NumberedGraph => numbered(graph, nodes, numberOf, lines);
  return { nodes, lines, numberOf, before: side(before), after: side(after) };
}

function* edgesOf(...graphs: readonly PlainGraph[]): Iterable<EdgeRecord> {
  for (const { out } of graphs) for (const edges of out.values()) yield* edges;
}

function numbered(
  { out }: PlainGraph,
  nodes: number,
  numberOf: (id: string) => number,
  lines: SaidLines,
): NumberedGraph {
  const bounds = new Uint32Array(nodes + 1);
  for (const [id, edges] of out) bounds[numberOf(id) + 1] = edges.length;
  for (let node = 0; node < nodes; node++) bounds[node + 1]! += bounds[node]!;
  const count = bounds[nodes]!;
  const graph = { what: new Uint8Array(count), to: new Uint32Array(count), isConditional: new Uint8Array(count) };
  const windows = new Map<number, readonly [Instant, Instant]>();
  for (const [id, edges] of out) {
    let place = bounds[numberOf(id)]!;
    for (const edge of edges) {
      const line = lines.of(edge);
      graph.what[place] = whatIs(edge, line);
      graph.to[place] = line ?? numberOf(edge.to);
      graph.isConditional[place] = edge.condition === undefined ? 0 : 1;
      const { validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY } = edge;
      if (edge.validFrom !== undefined || edge.validTo !== undefined) windows.set(place, [validFrom, validTo]);
      place += 1;
    }
  }
  return { bounds, ...graph, windows };
}

function whatIs({ kind }: EdgeRecord, line: number | undefined): number {
  if (line !== undefined) return kind === 'GRANTS' ? GRANT : CONTROL;
  if (kind === 'CAN_ASSUME') return ACT;
  if (kind === 'CONTROLS') return TAKE_OVER;
  return kind === 'BOUNDED_BY' ? BOUND : MEMBER;
}
