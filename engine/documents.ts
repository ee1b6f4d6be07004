/**
 * The documents of a store that a process reads and now and then writes to: what is written takes the store's writing place
 * for that moment, so that a server may keep notes while others load.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GrantlensError, type JsonValue } from './model/index.ts';
import type { DocumentStore, GraphStore } from './store/port.ts';

/** Milliseconds to wait for a writer to be done, and between two tries. */
const PATIENCE = 10_000;
const EVERY = 50;

export class BrieflyWritten implements DocumentStore {
  readonly #reading: DocumentStore;
  readonly #openToWrite: () => Promise<GraphStore>;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param openToWrite opens the same store for writing, and makes none */
  constructor(reading: DocumentStore, openToWrite: () => Promise<GraphStore>) {
    this.#reading = reading;
    this.#openToWrite = openToWrite;
  }

  get(name: string): ReturnType<DocumentStore['get']> {
    return this.#reading.get(name);
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.#reading.list(prefix);
  }

  /** @throws GrantlensError STORE_LOCKED when another process keeps writing; DOCUMENT_CONFLICT */
  put(name: string, value: JsonValue, revision: number): Promise<number> {
    return this.#write((documents) => documents.put(name, value, revision));
  }

  /** @throws as `put` does */
  delete(name: string, revision: number): Promise<void> {
    return this.#write((documents) => documents.delete(name, revision));
  }

  /** One write after the other: two of one process would lock each other out. */
  #write<T>(work: (documents: DocumentStore) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#alone(work));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #alone<T>(work: (documents: DocumentStore) => Promise<T>): Promise<T> {
    const store = await this.#opened();
    try {
      return await work(store.documents);
    } finally {
      await store.close();
    }
  }

  async #opened(): Promise<GraphStore> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await this.#openToWrite();
      } catch (error) {
        if (!(error instanceof GrantlensError) || error.code !== 'STORE_LOCKED' || performance.now() > end) throw error;
        await sleep(EVERY);
      }
    }
  }
}
