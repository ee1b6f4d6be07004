import type { Skipped } from '../loader.ts';

/** What was left aside, counted by why, with the first place of each. */
export class Account {
  readonly #counts = new Map<string, { readonly where: string; count: number }>();

  count(where: string, why: string): void {
    const known = this.#counts.get(why);
    if (known === undefined) this.#counts.set(why, { where, count: 1 });
    else known.count += 1;
  }

  /** One line for each reason. */
  *lines(): Iterable<Skipped> {
    for (const [why, { where, count }] of this.#counts)
      yield { where, why: count === 1 ? why : `${why} (${count} times; this is the first)` };
  }
}
