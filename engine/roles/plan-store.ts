/** What plans need of a store: its newest version to look at, a place to apply batches, and its documents. */
import type { AppliedBatch, ChangeBatch } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { DocumentStore, StoreReader } from '../store/port.ts';

export interface OpenVersion {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly release: () => void | Promise<void>;
}

export interface PlanStore {
  /** The newest version; released when it has been looked at. */
  readonly open: () => Promise<OpenVersion>;
  readonly apply: (batch: ChangeBatch) => Promise<AppliedBatch>;
  readonly documents: DocumentStore;
}

/** Looks at the newest version and releases it. */
export async function withVersion<T>(
  { open }: Pick<PlanStore, 'open'>,
  look: (version: OpenVersion) => Promise<T>,
): Promise<T> {
  const version = await open();
  try {
    return await look(version);
  } finally {
    await version.release();
  }
}
