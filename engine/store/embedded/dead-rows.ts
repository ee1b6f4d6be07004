import { bytesOf, type SealedTable, wordsOf } from './sealed-table.ts';

/** Rows in a block; a block is a kilobyte of bits. */
const BLOCK_BITS = 13;
const BLOCK_WORDS = 2 ** BLOCK_BITS / 32;

/** Which rows of a log were withdrawn or replaced: a bit a row, in blocks that are there only where a bit is set. */
export class DeadRows {
  readonly #table: SealedTable;
  readonly #blocks = new Map<number, Int32Array>();
  readonly #changed = new Set<number>();

  constructor(table: SealedTable) {
    this.#table = table;
    for (const { key, body } of table.scan()) this.#blocks.set(key, wordsOf(body));
  }

  has(row: number): boolean {
    const block = this.#blocks.get(row >>> BLOCK_BITS);
    return block !== undefined && (block[(row >>> 5) & (BLOCK_WORDS - 1)]! & (1 << (row & 31))) !== 0;
  }

  add(row: number): void {
    this.#block(row)[(row >>> 5) & (BLOCK_WORDS - 1)]! |= 1 << (row & 31);
  }

  remove(row: number): void {
    this.#block(row)[(row >>> 5) & (BLOCK_WORDS - 1)]! &= ~(1 << (row & 31));
  }

  #block(row: number): Int32Array {
    const number = row >>> BLOCK_BITS;
    this.#changed.add(number);
    const known = this.#blocks.get(number);
    if (known !== undefined) return known;
    const block = new Int32Array(BLOCK_WORDS);
    this.#blocks.set(number, block);
    return block;
  }

  /** Writes the blocks that were changed. */
  finish(): void {
    for (const number of this.#changed) {
      const block = this.#blocks.get(number)!;
      if (block.every((word) => word === 0)) this.#table.delete(number);
      else this.#table.put(number, bytesOf(block));
    }
    this.#changed.clear();
  }
}
