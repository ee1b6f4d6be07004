import { type Problems, wrongWithText } from '../../../engine/model/index.ts';
import { type Path, problemAt, type SourceDocument } from './source-document.ts';

/** The longest name, verb or label that is taken, in UTF-16 units. Kubernetes itself takes 253 for most of them. */
const MAX_NAME = 1_024;

/** What is being read, and whether anything was wrong with it. */
export interface Reading {
  readonly document: SourceDocument;
  readonly problems: Problems;
  failed: boolean;
}

/** The fields of one map of a manifest, each checked as it is read. `null` counts as absent, as Kubernetes has it. */
export class Fields {
  readonly #reading: Reading;
  readonly #raw: Readonly<Record<string, unknown>>;
  readonly path: Path;

  constructor(reading: Reading, path: Path, raw: unknown) {
    this.#reading = reading;
    this.path = path;
    const isMap = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
    this.#raw = isMap ? (raw as Readonly<Record<string, unknown>>) : {};
    if (!isMap) this.fail(undefined, `must be an object, is ${kindOf(raw)}`);
  }

  /** Reports what is wrong with a field, or with the whole map. */
  fail(name: string | number | undefined, message: string, index?: number): undefined {
    const { document, problems } = this.#reading;
    const path = [...this.path, ...(name === undefined ? [] : [name]), ...(index === undefined ? [] : [index])];
    this.#reading.failed = true;
    problems.add(problemAt(document, path, message));
    return undefined;
  }

  /** Reports every field that is not among the known ones. */
  known(...names: readonly string[]): this {
    for (const name of Object.keys(this.#raw)) {
      if (!names.includes(name)) this.fail(name, `unknown field; known are ${names.join(', ')}`);
    }
    return this;
  }

  has(name: string): boolean {
    return this.#raw[name] !== undefined && this.#raw[name] !== null;
  }

  raw(name: string): unknown {
    return this.#raw[name] ?? undefined;
  }

  line(): number | undefined {
    return this.#reading.document.lineOf(this.path);
  }

  text(name: string): string | undefined {
    return this.has(name) ? this.optionalText(name) : this.fail(name, 'is missing');
  }

  optionalText(name: string): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : this.#checked(value, name);
  }

  /** A list of texts; an absent one is empty. `''` is refused unless `blank` is set. */
  texts(name: string, blank = false): readonly string[] {
    const list = this.#list(name);
    return list.flatMap((value, index) => (blank && value === '' ? [''] : (this.#checked(value, name, index) ?? [])));
  }

  flag(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fail(name, `must be true or false, is ${kindOf(value)}`);
  }

  /** The map in a field. */
  map(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.#reading, [...this.path, name], this.#raw[name]) : undefined;
  }

  /** The maps of a list. */
  maps(name: string): readonly Fields[] {
    return this.#list(name).map((value, index) => new Fields(this.#reading, [...this.path, name, index], value));
  }

  /** A map of texts, such as labels. */
  labels(name: string): Readonly<Record<string, string>> {
    const inner = this.map(name);
    if (inner === undefined) return {};
    const labels = new Map<string, string>();
    for (const key of Object.keys(inner.#raw)) {
      const wrong = wrongWithText(key, MAX_NAME);
      if (wrong !== undefined) inner.fail(undefined, `has a key that ${wrong}`);
      const value = inner.#raw[key];
      if (value === '' || value === null) labels.set(key, '');
      else if (inner.#checked(value, key) !== undefined) labels.set(key, value as string);
    }
    return Object.fromEntries(labels);
  }

  #list(name: string): readonly unknown[] {
    const value = this.raw(name) ?? [];
    if (Array.isArray(value)) return value;
    this.fail(name, `must be a list, is ${kindOf(value)}`);
    return [];
  }

  #checked(value: unknown, name: string, index?: number): string | undefined {
    if (typeof value !== 'string') return this.fail(name, `must be text, is ${kindOf(value)}`, index);
    const wrong = wrongWithText(value, MAX_NAME);
    return wrong === undefined ? value : this.fail(name, wrong, index);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${String(value).slice(0, 40)}${typeof value === 'string' ? '' : ' (put it in quotes)'}`;
}
