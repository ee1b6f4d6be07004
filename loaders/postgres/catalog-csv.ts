/** Reads the answers of the queries of docs/loaders/postgres.md, saved with `psql --csv`, into a catalog. */
import type { Problems } from '../../engine/model/index.ts';
import type { Dialect } from '../csv/mapping.ts';
import { readRows } from '../csv/rows.ts';
import type { InputFile } from '../formats/input-files.ts';
import { inputError } from '../formats/unreadable.ts';
import { type Catalog, type CatalogObject, type Place, PUBLIC } from './catalog.ts';
import type { ObjectKind } from './privileges.ts';

const DIALECT: Dialect = {
  delimiter: ',',
  quote: '"',
  comment: undefined,
  encoding: 'utf-8',
  header: true,
  columns: [],
};

const COLUMNS = {
  roles: ['role', 'superuser', 'inherit', 'createrole', 'createdb', 'login', 'replication', 'bypassrls', 'connlimit'],
  memberships: ['role', 'member', 'admin'],
  objects: ['kind', 'database', 'schema', 'name', 'owner', 'acl'],
  policies: ['database', 'schema', 'table', 'policy'],
} as const;
type Table = keyof typeof COLUMNS;

type Cells = (column: string) => string;

/** @throws what `readRows` throws; InputError for a file without the columns of one of the queries */
export async function readCatalogCsv(file: InputFile, catalog: Catalog, problems: Problems): Promise<Table> {
  let header: ReadonlyMap<string, number> | undefined;
  let table: Table | undefined;
  for await (const rows of readRows(file.path, DIALECT, file.options)) {
    for (const { line, cells } of rows) {
      if (header === undefined) {
        header = new Map(cells.map((name, at) => [name, at]));
        table = tableOf(header, file);
        continue;
      }
      if (cells.length !== header.size) {
        const message = `has ${cells.length} cells, the header ${header.size}`;
        problems.add({ file: file.shownAs, line, message });
        continue;
      }
      const known = header;
      const cell: Cells = (column) => cells[known.get(column) ?? -1] ?? '';
      READ[table!](cell, catalog, { file: file.shownAs, line }, problems);
    }
  }
  if (table === undefined) throw inputError(file.shownAs, undefined, 'the file is empty');
  return table;
}

function tableOf(header: ReadonlyMap<string, number>, { shownAs }: InputFile): Table {
  const found = (Object.keys(COLUMNS) as Table[]).find((table) => COLUMNS[table].every((column) => header.has(column)));
  if (found !== undefined) return found;
  const message = 'has the columns of none of the queries of docs/loaders/postgres.md; save them with psql --csv';
  throw inputError(shownAs, 1, message);
}

const READ: Readonly<Record<Table, (cell: Cells, catalog: Catalog, place: Place, problems: Problems) => void>> = {
  roles: readRole,
  memberships: readMembership,
  objects: readObject,
  policies: readPolicy,
};

/** psql writes truth as `t` and `f`. */
const isTrue = (text: string): boolean => text === 't' || text === 'true';

function needed(cell: Cells, columns: readonly string[], place: Place, problems: Problems): boolean {
  const empty = columns.find((column) => cell(column) === '');
  if (empty !== undefined) problems.add({ ...place, field: empty, message: 'is empty' });
  return empty === undefined;
}

function readRole(cell: Cells, catalog: Catalog, place: Place, problems: Problems): void {
  if (!needed(cell, ['role', 'superuser', 'login'], place, problems)) return;
  const role = catalog.role(cell('role'), place);
  role.superuser = isTrue(cell('superuser'));
  role.inherit = isTrue(cell('inherit'));
  role.createRole = isTrue(cell('createrole'));
  role.createDb = isTrue(cell('createdb'));
  role.login = isTrue(cell('login'));
  role.replication = isTrue(cell('replication'));
  role.bypassRls = isTrue(cell('bypassrls'));
  const limit = Number(cell('connlimit'));
  if (cell('connlimit') !== '' && Number.isSafeInteger(limit)) role.connectionLimit = limit;
  if (cell('validuntil') !== '' && cell('validuntil') !== 'infinity') role.validUntil = cell('validuntil');
  if (cell('comment') !== '') role.comment = cell('comment');
  const version = Number(cell('version'));
  if (version >= 10_000) catalog.version = Math.floor(version / 10_000);
}

function readMembership(cell: Cells, catalog: Catalog, place: Place, problems: Problems): void {
  if (!needed(cell, ['role', 'member'], place, problems)) return;
  const inherit = cell('inherit');
  catalog.memberships.push({
    member: cell('member'),
    role: cell('role'),
    admin: isTrue(cell('admin')),
    inherit: inherit === '' ? undefined : isTrue(inherit),
    set: cell('set') === '' || isTrue(cell('set')),
    place,
  });
}

const KINDS: ReadonlySet<string> = new Set<ObjectKind>([
  'database',
  'schema',
  'table',
  'view',
  'materialized-view',
  'foreign-table',
  'sequence',
  'function',
  'type',
  'language',
  'large-object',
  'foreign-data-wrapper',
  'foreign-server',
  'tablespace',
  'parameter',
  'column',
]);

function readObject(cell: Cells, catalog: Catalog, place: Place, problems: Problems): void {
  if (!needed(cell, ['kind', 'name'], place, problems)) return;
  const kind = cell('kind') as ObjectKind;
  if (!KINDS.has(kind)) {
    problems.add({
      ...place,
      field: 'kind',
      message: `${JSON.stringify(kind)} is no kind of object that is known here`,
    });
    return;
  }
  const names = {
    ...(cell('database') === '' ? {} : { database: cell('database') }),
    ...(cell('schema') === '' ? {} : { schema: cell('schema') }),
    name: cell('name'),
  };
  const object =
    kind === 'column'
      ? catalog.object(
          kind,
          { ...names, table: catalog.object('table', { ...names, name: cell('table') }, place) },
          place,
        )
      : catalog.object(kind, names, place);
  object.kind = kind;
  object.created = true;
  if (kind === 'database') catalog.knownDatabases.add(object.name);
  if (cell('owner') !== '') object.owner = cell('owner');
  object.rowSecurity = cell('rowsecurity') !== '' && cell('rowsecurity') !== 'off';
  object.forced = cell('rowsecurity') === 'forced';
  object.definer = cell('definer') !== '';
  object.searchPath = cell('definer') === 'search_path';
  readAcl(cell('acl'), object, place, problems);
}

/** `[["readers","SELECT",false], [null,"USAGE",false]]`: all there is, defaults too; null is everyone. */
function readAcl(text: string, object: CatalogObject, place: Place, problems: Problems): void {
  const entries = entriesOf(text);
  if (entries === undefined) {
    problems.add({ ...place, field: 'acl', message: 'must be a JSON list of [grantee, privilege, grantable]' });
    return;
  }
  const base = { grantable: false, place, privileges: [], grantee: PUBLIC };
  object.steps.push({ ...base, does: 'forget defaults' });
  for (const [grantee, privilege, grantable] of entries)
    object.steps.push({ does: 'grant', privileges: [privilege], grantee: grantee ?? PUBLIC, grantable, place });
}

type Entry = readonly [grantee: string | null, privilege: string, grantable: boolean];

function entriesOf(text: string): readonly Entry[] | undefined {
  if (text === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(value) && value.every(isEntry) ? value : undefined;
}

const isEntry = (entry: unknown): entry is Entry =>
  Array.isArray(entry) &&
  entry.length === 3 &&
  (entry[0] === null || (typeof entry[0] === 'string' && entry[0] !== '')) &&
  typeof entry[1] === 'string' &&
  typeof entry[2] === 'boolean';

function readPolicy(cell: Cells, catalog: Catalog, place: Place, problems: Problems): void {
  if (!needed(cell, ['table', 'policy'], place, problems)) return;
  const names = { database: cell('database'), schema: cell('schema'), name: cell('table') };
  catalog.object('table', names, place).policies.push(`${cell('policy')}: ${cell('definition')}`.slice(0, 300));
}
