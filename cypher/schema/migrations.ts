/**
 * What the database needs before a graph can lie in it: constraints and indexes, in steps that are made once and in
 * order. A step that stands here is never changed; what has to change is a new step.
 */
import { EDGE_KINDS } from '../../engine/model/index.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';

export interface Migration {
  /** The format that the database has after it. */
  readonly format: number;
  readonly statements: readonly Statement[];
}

const schema = (name: string, text: string): Statement => statement({ name, mode: 'schema', parameters: {}, text });

const unique = (label: string, property: string): Statement => {
  const name = `grantlens_${label.toLowerCase()}_${property}`;
  return schema(
    `schema.unique-${label.toLowerCase()}-${property}`,
    `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${property} IS UNIQUE`,
  );
};

const index = (label: string, property: string): Statement => {
  const name = `grantlens_${label.toLowerCase()}_${property}`;
  return schema(
    `schema.index-${label.toLowerCase()}-${property}`,
    `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`,
  );
};

/** The indexes by which an edge is found by its id, one for each kind. */
export const EDGE_INDEXES: readonly Statement[] = EDGE_KINDS.map((kind) =>
  schema(
    `schema.index-edges.${wordOf(kind)}`,
    `CREATE INDEX grantlens_${kind.toLowerCase()}_id IF NOT EXISTS FOR ()-[r:${kind}]-() ON (r.id)`,
  ),
);

/** While a large batch has both the old and the new one of an edge or a use, two of them bear one id: no constraint there. */
export const MIGRATIONS: readonly Migration[] = [
  {
    format: 1,
    statements: [
      unique('GraphHead', 'name'),
      unique('Entity', 'id'),
      unique('GraphBatch', 'id'),
      unique('GraphBatch', 'version'),
      unique('GraphDocument', 'name'),
      unique('SourceStatus', 'source'),
      index('JournalChunk', 'version'),
      index('DanglingEdge', 'id'),
      index('DanglingEdge', 'from'),
      index('DanglingEdge', 'to'),
      index('AccessUse', 'key'),
      ...EDGE_INDEXES,
    ],
  },
];

export const SCHEMA_STATEMENTS: readonly Statement[] = MIGRATIONS.flatMap((migration) => migration.statements);
