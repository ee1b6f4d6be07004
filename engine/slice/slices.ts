/**
 * Parts of one version of a graph, each gathered and compiled when it is first asked for. The last ones are kept, so that
 * paging through a list, and asking about the same thing twice, costs nothing more; nothing is kept from version to version.
 */
import { type Ground, groundOf } from '../access/ground.ts';
import { GrantlensError } from '../model/index.ts';
import { compileSnapshot } from '../snapshot/compile.ts';
import type { GraphWalker, StoreReader } from '../store/port.ts';
import { Gathering } from './gathering.ts';
import { ScanWalker } from './scan-walker.ts';
import { SliceReader } from './slice-reader.ts';

/** The most nodes and edges that one question may gather, when nobody says. */
export const SLICE_LIMIT = 4_000_000;

const MOST_KEPT = 64;

/** Walks for one question. `compiled` is what they have found so far, ready for questions. */
export type Gather = (part: Gathering, compiled: () => Promise<Ground>) => Promise<unknown>;

interface Kept {
  readonly ground: Promise<Ground>;
  size: number;
}

export class Slices {
  readonly reader: StoreReader;
  readonly #limit: number;
  readonly #kept = new Map<string, Kept>();
  /** What every store allows. */
  readonly #scans: ScanWalker;
  #walker: GraphWalker;

  /** @param limit the most nodes and edges of a slice, and of all that are kept together */
  constructor(reader: StoreReader, limit = SLICE_LIMIT) {
    this.reader = reader;
    this.#limit = limit;
    this.#scans = new ScanWalker(reader);
    this.#walker = reader.walker ?? this.#scans;
  }

  /**
   * A slice as ground for questions.
   *
   * @param key equal for equal slices of this version
   * @throws GrantlensError LIMIT_EXCEEDED when it is too large, VERSION_NOT_FOUND when the store no longer has the version
   */
  async get(key: readonly unknown[], gather: Gather): Promise<Ground> {
    const name = JSON.stringify(key);
    const known = this.#kept.get(name);
    if (known !== undefined) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known.ground;
    }
    const made: Kept = {
      size: 0,
      ground: this.make(gather, (size) => {
        made.size = size;
      }),
    };
    this.#kept.set(name, made);
    try {
      return await made.ground;
    } catch (error) {
      this.#kept.delete(name);
      throw error;
    } finally {
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    let total = 0;
    for (const { size } of this.#kept.values()) total += size;
    for (const [name, { size }] of this.#kept) {
      if (this.#kept.size <= 1 || (this.#kept.size <= MOST_KEPT && total <= this.#limit)) return;
      this.#kept.delete(name);
      total -= size;
    }
  }

  /** A slice that is not kept. */
  async make(gather: Gather, onSize: (size: number) => void = () => {}): Promise<Ground> {
    return this.walking(async (walker) => {
      const part = new Gathering(walker, this.#limit);
      const compiled = (): Promise<Ground> => this.#compile(part);
      await gather(part, compiled);
      onSize(part.size);
      return compiled();
    });
  }

  async #compile(part: Gathering): Promise<Ground> {
    const reader = new SliceReader(this.reader, part);
    return groundOf(await compileSnapshot(reader), reader);
  }

  /**
   * Uses the store's walker. Where the store has moved on so far that its walker cannot see this version any more, all is
   * begun again with scans, which older versions allow too.
   */
  async walking<T>(use: (walker: GraphWalker) => Promise<T>): Promise<T> {
    const walker = this.#walker;
    try {
      return await use(walker);
    } catch (error) {
      if (!isGone(error) || walker === this.#scans) throw error;
      this.#walker = this.#scans;
      return use(this.#scans);
    }
  }
}

const isGone = (error: unknown): boolean => error instanceof GrantlensError && error.code === 'VERSION_NOT_FOUND';
