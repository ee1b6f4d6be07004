/**
 * Versions as another thread is given them: the compiled arrays once, which lie in shared memory, and of each version what
 * was laid over them. A thread that has them answers as the one that gave them.
 */
import { NodeIndex } from './node-index.ts';
import { Rows } from './rows.ts';
import type { Snapshot } from './snapshot.ts';
import type { Space } from './space.ts';

/** Nodes of a space that came after compiling, in the order of their numbers, and its windows. */
export interface SpaceImage {
  readonly laterIds: readonly string[];
  /** Indexes into NODE_KINDS. */
  readonly laterKinds: Uint8Array;
  readonly windowsFrom: Float64Array;
  readonly windowsTo: Float64Array;
  readonly windows: number;
}

/** Rows that take the place of compiled ones. */
interface PatchImage {
  readonly nodes: Uint32Array;
  readonly rows: readonly Uint32Array[];
}

export interface VersionImage {
  readonly version: number;
  readonly nodeSpace: number;
  readonly edgeSpace: number;
  readonly gone: Uint32Array;
  readonly later: Uint32Array;
  readonly disabled: Uint8Array;
  readonly nodeRef: Uint32Array;
  readonly reachesDenial: Uint8Array;
  readonly nodeCounts: Uint32Array;
  readonly edgeCounts: Uint32Array;
  readonly retold: ReadonlyMap<number, string>;
  /** For each edge class. */
  readonly out: readonly PatchImage[];
  readonly into: readonly PatchImage[];
}

export function imageOfSpace(space: Space): SpaceImage {
  const { ids, compiledNodes, nodes, windows } = space;
  const later = Array.from({ length: nodes - compiledNodes }, (_, i) => compiledNodes + i);
  return {
    laterIds: later.map((node) => ids.at(node)),
    laterKinds: Uint8Array.from(later, (node) => space.kindIndexOf(node)),
    windowsFrom: windows.from,
    windowsTo: windows.to,
    windows: windows.count,
  };
}

export function imageOf(snapshot: Snapshot): VersionImage {
  return {
    version: snapshot.version,
    nodeSpace: snapshot.nodeSpace,
    edgeSpace: snapshot.edgeSpace,
    gone: Uint32Array.from(snapshot.gone),
    later: Uint32Array.from(snapshot.later),
    disabled: snapshot.disabled,
    nodeRef: snapshot.nodeRef,
    reachesDenial: snapshot.reachesDenial,
    nodeCounts: snapshot.nodeCounts,
    edgeCounts: snapshot.edgeCounts,
    retold: snapshot.retold,
    out: snapshot.adjacency.map(({ out }) => patchesOf(out)),
    into: snapshot.adjacency.map(({ into }) => patchesOf(into)),
  };
}

function patchesOf(rows: Rows): PatchImage {
  const nodes = Uint32Array.from(new Set(rows.patchedNodes()));
  return { nodes, rows: Array.from(nodes, (node) => rows.patchOf(node)!) };
}

/** Gives the compiled version of a space the nodes and windows that came later, in place of those that it was given before. */
export function renew(
  { space }: Snapshot,
  { laterIds, laterKinds, windowsFrom, windowsTo, windows }: SpaceImage,
): void {
  space.reset();
  laterIds.forEach((id, i) => {
    space.addNode(id, laterKinds[i]!);
  });
  space.windows.become(windowsFrom, windowsTo, windows);
}

/** A version in the space of the compiled one. */
export function restored(compiled: Snapshot, image: VersionImage): Snapshot {
  const { out, into, gone, later, ...same } = image;
  const { space } = compiled;
  const [notThere, come] = [new Set(gone), new Set(later)];
  return Object.freeze({
    ...compiled,
    ...same,
    gone: notThere,
    later: come,
    index: new NodeIndex(space, notThere, come),
    validFrom: space.windows.from,
    validTo: space.windows.to,
    adjacency: compiled.adjacency.map((each, c) => ({
      out: patched(each.out, out[c]!),
      into: patched(each.into, into[c]!),
    })),
  });
}

const patched = (rows: Rows, { nodes, rows: patches }: PatchImage): Rows =>
  nodes.length === 0
    ? rows
    : new Rows(rows.bounds, rows.edges, new Map(Array.from(nodes, (node, i) => [node, patches[i]!])), new Map());
