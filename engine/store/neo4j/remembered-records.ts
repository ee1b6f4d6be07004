/**
 * Records of one version by Neo4j's ids. Those that are asked for in the same turn are fetched together, and what was
 * fetched is remembered: a record of one version never changes, so it is not asked for twice. What was not used for
 * longest is forgotten first.
 *
 * DataLoader, by which the server batches, is not used here: it makes a promise for each record, hands over what it knows
 * a turn later, and remembers promises, which have no size to bound them by.
 */

type Found<T> = ReadonlyMap<number, T>;

/** Fetches records; those that are not there are missing in the answer. */
export type FetchRecords<T> = (internal: readonly number[]) => Promise<Found<T>>;

/** What is remembered by default: some hundred thousand records of ordinary size. */
const MOST_BYTES = 64 * 2 ** 20;
/** About what an object with its fields takes beside its texts. */
const BYTES_A_RECORD = 200;

interface Known<T> {
  readonly record: T;
  readonly bytes: number;
}

export class RememberedRecords<T extends object> {
  readonly #fetch: FetchRecords<T>;
  readonly #mostBytes: number;
  /** What was used last comes last. */
  readonly #known = new Map<number, Known<T>>();
  #bytes = 0;
  /** What is on its way, or will be when the turn ends. */
  readonly #coming = new Map<number, Promise<Found<T>>>();
  /** Refs that were asked for in this turn. */
  #gathered: { readonly refs: number[]; readonly found: Promise<Found<T>> } | undefined;

  /** @param mostBytes how much is remembered, roughly */
  constructor(fetch: FetchRecords<T>, mostBytes = MOST_BYTES) {
    this.#fetch = fetch;
    this.#mostBytes = mostBytes;
  }

  /** The records that are there. Who asks gets an error of the fetch, and the next one fetches anew. */
  async get(internal: readonly number[]): Promise<Found<T>> {
    const found = new Map<number, T>();
    const missing: number[] = [];
    const waits = new Set<Promise<Found<T>>>();
    for (const ref of internal) {
      const record = this.#recall(ref);
      if (record !== undefined) found.set(ref, record);
      else {
        missing.push(ref);
        waits.add(this.#coming.get(ref) ?? this.#ask(ref));
      }
    }
    if (waits.size === 0) return found;
    for (const fetched of await Promise.all(waits)) {
      for (const ref of missing) {
        const record = fetched.get(ref);
        if (record !== undefined) found.set(ref, record);
      }
    }
    return found;
  }

  #recall(ref: number): T | undefined {
    const known = this.#known.get(ref);
    if (known === undefined) return undefined;
    this.#known.delete(ref);
    this.#known.set(ref, known);
    return known.record;
  }

  #ask(ref: number): Promise<Found<T>> {
    if (this.#gathered === undefined) {
      const refs: number[] = [];
      this.#gathered = { refs, found: this.#fetchTogether(refs) };
    }
    const { refs, found } = this.#gathered;
    refs.push(ref);
    this.#coming.set(ref, found);
    return found;
  }

  async #fetchTogether(refs: readonly number[]): Promise<Found<T>> {
    await endOfTurn();
    this.#gathered = undefined;
    try {
      const found = await this.#fetch(refs);
      for (const [ref, record] of found) this.#remember(ref, record);
      return found;
    } finally {
      for (const ref of refs) this.#coming.delete(ref);
    }
  }

  #remember(ref: number, record: T): void {
    const bytes = BYTES_A_RECORD + 2 * JSON.stringify(record).length;
    this.#known.set(ref, { record, bytes });
    this.#bytes += bytes;
    for (const [oldest, known] of this.#known) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#known.delete(oldest);
      this.#bytes -= known.bytes;
    }
  }
}

/** When all that is ready to run has run: whatever follows from promises that are settled has been asked for by then. */
const endOfTurn = (): Promise<void> =>
  Promise.resolve().then(() => new Promise<void>((resolve) => process.nextTick(resolve)));
