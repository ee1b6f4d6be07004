/** Which version of the graph is open for questions, and who still looks at it. */
import type { GraphView } from './access/questions.ts';
import { openView } from './access/view.ts';
import { type AccessGraph, graphOfReader, graphOfSnapshot } from './analysis/access-graph.ts';
import { Analyses } from './analysis/analyses.ts';
import type { EngineView } from './api.ts';
import { EarlierVersions } from './earlier-versions.ts';
import { GrantlensError } from './model/index.ts';
import { openSliceView } from './slice/slice-view.ts';
import { Slices } from './slice/slices.ts';
import { compileSnapshot, roomForChanges } from './snapshot/compile.ts';
import { folded, isWorthFolding } from './snapshot/fold.ts';
import { followed, touchedBy } from './snapshot/follow.ts';
import { Pace } from './snapshot/pace.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { Space } from './snapshot/space.ts';
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

/** A version near the one that is to be made ready, mostly the one before, and where to learn what differs. */
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

/** Undefined where it is to be compiled. Changes can be followed back as well. */
async function takenOn({ snapshot, reader, store }: Before, to: StoreReader): Promise<Snapshot | undefined> {
  const share = Math.max(ALWAYS_FOLLOWED, snapshot.space.compiledEdges * SHARE_FOLLOWED);
  const most = to.version < reader.version ? Math.min(share, roomToLookBack(snapshot.space)) : share;
  const [older, newer] = [reader.version, to.version].sort((a, b) => a - b) as [number, number];
  const touched = await touchedBy(store.batches(older), newer, most);
  return touched && followed(snapshot, reader, to, touched);
}

/** Looking back takes numbers that versions to come would have: half of them are kept for those. */
const roomToLookBack = ({ edges, compiledEdges, edgesLeft, nodeRoom, compiledNodes, nodesLeft }: Space): number =>
  Math.min(edgesLeft - (edges.ref.length - compiledEdges) / 2, nodesLeft - (nodeRoom - compiledNodes) / 2);

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

/** A version that somebody compares with others, until it is released. */
export interface HeldVersion {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  release(): void;
}

/** One version. Its reader is closed when nobody looks at it any more. */
export interface Opened {
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
  readonly #earlier: EarlierVersions;
  /** Ends what is done beside answering. */
  readonly #end = new AbortController();

  constructor(store: GraphStore, prepare: Prepare) {
    this.#store = store;
    this.#prepare = prepare;
    this.#earlier = new EarlierVersions(
      (version) => this.#openEarlier(version),
      (opened) => void this.#leave(opened),
    );
  }

  /** The version that is open; undefined before the first. */
  get version(): number | undefined {
    return this.#current?.reader.version;
  }

  /** A view on what is open; opens the newest version if nothing is yet, or if `atLeast` is newer. */
  async view(atLeast: number): Promise<EngineView> {
    return this.#viewOn(await this.#newest(atLeast));
  }

  /** A view on one version. @throws GrantlensError VERSION_NOT_FOUND */
  async viewAt(version: number): Promise<EngineView> {
    return this.#viewOn(await this.#at(version));
  }

  /** Holds the newest version, as `view` does, for more than questions. */
  async hold(atLeast: number): Promise<HeldVersion> {
    return this.#held(await this.#newest(atLeast));
  }

  /** Holds one version. @throws GrantlensError VERSION_NOT_FOUND */
  async holdAt(version: number): Promise<HeldVersion> {
    return this.#held(await this.#at(version));
  }

  /** With one viewer more. */
  async #newest(atLeast: number): Promise<Opened> {
    while (this.#current === undefined || this.#current.reader.version < atLeast) await this.refresh();
    this.#current.viewers++;
    return this.#current;
  }

  /** With one viewer more. */
  async #at(version: number): Promise<Opened> {
    const open = this.version;
    if (open !== undefined && version > open && version <= (await this.#store.version())) await this.refresh();
    if (this.#current?.reader.version !== version) return this.#earlier.take(version);
    this.#current.viewers++;
    return this.#current;
  }

  #viewOn(opened: Opened): EngineView {
    const view = opened.prepared.open(() => void this.#leave(opened));
    return Object.assign(view, { analysis: opened.analyses });
  }

  /** @throws GrantlensError EXECUTION_UNSUPPORTED where versions are not held in memory */
  #held(opened: Opened): HeldVersion {
    const { reader } = opened;
    const { snapshot } = opened.prepared;
    if (snapshot === undefined) {
      void this.#leave(opened);
      throw new GrantlensError('EXECUTION_UNSUPPORTED', 'Versions are compared in memory only.');
    }
    let held = true;
    const release = (): void => {
      if (held) void this.#leave(opened);
      held = false;
    };
    return { snapshot, reader, release };
  }

  /** Opens the newest version and puts it in place of the one before. One at a time; those who ask meanwhile share it. */
  async refresh(): Promise<void> {
    if (this.#end.signal.aborted) throw closed();
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

  /** An earlier version, from the current one where that is near. */
  async #openEarlier(version: number): Promise<Opened> {
    if (this.#end.signal.aborted) throw closed();
    const near = this.#current;
    if (near !== undefined) near.viewers++;
    try {
      return await this.#openedAt(version, near);
    } finally {
      if (near !== undefined) void this.#leave(near);
    }
  }

  async #openedAt(version: number, near: Opened | undefined): Promise<Opened> {
    const reader = await this.#store.read(version);
    try {
      const prepared = await this.#prepared(reader, near);
      return { prepared, reader, analyses: new Analyses(prepared.graph, undefined), viewers: 1 };
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
    this.#end.abort(closed());
    await this.#folding;
    await this.#opening?.catch(() => {});
    await this.#earlier.close();
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    // Analyses may use the store, which is closed next; views that are still open keep answering.
    await current.analyses.close();
    await this.#leave(current);
  }
}

const closed = (): GrantlensError => new GrantlensError('CLOSED', 'The engine has been closed.');

const isGone = (error: unknown): boolean => error instanceof GrantlensError && error.code === 'VERSION_NOT_FOUND';
