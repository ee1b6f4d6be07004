/**
 * A version with changes laid over it as a version that is as if it had been compiled: numbers in order, rows side by side,
 * and room for changes again. Nothing is read from the store: compiled rows and changed ones are merged in memory, a few
 * milliseconds at a time, while questions go on being answered on the version as it was.
 */
import { assembleSnapshot, type Room, shared8, shared32 } from './assemble.ts';
import { kindStartOf, nodesInOrder } from './nodes.ts';
import type { Pace } from './pace.ts';
import { rearranged } from './search-text.ts';
import { EDGE_CLASSES, type Snapshot } from './snapshot.ts';
import type { EdgeColumns, Space } from './space.ts';

/** With more patched rows, or less room left, than this share, walking them costs more than merging them now and then. */
const SHARE_LAID_OVER = 1 / 4;
const MOST_PATCHED = 4_096;

/** True when a version is better folded. */
export function isWorthFolding({ space, adjacency }: Snapshot): boolean {
  const edgeRoom = space.edges.ref.length - space.compiledEdges;
  const nodeRoom = space.nodeRoom - space.compiledNodes;
  return (
    space.edgeCount - space.compiledEdges > edgeRoom * SHARE_LAID_OVER ||
    space.nodes - space.compiledNodes > nodeRoom * SHARE_LAID_OVER ||
    adjacency.some(({ out, into }) => out.patched + into.patched > MOST_PATCHED)
  );
}

/** The same version in a space of its own. Linear in the size of the graph. */
export async function folded(
  snapshot: Snapshot,
  roomFor: (nodes: number, edges: number) => Room,
  pace: Pace,
): Promise<Snapshot> {
  const { space } = snapshot;
  const nodes = nodesInOrder(snapshot);
  const edgeCount = snapshot.edgeCounts.reduce((sum, count) => sum + count, 0);
  const room = roomFor(nodes.length, edgeCount);
  const { edges, classStart } = await mergedEdges(snapshot, nodes, edgeCount + room.edges, pace);
  return assembleSnapshot(
    {
      version: snapshot.version,
      ids: await idsOf(space, nodes, pace),
      kindStart: kindStartOf(snapshot.nodeCounts),
      disabled: nodes8(snapshot.disabled, nodes),
      nodeRef: nodes32(snapshot.nodeRef, nodes),
      text: rearranged(snapshot.searchText, nodes, snapshot.retold),
      edges,
      classStart,
      edgeCounts: snapshot.edgeCounts,
      terms: snapshot.terms,
      windows: space.windows,
      waiting: space.waiting,
      room,
    },
    pace,
  );
}

/** Nodes between two looks at the clock. */
const STRETCH = 1 << 12;

async function idsOf({ ids }: Space, nodes: Uint32Array, pace: Pace): Promise<string[]> {
  const ordered: string[] = [];
  for (let i = 0; i < nodes.length; i++) {
    ordered.push(ids[nodes[i]!]!);
    if (i % STRETCH === 0 && pace.isDue()) await pace.rest();
  }
  return ordered;
}

const nodes8 = (from: Uint8Array, nodes: Uint32Array): Uint8Array => Uint8Array.from(nodes, (node) => from[node]!);
const nodes32 = (from: Uint32Array, nodes: Uint32Array): Uint32Array => nodes.map((node) => from[node]!);

/** The rows of all nodes one after the other are the edges in order. */
async function mergedEdges(
  { adjacency, space, nodeSpace }: Snapshot,
  nodes: Uint32Array,
  length: number,
  pace: Pace,
): Promise<{ readonly edges: EdgeColumns; readonly classStart: Uint32Array }> {
  const numberOf = new Uint32Array(nodeSpace);
  for (let i = 0; i < nodes.length; i++) numberOf[nodes[i]!] = i;
  const edges = emptyColumns(length);
  const classStart = new Uint32Array(EDGE_CLASSES + 1);
  let count = 0;
  for (let c = 0; c < EDGE_CLASSES; c++) {
    const { out } = adjacency[c]!;
    for (let n = 0; n < nodes.length; n++) {
      const patch = out.patchOf(nodes[n]!);
      for (let i = out.first(nodes[n]!, patch), end = out.end(nodes[n]!, patch); i < end; i++)
        copyEdge(space.edges, out.edge(i, patch), edges, count++, numberOf);
      if (n % STRETCH === 0 && pace.isDue()) await pace.rest();
    }
    classStart[c + 1] = count;
  }
  return { edges, classStart };
}

const emptyColumns = (length: number): EdgeColumns => ({
  ref: shared32(length),
  kind: shared8(length),
  source: shared32(length),
  target: shared32(length),
  flags: shared8(length),
  terms: shared32(length),
  window: shared32(length),
});

function copyEdge(from: EdgeColumns, edge: number, to: EdgeColumns, place: number, numberOf: Uint32Array): void {
  to.ref[place] = from.ref[edge]!;
  to.kind[place] = from.kind[edge]!;
  to.source[place] = numberOf[from.source[edge]!]!;
  to.target[place] = numberOf[from.target[edge]!]!;
  to.flags[place] = from.flags[edge]!;
  to.terms[place] = from.terms[edge]!;
  to.window[place] = from.window[edge]!;
}
