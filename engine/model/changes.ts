import type { EdgeRecord, NodeRecord, UseRecord } from './records.ts';

/** Where a change was read, so that what is wrong with it can be told by place. Not kept. */
export interface Where {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** The five kinds of change. Each belongs to one source. Putting the same thing twice changes nothing. */
export type Change = Where &
  (
    | { readonly op: 'PUT_NODE'; readonly node: NodeRecord }
    | { readonly op: 'REMOVE_NODE'; readonly id: string; readonly source: string }
    | { readonly op: 'PUT_EDGE'; readonly edge: EdgeRecord }
    | { readonly op: 'REMOVE_EDGE'; readonly id: string; readonly source: string }
    | { readonly op: 'PUT_USE'; readonly use: UseRecord }
  );

/** What names a use. */
export type UseKey = Pick<UseRecord, 'identity' | 'action' | 'resource' | 'source'>;

/** Changes that are applied together or not at all, and get one version number. */
export interface ChangeBatch {
  /** Unique. A batch that comes again under its id is not applied again. */
  readonly id: string;
  /** Who brings it: shown in the journal and as the source of a load. */
  readonly source: string;
  /**
   * Sources of which this batch holds everything: whatever else they vouched for until now (nodes, edges, uses) is
   * withdrawn. Empty for a batch of single changes, and for a source that was read only in part. Looked at again when the
   * changes are exhausted: a reader of files may learn its sources from them.
   */
  readonly complete: readonly string[];
  readonly changes: Iterable<Change> | AsyncIterable<Change>;
  /**
   * Uses that are withdrawn before the changes are applied. No change can say so: uses go when a source that told of them
   * is loaded whole without them. A journal that is applied elsewhere has to say it one by one.
   */
  readonly withdrawnUses?: Iterable<UseKey>;
}

/** What a batch did. Counts are over nodes (one source's version each), edges and uses. */
export interface AppliedBatch {
  readonly version: number;
  readonly id: string;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly appliedAt: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** True when the batch id was known: nothing was done, and the rest tells what was done the first time. */
  readonly repeated: boolean;
  /** Sources of which more is withdrawn than may, where that was only to be told. Absent where there are none. */
  readonly tooMuch?: readonly Withdrawal[];
}

/** How much of a source a batch withdraws because it tells all of the source and not that. Uses are not counted. */
export interface Withdrawal {
  readonly source: string;
  /** Its nodes that go, of those that it vouched for. */
  readonly nodes: { readonly withdrawn: number; readonly held: number };
  readonly edges: { readonly withdrawn: number; readonly held: number };
  /** Whether no node and no edge of it would be left. */
  readonly leavesNothing: boolean;
  /** Some of what goes: ids of nodes, then edges as `from KIND to`. */
  readonly named: readonly string[];
}
