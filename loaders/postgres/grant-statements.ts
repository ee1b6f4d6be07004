/** `GRANT` and `REVOKE` of privileges on objects, and `ALTER DEFAULT PRIVILEGES`. */
import { type CatalogObject, type Place, PUBLIC } from './catalog.ts';
import { takeKind, takeParts } from './object-statements.ts';
import { isRelation, type ObjectKind } from './privileges.ts';
import { noteRoleRevoke, readRoleGrant } from './role-statements.ts';
import type { Token } from './sql-scanner.ts';
import { objectIn, type SqlSession } from './sql-session.ts';
import { commaParts, TokenReader, written } from './token-reader.ts';

/** A privilege with the columns that it is for; none: the whole object. */
interface Named {
  readonly privilege: string;
  readonly columns: readonly string[];
}

/** @param tokens the whole statement, with its first word */
export function readGrant(tokens: readonly Token[], session: SqlSession, place: Place): void {
  const isGrant = tokens[0]!.text === 'grant';
  const on = indexOutside(tokens, 'on');
  const words = new TokenReader(tokens.slice(1));
  if (on < 0) {
    if (isGrant) readRoleGrant(words, session, place);
    else noteRoleRevoke(session, place);
    return;
  }
  const onlyOption = !isGrant && words.take('grant', 'option', 'for');
  const start = onlyOption ? 4 : 1;
  const named = commaParts(tokens.slice(start, on)).map(namedOf);
  const behind = new TokenReader(tokens.slice(on + 1));
  const objects = objectsOf(behind, session, place);
  if (objects === undefined || !behind.take(isGrant ? 'to' : 'from')) {
    session.note(place, 'a GRANT or REVOKE in a form that is not known here');
    return;
  }
  const grantees = granteesOf(behind, session, place);
  const grantable = isGrant && behind.take('with', 'grant', 'option');
  const does = isGrant ? 'grant' : onlyOption ? 'revoke grant option' : 'revoke';
  for (const object of objects)
    for (const grantee of grantees)
      for (const one of named) addStep(object, one, { does, grantee, grantable, place }, session);
}

function indexOutside(tokens: readonly Token[], word: string): number {
  let depth = 0;
  return tokens.findIndex(({ is, text }) => {
    if (is === 'mark' && text === '(') depth += 1;
    if (is === 'mark' && text === ')') depth -= 1;
    return depth === 0 && is === 'word' && text === word;
  });
}

function namedOf(tokens: readonly Token[]): Named {
  const words = new TokenReader(tokens);
  const privilege: string[] = [];
  while (words.peek()?.is === 'word') privilege.push(words.next()!.text.toUpperCase());
  const columns = commaParts(words.inParentheses() ?? []).flatMap((part) => new TokenReader(part).name() ?? []);
  const text = privilege.join(' ');
  return { privilege: text === 'ALL PRIVILEGES' ? 'ALL' : text === 'TEMP' ? 'TEMPORARY' : text, columns };
}

const PLURALS: Readonly<Record<string, readonly ObjectKind[]>> = {
  tables: ['table', 'view', 'materialized-view', 'foreign-table'],
  sequences: ['sequence'],
  functions: ['function'],
  procedures: ['function'],
  routines: ['function'],
};

function objectsOf(words: TokenReader, session: SqlSession, place: Place): readonly CatalogObject[] | undefined {
  if (words.take('all')) return allIn(words, session);
  const kind = takeKind(words) ?? 'table';
  const objects: CatalogObject[] = [];
  do {
    const parts = takeParts(words, kind);
    if (parts.length === 0) return undefined;
    if (kind === 'database') session.catalog.knownDatabases.add(parts[0]!);
    objects.push(objectIn(session, kind, parts, place));
  } while (words.take(','));
  return objects;
}

/** `ALL TABLES IN SCHEMA a, b`: those that are there by now. */
function allIn(words: TokenReader, { catalog, database }: SqlSession): readonly CatalogObject[] | undefined {
  const kinds = new Set(PLURALS[words.next()?.text ?? '']);
  if (kinds.size === 0 || !words.take('in', 'schema')) return undefined;
  const schemas = new Set<string>();
  do schemas.add(words.name() ?? '');
  while (words.take(','));
  return [...catalog.objects].filter(
    (object) => kinds.has(object.kind) && object.database === database && schemas.has(object.schema ?? ''),
  );
}

function granteesOf(words: TokenReader, session: SqlSession, place: Place): readonly string[] {
  const grantees: string[] = [];
  do {
    words.take('group');
    if (words.take('public')) grantees.push(PUBLIC);
    else if (words.take('current_user') || words.take('session_user') || words.take('current_role'))
      session.note(place, 'a grant to whoever runs the script: who that is cannot be told');
    else {
      const name = words.name();
      if (name !== undefined) grantees.push(name);
    }
  } while (words.take(','));
  return grantees;
}

type Step = Omit<CatalogObject['steps'][number], 'privileges'>;

function addStep(object: CatalogObject, { privilege, columns }: Named, step: Step, { catalog }: SqlSession): void {
  const privileges = privilege === 'ALL' ? 'all' : [privilege];
  if (columns.length === 0) {
    object.steps.push({ ...step, privileges });
    return;
  }
  if (!isRelation(object.kind)) return;
  for (const name of columns) {
    const { database, schema } = object;
    const names = { ...(database === undefined ? {} : { database }), ...(schema === undefined ? {} : { schema }) };
    catalog.object('column', { ...names, table: object, name }, step.place).steps.push({ ...step, privileges });
  }
}

/** Kept as text on what they are for: they change what objects that are made later let whom do, and nothing that is there. */
export function readDefaults(tokens: readonly Token[], session: SqlSession, place: Place): void {
  const words = new TokenReader(tokens);
  const schemas: string[] = [];
  const found = words.skipTo(new Set(['schema', 'grant', 'revoke']));
  if (found === 'schema') {
    do schemas.push(words.name() ?? '');
    while (words.take(','));
  }
  const text = written(tokens.slice(3)).slice(0, MAX_DEFAULT);
  if (schemas.length === 0) objectIn(session, 'database', [session.database], place).defaults.push(text);
  for (const schema of schemas) objectIn(session, 'schema', [schema], place).defaults.push(text);
}

const MAX_DEFAULT = 1_000;
