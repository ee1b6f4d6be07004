/**
 * Ids by node number. Those of compiled nodes lie one after the other in one buffer that other threads and files can have;
 * a string is made when somebody asks for it. Those that come later are a list.
 */
import { shared8, shared32 } from './shared-arrays.ts';

/** Compiled ids: id `i` is the bytes from `starts[i]` to `starts[i + 1]`. */
export interface CompiledIds {
  /** Latin-1, or UTF-16 with the low byte first where `wide` says so. */
  readonly bytes: Uint8Array;
  /** One more than ids. */
  readonly starts: Uint32Array;
  /** A bit for each id; empty where none is wide. */
  readonly wide: Uint8Array;
}

const LATIN_1 = /^[\0-\xff]*$/;
const FIRST_ROOM = 1 << 12;

/** Gathers ids in the order of the nodes. */
export class CompiledIdsBuilder {
  #bytes = Buffer.allocUnsafe(FIRST_ROOM);
  #starts = new Uint32Array(FIRST_ROOM >> 4);
  #wide = new Uint8Array(0);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @throws RangeError when all ids together have more than 4 GiB */
  add(id: string): void {
    const from = this.#starts[this.#count]!;
    const most = from + id.length * 2;
    if (most > this.#bytes.length)
      this.#bytes = copied(this.#bytes, Buffer.allocUnsafe(Math.max(most, this.#bytes.length * 2)));
    const wide = !LATIN_1.test(id);
    if (wide) this.#markWide(this.#count);
    const end = from + this.#bytes.write(id, from, wide ? 'utf16le' : 'latin1');
    if (end > 0xffffffff) throw new RangeError('the ids of a graph have more than 4 GiB');
    if (++this.#count === this.#starts.length)
      this.#starts = copied(this.#starts, new Uint32Array(this.#starts.length * 2));
    this.#starts[this.#count] = end;
  }

  #markWide(id: number): void {
    const byte = id >> 3;
    if (byte >= this.#wide.length)
      this.#wide = copied(this.#wide, new Uint8Array(Math.max(byte + 1, this.#wide.length * 2)));
    this.#wide[byte]! |= 1 << (id & 7);
  }

  finish(): CompiledIds {
    const bytes = this.#starts[this.#count]!;
    return {
      bytes: copied(this.#bytes.subarray(0, bytes), shared8(bytes)),
      starts: copied(this.#starts.subarray(0, this.#count + 1), shared32(this.#count + 1)),
      wide: copied(this.#wide, shared8(this.#wide.length)),
    };
  }
}

function copied<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}

/**
 * The ids of chosen nodes, in another order.
 *
 * @param idOf gives ids that are not compiled
 */
export function chosenIds(from: CompiledIds, nodes: Uint32Array, idOf: (node: number) => string): CompiledIds {
  const builder = new CompiledIdsBuilder();
  const compiled = new IdTable(from);
  for (const node of nodes) builder.add(node < compiled.length ? compiled.decoded(node) : idOf(node));
  return builder.finish();
}

export class IdTable {
  readonly compiled: CompiledIds;
  readonly #text: Buffer;
  readonly #count: number;
  /** Ids that were asked for, by number. */
  readonly #known: (string | undefined)[];
  readonly #later: string[] = [];

  constructor(compiled: CompiledIds) {
    this.compiled = compiled;
    const { buffer, byteOffset, byteLength } = compiled.bytes;
    this.#text = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
    this.#count = compiled.starts.length - 1;
    this.#known = new Array(this.#count);
  }

  get length(): number {
    return this.#count + this.#later.length;
  }

  /** The id of a node. */
  at(node: number): string {
    if (node >= this.#count) return this.#later[node - this.#count]!;
    const known = this.#known[node];
    if (known !== undefined) return known;
    const id = this.decoded(node);
    this.#known[node] = id;
    return id;
  }

  /** The id of a compiled node, for those who go through all of them: it is not remembered. */
  decoded(node: number): string {
    const { starts } = this.compiled;
    const [from, end] = [starts[node]!, starts[node + 1]!];
    return this.#isWide(node) ? this.#text.toString('utf16le', from, end) : this.#text.toString('latin1', from, end);
  }

  #isWide(node: number): boolean {
    const { wide } = this.compiled;
    return wide.length > 0 && ((wide[node >> 3] ?? 0) & (1 << (node & 7))) !== 0;
  }

  /** Whether a compiled node has this id; makes no string. */
  isIdOf(node: number, id: string): boolean {
    const { bytes, starts } = this.compiled;
    const from = starts[node]!;
    const size = starts[node + 1]! - from;
    if (this.#isWide(node)) return size === id.length * 2 && this.decoded(node) === id;
    if (size !== id.length) return false;
    // Ids of one kind begin alike: what tells them apart stands at their end.
    for (let i = size - 1; i >= 0; i--) if (bytes[from + i] !== id.charCodeAt(i)) return false;
    return true;
  }

  /** The hash of a compiled node's id: see `hashOfId`. */
  hashOf(node: number): number {
    if (this.#isWide(node)) return hashOfId(this.decoded(node));
    const { bytes, starts } = this.compiled;
    let h = FNV_START;
    for (let i = starts[node]!, end = starts[node + 1]!; i < end; i++) h = Math.imul(h ^ bytes[i]!, FNV_PRIME);
    return mixed(h);
  }

  /** Adds an id after all others and gives its number. */
  push(id: string): number {
    return this.#count + this.#later.push(id) - 1;
  }

  /** Takes the last one away that came later. */
  pop(): string | undefined {
    return this.#later.pop();
  }
}

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units with a final mix, 32 bits. */
export function hashOfId(text: string): number {
  let h = FNV_START;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), FNV_PRIME);
  return mixed(h);
}

function mixed(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return h ^ (h >>> 13);
}
