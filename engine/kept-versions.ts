/**
 * A compiled version beside the store, so that the next process opens in the time that reading it takes. It can be thrown
 * away at any time: it is then compiled anew. Whether it fits is found out by the mark that the store gives a version.
 */
import { join } from 'node:path';
import type { Snapshot } from './snapshot/snapshot.ts';
import { isCompiled, readSnapshot, writeSnapshot } from './snapshot/snapshot-file.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

/** Smaller graphs are compiled as soon as they are read. */
const LEAST_EDGES = 20_000;

/** A version that was kept, and a reader of it. */
export interface Kept {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

export class KeptVersions {
  readonly #store: GraphStore;
  readonly #path: string | undefined;
  readonly #leastEdges: number;
  #writing: Promise<void> | undefined;

  /** @param leastEdges graphs with fewer are not kept */
  constructor(store: GraphStore, leastEdges = LEAST_EDGES) {
    this.#store = store;
    this.#leastEdges = leastEdges;
    this.#path = store.derivedFolder && join(store.derivedFolder, 'compiled');
  }

  /**
   * The version that is kept, if it is that of a reader or one before it; undefined where there is none of any use. Whoever
   * gets it closes its reader, unless it is the one that was given.
   */
  async readUpTo(newest: StoreReader): Promise<Kept | undefined> {
    if (this.#path === undefined) return undefined;
    let reader: StoreReader | undefined;
    try {
      const snapshot = await readSnapshot(this.#path, async ({ version, mark }) => {
        if (version > newest.version) return false;
        reader = version === newest.version ? newest : await this.#store.read(version);
        return reader.mark === mark;
      });
      if (snapshot !== undefined) return { snapshot, reader: reader! };
    } catch {
      // There is none, or it is damaged, or the journal no longer reaches it: the version is compiled.
    }
    if (reader !== newest) await reader?.close();
    return undefined;
  }

  /** Keeps a version in place of the one before, beside everything else. Where that fails, nothing is kept. */
  keep(snapshot: Snapshot, { mark }: StoreReader): void {
    if (this.#path === undefined || mark === undefined || this.#writing !== undefined) return;
    if (snapshot.space.compiledEdges < this.#leastEdges || !isCompiled(snapshot)) return;
    this.#writing = writeSnapshot(this.#path, snapshot, mark)
      .catch(() => {})
      .finally(() => {
        this.#writing = undefined;
      });
  }

  /** Waits until what is being kept is kept. */
  async close(): Promise<void> {
    await this.#writing;
  }
}
