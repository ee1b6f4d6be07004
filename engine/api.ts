import type { GraphView } from './access/questions.ts';
import type { AppliedBatch, ChangeBatch } from './model/index.ts';
import type { Neo4jConnection } from './store/neo4j/connection.ts';
import type { DocumentStore } from './store/port.ts';

export interface EngineOptions {
  /** Where the graph is kept: the folder of an embedded store, or a Neo4j server. */
  readonly data: string | Neo4jConnection;
  /** `write` takes the folder's one writing place; `read` follows what a writing process applies. */
  readonly mode: 'read' | 'write';
  /** Where questions run; default `snapshot`. */
  readonly execution?: Execution;
  /** Sources whose word counts first where several tell of one node; the others follow by name. */
  readonly precedence?: readonly string[];
  /** In mode `read`: how often the store is looked at for a new version, in milliseconds; default 500, 0 for never. */
  readonly followEvery?: number;
}

/** The product without transport: one store, its newest version compiled, questions through views. */
export interface Engine {
  /** The newest version that the store is known to have. */
  readonly version: number;
  /**
   * A view on the newest version; release it when done. The version is compiled when it is first asked for. In mode
   * `read`, while a newer one is compiled, views are given on the one before.
   */
  view(): Promise<GraphView>;
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
  /** Closes the store. Views that are still open keep answering until they are released. */
  close(): Promise<void>;
}
