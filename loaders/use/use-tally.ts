import type { Instant } from '../../engine/model/index.ts';
import { inputError } from '../formats/unreadable.ts';

/** One use, as an event of a log tells it: ids as exact as the event has them. */
export interface Use {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly at: Instant;
  /** Whose policies allowed it, where that says what may stand for the resource: an account. Empty where nothing depends on it. */
  readonly under?: string;
}

export interface Tallied extends Required<Use> {
  readonly count: number;
}

/** Different (identity, action, resource) that are kept: memory is bounded by them, however long the log. */
export const MAX_USES = 2_000_000;

/** Sums up events by who, what and on what. */
export class UseTally {
  readonly #uses = new Map<string, { at: Instant; count: number }>();

  /** @throws InputError beyond 2,000,000 different uses */
  add({ identity, action, resource, at, under = '' }: Use, file: string, line: number): void {
    const key = `${identity}\u0000${action}\u0000${resource}\u0000${under}`;
    const known = this.#uses.get(key);
    if (known !== undefined) {
      known.count += 1;
      if (at > known.at) known.at = at;
      return;
    }
    if (this.#uses.size >= MAX_USES) {
      const message = `more than ${MAX_USES.toLocaleString('en-US')} different uses; load shorter windows, each under a --source of its own`;
      throw inputError(file, line, message);
    }
    this.#uses.set(key, { at, count: 1 });
  }

  get size(): number {
    return this.#uses.size;
  }

  *uses(): Generator<Tallied> {
    for (const [key, { at, count }] of this.#uses) {
      const [identity, action, resource, under] = key.split('\u0000') as [string, string, string, string];
      yield { identity, action, resource, under, at, count };
    }
  }
}
