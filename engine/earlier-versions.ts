/** Earlier versions that were asked for: the last few stay open for a while, because a question seldom comes alone. */
import type { Opened } from './open-versions.ts';

/** So many stay open at most beside those that somebody looks at. */
const MOST_KEPT = 3;
/** Milliseconds that one stays open that nobody asks for any more. */
const KEPT_FOR = 60_000;

interface Kept {
  readonly opening: Promise<Opened>;
  readonly timer: NodeJS.Timeout;
}

export class EarlierVersions {
  readonly #open: (version: number) => Promise<Opened>;
  readonly #leave: (opened: Opened) => void;
  /** By version, the one that was asked for last at the end. */
  readonly #kept = new Map<number, Kept>();

  /**
   * @param open opens a version, with one viewer
   * @param leave takes a viewer from a version, and closes it after the last one
   */
  constructor(open: (version: number) => Promise<Opened>, leave: (opened: Opened) => void) {
    this.#open = open;
    this.#leave = leave;
  }

  /** A version with one viewer more. */
  async take(version: number): Promise<Opened> {
    const opening = this.#keep(version);
    // Before anything else can drop it.
    const taken = opening.then((opened) => {
      opened.viewers++;
      return opened;
    });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#drop(oldest);
    }
    return taken;
  }

  #keep(version: number): Promise<Opened> {
    const known = this.#kept.get(version);
    clearTimeout(known?.timer);
    this.#kept.delete(version);
    const opening = known?.opening ?? this.#open(version);
    const timer = setTimeout(() => this.#drop(version), KEPT_FOR);
    timer.unref();
    this.#kept.set(version, { opening, timer });
    opening.catch(() => this.#drop(version));
    return opening;
  }

  #drop(version: number): void {
    const kept = this.#kept.get(version);
    if (kept === undefined) return;
    clearTimeout(kept.timer);
    this.#kept.delete(version);
    kept.opening.then(this.#leave, () => {});
  }

  /** Closes those that nobody looks at. */
  async close(): Promise<void> {
    const kept = [...this.#kept.values()];
    for (const version of [...this.#kept.keys()]) this.#drop(version);
    await Promise.allSettled(kept.map(({ opening }) => opening));
  }
}
