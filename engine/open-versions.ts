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
import { folded, isWorthFolding } from './snapshot/fold.ts';
import { followed, touchedBy } from './snapshot/follow.ts';
import { Pace } from './snapshot/pace.ts';
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
  return preparedOf(snapshot, reader);
};

const preparedOf = (snapshot: Snapshot, reader: StoreReader): Prepared => ({
  open: (onRelease) => openView(snapshot, reader, onRelease),
  graph: async () => graphOfSnapshot(snapshot),
  snapshot,
});

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
interface Opened {
  readonly reader: StoreReader;
  readonly analyses: Analyses;
  /** Changes when the version is folded: views that are open keep what they have. */
  prepared: Prepared;
  viewers: number;
}

export class OpenVersions {
  readonly #store: GraphStore;
  readonly #prepare: Prepare;
  #current: Opened | undefined;
  /** Opens a version, or puts a folded one in place. */
  #opening: Promise<unknown> | undefined;
  #folding: Promise<void> | undefined;
  /** Ends what is done beside answering. */
  readonly #end = new AbortController();

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
    const view = opened.prepared.open(() => void this.#leave(opened));
    return Object.assign(view, { analysis: opened.analyses });
  }

  /** Opens the newest version and puts it in place of the one before. One at a time; those who ask meanwhile share it. */
  async refresh(): Promise<void> {
    if (this.#end.signal.aborted) throw new GrantlensError('CLOSED', 'The engine has been closed.');
    await (this.#opening ?? this.#alone(() => this.#openNewest()));
  }

  /** Opens newer versions until this one or a later one is open. */
  async reach(version: number): Promise<void> {
    while (this.#current === undefined || this.#current.reader.version < version) await this.refresh();
  }

  /** Only when nothing else is on its way. */
  async #alone(work: () => Promise<unknown>): Promise<void> {
    const opening = work().finally(() => {
      this.#opening = undefined;
    });
    this.#opening = opening;
    await opening;
  }

  async #openNewest(): Promise<void> {
    const reader = await this.#store.read();
    try {
      const before = this.#current;
      const prepared = await this.#prepared(reader, before);
      const analyses = new Analyses(() => opened.prepared.graph(), this.#store.analytics);
      const opened: Opened = { prepared, reader, analyses, viewers: 1 };
      this.#current = opened;
      if (before !== undefined) void this.#leave(before);
      this.#foldBeside(opened);
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  async #prepared(reader: StoreReader, before: Opened | undefined): Promise<Prepared> {
    const snapshot = before?.prepared.snapshot;
    if (before === undefined || snapshot === undefined) return this.#prepare(reader);
    try {
      return await this.#prepare(reader, { snapshot, reader: before.reader, store: this.#store });
    } catch (error) {
      if (!isGone(error)) throw error;
      // The journal between the two was cut: there is nothing to follow.
      return this.#prepare(reader);
    }
  }

  /** Merges the changes of a version into its rows, beside answering, when there have come to be many. */
  #foldBeside(opened: Opened): void {
    const { snapshot } = opened.prepared;
    if (this.#folding !== undefined || snapshot === undefined || !isWorthFolding(snapshot)) return;
    opened.viewers++;
    this.#folding = this.#fold(opened, snapshot)
      // What was not folded is answered from as it is; the next version tries again.
      .catch(() => {})
      .finally(() => {
        this.#folding = undefined;
        void this.#leave(opened);
      });
  }

  async #fold(opened: Opened, snapshot: Snapshot): Promise<void> {
    const done = await folded(snapshot, roomForChanges, new Pace({ signal: this.#end.signal }));
    while (this.#opening !== undefined) await this.#opening.catch(() => {});
    await this.#alone(() => this.#putFolded(opened, done));
  }

  /** Takes a folded version on to the one that is open by now. */
  async #putFolded(opened: Opened, snapshot: Snapshot): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const before = { snapshot, reader: opened.reader, store: this.#store };
    const now = current === opened ? snapshot : await takenOn(before, current.reader);
    if (now !== undefined) current.prepared = preparedOf(now, current.reader);
  }

  async #leave(opened: Opened): Promise<void> {
    if (--opened.viewers > 0) return;
    await opened.analyses.close();
    await opened.reader.close();
  }

  async close(): Promise<void> {
    this.#end.abort(new GrantlensError('CLOSED', 'The engine has been closed.'));
    await this.#folding;
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
