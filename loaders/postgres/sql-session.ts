import type { Problems } from '../../engine/model/index.ts';
import type { Catalog, CatalogObject, ObjectNames, Place } from './catalog.ts';
import type { ObjectKind } from './privileges.ts';

/** Where a script stands while it is read: the file, the database that it is connected to, the schema of plain names. */
export interface SqlSession {
  readonly catalog: Catalog;
  readonly problems: Problems;
  /** Counts what nothing is made of. @param why the same text for all of a kind */
  readonly note: (place: Place, why: string) => void;
  readonly file: string;
  database: string;
  /** Called before anything is told of what lies in the database at hand. */
  readonly begin: (place: Place) => void;
  /** Of names without one. */
  schema: string;
}

/** Kinds that belong to the cluster and not to a database. */
const OF_CLUSTER: ReadonlySet<ObjectKind> = new Set(['database', 'tablespace', 'parameter']);
/** Kinds that lie in a database and in no schema. */
const OF_DATABASE: ReadonlySet<ObjectKind> = new Set([
  'schema',
  'language',
  'large-object',
  'foreign-data-wrapper',
  'foreign-server',
]);

/** What names an object of a kind, from the parts of its name as they are written. */
export function namesOf(kind: ObjectKind, parts: readonly string[], session: SqlSession): ObjectNames {
  const name = parts.at(-1) ?? '';
  if (OF_CLUSTER.has(kind)) return { name: parts.join('.') };
  const { database } = session;
  if (OF_DATABASE.has(kind)) return { database, name };
  return { database, schema: parts.length > 1 ? parts.at(-2)! : session.schema, name };
}

export function objectIn(session: SqlSession, kind: ObjectKind, parts: readonly string[], place: Place): CatalogObject {
  if (!OF_CLUSTER.has(kind)) session.begin(place);
  return session.catalog.object(kind, namesOf(kind, parts, session), place);
}
