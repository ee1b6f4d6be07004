/**
 * Reads a JSON document element by element: exports of directories are one object with one list of everything, larger
 * than the longest text that the runtime can hold.
 *
 * Walks the bytes once, in time linear in them; memory by the largest element.
 */
import { JsonScanner, placeOf } from './json-scan.ts';
import { type OpenOptions, openText, shownPath } from './open-text.ts';
import { inBytes } from './size.ts';
import { inputError } from './unreadable.ts';
import { emptyFile } from './whole-text.ts';

/** The largest element that is taken, in bytes: a group of a million members has some 80 MiB. */
export const MAX_ELEMENT = 256 * 1024 * 1024;

/** A value of the outermost object, or an element of one of its lists, or of a document that is one list. */
export interface JsonElement {
  /** The key in the outermost object; empty for a document that is a list. */
  readonly member: string;
  /** The place in the list, counted from 0; undefined for a value that is none. */
  readonly index: number | undefined;
  /** Where it starts, counted from 1. */
  readonly line: number;
  /** Undefined for an element of a member that is passed over. */
  readonly value: unknown;
}

export interface JsonElementsOptions extends OpenOptions {
  /** Members whose elements are only counted, not parsed. */
  readonly passOver?: ReadonlySet<string> | undefined;
  /** A member that is an object and is walked as the outermost is: its members are `NAME.member`. */
  readonly into?: string | undefined;
  /** Default 256 MiB. */
  readonly maxElement?: number | undefined;
}

/**
 * The elements of a document, some at a time, in their order.
 *
 * @throws what `openText` throws; InputError with the line where it is not JSON, or not an object or a list
 */
export async function* jsonElements(
  path: string,
  options: JsonElementsOptions = {},
): AsyncGenerator<readonly JsonElement[]> {
  const file = options.shownAs ?? shownPath(path);
  const walk = new ElementWalk(file, options);
  for await (const chunk of openText(path, options)) {
    const found = walk.take(chunk);
    if (found.length > 0) yield found;
  }
  walk.end();
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const NEWLINE = 10;

/** What may come next. */
type Expecting =
  | 'document'
  | 'first key'
  | 'key'
  | 'colon'
  | 'value'
  | 'key or end'
  | 'first element'
  | 'element'
  | 'element or end'
  | 'nothing';

/** An element that was found, its value perhaps not parsed yet. */
type Found = { -readonly [Key in keyof JsonElement]: JsonElement[Key] };

const isSpace = (byte: number): boolean => byte === 32 || byte === NEWLINE || byte === 13 || byte === 9;

class ElementWalk {
  readonly #file: string;
  readonly #passOver: ReadonlySet<string>;
  readonly #maxElement: number;
  readonly #into: string | undefined;
  /** What stands before keys: the member that was entered, and a dot. */
  #prefix = '';
  readonly #scanner = new JsonScanner();
  #expecting: Expecting = 'document';
  #outerIsList = false;
  #key = '';
  #index = 0;
  #line = 1;
  #empty = true;
  /** The value at hand: what opened it, how deep it is open, and its bytes of earlier chunks. */
  #open: 'none' | 'nested' | 'text' | 'plain' = 'none';
  #depth = 0;
  #inText = false;
  #escaped = false;
  #startLine = 1;
  #parts: Buffer[] = [];
  #size = 0;
  #found: Found[] = [];
  /**
   * Elements of one list that follow one another in the chunk at hand and are parsed together, which takes half as long as
   * one by one: places in `found`, and their bytes.
   */
  #runFrom = -1;
  #runStart = 0;
  readonly #runEnds: number[] = [];

  constructor(file: string, { passOver = new Set(), into, maxElement = MAX_ELEMENT }: JsonElementsOptions) {
    this.#file = file;
    this.#passOver = passOver;
    this.#into = into;
    this.#maxElement = maxElement;
  }

  take(chunk: Buffer): readonly JsonElement[] {
    this.#found = [];
    let at = 0;
    try {
      while (at < chunk.length) at = this.#open === 'none' ? this.#between(chunk, at) : this.#inside(chunk, at);
    } finally {
      // What is wrong with an element comes before what is wrong after it.
      this.#parseRun(chunk);
    }
    return this.#found;
  }

  end(): void {
    if (this.#empty) throw emptyFile(this.#file);
    if (this.#expecting === 'nothing' && this.#open === 'none') return;
    throw this.#wrong('the file ends in the middle of the document; export or copy it again');
  }

  #wrong(message: string, line = this.#line): Error {
    return inputError(this.#file, line, message);
  }

  /** Takes one byte that stands between values; a value that starts is entered. Gives the next offset. */
  #between(chunk: Buffer, at: number): number {
    const byte = chunk[at]!;
    if (byte === NEWLINE) this.#line += 1;
    if (isSpace(byte)) return at + 1;
    this.#empty = false;
    if (this.#startsValue()) return this.#beginOrClose(byte, at);
    this.#punctuation(byte);
    return at + 1;
  }

  #startsValue(): boolean {
    const next = this.#expecting;
    return next === 'value' || next === 'element' || next === 'first element' || next === 'key' || next === 'first key';
  }

  #beginOrClose(byte: number, at: number): number {
    const next = this.#expecting;
    if (next === 'first element' && byte === CLOSE_LIST) return this.#closeList(at);
    if (next === 'first key' && byte === CLOSE_OBJECT) {
      this.#closeObject();
      return at + 1;
    }
    const isKey = next === 'key' || next === 'first key';
    if (isKey && byte !== QUOTE) throw this.#wrong(`a key in double quotes is expected, not ${shown(byte)}`);
    if (next === 'value' && byte === OPEN_LIST) {
      this.#expecting = 'first element';
      this.#index = 0;
      return at + 1;
    }
    if (next === 'value' && byte === OPEN_OBJECT && this.#key === this.#into) {
      this.#prefix = `${this.#into}.`;
      this.#expecting = 'first key';
      return at + 1;
    }
    this.#begin(byte);
    return at;
  }

  /** The end of the outermost object, or of the one that was entered. */
  #closeObject(): void {
    this.#expecting = this.#prefix === '' ? 'nothing' : 'key or end';
    this.#prefix = '';
  }

  #begin(byte: number): void {
    const misplaced = byte === COMMA || byte === COLON || byte === CLOSE_LIST || byte === CLOSE_OBJECT;
    if (misplaced) throw this.#wrong(`a value is expected, not ${shown(byte)}`);
    this.#open = byte === OPEN_OBJECT || byte === OPEN_LIST ? 'nested' : byte === QUOTE ? 'text' : 'plain';
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    this.#startLine = this.#line;
    this.#parts = [];
    this.#size = 0;
  }

  #closeList(at: number): number {
    this.#expecting = this.#outerIsList ? 'nothing' : 'key or end';
    return at + 1;
  }

  #punctuation(byte: number): void {
    const next = this.#expecting;
    if (next === 'document' && byte === OPEN_OBJECT) this.#expecting = 'first key';
    else if (next === 'document' && byte === OPEN_LIST) {
      this.#outerIsList = true;
      this.#expecting = 'first element';
    } else if (next === 'colon' && byte === COLON) this.#expecting = 'value';
    else if (next === 'key or end' && byte === COMMA) this.#expecting = 'key';
    else if (next === 'key or end' && byte === CLOSE_OBJECT) this.#closeObject();
    else if (next === 'element or end' && byte === COMMA) this.#expecting = 'element';
    else if (next === 'element or end' && byte === CLOSE_LIST) this.#closeList(0);
    else throw this.#wrong(misplacedText(next, byte));
  }

  /** Takes what belongs to the value at hand, and closes it where it ends. Gives the next offset. */
  #inside(chunk: Buffer, start: number): number {
    const end = this.#open === 'plain' ? plainEnd(chunk, start) : this.#nestedEnd(chunk, start);
    const stop = end < 0 ? chunk.length : end;
    this.#keep(chunk, start, stop);
    if (end >= 0 && !this.#joinsRun(start, stop)) {
      this.#parseRun(chunk);
      this.#close();
    }
    return stop;
  }

  /** Adds the element that ends here to the run at hand, where it lies in this chunk whole. */
  #joinsRun(start: number, stop: number): boolean {
    if (this.#parts.length !== 1 || this.#size !== stop - start || !this.#isElement()) return false;
    if (this.#runFrom < 0) {
      this.#runFrom = this.#found.length;
      this.#runStart = start;
    }
    this.#runEnds.push(start, stop);
    this.#endElement(undefined);
    return true;
  }

  #isElement(): boolean {
    return this.#expecting === 'element' || this.#expecting === 'first element';
  }

  #endElement(value: unknown): void {
    this.#open = 'none';
    this.#parts = [];
    this.#found.push({ member: this.#key, index: this.#index, line: this.#startLine, value });
    this.#index += 1;
    this.#expecting = 'element or end';
  }

  #parseRun(chunk: Buffer): void {
    if (this.#runFrom < 0) return;
    const from = this.#runFrom;
    const ends = this.#runEnds.splice(0);
    this.#runFrom = -1;
    const values = together(chunk.toString('utf8', this.#runStart, ends.at(-1)));
    const count = ends.length / 2;
    for (let i = 0; i < count; i++) {
      const found = this.#found[from + i]!;
      found.value =
        values?.length === count
          ? values[i]
          : this.#parse(chunk.toString('utf8', ends[i * 2], ends[i * 2 + 1]), fieldOf(found), found.line);
    }
  }

  #keep(chunk: Buffer, start: number, stop: number): void {
    this.#size += stop - start;
    if (this.#size > this.#maxElement) {
      const message = `${this.#field()} is larger than ${inBytes(this.#maxElement)}, which is the most that is taken of one`;
      throw this.#wrong(message, this.#startLine);
    }
    const passedOver = this.#passOver.has(this.#key) && !this.#isKey();
    if (!passedOver) this.#parts.push(chunk.subarray(start, stop));
  }

  #isKey(): boolean {
    return this.#expecting === 'key' || this.#expecting === 'first key';
  }

  /** The offset behind the value that opened before, or -1 when it goes on after the chunk. Texts are passed over whole. */
  #nestedEnd(chunk: Buffer, start: number): number {
    let depth = this.#depth;
    let inText = this.#inText;
    let at = start;
    if (this.#escaped) {
      at += 1;
      this.#escaped = false;
    }
    while (at < chunk.length) {
      const byte = chunk[at]!;
      at += 1;
      if (inText) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) {
          inText = false;
          if (depth === 0) return at;
        }
      } else if (byte === QUOTE) inText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth === 0) return at;
      } else if (byte === NEWLINE) this.#line += 1;
    }
    this.#depth = depth;
    this.#inText = inText;
    // A backslash at the end escapes what the next chunk starts with.
    this.#escaped = at > chunk.length;
    return -1;
  }

  #close(): void {
    const value = this.#parts.length === 0 ? undefined : this.#parseParts();
    if (this.#isElement()) {
      this.#endElement(value);
      return;
    }
    this.#open = 'none';
    this.#parts = [];
    if (this.#isKey()) {
      this.#key = this.#prefix + (value as string);
      this.#expecting = 'colon';
    } else {
      this.#found.push({ member: this.#key, index: undefined, line: this.#startLine, value });
      this.#expecting = 'key or end';
    }
  }

  #parseParts(): unknown {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    return this.#parse(bytes.toString('utf8'), this.#field(), this.#startLine);
  }

  #parse(text: string, field: string, startLine: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#fault(text, field, startLine);
    }
  }

  #fault(text: string, field: string, startLine: number): Error {
    const fault = this.#scanner.scan(text).find((one) => one.field === undefined);
    if (fault === undefined) return this.#wrong(`${field} is not JSON`, startLine);
    const { line, column } = placeOf(text, fault.offset);
    const where = line === 1 ? field : `${field}, column ${column}`;
    return this.#wrong(`${where}: ${fault.message}`, startLine + line - 1);
  }

  #field(): string {
    if (this.#isKey()) return 'a key';
    return fieldOf({ member: this.#key, index: this.#expecting === 'value' ? undefined : this.#index });
  }
}

const fieldOf = ({ member, index }: Pick<JsonElement, 'member' | 'index'>): string =>
  index === undefined ? member : `${member}[${index}]`;

/** The elements of a list without its brackets; undefined where one of them is no JSON. */
function together(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(`[${text}]`) as readonly unknown[];
  } catch {
    return undefined;
  }
}

/** The offset where a number or a word ends, or -1 when it may go on after the chunk. */
function plainEnd(chunk: Buffer, start: number): number {
  for (let at = start; at < chunk.length; at++) {
    const byte = chunk[at]!;
    if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) return at;
  }
  return -1;
}

const shown = (byte: number): string =>
  byte > 32 && byte < 127 ? JSON.stringify(String.fromCharCode(byte)) : `the byte ${byte}`;

function misplacedText(next: Expecting, byte: number): string {
  if (next === 'document') return `the document must be a JSON object or list; it starts with ${shown(byte)}`;
  if (next === 'nothing') return `text follows the end of the document: ${shown(byte)}`;
  const wanted = next === 'colon' ? 'a colon' : next === 'key or end' ? 'a comma or "}"' : 'a comma or "]"';
  return `${wanted} is expected, not ${shown(byte)}`;
}
