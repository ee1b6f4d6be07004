/** Rows that differ, each kept once. Found by a hash that does not hang on the order of cells, and then compared. */
import { Column } from '../snapshot/growable.ts';

export class DistinctRows {
  readonly #bounds = new Column(Uint32Array);
  readonly #cells = new Column(Uint32Array);
  readonly #byHash = new Map<number, number[]>();
  #marks: Uint32Array;
  #round = 0;

  constructor(columns: number) {
    this.#marks = new Uint32Array(columns);
    this.#bounds.push(0);
  }

  /** @returns the number of an equal row, or the next number for one that is new */
  numberOf(row: readonly number[]): number {
    let hash = row.length;
    for (const cell of row) hash = (hash + scattered(cell)) | 0;
    const alike = this.#byHash.get(hash);
    const known = alike?.find((other) => this.#equals(other, row));
    if (known !== undefined) return known;
    const made = this.#bounds.length - 1;
    for (const cell of Uint32Array.from(row).sort()) this.#cells.push(cell);
    this.#bounds.push(this.#cells.length);
    if (alike === undefined) this.#byHash.set(hash, [made]);
    else alike.push(made);
    return made;
  }

  cells(): { readonly cellBounds: Uint32Array; readonly cells: Uint32Array } {
    return { cellBounds: this.#bounds.values().slice(), cells: this.#cells.values().slice() };
  }

  #equals(known: number, row: readonly number[]): boolean {
    const bounds = this.#bounds.values();
    const [first, end] = [bounds[known]!, bounds[known + 1]!];
    if (end - first !== row.length) return false;
    const round = ++this.#round;
    for (const cell of row) this.#mark(cell, round);
    const cells = this.#cells.values();
    for (let i = first; i < end; i++) if (this.#marks[cells[i]!] !== round) return false;
    return true;
  }

  /** Columns may come later than the room for their marks. */
  #mark(cell: number, round: number): void {
    if (cell >= this.#marks.length) {
      const wider = new Uint32Array(2 * cell + 16);
      wider.set(this.#marks);
      this.#marks = wider;
    }
    this.#marks[cell] = round;
  }
}

/** The finisher of MurmurHash3: unlike numbers for numbers that are near. */
function scattered(value: number): number {
  let bits = value + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
