/** What limits a holding: the conditions and the time of the edges of the way by which it is had. Each distinct limit has a number. */
import type { Instant } from '../model/index.ts';
import { CONDITIONAL_EDGE, type Snapshot, TIMED } from '../snapshot/snapshot.ts';

export interface Limit {
  /** Numbers of their texts, ascending; all of them must hold. */
  readonly conditions: readonly number[];
  /** Half-open; infinite where nothing bounds it. */
  readonly from: Instant;
  readonly to: Instant;
}

/** The limit of what is had always and unconditionally. */
export const NO_LIMIT = 0;

export class Limits {
  /** By number. */
  readonly all: Limit[] = [];
  readonly #snapshot: Snapshot;
  readonly #conditions: Uint32Array;
  readonly #numbers = new Map<string, number>();
  readonly #joined = new Map<string, number>();

  /** @param conditions by edge number, a number for each text of a condition */
  constructor(snapshot: Snapshot, conditions: Uint32Array) {
    this.#snapshot = snapshot;
    this.#conditions = conditions;
    this.#number({ conditions: [], from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  }

  ofEdge(edge: number): number {
    const { flags, windowOf, validFrom, validTo } = this.#snapshot;
    const flag = flags[edge]!;
    if ((flag & (CONDITIONAL_EDGE | TIMED)) === 0) return NO_LIMIT;
    const timed = (flag & TIMED) !== 0;
    const window = windowOf[edge]!;
    return this.#number({
      conditions: (flag & CONDITIONAL_EDGE) === 0 ? [] : [this.#conditions[edge]!],
      from: timed ? validFrom[window]! : Number.NEGATIVE_INFINITY,
      to: timed ? validTo[window]! : Number.POSITIVE_INFINITY,
    });
  }

  /** The limit of a way through both; what is had at no time has one too. */
  joined(a: number, b: number): number {
    if (a === NO_LIMIT || a === b) return b;
    if (b === NO_LIMIT) return a;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    let number = this.#joined.get(key);
    if (number === undefined) {
      const [one, other] = [this.all[a]!, this.all[b]!];
      number = this.#number({
        conditions: [...new Set([...one.conditions, ...other.conditions])].sort((x, y) => x - y),
        from: Math.max(one.from, other.from),
        to: Math.min(one.to, other.to),
      });
      this.#joined.set(key, number);
    }
    return number;
  }

  #number(limit: Limit): number {
    const key = `${limit.conditions.join()} ${limit.from} ${limit.to}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(limit) - 1;
  }
}
