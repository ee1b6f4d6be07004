/** Which version of the graph is open for questions, and who still looks at it. */
import type { GraphView } from './access/questions.ts';
import { openView } from './access/view.ts';
import { GrantlensError } from './model/index.ts';
import { openSliceView } from './slice/slice-view.ts';
import { Slices } from './slice/slices.ts';
import { compileSnapshot } from './snapshot/compile.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

/** Makes a version ready for questions. Returns how to open a view on it. */
export type Prepare = (reader: StoreReader) => Promise<(onRelease: () => void) => GraphView>;

/** The whole version is compiled, and questions are answered in memory. */
export const bySnapshot: Prepare = async (reader) => {
  const snapshot = await compileSnapshot(reader);
  return (onRelease) => openView(snapshot, reader, onRelease);
};

/**
 * Nothing is compiled but what a question needs.
 *
 * @param limit the most nodes and edges of one question
 */
export const bySlices =
  (limit: number | undefined): Prepare =>
  async (reader) => {
    const slices = new Slices(reader, limit);
    return (onRelease) => openSliceView(slices, onRelease);
  };

/** One version. Its reader is closed when nobody looks at it any more. */
interface Opened {
  readonly reader: StoreReader;
  readonly open: (onRelease: () => void) => GraphView;
  viewers: number;
}

export class OpenVersions {
  readonly #store: GraphStore;
  readonly #prepare: Prepare;
  #current: Opened | undefined;
  #opening: Promise<Opened> | undefined;
  #closed = false;

  constructor(store: GraphStore, prepare: Prepare) {
    this.#store = store;
    this.#prepare = prepare;
  }

  /** The version that is open; undefined before the first. */
  get version(): number | undefined {
    return this.#current?.reader.version;
  }

  /** A view on what is open; opens the newest version if nothing is yet, or if `atLeast` is newer. */
  async view(atLeast: number): Promise<GraphView> {
    while (this.#current === undefined || this.#current.reader.version < atLeast) await this.refresh();
    const opened = this.#current;
    opened.viewers++;
    return opened.open(() => this.#leave(opened));
  }

  /** Opens the newest version and puts it in place of the one before. One at a time; those who ask meanwhile share it. */
  async refresh(): Promise<void> {
    if (this.#closed) throw new GrantlensError('CLOSED', 'The engine has been closed.');
    this.#opening ??= this.#openNewest().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #openNewest(): Promise<Opened> {
    const reader = await this.#store.read();
    try {
      const opened = { reader, open: await this.#prepare(reader), viewers: 1 };
      const before = this.#current;
      this.#current = opened;
      if (before !== undefined) this.#leave(before);
      return opened;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  #leave(opened: Opened): void {
    if (--opened.viewers === 0) void opened.reader.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening?.catch(() => {});
    if (this.#current !== undefined) this.#leave(this.#current);
    this.#current = undefined;
  }
}
