/** Where the nodes of a version are: the kind of each, and which might have an id. Read in one scan, no text is kept. */
import { NODE_KINDS, type NodeKind } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import { hashOfId } from '../snapshot/id-table.ts';
import type { StoreReader } from '../store/port.ts';
import { RefSet } from './ref-set.ts';

export class NodeDirectory {
  /** By ref: the place of the kind in NODE_KINDS plus one; 0 where there is no node. */
  readonly #kinds: Uint8Array;
  /** Open addressing by the hash of the id: refs, 0 where the place is free. A stored ref is one more than told. */
  readonly #slots: Uint32Array;
  /** Hash of the id in each slot. */
  readonly #hashes: Uint32Array;
  readonly #counts: Uint32Array;

  private constructor(refs: Uint32Array, kinds: Uint8Array, hashes: Uint32Array) {
    let largest = 0;
    for (const ref of refs) if (ref > largest) largest = ref;
    let size = 16;
    while (size < refs.length * 2) size *= 2;
    this.#kinds = new Uint8Array(largest + 1);
    this.#slots = new Uint32Array(size);
    this.#hashes = new Uint32Array(size);
    this.#counts = new Uint32Array(NODE_KINDS.length);
    for (let i = 0; i < refs.length; i++) {
      this.#kinds[refs[i]!] = kinds[i]! + 1;
      this.#counts[kinds[i]!]!++;
      this.#place(hashes[i]!, refs[i]! + 1);
    }
  }

  static async read(reader: StoreReader): Promise<NodeDirectory> {
    const refs = new Column(Uint32Array);
    const kinds = new Column(Uint8Array);
    const hashes = new Column(Uint32Array);
    await reader.scanNodes((ref, kind, id) => {
      refs.push(ref);
      kinds.push(NODE_KINDS.indexOf(kind));
      hashes.push(hashOf(id));
    });
    return new NodeDirectory(refs.values(), kinds.values(), hashes.values());
  }

  #place(hash: number, entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
    this.#hashes[slot] = hash;
  }

  kind(ref: number): NodeKind | undefined {
    const place = this.#kinds[ref];
    return place === undefined || place === 0 ? undefined : NODE_KINDS[place - 1];
  }

  count(kind: NodeKind): number {
    return this.#counts[NODE_KINDS.indexOf(kind)]!;
  }

  /** Refs of the nodes of some kinds. */
  refs(wanted: (kind: NodeKind) => boolean): RefSet {
    const found = new RefSet();
    const wants = NODE_KINDS.map((kind) => wanted(kind));
    this.#kinds.forEach((place, ref) => {
      if (place !== 0 && wants[place - 1] === true) found.add(ref);
    });
    return found;
  }

  /** Refs of nodes whose id has the hash of this one: nearly always one or none. */
  candidates(id: string): readonly number[] {
    const hash = hashOf(id);
    const mask = this.#slots.length - 1;
    const found: number[] = [];
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] === hash) found.push(this.#slots[slot]! - 1);
    }
    return found;
  }
}

const hashOf = (id: string): number => hashOfId(id) >>> 0;
