/**
 * Values as services and their command lines write them in JSON: one object, a list, an object around a list, or one of
 * these a line. All of them are told as items, so that a reader need not know how a file was saved.
 *
 * Lists and lines are streamed: memory by the largest item.
 */
import type { JsonValue } from '../../engine/model/index.ts';
import type { InputFile } from './input-files.ts';
import { jsonElements } from './json-elements.ts';
import { JsonScanner } from './json-scan.ts';
import { readLines } from './lines.ts';
import { openText } from './open-text.ts';
import { inputError } from './unreadable.ts';

/** How the values of a file follow each other. */
export type JsonShape = 'object' | 'list' | 'lines';

export interface JsonItem {
  /** The member whose list it stands in; empty for a document that is a list; undefined for an object of its own. */
  readonly list: string | undefined;
  /** The place in that list, counted from 0. */
  readonly index: number | undefined;
  /** Where it starts, counted from 1. */
  readonly line: number;
  readonly value: JsonValue;
  /** Of an object: whether its lists were told before, so that this is what is left of it. */
  readonly isRest: boolean;
}

export interface JsonItemsOptions {
  /** Members whose elements are items of their own. */
  readonly lists: ReadonlySet<string>;
}

/** The longest line that is taken, in bytes: a policy of a thousand bindings has a few hundred KiB. */
const MAX_ITEM_LINE = 64 * 1024 * 1024;
/** Elements of lists that stay part of their object. */
const MAX_KEPT = 1_000_000;
/** How far the end of the first value is looked for; a longer one is taken for the only one. */
const MAX_FIRST = 16 * 1024 * 1024;

/** Looks whether a second value follows the first one. @throws what `openText` throws */
export async function jsonShapeOf(file: InputFile): Promise<JsonShape> {
  const end = new FirstValue();
  let read = 0;
  for await (const chunk of openText(file.path, file.options)) {
    const shape = end.take(chunk);
    if (shape !== undefined) return shape;
    read += chunk.length;
    if (read > MAX_FIRST) break;
  }
  return end.shape;
}

const QUOTE = 34;
const BACKSLASH = 92;

class FirstValue {
  /** As which it started. */
  shape: Exclude<JsonShape, 'lines'> = 'object';
  #started = false;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #closed = false;

  /** The shape, once it is certain. */
  take(chunk: Buffer): JsonShape | undefined {
    for (const byte of chunk) {
      if (this.#inText) this.#text(byte);
      else if (byte > 32) {
        if (this.#closed) return 'lines';
        if (!this.#started && byte === 91) this.shape = 'list';
        this.#started = true;
        if (byte === QUOTE) this.#inText = true;
        else if (byte === 123 || byte === 91) this.#depth += 1;
        else if (byte === 125 || byte === 93) this.#closed = --this.#depth <= 0;
        // Neither an object nor a list: readers of documents say what is wrong.
        if (this.#depth === 0 && !this.#closed) return this.shape;
      }
    }
    return undefined;
  }

  #text(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }
}

/**
 * The items of a file, some at a time, in their order; what is left of an object comes after its lists.
 *
 * @throws what `jsonElements` and `readLines` throw; InputError with the line where one is not JSON
 */
export async function* jsonItems(
  file: InputFile,
  shape: JsonShape,
  options: JsonItemsOptions,
): AsyncGenerator<readonly JsonItem[]> {
  if (shape === 'lines') yield* itemsOfLines(file, options);
  else yield* itemsOfDocument(file, shape, options);
}

async function* itemsOfDocument(
  file: InputFile,
  shape: JsonShape,
  { lists }: JsonItemsOptions,
): AsyncGenerator<readonly JsonItem[]> {
  const rest: Record<string, JsonValue> = {};
  let kept = 0;
  let hadLists = false;
  for await (const elements of jsonElements(file.path, file.options)) {
    const items: JsonItem[] = [];
    for (const { member, index, line, value } of elements) {
      if (index === undefined) own(rest, member, value as JsonValue);
      else if (shape === 'list' || lists.has(member)) {
        items.push({ list: member, index, line, value: value as JsonValue, isRest: false });
        hadLists = true;
      } else {
        kept += 1;
        if (kept > MAX_KEPT) throw inputError(file.shownAs, line, `${member} has more than ${MAX_KEPT} elements`);
        append(rest, member, value as JsonValue);
      }
    }
    if (items.length > 0) yield items;
  }
  if (shape === 'object') yield [{ list: undefined, index: undefined, line: 1, value: rest, isRest: hadLists }];
}

/** `__proto__` is a name like any other. */
function own(fields: Record<string, JsonValue>, name: string, value: JsonValue): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function append(fields: Record<string, JsonValue>, name: string, value: JsonValue): void {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (Array.isArray(before)) before.push(value);
  else own(fields, name, [value]);
}

async function* itemsOfLines(file: InputFile, { lists }: JsonItemsOptions): AsyncGenerator<readonly JsonItem[]> {
  for await (const { first, lines } of readLines(file.path, { ...file.options, maxLine: MAX_ITEM_LINE })) {
    const items: JsonItem[] = [];
    for (const [at, text] of lines.entries()) {
      if (text.trim() !== '') addItems(items, parsed(text, file.shownAs, first + at), first + at, lists);
    }
    yield items;
  }
}

function parsed(text: string, file: string, line: number): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const fault = new JsonScanner().scan(text).find(({ field }) => field === undefined);
    const reason = fault === undefined ? 'is not JSON' : `column ${fault.offset + 1}: ${fault.message}`;
    throw inputError(file, line, `${reason}. Several values in a file must stand one on a line`);
  }
}

function addItems(items: JsonItem[], value: JsonValue, line: number, lists: ReadonlySet<string>): void {
  if (Array.isArray(value)) {
    addElements(items, '', value, line);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    items.push({ list: undefined, index: undefined, line, value, isRest: false });
    return;
  }
  const rest: Record<string, JsonValue> = {};
  let hadLists = false;
  for (const [name, inner] of Object.entries(value)) {
    if (Array.isArray(inner) && lists.has(name)) {
      hadLists = true;
      addElements(items, name, inner, line);
    } else own(rest, name, inner as JsonValue);
  }
  items.push({ list: undefined, index: undefined, line, value: hadLists ? rest : value, isRest: hadLists });
}

function addElements(items: JsonItem[], list: string, values: readonly JsonValue[], line: number): void {
  for (const [index, value] of values.entries()) items.push({ list, index, line, value, isRest: false });
}
