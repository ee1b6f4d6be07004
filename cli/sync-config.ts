/** The file that says which sources make up an estate, and how people are joined to their accounts in them: docs/sync.md. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import {
  type AccountRule,
  GrantlensError,
  itemsOf,
  type JoinRule,
  type KeyPair,
  YamlReading,
} from '../engine/index.ts';
import { LOAD_OPTIONS, loaders } from '../loaders/index.ts';
import { MAX_WITHDRAWN } from './load-source.ts';
import { distance } from './near-ids.ts';

export interface SyncSource {
  readonly name: string;
  readonly format: string;
  /** From where the command runs. */
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly maxWithdrawn: number;
}

export interface SyncJoin extends JoinRule {
  readonly maxWithdrawn: number;
}

export interface SyncConfig {
  readonly sources: readonly SyncSource[];
  readonly joins: readonly SyncJoin[];
}

const MOST_TEXT = 1_000_000;
const MOST_ITEMS = 1_000;
const MOST_PATH = 4_096;

type Node = Parameters<YamlReading['placeOf']>[0];
type Fields = NonNullable<ReturnType<YamlReading['fields']>>;

/**
 * Reads the file.
 *
 * @throws InputError with line and column of everything that is wrong; GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE
 */
export function readSyncConfig(path: string): SyncConfig {
  return new ConfigReading(path).read(textOf(path));
}

function textOf(file: string): string {
  try {
    // A device or a pipe could go on for ever.
    if (!statSync(file).isFile()) throw new GrantlensError('INPUT_UNREADABLE', `${file}: it is no file`, { file });
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof GrantlensError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new GrantlensError('INPUT_NOT_FOUND', `${file}: there is no such file`, { file }, error);
    throw new GrantlensError('INPUT_UNREADABLE', `${file}: ${(error as Error).message}`, { file }, error);
  }
}

class ConfigReading {
  readonly #reading: YamlReading;
  readonly #folder: string;
  readonly #names = new Set<string>();

  constructor(file: string) {
    this.#reading = new YamlReading(file);
    this.#folder = dirname(file);
  }

  read(text: string): SyncConfig {
    const root = this.#reading.parse(text, MOST_TEXT);
    const config = root === undefined ? undefined : this.#config(root);
    this.#reading.throwIfAny();
    return config!;
  }

  #config(root: Node): SyncConfig | undefined {
    const fields = this.#fields(root, '', ['version', 'sources', 'joins']);
    if (fields === undefined) return undefined;
    const version = this.#reading.text(fields, 'version', '', root);
    if (version !== undefined && version !== '1')
      this.#reading.report(fields.get('version')!, 'version', `must be 1, is ${JSON.stringify(version)}`);
    const sources = this.#list(fields, 'sources', root, '', (item, path) => this.#source(item, path));
    const joins = fields.has('joins')
      ? this.#list(fields, 'joins', root, '', (item, path) => this.#join(item, path))
      : [];
    return { sources, joins };
  }

  /** The fields of a group; of one that is not known, the nearest that is. */
  #fields(node: Node, path: string, known: readonly string[]): Fields | undefined {
    const fields = this.#reading.fields(node, path);
    if (fields === undefined) return undefined;
    for (const [name, value] of fields) {
      if (known.includes(name)) continue;
      const near = [...known].sort((a, b) => distance(name, a) - distance(name, b))[0]!;
      const guess = distance(name, near) <= Math.max(2, name.length / 3) ? `did you mean "${near}"? ` : '';
      const at = path === '' ? name : `${path}.${name}`;
      this.#reading.report(value, at, `unknown field; ${guess}known here are ${known.join(', ')}`);
    }
    return fields;
  }

  #list<T>(
    fields: Fields,
    name: string,
    parent: Node,
    path: string,
    read: (item: Node, path: string) => T | undefined,
  ): readonly T[] {
    const at = path === '' ? name : `${path}.${name}`;
    const list = fields.get(name);
    if (list === undefined) return this.#reading.missing(parent, at) ?? [];
    return itemsOf(this.#reading, list, at, MOST_ITEMS).flatMap((item, i) => read(item, `${at}[${i}]`) ?? []);
  }

  #name(fields: Fields, node: Node, path: string): string | undefined {
    const name = this.#reading.text(fields, 'name', path, node);
    if (name === undefined) return undefined;
    if (this.#names.has(name))
      this.#reading.report(fields.get('name')!, `${path}.name`, `"${name}" is the name of another one`);
    this.#names.add(name);
    return name;
  }

  #share(fields: Fields, path: string): number {
    if (!fields.has('maxWithdrawn')) return MAX_WITHDRAWN;
    const text = this.#reading.text(fields, 'maxWithdrawn', path);
    const share = text !== undefined && /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (share >= 0 && share <= 1) return share;
    if (text !== undefined)
      this.#reading.report(fields.get('maxWithdrawn')!, `${path}.maxWithdrawn`, 'must be a number from 0 to 1');
    return MAX_WITHDRAWN;
  }

  #source(node: Node, path: string): SyncSource | undefined {
    const fields = this.#fields(node, path, ['name', 'format', 'paths', 'options', 'maxWithdrawn']);
    if (fields === undefined) return undefined;
    const name = this.#name(fields, node, path);
    if (name?.startsWith('join:'))
      this.#reading.report(fields.get('name')!, `${path}.name`, 'names that begin with "join:" are those of joins');
    const format = this.#reading.text(fields, 'format', path, node);
    const formats = loaders.map((one) => one.format);
    if (format !== undefined && !formats.includes(format))
      this.#reading.report(fields.get('format')!, `${path}.format`, `must be one of ${formats.join(', ')}`);
    const paths = this.#list(fields, 'paths', node, path, (item, at) => this.#path(item, at));
    const options = fields.has('options') ? this.#options(fields.get('options')!, `${path}.options`) : {};
    const maxWithdrawn = this.#share(fields, path);
    return name === undefined || format === undefined ? undefined : { name, format, paths, options, maxWithdrawn };
  }

  #path(node: Node, at: string): string | undefined {
    const text = this.#reading.scalar(node, at, MOST_PATH, false);
    if (text === '-') return this.#reading.report(node, at, 'standard input is for "load"; name a file');
    return text === undefined ? undefined : this.#fromHere(text);
  }

  #fromHere = (path: string): string => (isAbsolute(path) ? path : join(this.#folder, path));

  #options(node: Node, path: string): Readonly<Record<string, string>> {
    const fields = this.#fields(
      node,
      path,
      LOAD_OPTIONS.map(({ name }) => name),
    );
    const options: Record<string, string> = {};
    for (const { name, isPath } of LOAD_OPTIONS) {
      if (fields?.has(name) !== true) continue;
      const text = this.#reading.text(fields, name, path, node, MOST_PATH);
      if (text !== undefined) options[name] = isPath ? this.#fromHere(text) : text;
    }
    return options;
  }

  #join(node: Node, path: string): SyncJoin | undefined {
    const fields = this.#fields(node, path, ['name', 'people', 'accounts', 'domains', 'maxWithdrawn']);
    if (fields === undefined) return undefined;
    const name = this.#name(fields, node, path);
    const people = this.#reading.text(fields, 'people', path, node);
    const sources = new Set<string>();
    const accounts = this.#list(fields, 'accounts', node, path, (item, at) => this.#accounts(item, at, sources));
    const domains = fields.has('domains') ? this.#domains(fields.get('domains')!, `${path}.domains`) : {};
    const maxWithdrawn = this.#share(fields, path);
    return name === undefined || people === undefined ? undefined : { name, people, accounts, domains, maxWithdrawn };
  }

  #accounts(node: Node, path: string, sources: Set<string>): AccountRule | undefined {
    const fields = this.#fields(node, path, ['source', 'match', 'kinds']);
    if (fields === undefined) return undefined;
    const source = this.#reading.text(fields, 'source', path, node);
    if (source !== undefined && sources.has(source))
      this.#reading.report(fields.get('source')!, `${path}.source`, `"${source}" has its accounts told above`);
    if (source !== undefined) sources.add(source);
    const match = this.#list(fields, 'match', node, path, (item, at) => this.#pair(item, at));
    const kinds = fields.has('kinds')
      ? this.#list(fields, 'kinds', node, path, (item, at) =>
          this.#oneOf(item, at, ['User', 'ServiceAccount'] as const),
        )
      : (['User'] as const);
    return source === undefined ? undefined : { source, match, kinds };
  }

  #pair(node: Node, path: string): KeyPair | undefined {
    const fields = this.#fields(node, path, ['account', 'person', 'as']);
    if (fields === undefined) return undefined;
    const account = this.#reading.text(fields, 'account', path, node);
    const person = this.#reading.text(fields, 'person', path, node);
    const form = fields.get('as');
    const as = form === undefined ? 'text' : this.#oneOf(form, `${path}.as`, ['text', 'email'] as const);
    return account === undefined || person === undefined || as === undefined ? undefined : { account, person, as };
  }

  #oneOf<T extends string>(node: Node, path: string, known: readonly T[]): T | undefined {
    const text = this.#reading.scalar(node, path, MOST_PATH, false);
    if (text === undefined) return undefined;
    return known.find((one) => one === text) ?? this.#reading.report(node, path, `must be one of ${known.join(', ')}`);
  }

  /** `example.com: [corp.example.com]`: turned round, so that an alias finds its domain. */
  #domains(node: Node, path: string): Readonly<Record<string, string>> {
    const aliases = new Map<string, string>();
    for (const [domain, list] of this.#reading.fields(node, path) ?? []) {
      itemsOf(this.#reading, list, `${path}.${domain}`, MOST_ITEMS).forEach((item, i) => {
        const alias = this.#reading.scalar(item, `${path}.${domain}[${i}]`, MOST_PATH, false)?.toLowerCase();
        if (alias === undefined) return;
        if (aliases.has(alias))
          this.#reading.report(
            item,
            `${path}.${domain}[${i}]`,
            `"${alias}" is an alias of ${aliases.get(alias)} already`,
          );
        aliases.set(alias, domain.toLowerCase());
      });
    }
    return Object.fromEntries(aliases);
  }
}
