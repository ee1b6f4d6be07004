/** A line of one of the files of a load. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Numbers the lines of all files of a load through, so that a place can be kept as one small integer. */
export class LineNumbers {
  readonly #starts: { readonly file: string; readonly before: number }[] = [];
  #before = 0;

  /** Call before the lines of a file. @param linesBefore how many lines the file before it had */
  startFile(file: string, linesBefore: number): void {
    this.#before += linesBefore;
    this.#starts.push({ file, before: this.#before });
  }

  /** The number, over all files, of a line of the file at hand. */
  numberOf(line: number): number {
    return this.#before + line;
  }

  placeOf(number: number): Place {
    const start = this.#starts.findLast(({ before }) => before < number)!;
    return { file: start.file, line: number - start.before };
  }
}
