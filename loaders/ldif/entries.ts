/** LDIF (RFC 2849) as entries: content records only, streamed. */
import type { Problems } from '../../engine/model/index.ts';
import type { InputFile } from '../formats/input-files.ts';
import { readLines } from '../formats/lines.ts';
import { inBytes } from '../formats/size.ts';

/** Told of what is left aside. */
export type Note = (line: number, why: string) => void;

/** An entry of a directory. */
export interface Entry {
  readonly dn: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** By lower-case name without options. A value that is no text is kept as bytes. */
  readonly attributes: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

/** The longest value that is taken, folded lines put together: a picture, not a film. */
const MAX_VALUE = 64 * 1024 * 1024;

const HASH = 35;
const SPACE = 32;
const COLON = 58;
const LESS = 60;
/** RFC 4512: a name or an object identifier, then options. */
const NAME = /^([A-Za-z][\w-]*|\d+(?:\.\d+)*)((?:;[\w=*-]+)*)$/;
/** Servers of Windows hand out long lists in parts; the last one ends in a star. */
const PART = /;range=\d+-\d+/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The entries of a file, some at a time. What is wrong goes to the problems with its line.
 *
 * @param keeps whether an attribute of this lower-case name is wanted; values of others are not looked at
 * @param note called with what is left aside, by line
 * @throws what `readLines` throws
 */
export async function* entriesOf(
  file: InputFile,
  keeps: (name: string) => boolean,
  problems: Problems,
  note: Note = () => undefined,
): AsyncGenerator<readonly Entry[]> {
  const reading = new EntryReading(file.shownAs, keeps, problems, note);
  for await (const { first, lines } of readLines(file.path, file.options)) {
    for (let i = 0; i < lines.length; i++) reading.take(lines[i]!, first + i);
    const entries = reading.entries;
    reading.entries = [];
    if (entries.length > 0) yield entries;
  }
  reading.end();
  if (reading.entries.length > 0) yield reading.entries;
}

/** An attribute by its title, with options, as a file writes it. */
interface Attribute {
  /** With the colon behind it. */
  readonly title: string;
  readonly name: string;
  readonly isKept: boolean;
  readonly isPart: boolean;
  /** What followed it last: entries of one kind list their attributes in one order. */
  next: Attribute | undefined;
}

/** Titles that are remembered. */
const MAX_KNOWN = 10_000;

class EntryReading {
  entries: Entry[] = [];
  readonly #file: string;
  readonly #keeps: (name: string) => boolean;
  /** What stands before the colon → which attribute it is. There are some dozens, in all entries. */
  readonly #known = new Map<string, Attribute>();
  /** That of the line before. */
  #last: Attribute | undefined;
  readonly #problems: Problems;
  readonly #note: Note;
  /** The line at hand, folded ones put together, and its number; undefined before the first. */
  #text: string | undefined;
  #line = 0;
  #dn: string | undefined;
  #entryLine = 0;
  #attributes = new Map<string, (string | Buffer)[]>();
  /** An entry that cannot be read is told once and passed over to its end. */
  #broken = false;

  constructor(file: string, keeps: (name: string) => boolean, problems: Problems, note: Note) {
    this.#file = file;
    this.#keeps = keeps;
    this.#problems = problems;
    this.#note = note;
  }

  take(line: string, number: number): void {
    const start = line.charCodeAt(0);
    if (start === SPACE) this.#fold(line, number);
    else {
      this.#finishLine();
      if (line === '') this.#finishEntry();
      else {
        this.#text = line;
        this.#line = number;
      }
    }
  }

  end(): void {
    this.#finishLine();
    this.#finishEntry();
  }

  #fold(line: string, number: number): void {
    if (this.#text === undefined) {
      this.#problem(number, 'a line that starts with a space continues the line before; there is none');
      this.#broken = true;
    } else if (this.#text.length + line.length > MAX_VALUE) {
      this.#problem(this.#line, `the value is longer than ${inBytes(MAX_VALUE)}`);
      this.#text = '#';
      this.#broken = true;
    } else this.#text += line.slice(1);
  }

  #problem(line: number, message: string, field?: string): void {
    this.#problems.add({ file: this.#file, line, ...(field === undefined ? {} : { field }), message });
  }

  #refuse(message: string): void {
    this.#problem(this.#line, message);
    this.#broken = true;
  }

  #finishLine(): void {
    const text = this.#text;
    this.#text = undefined;
    if (text === undefined || this.#broken || text.charCodeAt(0) === HASH) return;
    const attribute = this.#expected(text) ?? this.#attributeBy(text);
    if (attribute !== undefined) this.#take(attribute, text, attribute.title.length - 1);
  }

  /** The attribute of a line, where it is that of the line before or what came after that one the last time. */
  #expected(text: string): Attribute | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    if (last.next !== undefined && text.startsWith(last.next.title)) {
      this.#last = last.next;
      return last.next;
    }
    return text.startsWith(last.title) ? last : undefined;
  }

  #attributeBy(text: string): Attribute | undefined {
    const colon = text.indexOf(':');
    if (colon < 0) {
      this.#refuse(text === '-' ? CHANGES : 'has no colon; a line of LDIF is "name: value"');
      return undefined;
    }
    const title = text.slice(0, colon);
    const attribute = this.#known.get(title) ?? this.#attributeOf(title);
    if (attribute !== undefined && this.#last !== undefined) this.#last.next = attribute;
    this.#last = attribute;
    return attribute;
  }

  #attributeOf(title: string): Attribute | undefined {
    const match = NAME.exec(title);
    if (match === null) {
      this.#refuse(`${JSON.stringify(title.slice(0, 60))} is no name of an attribute`);
      return undefined;
    }
    const name = match[1]!.toLowerCase();
    const attribute: Attribute = {
      title: ownText(`${title}:`),
      name,
      isKept: this.#keeps(name),
      isPart: PART.test(match[2]!),
      next: undefined,
    };
    if (this.#known.size < MAX_KNOWN) this.#known.set(ownText(title), attribute);
    return attribute;
  }

  #take({ name, isKept, isPart }: Attribute, text: string, colon: number): void {
    if (isPart) this.#note(this.#line, `${name} is a part of a list; see that the other parts are there`);
    if (this.#dn === undefined && name === 'version' && this.#attributes.size === 0) return;
    if (name === 'dn') this.#startEntry(this.#value(name, text, colon));
    else if (this.#dn === undefined) this.#refuse(`an entry starts with "dn:", this one with ${JSON.stringify(name)}`);
    else if (name === 'changetype' || name === 'control') this.#refuse(CHANGES);
    else if (isKept) this.#keep(name, this.#value(name, text, colon));
  }

  #startEntry(dn: string | Buffer | undefined): void {
    if (this.#dn !== undefined) this.#refuse('an entry has one "dn:"; is the empty line between two entries missing?');
    else if (typeof dn !== 'string') this.#refuse('the distinguished name is no text');
    else {
      this.#dn = ownText(dn);
      this.#entryLine = this.#line;
    }
  }

  #keep(name: string, value: string | Buffer | undefined): void {
    if (value === undefined) return;
    const values = this.#attributes.get(name);
    if (values === undefined) this.#attributes.set(name, [value]);
    else values.push(value);
  }

  /** Undefined for a value that is not there: a URL, or what cannot be read. */
  #value(name: string, text: string, colon: number): string | Buffer | undefined {
    const mark = text.charCodeAt(colon + 1);
    if (mark === COLON) return this.#decoded(name, text.slice(colon + 2).trim());
    if (mark !== LESS) return text.slice(colon + 1).trimStart();
    this.#note(this.#line, 'its value is a URL; nothing is fetched');
    return undefined;
  }

  #decoded(name: string, base64: string): string | Buffer | undefined {
    if (!BASE64.test(base64) || base64.length % 4 !== 0) {
      this.#problem(
        this.#line,
        'is not base64, as its two colons say; was the line cut or folded without a space?',
        name,
      );
      return undefined;
    }
    const bytes = Buffer.from(base64, 'base64');
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0') ? text : bytes;
  }

  #finishEntry(): void {
    if (!this.#broken && this.#dn !== undefined)
      this.entries.push({ dn: this.#dn, line: this.#entryLine, attributes: this.#attributes });
    this.#dn = undefined;
    this.#broken = false;
    this.#attributes = new Map();
  }
}

const CHANGES =
  'this is a record of changes ("changetype"); what a directory holds is read, not what is done to it. Export its entries: ldapsearch -LLL, or slapcat';

/** A text of its own: a part of a larger one would keep all of that in memory for as long as it lives. */
const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
