/**
 * What a batch knows of each record that it touches: the row it had before the batch (0: none), the row it has now
 * (0: none), the source that vouches for it, and the last put of the batch that named it (0: none).
 */
export class Entries {
  length = 0;
  before = new Int32Array(64);
  current = new Int32Array(64);
  source = new Int32Array(64);
  lastPut = new Int32Array(64);

  protected push(source: number, row: number): number {
    if (this.length === this.before.length) this.grow(this.length * 2);
    const entry = this.length++;
    this.before[entry] = row;
    this.current[entry] = row;
    this.source[entry] = source;
    return entry;
  }

  protected grow(capacity: number): void {
    this.before = grown(this.before, capacity);
    this.current = grown(this.current, capacity);
    this.source = grown(this.source, capacity);
    this.lastPut = grown(this.lastPut, capacity);
  }
}

export function grown(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

/** Spreading entries over more slots costs a cache miss each, so it is done seldom. */
const SLOT_GROWTH = 4;

/** Entries found by a key of a few words: open addressing with linear probing, at most half full. */
export class KeyedEntries extends Entries {
  readonly keyWords: number;
  readonly #hash: (key: Int32Array, at: number) => number;
  #keys: Int32Array;
  #slots = new Int32Array(256);

  constructor(keyWords: number, hash: (key: Int32Array, at: number) => number) {
    super();
    this.keyWords = keyWords;
    this.#hash = hash;
    this.#keys = new Int32Array(this.before.length * keyWords);
  }

  /** The entry of a key, -1 when there is none. */
  find(key: Int32Array): number {
    const mask = this.#slots.length - 1;
    for (let at = this.#hash(key, 0) & mask; ; at = (at + 1) & mask) {
      const entry = this.#slots[at]! - 1;
      if (entry < 0 || this.#hasKey(entry, key)) return entry;
    }
  }

  #hasKey(entry: number, key: Int32Array): boolean {
    const at = entry * this.keyWords;
    for (let i = 0; i < this.keyWords; i++) if (this.#keys[at + i] !== key[i]) return false;
    return true;
  }

  /** Adds an entry whose key is not there yet. */
  add(key: Int32Array, source: number, row: number): number {
    const entry = this.push(source, row);
    for (let i = 0; i < this.keyWords; i++) this.#keys[entry * this.keyWords + i] = key[i]!;
    if (this.length * 2 > this.#slots.length) this.#spread(this.#slots.length * SLOT_GROWTH);
    else this.#place(entry);
    return entry;
  }

  /** The 32-bit hash of an entry's key, by which the index on disk finds it. */
  hashOf(entry: number): number {
    return this.#hash(this.#keys, entry * this.keyWords);
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.#keys = grown(this.#keys, capacity * this.keyWords);
  }

  #spread(size: number): void {
    this.#slots = new Int32Array(size);
    for (let entry = 0; entry < this.length; entry++) this.#place(entry);
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let at = this.hashOf(entry) & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#slots[at] = entry + 1;
  }
}

/** Entries of nodes: a chain of sources' versions for each node number. */
export class NodeEntries extends Entries {
  ref = new Int32Array(64);
  /** Kind of the current row, as a place in NODE_KINDS. */
  kind = new Int32Array(64);
  #next = new Int32Array(64);
  #heads = new Int32Array(256);

  /** The first entry of a node, -1 when there is none; then `after`. */
  first(ref: number): number {
    return ref < this.#heads.length ? this.#heads[ref]! - 1 : -1;
  }

  after(entry: number): number {
    return this.#next[entry]! - 1;
  }

  find(ref: number, source: number): number {
    let entry = this.first(ref);
    while (entry >= 0 && this.source[entry] !== source) entry = this.after(entry);
    return entry;
  }

  add(ref: number, source: number, row: number, kind: number): number {
    const entry = this.push(source, row);
    if (ref >= this.#heads.length) this.#heads = grown(this.#heads, Math.max(ref + 1, this.#heads.length * 2));
    this.ref[entry] = ref;
    this.kind[entry] = kind;
    this.#next[entry] = this.#heads[ref]!;
    this.#heads[ref] = entry + 1;
    return entry;
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.ref = grown(this.ref, capacity);
    this.kind = grown(this.kind, capacity);
    this.#next = grown(this.#next, capacity);
  }
}
