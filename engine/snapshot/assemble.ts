/** Puts a snapshot together from nodes and edges in order: rows, indexes, marks. A few milliseconds at a time. */
import { NODE_KINDS } from '../model/index.ts';
import type { ActionTerms } from './action-terms.ts';
import { IdIndex } from './id-index.ts';
import { NodeIndex } from './node-index.ts';
import type { Pace } from './pace.ts';
import { Rows } from './rows.ts';
import type { SearchText } from './search-text.ts';
import { type Adjacency, DENY, EDGE_CLASSES, GRANT, MEMBERSHIP, type Snapshot } from './snapshot.ts';
import { type EdgeColumns, Space, type Waiting } from './space.ts';
import type { Windows } from './windows.ts';

/** For how many changes there is to be room beside what is compiled. */
export interface Room {
  readonly nodes: number;
  readonly edges: number;
}

export interface OrderedGraph {
  readonly version: number;
  /** By kind, then id. */
  readonly ids: string[];
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
  readonly terms: ActionTerms;
  readonly windows: Windows;
  readonly waiting: Waiting;
  readonly room: Room;
}

const NONE: ReadonlySet<number> = new Set();

export async function assembleSnapshot(graph: OrderedGraph, pace: Pace): Promise<Snapshot> {
  const { ids, kindStart, edges, classStart, terms, windows } = graph;
  const nodeRoom = ids.length + graph.room.nodes;
  const compiledEdges = classStart[EDGE_CLASSES]!;
  const index = await IdIndex.of(ids, pace);
  const adjacency: Adjacency[] = [];
  for (let c = 0; c < EDGE_CLASSES; c++)
    adjacency.push(await adjacencyOf(edges, classStart[c]!, classStart[c + 1]!, ids.length, pace));
  const space = new Space({ ...graph, index, nodeRoom, compiledEdges });
  return Object.freeze({
    version: graph.version,
    space,
    nodeSpace: ids.length,
    edgeSpace: compiledEdges,
    gone: NONE,
    later: NONE,
    index: new NodeIndex(space, NONE, NONE),
    ids,
    disabled: withRoom(graph.disabled, shared8(nodeRoom)),
    nodeRef: withRoom(graph.nodeRef, shared32(nodeRoom)),
    edgeRef: edges.ref,
    source: edges.source,
    target: edges.target,
    edgeKind: edges.kind,
    flags: edges.flags,
    termsOf: edges.terms,
    windowOf: edges.window,
    validFrom: windows.from,
    validTo: windows.to,
    terms,
    adjacency,
    nodeCounts: Uint32Array.from(NODE_KINDS, (_, k) => kindStart[k + 1]! - kindStart[k]!),
    edgeCounts: graph.edgeCounts,
    reachesDenial: whatReachesDenial(adjacency, edges, ids.length, nodeRoom),
    searchText: graph.text,
    retold: new Map<number, string>(),
  });
}

/** Memory that other threads can look at. */
export const shared8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
export const shared32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));

function withRoom<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}

/** Edges between two looks at the clock. */
const STRETCH = 1 << 16;

async function adjacencyOf(
  { source, target }: EdgeColumns,
  first: number,
  last: number,
  nodeCount: number,
  pace: Pace,
): Promise<Adjacency> {
  const out = await boundsOf(source, first, last, nodeCount, first, pace);
  const into = await boundsOf(target, first, last, nodeCount, 0, pace);
  const next = into.slice();
  const byTarget = shared32(last - first);
  for (let edge = first; edge < last; ) {
    const end = Math.min(last, edge + STRETCH);
    for (; edge < end; edge++) byTarget[next[target[edge]!]!++] = edge;
    if (pace.isDue()) await pace.rest();
  }
  return { out: new Rows(out, undefined), into: new Rows(into, byTarget) };
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

function whatReachesDenial(
  adjacency: readonly Adjacency[],
  { source, flags }: EdgeColumns,
  nodeCount: number,
  nodeRoom: number,
): Uint8Array {
  const reaches = shared8(nodeRoom);
  const queue: number[] = [];
  const grants = adjacency[GRANT]!.out.bounds;
  for (let edge = grants[0]!; edge < grants[nodeCount]!; edge++) {
    if ((flags[edge]! & DENY) !== 0 && reaches[source[edge]!] === 0) {
      reaches[source[edge]!] = 1;
      queue.push(source[edge]!);
    }
  }
  spreadToMembers(adjacency[MEMBERSHIP]!, source, reaches, queue);
  return reaches;
}

/** Marks all that reach a node of the queue by membership. */
export function spreadToMembers({ into }: Adjacency, source: Uint32Array, marks: Uint8Array, queue: number[]): void {
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const member = source[into.edge(i, patch)]!;
      if (marks[member] === 0) {
        marks[member] = 1;
        queue.push(member);
      }
    }
  }
}
