/** Makes the arrays of a version from nodes and edges in order: rows, indexes, marks. A few milliseconds at a time. */
import type { CompiledArrays, CompiledRows } from './compiled-arrays.ts';
import { slotsOf } from './id-index.ts';
import { type CompiledIds, IdTable } from './id-table.ts';
import type { Pace } from './pace.ts';
import type { SearchText } from './search-text.ts';
import { shared8, shared16, shared32 } from './shared-arrays.ts';
import { type Adjacency, DENY, EDGE_CLASSES, GRANT, MEMBERSHIP } from './snapshot.ts';
import { type EdgeColumns, type Labels, NARROW } from './space.ts';

/** For how many changes there is to be room beside what is compiled. */
export interface Room {
  readonly nodes: number;
  readonly edges: number;
}

/** For a graph that changes: a thirty-second of it, and some thousands. */
export const roomForChanges = (nodes: number, edges: number): Room => ({
  nodes: (nodes >>> 5) + 12_288,
  edges: (edges >>> 5) + 16_384,
});

export interface OrderedGraph {
  /** By kind, then id. */
  readonly ids: CompiledIds;
  /** Where each kind begins, and where the last one ends. */
  readonly kindStart: Uint32Array;
  readonly disabled: Uint8Array;
  readonly nodeRef: Uint32Array;
  readonly text: SearchText;
  /** By class, source, target, kind, id; with room after them. */
  readonly edges: EdgeColumns;
  /** Where each class begins, and where the last one ends. */
  readonly classStart: Uint32Array;
  /** By kind. */
  readonly edgeCounts: Uint32Array;
  readonly nodeRoom: number;
}

export async function assembled(graph: OrderedGraph, pace: Pace): Promise<CompiledArrays> {
  const { ids, edges, classStart, kindStart, text, edgeCounts } = graph;
  const nodeCount = ids.starts.length - 1;
  const nodeRoom = nodeCount + graph.nodeRoom;
  const slots = await slotsOf(new IdTable(ids), pace);
  const rows: CompiledRows[] = [];
  for (let c = 0; c < EDGE_CLASSES; c++)
    rows.push(await rowsOf(edges, classStart[c]!, classStart[c + 1]!, nodeCount, pace));
  return {
    kindStart,
    ids,
    slots,
    disabled: withRoom(graph.disabled, shared8(nodeRoom)),
    nodeRef: withRoom(graph.nodeRef, shared32(nodeRoom)),
    reachesDenial: await whatReachesDenial(rows, edges, nodeCount, shared8(nodeRoom), pace),
    text,
    edges,
    compiledEdges: classStart[EDGE_CLASSES]!,
    edgeCounts,
    rows,
  };
}

function withRoom<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}

/** Columns for so many edges, whose labels are as wide as so many terms and windows need. */
export function emptyColumns(length: number, terms: number, windows: number): EdgeColumns {
  const labels = (count: number): Labels => (count <= NARROW / 2 ? shared16(length) : shared32(length));
  return {
    ref: shared32(length),
    kind: shared8(length),
    source: shared32(length),
    target: shared32(length),
    flags: shared8(length),
    terms: labels(terms),
    window: labels(windows),
  };
}

/** Edges between two looks at the clock. */
const STRETCH = 1 << 16;
/** Nodes between two looks at the clock. */
const NODE_STRETCH = 1 << 10;

async function rowsOf(
  { source, target }: EdgeColumns,
  first: number,
  last: number,
  nodeCount: number,
  pace: Pace,
): Promise<CompiledRows> {
  const out = await boundsOf(source, first, last, nodeCount, first, pace);
  const into = await boundsOf(target, first, last, nodeCount, 0, pace);
  const next = into.slice();
  const intoEdges = shared32(last - first);
  for (let edge = first; edge < last; ) {
    const end = Math.min(last, edge + STRETCH);
    for (; edge < end; edge++) intoEdges[next[target[edge]!]!++] = edge;
    if (pace.isDue()) await pace.rest();
  }
  return { out, into, intoEdges };
}

/** Where the edges of each node begin, the first at `start`, and where the last one's end. */
async function boundsOf(
  keys: Uint32Array,
  first: number,
  last: number,
  nodeCount: number,
  start: number,
  pace: Pace,
): Promise<Uint32Array> {
  const bounds = shared32(nodeCount + 1);
  for (let edge = first; edge < last; ) {
    const end = Math.min(last, edge + STRETCH);
    for (; edge < end; edge++) bounds[keys[edge]! + 1]!++;
    if (pace.isDue()) await pace.rest();
  }
  bounds[0] = start;
  for (let v = 0; v < nodeCount; v++) bounds[v + 1]! += bounds[v]!;
  return bounds;
}

async function whatReachesDenial(
  rows: readonly CompiledRows[],
  { source, flags }: EdgeColumns,
  nodeCount: number,
  reaches: Uint8Array,
  pace: Pace,
): Promise<Uint8Array> {
  const queue: number[] = [];
  const grants = rows[GRANT]!.out;
  for (let edge = grants[0]!, last = grants[nodeCount]!; edge < last; ) {
    for (const end = Math.min(last, edge + STRETCH); edge < end; edge++)
      if ((flags[edge]! & DENY) !== 0) mark(source[edge]!, reaches, queue);
    if (pace.isDue()) await pace.rest();
  }
  const { into, intoEdges } = rows[MEMBERSHIP]!;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (let i = into[node]!; i < into[node + 1]!; i++) mark(source[intoEdges[i]!]!, reaches, queue);
    if (head % NODE_STRETCH === 0 && pace.isDue()) await pace.rest();
  }
  return reaches;
}

/** Marks all that reach a node of the queue by membership. */
export function spreadToMembers({ into }: Adjacency, source: Uint32Array, marks: Uint8Array, queue: number[]): void {
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++)
      mark(source[into.edge(i, patch)]!, marks, queue);
  }
}

function mark(node: number, marks: Uint8Array, queue: number[]): void {
  if (marks[node] === 1) return;
  marks[node] = 1;
  queue.push(node);
}
