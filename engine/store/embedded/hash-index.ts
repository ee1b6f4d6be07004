import { bytesOf, type SealedTable, wordsOf } from './sealed-table.ts';
import { corrupt } from './sqlite.ts';

/** What the store keeps about an index beside its buckets. */
export interface IndexState {
  /** A power of two, or 0 before the first entry. */
  readonly buckets: number;
  readonly entries: number;
}

export const EMPTY_INDEX: IndexState = Object.freeze({ buckets: 0, entries: 0 });

/** Entries a bucket holds on average at most; an entry takes 8 bytes. */
const BUCKET_ENTRIES = 256;
/** With more changes than this share of the buckets, all are written anew: one pass is cheaper than many single ones. */
const REBUILD_SHARE = 1 / 4;

/** A list of (hash, row) pairs that grows without boxing. */
export class HashedRows {
  #pairs = new Int32Array(128);
  length = 0;

  add(hash: number, row: number): void {
    if (this.length * 2 === this.#pairs.length) {
      const grown = new Int32Array(this.#pairs.length * 2);
      grown.set(this.#pairs);
      this.#pairs = grown;
    }
    this.#pairs[this.length * 2] = hash;
    this.#pairs[this.length * 2 + 1] = row;
    this.length += 1;
  }

  hashAt(index: number): number {
    return this.#pairs[index * 2]!;
  }

  rowAt(index: number): number {
    return this.#pairs[index * 2 + 1]!;
  }
}

/**
 * Finds row numbers by a 32-bit hash of what names the row. Buckets are blobs of (hash, row) pairs, numbered by the
 * hash's low bits. A hash may lead to several rows: who asks compares the rows themselves.
 */
export class HashIndex {
  readonly #table: SealedTable;
  readonly #read = new Map<number, Int32Array>();
  #state: IndexState;

  constructor(table: SealedTable, state: IndexState) {
    this.#table = table;
    this.#state = state;
  }

  get state(): IndexState {
    return this.#state;
  }

  /** Rows with this hash, in no order. */
  find(hash: number): readonly number[] {
    if (this.#state.buckets === 0) return [];
    const pairs = this.#bucket(hash & (this.#state.buckets - 1));
    const rows: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === (hash | 0)) rows.push(pairs[i + 1]!);
    return rows;
  }

  #bucket(number: number): Int32Array {
    const known = this.#read.get(number);
    if (known !== undefined) return known;
    const pairs = pairsOf(this.#table.must(number));
    if (this.#read.size > 4_096) this.#read.clear();
    this.#read.set(number, pairs);
    return pairs;
  }

  /** Every (hash, row) pair. Throws at the end when buckets are missing. */
  *entries(): Generator<Int32Array> {
    let count = 0;
    for (const { body } of this.#table.scan()) {
      const pairs = pairsOf(body);
      count += pairs.length / 2;
      yield pairs;
    }
    if (count !== this.#state.entries)
      throw corrupt(`${this.#table.name} has ${count} entries, not ${this.#state.entries}`);
  }

  /** Takes pairs out and puts others in. Pairs that are taken out must be there. */
  change(added: HashedRows, removed: HashedRows): void {
    const entries = this.#state.entries + added.length - removed.length;
    const changes = added.length + removed.length;
    if (changes === 0) return;
    const tooFew = this.#state.buckets * BUCKET_ENTRIES < entries;
    if (tooFew || changes > this.#state.buckets * REBUILD_SHARE) this.#rebuild(added, removed, entries);
    else this.#patch(added, removed, entries);
    this.#read.clear();
  }

  #patch(added: HashedRows, removed: HashedRows, entries: number): void {
    const mask = this.#state.buckets - 1;
    const changes = new Map<number, { readonly put: number[]; readonly drop: Set<number> }>();
    const at = (hash: number) => {
      const known = changes.get(hash & mask) ?? { put: [], drop: new Set<number>() };
      changes.set(hash & mask, known);
      return known;
    };
    for (let i = 0; i < removed.length; i++) at(removed.hashAt(i)).drop.add(removed.rowAt(i));
    for (let i = 0; i < added.length; i++) at(added.hashAt(i)).put.push(added.hashAt(i), added.rowAt(i));
    for (const [bucket, { put, drop }] of changes) {
      const pairs = withoutRows(this.#bucket(bucket), drop, put.length);
      pairs.set(put, pairs.length - put.length);
      this.#table.put(bucket, bodyOf(pairs));
    }
    this.#state = { buckets: this.#state.buckets, entries };
  }

  #rebuild(added: HashedRows, removed: HashedRows, entries: number): void {
    const all = new Int32Array(entries * 2);
    let used = 0;
    if (this.#state.entries > 0) {
      const drop = new Set<number>();
      for (let i = 0; i < removed.length; i++) drop.add(removed.rowAt(i));
      for (const pairs of this.entries()) {
        for (let i = 0; i < pairs.length; i += 2) {
          if (drop.size > 0 && drop.has(pairs[i + 1]!)) continue;
          if (used === all.length) throw this.#lacking();
          all[used++] = pairs[i]!;
          all[used++] = pairs[i + 1]!;
        }
      }
    }
    if (used + added.length * 2 !== all.length) throw this.#lacking();
    for (let i = 0; i < added.length; i++) {
      all[used++] = added.hashAt(i);
      all[used++] = added.rowAt(i);
    }
    this.#write(all, Math.max(1, this.#state.buckets), entries);
  }

  #lacking(): Error {
    return corrupt(`${this.#table.name} lacks an entry that is to be removed`);
  }

  /** Spreads the pairs over buckets (counting sort, stable) and writes them all. */
  #write(pairs: Int32Array, fewest: number, entries: number): void {
    let buckets = fewest;
    while (buckets * BUCKET_ENTRIES < entries) buckets *= 2;
    const mask = buckets - 1;
    const ends = new Int32Array(buckets + 1);
    for (let i = 0; i < pairs.length; i += 2) ends[(pairs[i]! & mask) + 1]! += 2;
    for (let bucket = 0; bucket < buckets; bucket++) ends[bucket + 1]! += ends[bucket]!;
    const next = ends.slice();
    const sorted = new Int32Array(pairs.length);
    for (let i = 0; i < pairs.length; i += 2) {
      const to = next[pairs[i]! & mask]!;
      sorted[to] = pairs[i]!;
      sorted[to + 1] = pairs[i + 1]!;
      next[pairs[i]! & mask] = to + 2;
    }
    if (this.#state.buckets > 0) this.#table.clear();
    for (let bucket = 0; bucket < buckets; bucket++) {
      this.#table.insert(bucket, bodyOf(sorted.subarray(ends[bucket]!, ends[bucket + 1]!)));
    }
    this.#state = { buckets, entries };
  }
}

/** A bucket as kept: the number of its pairs, then the pairs. It is never empty, which Node's SQLite takes for NULL. */
function bodyOf(pairs: Int32Array): Uint8Array {
  const words = new Int32Array(pairs.length + 1);
  words[0] = pairs.length / 2;
  words.set(pairs, 1);
  return bytesOf(words);
}

const pairsOf = (body: Uint8Array): Int32Array => wordsOf(body).subarray(1);

/** The pairs without those of some rows, and with room for others at the end. */
function withoutRows(pairs: Int32Array, drop: ReadonlySet<number>, room: number): Int32Array {
  const kept = new Int32Array(pairs.length - drop.size * 2 + room);
  let used = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (drop.has(pairs[i + 1]!)) continue;
    kept[used] = pairs[i]!;
    kept[used + 1] = pairs[i + 1]!;
    used += 2;
  }
  if (used + room !== kept.length) throw corrupt('an index lacks an entry that is to be removed');
  return kept;
}

/** A 32-bit hash of a text: FNV-1a over UTF-16 units with a final mix. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** A 32-bit hash of a few integers. */
export function hashWords(words: ArrayLike<number>, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ mix(words[i]!), 0x01000193);
  return mix(hash);
}

export const hashNumber = (value: number): number => mix(Math.imul(value, 0x9e3779b1));

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
