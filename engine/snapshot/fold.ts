/**
 * A version with changes laid over it as a version that is as if it had been compiled: numbers in order, rows side by side,
 * and room for changes again. Nothing is read from the store: compiled rows and changed ones are merged in memory, a few
 * milliseconds at a time, while questions go on being answered on the version as it was.
 */
import { assembled, emptyColumns, roomForChanges } from './assemble.ts';
import { type CompiledArrays, snapshotOf } from './compiled-arrays.ts';
import { chosenIds } from './id-table.ts';
import { kindStartOf, nodesInOrder } from './nodes.ts';
import type { Pace } from './pace.ts';
import { rearranged } from './search-text.ts';
import { EDGE_CLASSES, type Snapshot } from './snapshot.ts';
import type { EdgeColumns } from './space.ts';

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
export async function folded(snapshot: Snapshot, pace: Pace): Promise<Snapshot> {
  return asFolded(snapshot, await foldArrays([snapshot], undefined, pace));
}

/** A version in the space of arrays that it was folded into. */
export const asFolded = ({ version, space: { terms, windows, waiting } }: Snapshot, arrays: CompiledArrays): Snapshot =>
  snapshotOf(arrays, { version, terms, windows, waiting });

/** The arrays of a version that is folded, the first and only one that is given: work that any thread can do. */
export async function foldArrays(snapshots: readonly Snapshot[], _: undefined, pace: Pace): Promise<CompiledArrays> {
  const snapshot = snapshots[0]!;
  const nodes = nodesInOrder(snapshot);
  const edgeCount = snapshot.edgeCounts.reduce((sum, count) => sum + count, 0);
  const room = roomForChanges(nodes.length, edgeCount);
  const { edges, classStart } = await mergedEdges(snapshot, nodes, edgeCount + room.edges, pace);
  const { ids } = snapshot;
  const text = rearranged(snapshot.searchText, nodes, snapshot.retold);
  if (pace.isDue()) await pace.rest();
  return assembled(
    {
      ids: chosenIds(ids.compiled, nodes, (node) => ids.at(node)),
      kindStart: kindStartOf(snapshot.nodeCounts),
      disabled: nodes8(snapshot.disabled, nodes),
      nodeRef: nodes32(snapshot.nodeRef, nodes),
      text,
      edges,
      classStart,
      edgeCounts: snapshot.edgeCounts,
      nodeRoom: room.nodes,
    },
    pace,
  );
}

/** Nodes between two looks at the clock. */
const STRETCH = 1 << 12;

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
  const edges = emptyColumns(length, space.terms.all.length, space.windows.count);
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

function copyEdge(from: EdgeColumns, edge: number, to: EdgeColumns, place: number, numberOf: Uint32Array): void {
  to.ref[place] = from.ref[edge]!;
  to.kind[place] = from.kind[edge]!;
  to.source[place] = numberOf[from.source[edge]!]!;
  to.target[place] = numberOf[from.target[edge]!]!;
  to.flags[place] = from.flags[edge]!;
  to.terms[place] = from.terms[edge]!;
  to.window[place] = from.window[edge]!;
}
