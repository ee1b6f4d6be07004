import { NODE_KINDS, type NodeKind } from '../../engine/model/index.ts';
import { KeptTexts } from './kept-texts.ts';
import { TextIndex } from './text-index.ts';

/** A node that a load describes. */
export interface KnownNode {
  readonly id: string;
  /** Under which it was described first. */
  readonly kind: NodeKind;
}

/** Set beside the kind of a node once it was put. */
const IS_PUT = 128;
/** In place of a node: several have the name. */
const SEVERAL = -1;

const KIND_PLACES: ReadonlyMap<NodeKind, number> = new Map(NODE_KINDS.map((kind, place) => [kind, place]));

/**
 * The nodes that a load describes, numbered as they come: their kinds, and the other names by which they are found. All of
 * it lies outside the heap, so that what the collector sees is what passes through and nothing else.
 */
export class KnownNodes {
  readonly #texts = new KeptTexts();
  /** Id → number. */
  readonly #ids = new TextIndex(this.#texts);
  /** By number: where the id is kept; the place of the kind, and whether it was put. */
  #places = new Int32Array(512);
  #states = new Uint8Array(512);
  /** List → name → twice the number, and one more where the name is the id itself; or `SEVERAL`. */
  readonly #names = new Map<string, TextIndex>();
  /** The id that was asked for last: what is told of one node comes together. */
  #lastId = '';
  #lastNumber = -1;

  /** How much memory it takes: by ids and names alone, all of it outside the heap. */
  get bytes(): number {
    let bytes = this.#texts.bytes + this.#ids.bytes + this.#places.byteLength + this.#states.byteLength;
    for (const names of this.#names.values()) bytes += names.bytes;
    return bytes;
  }

  /** @returns the kind under which it was described before; undefined the first time */
  describe(id: string, kind: NodeKind): NodeKind | undefined {
    const before = this.#numberOf(id);
    if (before >= 0) return this.#kindOf(before);
    const number = this.#ids.size;
    if (number === this.#places.length) this.#grow();
    this.#places[number] = this.#ids.add(id, number);
    this.#states[number] = KIND_PLACES.get(kind)!;
    this.#lastNumber = number;
    return undefined;
  }

  get(id: string): KnownNode | undefined {
    const number = this.#numberOf(id);
    return number < 0 ? undefined : { id, kind: this.#kindOf(number) };
  }

  /** True the first time that it is called for an id, which must be described. */
  put(id: string): boolean {
    const number = this.#numberOf(id);
    const state = this.#states[number]!;
    this.#states[number] = state | IS_PUT;
    return (state & IS_PUT) === 0;
  }

  /** Gives a node, which must be described, another name. */
  name(list: string, name: string, id: string): void {
    let names = this.#names.get(list);
    if (names === undefined) {
      names = new TextIndex(this.#texts);
      this.#names.set(list, names);
    }
    const number = this.#numberOf(id);
    const slot = names.find(name);
    if (slot < 0) {
      if (name === id) names.add(name, number * 2 + 1, this.#places[number]!);
      else names.add(name, number * 2);
    } else if (names.valueAt(slot) >> 1 !== number) names.setValue(slot, SEVERAL);
  }

  /** The node of a name; undefined where none has it, null where several do. */
  named(list: string, name: string): KnownNode | null | undefined {
    const names = this.#names.get(list);
    const slot = names === undefined ? -1 : names.find(name);
    if (slot < 0) return undefined;
    const value = names!.valueAt(slot);
    if (value === SEVERAL) return null;
    const number = value >> 1;
    const id = (value & 1) === 1 ? name : this.#texts.textAt(this.#places[number]!);
    return { id, kind: this.#kindOf(number) };
  }

  #numberOf(id: string): number {
    if (id === this.#lastId) return this.#lastNumber;
    const slot = this.#ids.find(id);
    this.#lastId = id;
    this.#lastNumber = slot < 0 ? -1 : this.#ids.valueAt(slot);
    return this.#lastNumber;
  }

  #kindOf(number: number): NodeKind {
    return NODE_KINDS[this.#states[number]! & ~IS_PUT]!;
  }

  #grow(): void {
    const places = new Int32Array(this.#places.length * 2);
    places.set(this.#places);
    this.#places = places;
    const states = new Uint8Array(places.length);
    states.set(this.#states);
    this.#states = states;
  }
}
