import type { Where } from '../../model/index.ts';
import { grown } from './entries.ts';

/** The puts of a batch with the place each was read at, in a few words each: there can be millions. */
export class PlacedPuts {
  length = 0;
  /** As many words a put as asked for. */
  words: Int32Array;
  readonly #width: number;
  #lines = new Int32Array(64);
  #files = new Int32Array(64);
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();

  constructor(width: number) {
    this.#width = width;
    this.words = new Int32Array(64 * width);
  }

  /** Takes down a put and returns its number, from 0. */
  add({ file, line }: Where): number {
    if (this.length === this.#lines.length) this.#grow(this.length * 2);
    const put = this.length++;
    this.#lines[put] = line ?? 0;
    this.#files[put] = file === undefined ? 0 : this.#fileNumber(file);
    return put;
  }

  place(put: number): Where {
    const file = this.#names[this.#files[put]! - 1];
    const line = this.#lines[put]!;
    return { ...(file === undefined ? {} : { file }), ...(line === 0 ? {} : { line }) };
  }

  #fileNumber(file: string): number {
    if (this.#names[this.#names.length - 1] === file) return this.#names.length;
    const known = this.#places.get(file);
    if (known !== undefined) return known;
    const number = this.#names.push(file);
    this.#places.set(file, number);
    return number;
  }

  #grow(capacity: number): void {
    this.#lines = grown(this.#lines, capacity);
    this.#files = grown(this.#files, capacity);
    this.words = grown(this.words, capacity * this.#width);
  }
}
