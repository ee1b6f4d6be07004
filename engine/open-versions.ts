/** Which version of the graph is open for questions, and who still looks at it. */
import { Analyses } from './analysis/analyses.ts';
import type { EngineView } from './api.ts';
import { EarlierVersions } from './earlier-versions.ts';
import { GrantlensError } from './model/index.ts';
import { type Before, isGone, type Preparation, type Prepared } from './preparation.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { GraphStore, StoreAnalytics, StoreReader } from './store/port.ts';
import { VersionAnalyses, type VersionGround } from './version-analyses.ts';

/** A version that somebody compares with others, until it is released. */
export interface HeldVersion {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  release(): void;
}

/** One version. Its reader is closed when nobody looks at it any more. */
export interface Opened {
  readonly reader: StoreReader;
  readonly analyses: VersionAnalyses;
  /** Changes when the version is folded: views that are open keep what they have. */
  prepared: Prepared;
  viewers: number;
}

/** What analyses of any version have. */
export type AnalysisMeans = Omit<VersionGround, 'reader' | 'snapshot'>;

export class OpenVersions {
  readonly #store: GraphStore;
  readonly #preparation: Preparation;
  readonly #means: AnalysisMeans;
  #current: Opened | undefined;
  /** Opens a version, or puts a folded one in place. */
  #opening: Promise<unknown> | undefined;
  #folding: Promise<void> | undefined;
  readonly #earlier: EarlierVersions;
  /** Ends what is done beside answering. */
  readonly #end = new AbortController();

  constructor(store: GraphStore, preparation: Preparation, means: AnalysisMeans) {
    this.#store = store;
    this.#preparation = preparation;
    this.#means = means;
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
      const opened = this.#opened(await this.#prepared(reader, before), reader, this.#store.analytics);
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
      return this.#opened(await this.#prepared(reader, near), reader, undefined);
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /** @param analytics what the store computes itself, of its newest version alone */
  #opened(prepared: Prepared, reader: StoreReader, analytics: StoreAnalytics | undefined): Opened {
    const graph = new Analyses(() => opened.prepared.graph(), analytics);
    const ground = { ...this.#means, reader, snapshot: () => opened.prepared.snapshot };
    const opened: Opened = { prepared, reader, analyses: new VersionAnalyses(graph, ground), viewers: 1 };
    return opened;
  }

  async #prepared(reader: StoreReader, before: Opened | undefined): Promise<Prepared> {
    const snapshot = before?.prepared.snapshot;
    if (before === undefined || snapshot === undefined) return this.#preparation.prepare(reader);
    try {
      return await this.#preparation.prepare(reader, { snapshot, reader: before.reader });
    } catch (error) {
      if (!isGone(error)) throw error;
      // The journal between the two was cut: there is nothing to follow.
      return this.#preparation.prepare(reader);
    }
  }

  /** Merges the changes of a version into its rows, beside answering, when there have come to be many. */
  #foldBeside(opened: Opened): void {
    const { snapshot } = opened.prepared;
    if (this.#folding !== undefined || snapshot === undefined) return;
    const { reader } = opened;
    const folded = this.#preparation.folded?.({ snapshot, reader }, this.#end.signal);
    if (folded === undefined) return;
    opened.viewers++;
    this.#folding = this.#putInPlace(reader, folded)
      // What was not folded is answered from as it is; the next version tries again.
      .catch(() => {})
      .finally(() => {
        this.#folding = undefined;
        void this.#leave(opened);
      });
  }

  async #putInPlace(reader: StoreReader, folded: Promise<Snapshot>): Promise<void> {
    const snapshot = await folded;
    while (this.#opening !== undefined) await this.#opening.catch(() => {});
    await this.#alone(() => this.#putFolded({ snapshot, reader }));
  }

  /** Takes a folded version on to the one that is open by now. */
  async #putFolded(before: Before): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const now = await this.#preparation.taken?.(before, current.reader);
    if (now !== undefined) current.prepared = now;
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
