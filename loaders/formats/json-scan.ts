/**
 * Walks a JSON text (RFC 8259) without building it: finds the first place where it is not JSON, every key that an
 * object has twice, and nesting that is too deep. Parsers keep the last of two equal keys in silence, so a second
 * `"Effect"` further down would decide what a reader of the file does not see.
 *
 * Iterative, so that no input can exhaust the stack; linear in time; memory by depth and keys of the open objects.
 */

/** Something wrong at a place of the text. */
export interface JsonFault {
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  /** Path to the key at fault, such as `Statement[2].Effect`; absent for a fault of syntax. */
  readonly field?: string;
  readonly message: string;
}

/** How deep objects and lists may nest: far more than any document of access needs. */
export const MAX_JSON_DEPTH = 200;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Ends the walk at a fault of syntax. */
class Stop {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    this.fault = fault;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;

/** Reusable; one text at a time. */
export class JsonScanner {
  #text = '';
  #at = 0;
  #depth = 0;
  #faults: JsonFault[] = [];
  /** By depth: the keys of the open object with their offsets. An open list has no entry of its own in use. */
  readonly #keys: Map<string, number>[] = [];
  /** By depth: the key or index at hand, for paths. */
  readonly #steps: (string | number)[] = [];
  readonly #objects: boolean[] = [];

  /** Everything that is wrong with the text: repeated keys in their order, then the fault of syntax that ends it. */
  scan(text: string): readonly JsonFault[] {
    this.#text = text;
    this.#at = 0;
    this.#depth = 0;
    this.#faults = [];
    try {
      this.#document();
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      this.#faults.push(stop.fault);
    }
    return this.#faults;
  }

  #document(): void {
    this.#space();
    do {
      if (this.#valueStarts()) continue;
      this.#afterValue();
    } while (this.#depth > 0);
    this.#space();
    if (this.#at < this.#text.length) this.#stop('the document has ended, but text follows it');
  }

  /** Reads a scalar or opens an object or list. True when a member or an item must follow. */
  #valueStarts(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) this.#string();
    else if (code === OPEN_OBJECT) return this.#open(true);
    else if (code === OPEN_LIST) return this.#open(false);
    else this.#word();
    return false;
  }

  #open(isObject: boolean): boolean {
    if (this.#depth >= MAX_JSON_DEPTH) this.#stop(`nests deeper than ${MAX_JSON_DEPTH} levels`);
    this.#at += 1;
    this.#depth += 1;
    this.#objects[this.#depth] = isObject;
    this.#steps[this.#depth] = 0;
    if (isObject) this.#freshKeys();
    this.#space();
    if (this.#text.charCodeAt(this.#at) === (isObject ? CLOSE_OBJECT : CLOSE_LIST)) {
      this.#close();
      return false;
    }
    if (isObject) this.#key();
    return true;
  }

  #freshKeys(): void {
    const keys = this.#keys[this.#depth];
    if (keys === undefined) this.#keys[this.#depth] = new Map();
    else keys.clear();
  }

  #close(): void {
    this.#at += 1;
    this.#depth -= 1;
  }

  /** After a value: closes what ends here, up to the comma that says what comes next. */
  #afterValue(): void {
    while (this.#depth > 0) {
      this.#space();
      const isObject = this.#objects[this.#depth]!;
      const code = this.#text.charCodeAt(this.#at);
      if (code === COMMA) {
        this.#nextMember(isObject);
        return;
      }
      if (code !== (isObject ? CLOSE_OBJECT : CLOSE_LIST)) this.#stop(`"," or "${isObject ? '}' : ']'}" is missing`);
      this.#close();
    }
  }

  #nextMember(isObject: boolean): void {
    this.#at += 1;
    this.#space();
    const code = this.#text.charCodeAt(this.#at);
    if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#stop('a comma stands before the closing bracket');
    if (isObject) this.#key();
    else this.#steps[this.#depth] = (this.#steps[this.#depth] as number) + 1;
  }

  #key(): void {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== QUOTE) this.#stop('a key in double quotes is missing');
    const plain = this.#string();
    const raw = this.#text.slice(start + 1, this.#at - 1);
    const key = plain ? raw : (JSON.parse(`"${raw}"`) as string);
    this.#steps[this.#depth] = key;
    const keys = this.#keys[this.#depth]!;
    const first = keys.get(key);
    if (first === undefined) keys.set(key, start);
    else this.#repeated(key, first, start);
    this.#space();
    if (this.#text.charCodeAt(this.#at) !== COLON) this.#stop('":" is missing after the key');
    this.#at += 1;
    this.#space();
  }

  #repeated(key: string, first: number, offset: number): void {
    const before = placeOf(this.#text, first);
    const message = `the key ${JSON.stringify(key)} stands twice in one object (first in line ${before.line}, column ${before.column}); which one counts is anyone's guess, remove one`;
    this.#faults.push({ offset, field: this.#path(), message });
  }

  #path(): string {
    let path = '';
    for (let depth = 1; depth <= this.#depth; depth++) {
      const step = this.#steps[depth]!;
      path += typeof step === 'number' ? `[${step}]` : path === '' ? step : `.${step}`;
    }
    return path;
  }

  /** Steps over a string. True when it has no escapes. */
  #string(): boolean {
    const text = this.#text;
    let at = this.#at + 1;
    let plain = true;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        plain = false;
        at = this.#escape(at);
      } else if (code >= 32) at += 1;
      else this.#badInString(at);
    }
    this.#at = at + 1;
    return plain;
  }

  #escape(at: number): number {
    const next = this.#text[at + 1] ?? '';
    if ('"\\/bfnrt'.includes(next) && next !== '') return at + 2;
    if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(this.#text.slice(at + 2, at + 6))) return at + 6;
    this.#at = at;
    if (next === '' || (next === 'u' && at + 6 > this.#text.length))
      this.#stop('the text ends in the middle of a string');
    return this.#stop('a backslash starts no escape that JSON knows');
  }

  #badInString(at: number): never {
    this.#at = at;
    if (at >= this.#text.length) this.#stop('the text ends in the middle of a string');
    return this.#stop('a string holds a line end or another control character; is its closing quote missing?');
  }

  #word(): void {
    const text = this.#text;
    for (const word of ['true', 'false', 'null']) {
      if (text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return;
      }
    }
    NUMBER.lastIndex = this.#at;
    if (!NUMBER.test(text)) this.#noValue();
    this.#at = NUMBER.lastIndex;
  }

  #noValue(): never {
    if (this.#at >= this.#text.length) this.#stop('the text ends before its end: a value is missing');
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? this.#text[this.#at]!;
    return this.#stop(`${JSON.stringify(word.slice(0, 40))} is not a value of JSON`);
  }

  #space(): void {
    const text = this.#text;
    let at = this.#at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
      at += 1;
    }
    this.#at = at;
  }

  #stop(message: string): never {
    const ended = this.#at >= this.#text.length && this.#depth > 0;
    throw new Stop({ offset: this.#at, message: ended ? 'the text ends before its end; it was cut off' : message });
  }
}

/** Line and column of an offset, both counted from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
