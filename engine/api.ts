import type { GraphView } from './access/questions.ts';
import type { AppliedBatch, ChangeBatch } from './model/index.ts';
import type { ApplyOptions, DocumentStore } from './store/port.ts';

export interface EngineOptions {
  /** Folder of the embedded store. */
  readonly data: string;
  /** `write` takes the folder's one writing place; `read` follows what a writing process applies. */
  readonly mode: 'read' | 'write';
  /** Sources whose word counts first where several tell of one node; the others follow by name. */
  readonly precedence?: readonly string[];
  /** In mode `read`: how often the store is looked at for a new version, in milliseconds; default 500, 0 for never. */
  readonly followEvery?: number;
}

/** The product without transport: one store, its newest version compiled, questions through views. */
export interface Engine {
  /** The newest version that is compiled. */
  readonly version: number;
  /** A view on the newest compiled version. Release it when done. */
  view(): GraphView;
  /** Applies a batch and compiles the new version before it resolves; with `dryRun` only tells what it would do. */
  apply(batch: ChangeBatch, options?: ApplyOptions): Promise<AppliedBatch>;
  /** Called after each new version is compiled; returns how to stop. */
  onVersion(listener: (version: number) => void): () => void;
  readonly documents: DocumentStore;
  compact(options?: { readonly keepVersions?: number }): Promise<void>;
  verify(): Promise<void>;
  close(): Promise<void>;
}
