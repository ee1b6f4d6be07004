/** Silent before this many milliseconds: what is quick needs no progress. */
const QUIET = 1_000;
/** Between two lines where lines stay: on a terminal the one line is written over. */
const TERMINAL_EVERY = 200;
const LINES_EVERY = 5_000;

/** Tells on stderr how a long piece of work goes on. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #label: string;
  readonly #unit: string;
  readonly #started = performance.now();
  #next: number;
  #count = 0;
  #shown = false;

  /** @param label what is going on, such as `reading`; @param unit what is counted, in the plural */
  constructor(stream: NodeJS.WriteStream, label: string, unit: string) {
    this.#stream = stream;
    this.#label = label;
    this.#unit = unit;
    this.#next = this.#started + QUIET;
  }

  /** Counts one more. Cheap: the clock is read once in a thousand. */
  step(): void {
    this.#count += 1;
    if (this.#count % 1_000 === 0 && performance.now() >= this.#next) this.#show();
  }

  #show(): void {
    const terminal = this.#stream.isTTY === true;
    const text = `${this.#label}: ${this.#count.toLocaleString('en-US')} ${this.#unit}`;
    this.#stream.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
    this.#shown = true;
    this.#next = performance.now() + (terminal ? TERMINAL_EVERY : LINES_EVERY);
  }

  /** Clears the line of a terminal. */
  end(): void {
    if (this.#shown && this.#stream.isTTY === true) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
