/** Composition root: a store, its versions open for questions, and the follower that keeps a reading process up to date. */
import type { Engine, EngineOptions, EngineView } from './api.ts';
import type { AppliedBatch, ChangeBatch } from './model/index.ts';
import { bySlices, bySnapshot, OpenVersions } from './open-versions.ts';
import { openEmbeddedStore } from './store/embedded/index.ts';
import type { ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
import type { DocumentStore, GraphStore } from './store/port.ts';

const FOLLOW_EVERY = 500;

/**
 * Opens the engine on a folder or a Neo4j server. In mode `write` the folder is made if it is not there, and a database is
 * given its constraints and indexes.
 *
 * @throws GrantlensError STORE_NOT_FOUND, STORE_LOCKED, STORE_CORRUPT, STORE_NEWER_FORMAT, STORE_UNREACHABLE, STORE_AUTH_FAILED,
 *   STORE_DATABASE_NOT_FOUND, STORE_VERSION_UNSUPPORTED, STORE_FOREIGN
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const store = await openStore(options);
  const engine = new StoreEngine(store, await store.version(), options);
  if (options.mode === 'read') engine.follow(options.followEvery ?? FOLLOW_EVERY);
  return engine;
}

/** The driver of Neo4j takes a while to load, so it is loaded where a server is named. */
async function openStore({ data, mode, precedence }: EngineOptions): Promise<GraphStore> {
  const common = { mode, ...(precedence === undefined ? {} : { precedence }) };
  if (typeof data === 'string') return openEmbeddedStore({ folder: data, ...common });
  const { openNeo4jStore } = await import('./store/neo4j/index.ts');
  return openNeo4jStore({ connection: data, ...common });
}

class StoreEngine implements Engine {
  readonly documents: DocumentStore;
  readonly #store: GraphStore;
  readonly #precedence: readonly string[];
  readonly #versions: OpenVersions;
  /** Where questions are executed. */
  readonly #inStore: boolean;
  readonly #listeners = new Set<(version: number) => void>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #version: number;
  #following = false;

  constructor(store: GraphStore, version: number, { execution, sliceLimit, precedence = [] }: EngineOptions) {
    this.#store = store;
    this.#precedence = precedence;
    this.#version = version;
    this.#inStore = execution === 'store';
    this.#versions = new OpenVersions(store, this.#inStore ? bySlices(sliceLimit) : bySnapshot);
    this.documents = store.documents;
  }

  get version(): number {
    return this.#version;
  }

  async view(): Promise<EngineView> {
    // Opening a version costs nothing then, and a store finds what it needs soonest in its newest one.
    if (this.#inStore) return this.#versions.view(await this.#store.version());
    return this.#versions.view(this.#following ? 0 : this.#version);
  }

  async apply(batch: ChangeBatch, options: { readonly dryRun?: boolean } = {}): Promise<AppliedBatch> {
    const applied = await this.#store.apply(batch, options);
    if (applied.version > this.#version) this.#announce(applied.version);
    return applied;
  }

  onVersion(listener: (version: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(version: number): void {
    this.#version = version;
    for (const listener of this.#listeners) listener(version);
  }

  /** Looks for newer versions now and then, and compiles them before they are shown. */
  follow(every: number): void {
    this.#following = true;
    if (every <= 0) return;
    this.#timer = setInterval(() => void this.#look(), every);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const newest = await this.#store.version();
      if (newest <= this.#version) return;
      if (this.#versions.version !== undefined) await this.#versions.reach(newest);
      this.#announce(newest);
    } catch {
      // The store may be busy or gone for a moment; the next look tries again, and questions go on with what is compiled.
    } finally {
      this.#looking = false;
    }
  }

  async compact(options?: { readonly keepVersions?: number }): Promise<void> {
    await this.#store.compact(options);
  }

  async verify(): Promise<void> {
    await this.#store.verify();
  }

  async writeNeo4jImport(write: WriteText): Promise<ImportFiles> {
    // What is shared with the Neo4j store loads its driver, which takes a while.
    const { writeImportFiles } = await import('./store/neo4j/import-files.ts');
    const reader = await this.#store.read();
    try {
      return await writeImportFiles({ reader, documents: this.documents, precedence: this.#precedence }, write);
    } finally {
      await reader.close();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#versions.close();
    await this.#store.close();
  }
}
