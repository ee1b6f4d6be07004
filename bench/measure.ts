/** Times of single calls, and what is said of them. */

export interface Timing {
  readonly name: string;
  readonly calls: number;
  /** Microseconds. */
  readonly median: number;
  readonly p99: number;
  readonly max: number;
  /** Calls a second, one after the other. */
  readonly rate: number;
  /** What the answers were, so that a fast wrong answer shows. */
  readonly answers: Readonly<Record<string, number>>;
  /** Of lists: how long they were together, and nanoseconds for each that is in them, on the average. */
  readonly results?: number;
  readonly aResult?: number;
}

/** Asks each question once, one after the other. Says what kind of answer came, which also keeps it from being optimized away. */
export type Ask<Q> = (question: Q) => Promise<string>;

/** Questions to time, and others of the same sort to warm up with. */
export interface Questions<Q> {
  readonly timed: readonly Q[];
  readonly warm: readonly Q[];
}

/** Times each call by itself with the monotonic clock, after warming up. */
export async function timeCalls<Q>(name: string, { timed, warm }: Questions<Q>, ask: Ask<Q>): Promise<Timing> {
  for (const question of warm) await ask(question);
  const times = new Float64Array(timed.length);
  const answers: Record<string, number> = {};
  for (let i = 0; i < timed.length; i++) {
    const started = process.hrtime.bigint();
    const answer = await ask(timed[i]!);
    times[i] = Number(process.hrtime.bigint() - started) / 1_000;
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  times.sort();
  const at = (share: number) => rounded(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
  const rate = Math.round((times.length / total) * 1_000_000);
  return { name, calls: times.length, median: at(0.5), p99: at(0.99), max: at(1), rate, answers };
}

const rounded = (microseconds: number): number => Number(microseconds.toPrecision(3));

/** Seconds that a piece of work takes. */
export async function timeOnce<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly result: T }> {
  const started = process.hrtime.bigint();
  const result = await work();
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, result };
}

/** Resident memory now, after garbage was collected, and the most there was until now; in MiB. */
export function memory(): { readonly resident: number; readonly most: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const mebibyte = 1024 * 1024;
  return {
    resident: Math.round(process.memoryUsage.rss() / mebibyte),
    most: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
