/** Which version of the graph is compiled, and who still looks at it. */
import type { GraphView } from './access/questions.ts';
import { openView } from './access/view.ts';
import { GrantlensError } from './model/index.ts';
import { compileSnapshot } from './snapshot/compile.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

/** One compiled version. Its reader is closed when nobody looks at it any more. */
interface Compiled {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  viewers: number;
}

export class CompiledVersions {
  readonly #store: GraphStore;
  #current: Compiled | undefined;
  #compiling: Promise<Compiled> | undefined;
  #closed = false;

  constructor(store: GraphStore) {
    this.#store = store;
  }

  /** The version that is compiled; undefined before the first. */
  get version(): number | undefined {
    return this.#current?.snapshot.version;
  }

  /** A view on what is compiled; compiles the newest version if nothing is yet, or if `atLeast` is newer. */
  async view(atLeast: number): Promise<GraphView> {
    while (this.#current === undefined || this.#current.snapshot.version < atLeast) await this.refresh();
    const compiled = this.#current;
    compiled.viewers++;
    return openView(compiled.snapshot, compiled.reader, () => this.#leave(compiled));
  }

  /** Compiles the newest version and puts it in place of the one before. One at a time; those who ask meanwhile share it. */
  async refresh(): Promise<void> {
    if (this.#closed) throw new GrantlensError('CLOSED', 'The engine has been closed.');
    this.#compiling ??= this.#compile().finally(() => {
      this.#compiling = undefined;
    });
    await this.#compiling;
  }

  async #compile(): Promise<Compiled> {
    const reader = await this.#store.read();
    try {
      const compiled = { snapshot: await compileSnapshot(reader), reader, viewers: 1 };
      const before = this.#current;
      this.#current = compiled;
      if (before !== undefined) this.#leave(before);
      return compiled;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  #leave(compiled: Compiled): void {
    if (--compiled.viewers === 0) void compiled.reader.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#compiling?.catch(() => {});
    if (this.#current !== undefined) this.#leave(this.#current);
    this.#current = undefined;
  }
}
