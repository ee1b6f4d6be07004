/** Holds of sources: two loads of one source do not meet, in whatever processes they are. */
import { randomUUID } from 'node:crypto';
import { END_HOLD, RENEW_HOLD, TAKE_HOLD } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { HoldOptions, SourceHold } from '../port.ts';
import { integer, type Transaction } from './door.ts';
import { idProperty } from './properties.ts';
import { serverError } from './server-error.ts';
import type { Writing } from './write-settings.ts';

/** Milliseconds between two looks at a hold that somebody else has. */
const LOOK_AGAIN = 250;

interface Held {
  readonly source: string;
  readonly name: string;
  readonly token: string;
}

export class SourceHolds {
  readonly #writing: Writing;
  readonly #held = new Map<string, Held & { readonly timer: NodeJS.Timeout }>();

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  /** @throws GrantlensError STORE_LOCKED when another load has it and is not done in time */
  async take(source: string, { purpose, patience = 0, signal }: HoldOptions = {}): Promise<SourceHold> {
    const { door, settings, writer } = this.#writing;
    const held = { source, name: `source/${idProperty(source)}`, token: randomUUID() };
    const holder = purpose === undefined ? writer : `${writer}, ${purpose}`;
    const parameters = { name: held.name, token: held.token, writer: holder, lease: integer(settings.lease) };
    const until = performance.now() + patience;
    for (;;) {
      signal?.throwIfAborted();
      const [row] = await door.write((tx) => tx.all(TAKE_HOLD, parameters), { timeout: settings.patience });
      const [free, by, since] = row as unknown as [boolean, string, number];
      if (free) return this.#keep(held);
      if (performance.now() >= until) throw heldBy(source, by, since);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
  }

  #keep(held: Held): SourceHold {
    const { lease } = this.#writing.settings;
    const timer = setInterval(() => void this.#renew(held), lease / 4);
    timer.unref();
    this.#held.set(held.token, { ...held, timer });
    return { release: () => this.#release(held) };
  }

  async #renew({ name, token }: Held): Promise<void> {
    const { door, settings } = this.#writing;
    const parameters = { name, token, lease: integer(settings.lease) };
    // What is lost is noticed where it matters: when the load is about to become visible.
    await door.write((tx) => tx.all(RENEW_HOLD, parameters), { timeout: settings.lease }).catch(() => {});
  }

  async #release({ name, token }: Held): Promise<void> {
    const held = this.#held.get(token);
    if (held === undefined) return;
    clearInterval(held.timer);
    this.#held.delete(token);
    const { door, settings } = this.#writing;
    // One that does not get through ends with its lease.
    await door.write((tx) => tx.all(END_HOLD, { name, token }), { timeout: settings.patience }).catch(() => {});
  }

  /**
   * Makes sure, within the transaction that makes a batch visible, that every hold is still ours.
   *
   * @throws GrantlensError STORE_LOCKED
   */
  async check(tx: Transaction): Promise<void> {
    const lease = integer(this.#writing.settings.lease);
    for (const { source, name, token } of this.#held.values()) {
      const [row] = await tx.all(RENEW_HOLD, { name, token, lease });
      if (row === undefined) throw lost(source);
    }
  }

  async close(): Promise<void> {
    for (const held of [...this.#held.values()]) await this.#release(held);
  }
}

const heldBy = (source: string, writer: string, since: number): GrantlensError => {
  const from = new Date(since).toISOString();
  const message = `Another process (${writer}) is loading the source "${source}", since ${from} by the server's clock.`;
  return new GrantlensError('STORE_LOCKED', message, { source, writer, since: from });
};

const lost = (source: string): GrantlensError =>
  serverError(
    'STORE_LOCKED',
    `The server heard nothing of this load for so long that the source "${source}" was given to another one.`,
    { facts: { source }, hint: 'Load it again: nothing of this load was applied.' },
  );
