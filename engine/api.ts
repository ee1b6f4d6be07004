import type { GraphView } from './access/questions.ts';
import type { Analysis } from './analysis/questions.ts';
import type { AppliedBatch, ChangeBatch } from './model/index.ts';
import type { Neo4jConnection } from './store/neo4j/connection.ts';
import type { ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
import type { DocumentStore } from './store/port.ts';

export interface EngineOptions {
  /** Where the graph is kept: the folder of an embedded store, or a Neo4j server. */
  readonly data: string | Neo4jConnection;
  /** `write` takes the folder's one writing place; `read` follows what a writing process applies. */
  readonly mode: 'read' | 'write';
  /** Sources whose word counts first where several tell of one node; the others follow by name. */
  readonly precedence?: readonly string[];
  /** In mode `read`: how often the store is looked at for a new version, in milliseconds; default 500, 0 for never. */
  readonly followEvery?: number;
  /**
   * `snapshot` (the default) compiles a version whole when it is first asked about and answers in memory. `store` compiles
   * for each question the part of the graph that it needs: the same answers, for graphs larger than memory. See docs/execution.md.
   */
  readonly execution?: Execution;
  /** With `store`: the most nodes and edges that one question may gather before it fails with LIMIT_EXCEEDED; default 4,000,000. */
  readonly sliceLimit?: number;
}

/** Where questions are answered. */
export type Execution = 'snapshot' | 'store';

/** A view with the analyses of the same version. They end when the view's version is closed: when nobody looks at it any more. */
export interface EngineView extends GraphView {
  readonly analysis: Analysis;
}

/** The product without transport: one store, its newest version compiled, questions through views. */
export interface Engine {
  /** The newest version that the store is known to have. */
  readonly version: number;
  /**
   * A view on the newest version; release it when done. Unless questions are executed in the store, the version is
   * compiled when it is first asked for. In mode `read`, while a newer one is compiled, views are given on the one before.
   */
  view(): Promise<EngineView>;
  /**
   * Applies a batch; views asked for after it resolves see it.
   *
   * @param options.dryRun checks and counts everything and applies nothing
   */
  apply(batch: ChangeBatch, options?: { readonly dryRun?: boolean }): Promise<AppliedBatch>;
  /** Called after each new version can be viewed (mode `read`) or was applied (mode `write`); returns how to stop. */
  onVersion(listener: (version: number) => void): () => void;
  readonly documents: DocumentStore;
  compact(options?: { readonly keepVersions?: number }): Promise<void>;
  verify(): Promise<void>;
  /**
   * Writes the newest version as CSV files for `neo4j-admin database import`: the database that comes out of it is a store
   * of ours. `write` is given the text of each file piece by piece; `importArguments` says what to tell the importer.
   *
   * @throws GrantlensError ARGUMENT_INVALID for actions that no list in such a file can hold
   */
  writeNeo4jImport(write: WriteText): Promise<ImportFiles>;
  /** Closes the store. Views that are still open keep answering until they are released. */
  close(): Promise<void>;
}
