/** Which version of the graph is open for questions, and who still looks at it. */
import type { GraphView } from './access/questions.ts';
import { openView } from './access/view.ts';
import { type AccessGraph, graphOfReader, graphOfSnapshot } from './analysis/access-graph.ts';
import { Analyses } from './analysis/analyses.ts';
import type { EngineView } from './api.ts';
import { GrantlensError } from './model/index.ts';
import { openSliceView } from './slice/slice-view.ts';
import { Slices } from './slice/slices.ts';
import { compileSnapshot, roomForChanges } from './snapshot/compile.ts';
import { followed, touchedBy } from './snapshot/follow.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

/** A version that is ready for questions. */
interface Prepared {
  /** Opens a view on it. */
  readonly open: (onRelease: () => void) => GraphView;
  /** Gets what analyses are computed on. */
  readonly graph: () => Promise<AccessGraph>;
  /** Present where the version was compiled or followed whole. */
  readonly snapshot?: Snapshot;
}

/** The version before the one that is to be made ready, and where to learn what has changed since. */
export interface Before {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly store: GraphStore;
}

/** Makes a version ready for questions. */
export type Prepare = (reader: StoreReader, before?: Before) => Promise<Prepared>;

/**
 * The whole version is at hand in memory: the changes since the version before are followed where there are few, else it is
 * compiled.
 */
export const bySnapshot: Prepare = async (reader, before) => {
  const snapshot = (before && (await takenOn(before, reader))) ?? (await compileSnapshot(reader, roomForChanges));
  return {
    open: (onRelease) => openView(snapshot, reader, onRelease),
    graph: async () => graphOfSnapshot(snapshot),
    snapshot,
  };
};

/** More changes than this share of the graph are not followed: compiling is quicker then. */
const SHARE_FOLLOWED = 1 / 16;
/** So many are always followed. */
const ALWAYS_FOLLOWED = 256;

/** Undefined where it is to be compiled. */
async function takenOn({ snapshot, reader, store }: Before, to: StoreReader): Promise<Snapshot | undefined> {
  const most = Math.max(ALWAYS_FOLLOWED, snapshot.space.compiledEdges * SHARE_FOLLOWED);
  const touched = await touchedBy(store.batches(reader.version), to.version, most);
  return touched && followed(snapshot, reader, to, touched);
}

/**
 * Nothing is compiled but what a question needs.
 *
 * @param limit the most nodes and edges of one question
 */
export const bySlices =
  (limit: number | undefined): Prepare =>
  async (reader) => {
    const slices = new Slices(reader, limit);
    return { open: (onRelease) => openSliceView(slices, onRelease), graph: () => graphOfReader(reader) };
  };

/** One version. Its reader is closed when nobody looks at it any more. */
interface Opened extends Prepared {
  readonly reader: StoreReader;
  readonly analyses: Analyses;
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
  async view(atLeast: number): Promise<EngineView> {
    while (this.#current === undefined || this.#current.reader.version < atLeast) await this.refresh();
    const opened = this.#current;
    opened.viewers++;
    const view = opened.open(() => void this.#leave(opened));
    return Object.assign(view, { analysis: opened.analyses });
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
      const before = this.#current;
      const prepared = await this.#prepared(reader, before);
      const analyses = new Analyses(prepared.graph, this.#store.analytics);
      const opened = { ...prepared, reader, analyses, viewers: 1 };
      this.#current = opened;
      if (before !== undefined) void this.#leave(before);
      return opened;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  async #prepared(reader: StoreReader, before: Opened | undefined): Promise<Prepared> {
    if (before?.snapshot === undefined) return this.#prepare(reader);
    try {
      return await this.#prepare(reader, { snapshot: before.snapshot, reader: before.reader, store: this.#store });
    } catch (error) {
      if (!isGone(error)) throw error;
      // The journal between the two was cut: there is nothing to follow.
      return this.#prepare(reader);
    }
  }

  async #leave(opened: Opened): Promise<void> {
    if (--opened.viewers > 0) return;
    await opened.analyses.close();
    await opened.reader.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening?.catch(() => {});
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    // Analyses may use the store, which is closed next; views that are still open keep answering.
    await current.analyses.close();
    await this.#leave(current);
  }
}

const isGone = (error: unknown): boolean => error instanceof GrantlensError && error.code === 'VERSION_NOT_FOUND';
