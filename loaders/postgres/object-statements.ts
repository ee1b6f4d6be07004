/** Statements about objects: what is created, whose it is, which rows it shows to whom. */
import type { CatalogObject, Place } from './catalog.ts';
import type { ObjectKind } from './privileges.ts';
import { namesOf, objectIn, type SqlSession } from './sql-session.ts';
import { commaParts, TokenReader, written } from './token-reader.ts';

/** Words between CREATE and the kind of an object. */
const MODIFIERS = new Set([
  'or',
  'replace',
  'unlogged',
  'temp',
  'temporary',
  'global',
  'local',
  'trusted',
  'procedural',
  'recursive',
]);

const KINDS: readonly (readonly [words: readonly string[], kind: ObjectKind])[] = [
  [['materialized', 'view'], 'materialized-view'],
  [['foreign', 'table'], 'foreign-table'],
  [['foreign', 'data', 'wrapper'], 'foreign-data-wrapper'],
  [['foreign', 'server'], 'foreign-server'],
  [['large', 'object'], 'large-object'],
  [['table'], 'table'],
  [['view'], 'view'],
  [['sequence'], 'sequence'],
  [['database'], 'database'],
  [['schema'], 'schema'],
  [['function'], 'function'],
  [['procedure'], 'function'],
  [['routine'], 'function'],
  [['aggregate'], 'function'],
  [['type'], 'type'],
  [['domain'], 'type'],
  [['language'], 'language'],
  [['server'], 'foreign-server'],
  [['tablespace'], 'tablespace'],
  [['parameter'], 'parameter'],
];

/** The kind of object that the next words name. */
export function takeKind(words: TokenReader): ObjectKind | undefined {
  return KINDS.find(([spelling]) => words.take(...spelling))?.[1];
}

/** The names of an object, of a function with its arguments as the server writes them. Empty where none comes next. */
export function takeParts(words: TokenReader, kind: ObjectKind): readonly string[] {
  if (kind === 'large-object') {
    const number = words.next();
    return number?.is === 'number' ? [number.text] : [];
  }
  const parts = words.qualified();
  if (kind !== 'function' || parts.length === 0) return parts;
  return [...parts.slice(0, -1), `${parts.at(-1)}(${argumentsOf(words)})`];
}

/** Without defaults, which are no part of what names a function. */
function argumentsOf(words: TokenReader): string {
  const parts = commaParts(words.inParentheses() ?? []);
  return parts
    .map((part) => {
      const end = part.findIndex(
        ({ is, text }) => (is === 'word' && text === 'default') || (is === 'mark' && text === '='),
      );
      return inServersCase(written(end < 0 ? part : part.slice(0, end)));
    })
    .join(', ');
}

/** Modes stand in capitals before a name, which would be quoted if it were called so. */
const inServersCase = (argument: string): string =>
  argument.replace(/^(?:in|out|inout|variadic)(?= )/, (mode) => mode.toUpperCase());

/** @param words what follows CREATE */
export function readCreate(words: TokenReader, session: SqlSession, place: Place): void {
  while (MODIFIERS.has(words.peek()?.text ?? '')) words.next();
  if (words.take('policy')) {
    readPolicy(words, session, place);
    return;
  }
  const kind = takeKind(words);
  if (kind === undefined) {
    session.note(place, `CREATE ${kindWords(words)}: passed over`);
    return;
  }
  if (words.take('if')) words.take('not', 'exists');
  if (kind === 'schema' && words.take('authorization')) {
    createOwnSchema(words, session, place);
    return;
  }
  const parts = takeParts(words, kind);
  if (parts.length === 0) return;
  // A type that has a name only: its definition follows later under the same name.
  const object = objectIn(session, kind, parts, place);
  object.kind = kind;
  object.created = true;
  if (kind === 'database') session.catalog.knownDatabases.add(object.name);
  if (kind === 'function') readDefiner(words, object);
  if (kind === 'schema' && words.take('authorization')) own(object, words.name());
  if (kind === 'database') {
    words.take('with');
    if (words.take('owner')) {
      words.take('=');
      own(object, words.name());
    }
  }
}

function createOwnSchema(words: TokenReader, session: SqlSession, place: Place): void {
  const name = words.name();
  if (name === undefined) return;
  const object = objectIn(session, 'schema', [name], place);
  object.created = true;
  own(object, name);
}

function own(object: CatalogObject, owner: string | undefined): void {
  if (owner !== undefined && owner !== 'current_user' && owner !== 'session_user') object.owner = owner;
}

/** `SECURITY DEFINER` and `SET search_path`, before or behind the body. */
function readDefiner(words: TokenReader, object: CatalogObject): void {
  while (!words.isDone) {
    if (words.take('security', 'definer')) object.definer = true;
    else if (words.take('set', 'search_path')) object.searchPath = true;
    else words.next();
  }
}

const kindWords = (words: TokenReader): string =>
  words.peek()?.is === 'word' ? words.peek()!.text.toUpperCase() : '…';

/** `name ON table [AS …] [FOR command] [TO roles] [USING (…)] [WITH CHECK (…)]`: kept as text, for it is not evaluated. */
function readPolicy(words: TokenReader, session: SqlSession, place: Place): void {
  const name = words.name();
  const parts = name !== undefined && words.take('on') ? words.qualified() : [];
  if (parts.length === 0) return;
  const text = `${name}: ${written(words.rest().slice(0, MAX_POLICY))}`;
  objectIn(session, 'table', parts, place).policies.push(text.slice(0, MAX_POLICY));
}

/** Words, and characters, that are kept of a policy. */
const MAX_POLICY = 300;

/** @param words what follows ALTER, of anything but roles and default privileges */
export function readAlter(words: TokenReader, session: SqlSession, place: Place): void {
  words.take('procedural');
  const kind = takeKind(words);
  if (kind === undefined) {
    session.note(place, `ALTER ${kindWords(words)}: passed over`);
    return;
  }
  if (words.take('if')) words.take('exists');
  words.take('only');
  const parts = takeParts(words, kind);
  if (parts.length === 0) return;
  if (words.take('owner', 'to')) {
    own(objectIn(session, kind, parts, place), words.name());
    return;
  }
  if (kind === 'table') readAlterTable(words, parts, session, place);
  if (kind === 'function') readDefinerChange(words, session.catalog.find(kind, namesOf(kind, parts, session)));
}

function readDefinerChange(words: TokenReader, object: CatalogObject | undefined): void {
  if (object === undefined) return;
  if (words.take('security', 'invoker')) object.definer = false;
  else readDefiner(words, object);
}

function readAlterTable(words: TokenReader, parts: readonly string[], session: SqlSession, place: Place): void {
  const table = (): CatalogObject => objectIn(session, 'table', parts, place);
  if (words.take('enable', 'row', 'level', 'security')) table().rowSecurity = true;
  else if (words.take('disable', 'row', 'level', 'security')) table().rowSecurity = false;
  else if (words.take('force', 'row', 'level', 'security')) table().forced = true;
  else if (words.take('no', 'force', 'row', 'level', 'security')) table().forced = false;
  else readIdentity(words, table, session, place);
}

/** The sequence of an identity column is its table's: `ADD GENERATED … AS IDENTITY (SEQUENCE NAME s.t_id_seq …)`. */
function readIdentity(words: TokenReader, table: () => CatalogObject, session: SqlSession, place: Place): void {
  if (words.skipTo(new Set(['identity'])) === undefined) return;
  const inner = new TokenReader(words.inParentheses() ?? []);
  if (!inner.take('sequence', 'name')) return;
  const names = inner.qualified();
  if (names.length === 0) return;
  const sequence = objectIn(session, 'sequence', names, place);
  sequence.created = true;
  sequence.ownerOf = table();
}
