/**
 * The arrays of a compiled version: all that it consists of but action patterns and edges that wait for an end. They lie in
 * memory that other threads can look at, and can be written to a file as they are.
 */
import { NODE_KINDS } from '../model/index.ts';
import type { ActionTerms } from './action-terms.ts';
import { IdIndex } from './id-index.ts';
import { type CompiledIds, IdTable } from './id-table.ts';
import { NodeIndex } from './node-index.ts';
import { Rows } from './rows.ts';
import type { SearchText } from './search-text.ts';
import type { Snapshot } from './snapshot.ts';
import { type EdgeColumns, Space, type Waiting } from './space.ts';
import type { Windows } from './windows.ts';

/** The rows of one class of edges, all nodes' one after the other: see `Rows`. */
export interface CompiledRows {
  /** Where each node's edges begin among the edges by source; positions are edge numbers. */
  readonly out: Uint32Array;
  /** Where each node's edges begin in `intoEdges`. */
  readonly into: Uint32Array;
  readonly intoEdges: Uint32Array;
}

export interface CompiledArrays {
  /** Where each kind begins, and where the last one ends. */
  readonly kindStart: Uint32Array;
  /** By kind, then id. */
  readonly ids: CompiledIds;
  /** See `IdIndex`. */
  readonly slots: Uint32Array;
  /** By node, with room after the compiled ones. */
  readonly disabled: Uint8Array;
  readonly nodeRef: Uint32Array;
  readonly reachesDenial: Uint8Array;
  readonly text: SearchText;
  /** By class, source, target, kind, id; with room after the compiled ones. */
  readonly edges: EdgeColumns;
  readonly compiledEdges: number;
  /** By kind. */
  readonly edgeCounts: Uint32Array;
  /** One for each edge class. */
  readonly rows: readonly CompiledRows[];
}

/** What a compiled version consists of beside its arrays. */
export interface Beside {
  readonly version: number;
  readonly terms: ActionTerms;
  readonly windows: Windows;
  readonly waiting: Waiting;
}

const NONE: ReadonlySet<number> = new Set();

export function snapshotOf(arrays: CompiledArrays, { version, terms, windows, waiting }: Beside): Snapshot {
  const { edges, kindStart, compiledEdges } = arrays;
  const ids = new IdTable(arrays.ids);
  const space = new Space({
    arrays,
    ids,
    index: new IdIndex(ids, arrays.slots),
    terms,
    windows,
    waiting,
  });
  return Object.freeze({
    version,
    space,
    nodeSpace: space.compiledNodes,
    edgeSpace: compiledEdges,
    gone: NONE,
    later: NONE,
    index: new NodeIndex(space, NONE, NONE),
    ids,
    disabled: arrays.disabled,
    nodeRef: arrays.nodeRef,
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
    adjacency: arrays.rows.map(({ out, into, intoEdges }) => ({
      out: new Rows(out, undefined),
      into: new Rows(into, intoEdges),
    })),
    nodeCounts: Uint32Array.from(NODE_KINDS, (_, k) => kindStart[k + 1]! - kindStart[k]!),
    edgeCounts: arrays.edgeCounts,
    reachesDenial: arrays.reachesDenial,
    searchText: arrays.text,
    retold: new Map<number, string>(),
  });
}
