/** What can be granted on what: chapter 5.8 of the manual, "Privileges". */

/** Kinds of object that have an owner or privileges. */
export type ObjectKind =
  | 'database'
  | 'schema'
  | 'table'
  | 'view'
  | 'materialized-view'
  | 'foreign-table'
  | 'sequence'
  | 'function'
  | 'type'
  | 'language'
  | 'large-object'
  | 'foreign-data-wrapper'
  | 'foreign-server'
  | 'tablespace'
  | 'parameter'
  | 'column';

const RELATION = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'] as const;
const USAGE = ['USAGE'] as const;

const PRIVILEGES: Readonly<Record<ObjectKind, readonly string[]>> = Object.freeze({
  database: ['CONNECT', 'CREATE', 'TEMPORARY'],
  schema: ['CREATE', 'USAGE'],
  table: RELATION,
  view: RELATION,
  'materialized-view': RELATION,
  'foreign-table': RELATION,
  sequence: ['SELECT', 'UPDATE', 'USAGE'],
  function: ['EXECUTE'],
  type: USAGE,
  language: USAGE,
  'large-object': ['SELECT', 'UPDATE'],
  'foreign-data-wrapper': USAGE,
  'foreign-server': USAGE,
  tablespace: ['CREATE'],
  parameter: ['SET', 'ALTER SYSTEM'],
  column: ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'],
});

/** What everyone has on a new object of the kind until it is revoked. */
export const BY_DEFAULT: Readonly<Partial<Record<ObjectKind, readonly string[]>>> = Object.freeze({
  database: ['CONNECT', 'TEMPORARY'],
  function: ['EXECUTE'],
  type: USAGE,
  language: USAGE,
});

const RELATIONS: ReadonlySet<ObjectKind> = new Set(['table', 'view', 'materialized-view', 'foreign-table']);
export const isRelation = (kind: ObjectKind): boolean => RELATIONS.has(kind);

/** Kinds that are reached by their name in a schema alone: of no use without USAGE on it. A sequence is reached by number too. */
export const needsSchema = (kind: ObjectKind): boolean => isRelation(kind) || kind === 'function' || kind === 'type';

/** All that `GRANT ALL` stands for. @param version of the server, its first number; undefined where that is not known */
export const allOf = (kind: ObjectKind, version: number | undefined): readonly string[] =>
  isRelation(kind) && (version ?? 0) >= 17 ? [...PRIVILEGES[kind], 'MAINTAIN'] : PRIVILEGES[kind];

/** What row security filters. */
export const ROW_PRIVILEGES: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);

/** The privilege to hand a privilege on, in the words of the functions of the server that test for it. */
export const withGrantOption = (privilege: string): string => `${privilege} WITH GRANT OPTION`;
