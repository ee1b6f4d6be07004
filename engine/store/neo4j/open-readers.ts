/** Which versions this process still looks at, so that what they need of the journal stays. */
export class OpenReaders {
  readonly #versions = new Map<number, number>();

  /** Holds a version until the function that is returned is called. */
  hold(version: number): () => void {
    this.#versions.set(version, (this.#versions.get(version) ?? 0) + 1);
    let held = true;
    return () => {
      if (held) this.#leave(version);
      held = false;
    };
  }

  #leave(version: number): void {
    const others = this.#versions.get(version)! - 1;
    if (others === 0) this.#versions.delete(version);
    else this.#versions.set(version, others);
  }

  /** The oldest version that is held; undefined when none is. */
  oldest(): number | undefined {
    return this.#versions.size === 0 ? undefined : Math.min(...this.#versions.keys());
  }
}
