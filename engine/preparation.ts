/** How a version is made ready for questions: whole in memory, or by what each question needs of it. */
import { type Apart, hereOrApart } from './access/apart.ts';
import type { GraphView } from './access/questions.ts';
import { openView } from './access/view.ts';
import { type AccessGraph, graphOfReader, graphOfSnapshot } from './analysis/access-graph.ts';
import type { KeptVersions } from './kept-versions.ts';
import { GrantlensError } from './model/index.ts';
import { carrySensitivity } from './sensitivity/read-sensitivity.ts';
import { openSliceView } from './slice/slice-view.ts';
import { Slices } from './slice/slices.ts';
import { roomForChanges } from './snapshot/assemble.ts';
import { compileSnapshot } from './snapshot/compile.ts';
import { asFolded, foldArrays, isWorthFolding } from './snapshot/fold.ts';
import { followed, touchedBy } from './snapshot/follow.ts';
import { Pace } from './snapshot/pace.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { Space } from './snapshot/space.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

/** A version that is ready for questions. */
export interface Prepared {
  /** Opens a view on it. */
  readonly open: (onRelease: () => void) => GraphView;
  /** Gets what analyses are computed on. */
  readonly graph: () => Promise<AccessGraph>;
  /** Present where the version was compiled or followed whole. */
  readonly snapshot?: Snapshot;
}

/** A version near the one that is to be made ready, mostly the one before. */
export interface Before {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

export interface Preparation {
  /** Makes a version ready. */
  prepare(reader: StoreReader, before?: Before): Promise<Prepared>;
  /** The same version with its changes merged into its rows; undefined when there are too few of them, or no rows. */
  folded?(version: Before, signal: AbortSignal): Promise<Snapshot> | undefined;
  /** A version taken on from a folded one before it; undefined when it is to stay as it is. */
  taken?(before: Before, reader: StoreReader): Promise<Prepared | undefined>;
}

/** More changes than this share of the graph are not followed: compiling is quicker then. */
const SHARE_FOLLOWED = 1 / 16;
/** So many are always followed. */
const ALWAYS_FOLLOWED = 256;

/** What versions are compiled with. */
export interface Means {
  readonly store: GraphStore;
  /** Where the first version may be kept from an earlier process. */
  readonly kept?: KeptVersions;
  /** Where work is done that takes long; default: here, a few milliseconds at a time. */
  readonly apart?: Apart;
}

/**
 * The whole version is at hand in memory: the changes since the version before are followed where there are few, else it is
 * compiled.
 */
export class BySnapshot implements Preparation {
  readonly #means: Means;

  constructor(means: Means) {
    this.#means = means;
  }

  async prepare(reader: StoreReader, before?: Before): Promise<Prepared> {
    const near = await (before === undefined ? this.#fromKept(reader) : this.#takenOn(before, reader));
    return this.#ready(near ?? (await this.#compiled(reader)), reader);
  }

  folded({ snapshot, reader }: Before, signal: AbortSignal): Promise<Snapshot> | undefined {
    return isWorthFolding(snapshot) ? this.#fold(snapshot, reader, signal) : undefined;
  }

  async taken(before: Before, reader: StoreReader): Promise<Prepared | undefined> {
    const snapshot = before.reader === reader ? before.snapshot : await this.#takenOn(before, reader);
    return snapshot && this.#ready(snapshot, reader);
  }

  #ready(snapshot: Snapshot, reader: StoreReader): Prepared {
    return {
      open: (onRelease) => openView(snapshot, reader, onRelease, this.#means.apart),
      graph: async () => graphOfSnapshot(snapshot),
      snapshot,
    };
  }

  async #compiled(reader: StoreReader): Promise<Snapshot> {
    const snapshot = await compileSnapshot(reader, roomForChanges);
    this.#means.kept?.keep(snapshot, reader);
    return snapshot;
  }

  async #fold(snapshot: Snapshot, reader: StoreReader, signal: AbortSignal): Promise<Snapshot> {
    const { apart, kept } = this.#means;
    const folded = asFolded(snapshot, await hereOrApart(apart, foldArrays, [snapshot], undefined, { signal }));
    kept?.keep(folded, reader);
    await carrySensitivity(snapshot, folded, new Pace({ signal }));
    return folded;
  }

  async #fromKept(newest: StoreReader): Promise<Snapshot | undefined> {
    const kept = await this.#means.kept?.readUpTo(newest);
    if (kept === undefined || kept.reader === newest) return kept?.snapshot;
    try {
      return await this.#takenOn(kept, newest);
    } catch (error) {
      if (!isGone(error)) throw error;
      return undefined;
    } finally {
      await kept.reader.close();
    }
  }

  /** Undefined where it is to be compiled. Changes can be followed back as well. */
  async #takenOn({ snapshot, reader }: Before, to: StoreReader): Promise<Snapshot | undefined> {
    const share = Math.max(ALWAYS_FOLLOWED, snapshot.space.compiledEdges * SHARE_FOLLOWED);
    const most = to.version < reader.version ? Math.min(share, roomToLookBack(snapshot.space)) : share;
    const [older, newer] = [reader.version, to.version].sort((a, b) => a - b) as [number, number];
    const touched = await touchedBy(this.#means.store.batches(older), newer, most);
    return touched && followed(snapshot, reader, to, touched);
  }
}

/** Looking back takes numbers that versions to come would have: half of them are kept for those. */
const roomToLookBack = ({ edges, compiledEdges, edgesLeft, nodeRoom, compiledNodes, nodesLeft }: Space): number =>
  Math.min(edgesLeft - (edges.ref.length - compiledEdges) / 2, nodesLeft - (nodeRoom - compiledNodes) / 2);

/**
 * Nothing is compiled but what a question needs.
 *
 * @param limit the most nodes and edges of one question
 */
export class BySlices implements Preparation {
  readonly #limit: number | undefined;

  constructor(limit: number | undefined) {
    this.#limit = limit;
  }

  async prepare(reader: StoreReader): Promise<Prepared> {
    const slices = new Slices(reader, this.#limit);
    return { open: (onRelease) => openSliceView(slices, onRelease), graph: () => graphOfReader(reader) };
  }
}

/** True when a version can no longer be read, or followed, because the journal was cut. */
export const isGone = (error: unknown): boolean =>
  error instanceof GrantlensError && error.code === 'VERSION_NOT_FOUND';
