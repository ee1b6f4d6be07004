/** Reads a script of SQL into a catalog: what `pg_dumpall` and `pg_dump` write, and what administrators write by hand. */
import type { Problems } from '../../engine/model/index.ts';
import type { InputFile } from '../formats/input-files.ts';
import { readLines } from '../formats/lines.ts';
import { inputError } from '../formats/unreadable.ts';
import { type Catalog, DATABASE_OWNER, type Place, PUBLIC } from './catalog.ts';
import { readDefaults, readGrant } from './grant-statements.ts';
import { readAlter, readCreate } from './object-statements.ts';
import { readRole, readRoleComment } from './role-statements.ts';
import { MAX_TOKENS, type SqlLine, SqlScanner, type Statement } from './sql-scanner.ts';
import type { SqlSession } from './sql-session.ts';
import { TokenReader } from './token-reader.ts';

export interface ScriptReading {
  readonly catalog: Catalog;
  readonly problems: Problems;
  readonly note: (place: Place, why: string) => void;
}

/** @throws what `readLines` throws; InputError for a file that ends within a statement */
export async function readScript(file: InputFile, reading: ScriptReading): Promise<void> {
  const script = new Script(file, reading);
  for await (const { first, lines } of readLines(file.path, file.options))
    for (let at = 0; at < lines.length; at++) script.take(lines[at]!, first + at);
  script.end();
}

const CLUSTER_DUMP = 'PostgreSQL database cluster dump';
const SERVER = /^Dumped from database version (\d+)/;
const WRITER = /^Dumped by pg_dump version (\d+)/;

class Script {
  readonly #scanner = new SqlScanner();
  readonly #session: SqlSession;
  readonly #known = new Set<string>();
  /** The first number of the version of pg_dump: it decides what goes without saying of the schema `public`. */
  #writer = 15;
  #isClusterDump = false;

  constructor(file: InputFile, { catalog, problems, note }: ScriptReading) {
    const database = file.name.replace(/\.(gz|zst)$/, '').replace(/\.[^.]+$/, '');
    const begin = (place: Place): void => this.#begin(catalog, this.#session.database, place);
    this.#session = { catalog, problems, note, file: file.shownAs, database, schema: 'public', begin };
  }

  take(text: string, line: number): void {
    for (const piece of this.#scanner.take(text, line)) {
      if (piece.is === 'statement') this.#statement(piece);
      else if (piece.is === 'meta') this.#meta(piece);
      else this.#comment(piece);
    }
  }

  end(): void {
    const line = this.#scanner.openSince;
    if (line === undefined) return;
    throw inputError(this.#session.file, line, 'the file ends within what begins here; dump it again, to its end');
  }

  #comment({ text }: SqlLine): void {
    if (text === CLUSTER_DUMP) this.#isClusterDump = true;
    const server = SERVER.exec(text)?.[1];
    const writer = WRITER.exec(text)?.[1];
    if (writer !== undefined) this.#writer = Number(writer);
    if (server !== undefined) this.#session.catalog.version = Number(server);
  }

  /** `\connect app`, `\connect "my app"`, `\connect -reuse-previous=on "dbname='my app'"`. */
  #meta({ text, line }: SqlLine): void {
    const words = /^(?:connect|c)\s+(?:-reuse-previous=\w+\s+)?(.*)$/.exec(text)?.[1]?.trim();
    if (words === undefined) {
      if (!/^(?:un)?restrict\b/.test(text)) this.#session.note(this.#place(line), 'lines for psql: passed over');
      return;
    }
    const plain = words.startsWith('"') ? words.slice(1, -1).replaceAll('""', '"') : words.split(/\s/)[0]!;
    const named = /^dbname='((?:\\.|[^'])*)'/.exec(plain)?.[1]?.replace(/\\(.)/g, '$1');
    this.#session.database = named ?? plain;
    this.#session.schema = 'public';
  }

  #place(line: number): Place {
    return { file: this.#session.file, line };
  }

  #statement({ tokens, line, isCut }: Statement): void {
    const place = this.#place(line);
    const first = tokens[0]!.text;
    if (isCut && (first === 'grant' || first === 'revoke')) {
      const message = `a statement of more than ${MAX_TOKENS.toLocaleString('en-US')} words; grant on fewer objects at a time`;
      this.#session.problems.add({ ...place, message });
      return;
    }
    const words = new TokenReader(tokens.slice(1));
    if (first === 'grant' || first === 'revoke') readGrant(tokens, this.#session, place);
    else if (first === 'create' || first === 'alter') this.#define(tokens, words, first === 'alter', place);
    else if (first === 'comment') {
      if (words.take('on', 'role')) readRoleComment(words, this.#session, place);
    } else if (first === 'set') this.#set(words);
    else if (first === 'drop' || first === 'reassign')
      this.#session.note(place, 'DROP and REASSIGN are not followed: dump what is there now');
  }

  #define(tokens: Statement['tokens'], words: TokenReader, isAlter: boolean, place: Place): void {
    const [isRole, isUser, isGroup] = [
      words.take('role'),
      !isNamedUser(words) && words.take('user'),
      words.take('group'),
    ];
    if (isRole || isUser || isGroup) {
      if (words.peek()?.text !== 'mapping' || isRole)
        readRole(words, { isAlter, isUser: isUser && !isAlter, isGroup }, this.#session, place);
    } else if (isAlter && words.take('default', 'privileges')) readDefaults(tokens, this.#session, place);
    else (isAlter ? readAlter : readCreate)(words, this.#session, place);
  }

  /** Databases come with a schema `public` of which dumps tell only what differs. A file of roles alone is no database. */
  #begin(catalog: Catalog, database: string, place: Place): void {
    if (this.#known.has(database)) return;
    this.#known.add(database);
    if (catalog.find('schema', { database, name: 'public' }) !== undefined) return;
    const schema = catalog.object('schema', { database, name: 'public' }, place);
    const isNew = this.#writer >= 15;
    if (isNew) schema.owner = DATABASE_OWNER;
    const privileges = isNew ? ['USAGE'] : ['CREATE', 'USAGE'];
    schema.steps.push({ does: 'grant', privileges, grantee: PUBLIC, grantable: false, place });
    catalog.object('database', { name: database }, place);
    if (this.#isClusterDump) catalog.knownDatabases.add(database);
  }

  /** `SET search_path = sales, pg_catalog`: older dumps name objects without their schema. */
  #set(words: TokenReader): void {
    words.take('session');
    words.take('local');
    if (!words.take('search_path')) return;
    if (!words.take('=')) words.take('to');
    const first = words.next();
    if (first !== undefined && first.text !== '' && first.text !== 'pg_catalog') this.#session.schema = first.text;
  }
}

/** `CREATE USER MAPPING` is about foreign servers. */
const isNamedUser = (words: TokenReader): boolean =>
  words.peek()?.text === 'user' && words.peek(1)?.is === 'word' && words.peek(1)!.text === 'mapping';
