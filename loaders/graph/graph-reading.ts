import { hash } from 'node:crypto';
import { type Change, changeOfLine, InputError, Problems, type Report } from '../../engine/model/index.ts';
import { DigestLines } from '../formats/digest-lines.ts';
import { JsonScanner } from '../formats/json-scan.ts';
import { LineNumbers, type Place } from '../formats/line-numbers.ts';
import { type LineBatch, type LineOptions, readLines } from '../formats/lines.ts';
import { shownPath } from '../formats/open-bytes.ts';
import { emptyFile } from '../formats/whole-text.ts';
import { mayRepeatKeys } from './repeated-keys.ts';

/** What can be left of a value, or of an escape in a text, that was cut off in its middle. */
const UNFINISHED = /^\\?[\w.+-]*$/;
const CUT_OFF = 'the line is cut off: the file ends in the middle of it; export or copy it again';

/** A change before it has its place. */
type Unplaced = { file: string; line: number };

/** One load of graph JSON Lines: reads the files line by line and keeps what must be known over all of them. */
export class GraphReading {
  /** Every source that a line named or fell back to so far, in the order of their first lines. */
  readonly sources: string[] = [];
  readonly #paths: readonly string[];
  readonly #defaultSource: string;
  readonly #options: LineOptions;
  readonly #problems = new Problems();
  readonly #numbers = new LineNumbers();
  /** Lines, by their number over all files, in which things were told. */
  readonly #edgeLines = new DigestLines();
  readonly #otherLines = new DigestLines();
  readonly #scanner = new JsonScanner();
  /** The line at hand. */
  #file = '';
  #lastSource: string | undefined;
  #line = 0;

  constructor(paths: readonly string[], defaultSource: string, options: LineOptions = {}) {
    this.#paths = paths;
    this.#defaultSource = defaultSource;
    this.#options = options;
  }

  /**
   * The changes, some hundreds at a time. After the first problem the rest is only checked.
   *
   * @throws InputError at the end, with every problem; GrantlensError when a file cannot be read on
   */
  async *batches(): AsyncGenerator<readonly Change[]> {
    for (const path of this.#paths) yield* this.#batchesOf(path);
    this.#problems.throwIfAny();
  }

  async *#batchesOf(path: string): AsyncGenerator<readonly Change[]> {
    const shownAs = shownPath(path);
    this.#numbers.startFile(shownAs, this.#line);
    this.#file = shownAs;
    this.#line = 0;
    let found = false;
    try {
      for await (const batch of readLines(path, { ...this.#options, shownAs })) {
        const seen = this.#problems.total;
        const changes = this.#changesOf(batch);
        found ||= changes.length > 0 || this.#problems.total > seen;
        if (this.#problems.total === 0) yield changes;
      }
      if (!found) throw emptyFile(shownAs);
    } catch (error) {
      this.#keep(error);
    }
  }

  /** An input error of a reader is one problem among the others; anything else ends the load. */
  #keep(error: unknown): void {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) this.#problems.add(problem);
  }

  #changesOf(batch: LineBatch): Change[] {
    const changes: Change[] = [];
    const { lines } = batch;
    for (let i = 0; i < lines.length; i++) {
      this.#line = batch.first + i;
      const cutOff = batch.open && i === lines.length - 1;
      const change = this.#changeOf(lines[i]!, cutOff);
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }

  #changeOf(line: string, last: boolean): Change | undefined {
    const raw = this.#parse(line, last);
    if (raw === undefined) return undefined;
    const change = changeOfLine(raw, this.#defaultSource, this.#report);
    if (change === undefined) return undefined;
    (change as Unplaced).file = this.#file;
    (change as Unplaced).line = this.#line;
    this.#note(change);
    return change;
  }

  #parse(line: string, last: boolean): unknown {
    try {
      const raw: unknown = JSON.parse(line);
      if (mayRepeatKeys(line, raw)) this.#rescan(line);
      return raw;
    } catch {
      if (line.trim() !== '') this.#rescan(line, last);
      return undefined;
    }
  }

  /** Tells what the scanner finds in a line, by column; of the last line of a file, whether it was cut off. */
  #rescan(line: string, last = false): void {
    for (const { offset, field, message } of this.#scanner.scan(line)) {
      if (last && field === undefined && UNFINISHED.test(line.slice(offset))) this.#report('', CUT_OFF);
      else this.#report(field ?? '', `column ${offset + 1}: ${message}`);
    }
  }

  /** One function for all lines: it is called for the few that have something wrong. */
  readonly #report: Report = (field, message) => {
    const place = { file: this.#file, line: this.#line };
    this.#problems.add(field === '' ? { ...place, message } : { ...place, field, message });
  };

  /** Notes what the line tells, and reports what was told before. */
  #note(change: Change): void {
    if (change.op === 'PUT_EDGE') {
      this.#source(change.edge.source);
      const before = this.#edgeLines.note(change.edge.id, this.#numbers.numberOf(this.#line));
      if (before !== undefined) this.#report('', edgeTwice(this.#numbers.placeOf(before)));
    } else if (change.op === 'PUT_NODE') {
      const { id, source } = change.node;
      this.#source(source);
      const before = this.#noteOther(source, id);
      if (before !== undefined) this.#report('id', nodeTwice(id, source, this.#numbers.placeOf(before)));
    } else if (change.op === 'PUT_USE') {
      const { source, identity, action, resource } = change.use;
      this.#source(source);
      const before = this.#noteOther(source, identity, action, resource);
      if (before !== undefined) this.#report('', useTwice(this.#numbers.placeOf(before)));
    }
  }

  /** The line in which a node or use was told before. The parts that name it are free of NUL. */
  #noteOther(...parts: readonly string[]): number | undefined {
    const digest = hash('sha256', parts.join('\0'), 'base64url');
    return this.#otherLines.note(digest, this.#numbers.numberOf(this.#line));
  }

  #source(source: string): void {
    if (source === this.#lastSource) return;
    this.#lastSource = source;
    if (!this.sources.includes(source)) this.sources.push(source);
  }
}

const at = ({ file, line }: Place): string => `${file}:${line}`;

const nodeTwice = (id: string, source: string, before: Place): string =>
  `the node ${JSON.stringify(id)} of source ${JSON.stringify(source)} was told before at ${at(before)}; keep one of the two`;

const edgeTwice = (before: Place): string =>
  `the same edge (source, kind, from, to, key) was told before at ${at(before)}; keep one of the two, or give parallel edges a different "key" each`;

const useTwice = (before: Place): string =>
  `the same use (source, identity, action, resource) was told before at ${at(before)}; keep one line with the sum of the counts`;
