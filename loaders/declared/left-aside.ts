import type { LoadReport, Skipped } from '../loader.ts';

/** How many unknown ends are named; the rest is counted. */
const MAX_UNRESOLVED = 10_000;

/** How many kinds of things left aside are told: some name what they are about, and there may be millions of those. */
const MAX_KINDS = 10_000;

/** The account of what a load left aside: ends once each, the rest counted by kind with the first place of each. */
export class LeftAside {
  readonly #report: LoadReport;
  readonly #unresolved = new Set<string>();
  #furtherEnds = 0;
  /** Why → its first place and how often. */
  readonly #counts = new Map<string, { readonly where: string; count: number }>();
  #furtherCounts = 0;

  constructor(report: LoadReport) {
    this.#report = report;
  }

  unresolved(end: string): void {
    if (this.#unresolved.has(end)) return;
    if (this.#unresolved.size >= MAX_UNRESOLVED) this.#furtherEnds += 1;
    else this.#unresolved.add(end);
  }

  /** @param why the same text for all of a kind */
  count(where: string, why: string): void {
    const known = this.#counts.get(why);
    if (known !== undefined) known.count += 1;
    else if (this.#counts.size >= MAX_KINDS) this.#furtherCounts += 1;
    else this.#counts.set(why, { where, count: 1 });
  }

  skip(skipped: Skipped): void {
    this.#report.skipped.push(skipped);
  }

  /** Writes the report. Call once. */
  finish(): void {
    this.#report.unresolved.push(...this.#unresolved);
    if (this.#furtherEnds > 0)
      this.skip({ where: 'ends that no file knows', why: `${this.#furtherEnds} more, not named` });
    for (const [why, { where, count }] of this.#counts) {
      this.skip({ where, why: count === 1 ? why : `${why} (${count} times; this is the first)` });
    }
    if (this.#furtherCounts > 0)
      this.skip({ where: 'all files', why: `${this.#furtherCounts} more things left aside, not named` });
  }
}
