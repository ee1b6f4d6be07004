/**
 * What the database needs before a graph can lie in it: constraints and indexes, in steps that are made once and in
 * order. A step that stands here is never changed; what has to change is a new step.
 */
import { EDGE_KINDS } from '../../engine/model/index.ts';
import { type Statement, statement } from '../statement.ts';
import { wordOf } from '../words.ts';

/** A constraint or an index, by the name that it has in the database. */
export interface Rule {
  readonly name: string;
  readonly statement: Statement;
}

export interface Migration {
  /** The format that the database has after it. */
  readonly format: number;
  readonly rules: readonly Rule[];
}

const rule = (name: string, statementName: string, text: string): Rule => ({
  name,
  statement: statement({ name: statementName, mode: 'schema', parameters: {}, text }),
});

const unique = (label: string, property: string): Rule => {
  const name = `grantlens_${label.toLowerCase()}_${property}`;
  return rule(
    name,
    `schema.unique-${label.toLowerCase()}-${property}`,
    `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.${property} IS UNIQUE`,
  );
};

const index = (label: string, property: string): Rule => {
  const name = `grantlens_${label.toLowerCase()}_${property}`;
  return rule(
    name,
    `schema.index-${label.toLowerCase()}-${property}`,
    `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`,
  );
};

/** The indexes by which an edge is found by its id, one for each kind. */
export const EDGE_INDEXES: readonly Rule[] = EDGE_KINDS.map((kind) =>
  rule(
    `grantlens_${kind.toLowerCase()}_id`,
    `schema.index-edges.${wordOf(kind)}`,
    `CREATE INDEX grantlens_${kind.toLowerCase()}_id IF NOT EXISTS FOR ()-[r:${kind}]-() ON (r.id)`,
  ),
);

/** While a large batch has both the old and the new one of an edge or a use, two of them bear one id: no constraint there. */
export const MIGRATIONS: readonly Migration[] = [
  {
    format: 1,
    rules: [
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

export const SCHEMA_STATEMENTS: readonly Statement[] = MIGRATIONS.flatMap(({ rules }) =>
  rules.map((each) => each.statement),
);
