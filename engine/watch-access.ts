/** A stream of who gains and who loses what, from each version that was told to the newest one. */

import { checkIds, checkScope, type Side } from './access/access-scope.ts';
import type { Apart } from './access/apart.ts';
import { type Compared, deltaWithin, sideOf } from './access/ask-access-diff.ts';
import { pageSize } from './access/cursor.ts';
import type { AccessDelta, Scope } from './access/questions.ts';
import { nextTurn } from './access/turned-edges.ts';
import type { AccessChange, WatchQuestion } from './api.ts';
import type { Instant } from './model/index.ts';
import type { HeldVersion } from './open-versions.ts';
import type { GraphStore } from './store/port.ts';
import { inOneSpace } from './version-pair.ts';

/** Where versions come from. */
export interface VersionSource {
  readonly store: GraphStore;
  newest(): Promise<HeldVersion>;
  at(version: number): Promise<HeldVersion>;
  /** Resolves when there is a later version, an instant has come, or the signal says so. */
  later(than: number, until: Instant, signal: AbortSignal): Promise<void>;
  readonly closing: AbortSignal;
  /** Where work is done that takes long. */
  readonly apart: Apart;
}

/** Milliseconds that a version is held for somebody who does not take what is told; then it is read from the journal again. */
const HELD_FOR = 10_000;

/** See `Engine.watchAccess`. */
export async function watchAccess(
  source: VersionSource,
  question: WatchQuestion,
): Promise<AsyncIterableIterator<AccessChange, undefined>> {
  const { scope = {}, afterVersion, signal, reach, at, first } = question;
  checkScope(scope);
  pageSize(first);
  const ended = new AbortController();
  const signals = [ended.signal, source.closing, ...(signal === undefined ? [] : [signal])];
  const beginning = await (afterVersion === undefined ? source.newest() : source.at(afterVersion));
  try {
    const { ground } = sideOf({ ...beginning, scope: { reach, at } });
    checkIds(scope, [ground]);
  } catch (error) {
    beginning.release();
    throw error;
  }
  const last = new LastTold(source, beginning, at ?? Date.now());
  const changes = changesAfter(source, last, question, AbortSignal.any(signals));
  const end = (): void => {
    ended.abort();
    last.release();
  };
  const stream: AsyncIterableIterator<AccessChange, undefined> = {
    next: () => changes.next(),
    // What waits for a version is let go first: a generator returns only where it yields.
    return: async () => {
      end();
      return changes.return(undefined);
    },
    throw: async (error: unknown) => {
      end();
      return changes.throw(error);
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/** The version and the instant that were told last. */
class LastTold {
  readonly #source: VersionSource;
  #held: HeldVersion | undefined;
  #version: number;
  #at: Instant;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: VersionSource, held: HeldVersion, at: Instant) {
    this.#source = source;
    this.#held = held;
    this.#version = held.reader.version;
    this.#at = at;
  }

  get version(): number {
    return this.#version;
  }

  get at(): Instant {
    return this.#at;
  }

  /** The version, read again if it was let go meanwhile. @throws GrantlensError VERSION_NOT_FOUND */
  async held(): Promise<HeldVersion> {
    clearTimeout(this.#timer);
    this.#held ??= await this.#source.at(this.#version);
    return this.#held;
  }

  moveTo(held: HeldVersion, at: Instant): void {
    this.#held?.release();
    this.#held = held;
    this.#version = held.reader.version;
    this.#at = at;
  }

  /** Lets it go unless it is needed soon. */
  releaseSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.release(), HELD_FOR);
    this.#timer.unref();
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#held?.release();
    this.#held = undefined;
  }
}

async function* changesAfter(
  source: VersionSource,
  last: LastTold,
  question: WatchQuestion,
  signal: AbortSignal,
): AsyncGenerator<AccessChange, undefined> {
  const { everyVersion = false } = question;
  try {
    if (everyVersion && !signal.aborted) {
      last.releaseSoon();
      yield { fromVersion: last.version, version: last.version, at: last.at, delta: nothing(last.version) };
    }
    while (!signal.aborted) {
      const change = await nextChange(source, last, question, signal);
      if (change === undefined || !(everyVersion || isTold(change.delta))) continue;
      last.releaseSoon();
      yield change;
    }
    return undefined;
  } catch (error) {
    // Whoever ended the stream is not told that it ended.
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    last.release();
  }
}

/** What counts up to here may be too little to be nothing. */
const isTold = ({ gainedCount, lostCount, alteredCount, complete }: AccessDelta): boolean =>
  gainedCount + lostCount + alteredCount > 0 || !complete;

/** Waits for a later version or a turn of time; undefined where there is nothing to compare after all. */
async function nextChange(
  source: VersionSource,
  last: LastTold,
  question: WatchQuestion,
  signal: AbortSignal,
): Promise<AccessChange | undefined> {
  const fixed = question.at;
  const then = sideOf(comparedOf(await last.held(), question, last.at));
  const turn = fixed === undefined ? nextTurn(then.frame) : Number.POSITIVE_INFINITY;
  await source.later(last.version, turn, signal);
  if (signal.aborted) return undefined;
  const held = await source.newest();
  try {
    const at = fixed ?? Math.max(Date.now(), last.at);
    const change = await changeTo(source, last, { held, at }, { ...question, signal });
    last.moveTo(held, at);
    return change;
  } catch (error) {
    held.release();
    throw error;
  }
}

async function changeTo(
  source: VersionSource,
  last: LastTold,
  { held, at }: { readonly held: HeldVersion; readonly at: Instant },
  question: WatchQuestion,
): Promise<AccessChange | undefined> {
  const before = await last.held();
  const [fromVersion, version] = [last.version, held.reader.version];
  const sameTime = at < nextTurn(sideOf(comparedOf(before, question, last.at)).frame);
  if (fromVersion === version && sameTime) return undefined;
  const [was, is] = await inOneSpace(source.store, before, held);
  const sides: readonly [Side, Side] = [
    sideOf({ ...comparedOf(before, question, last.at), snapshot: was, apart: source.apart }),
    sideOf({ ...comparedOf(held, question, at), snapshot: is, apart: source.apart }),
  ];
  return { fromVersion, version, at, delta: await deltaWithin(sides, question.scope ?? {}, question) };
}

const comparedOf = ({ snapshot, reader }: HeldVersion, { reach }: Scope, at: Instant): Compared => ({
  snapshot,
  reader,
  scope: { reach, at },
});

const nothing = (version: number): AccessDelta => ({
  version,
  gainedCount: 0,
  lostCount: 0,
  alteredCount: 0,
  gained: [],
  lost: [],
  altered: [],
  identities: 0,
  proposed: [],
  complete: true,
});
