/** Privileges on the objects of a PostgreSQL server. */
import type { SensitivityRule } from './rule.ts';

/** What is said of privileges on a type: name, type, id, privileges (all when undefined), weight, reason. */
type Line = readonly [
  name: string,
  type: string,
  id: string | undefined,
  privileges: readonly string[] | undefined,
  weight: number,
  because: string,
];

const SECRETS = ['*password*', '*passwd*', '*secret*', '*credential*', '*token*', '*api_key*', '*apikey*'] as const;
const HOLDERS = ['postgres-table', 'postgres-view', 'postgres-column'] as const;

const LINES: readonly Line[] = [
  [
    'copy the server',
    'postgres-cluster',
    undefined,
    ['REPLICATION', 'SELECT'],
    0.9,
    'A copy holds every row and the passwords of all roles.',
  ],
  ['make roles', 'postgres-cluster', undefined, ['CREATEROLE'], 0.8, 'Before version 16 any role but superusers.'],
  ['pass row security', 'postgres-cluster', undefined, ['BYPASSRLS'], 0.6, 'All rows of tables that hide some.'],
  ['make databases', 'postgres-cluster', undefined, ['CREATEDB'], 0.3, 'Space, and copies of templates.'],
  [
    'rule the server',
    'postgres-cluster',
    undefined,
    undefined,
    1,
    'Every row, and the account that the server runs as.',
  ],
  [
    'settings of the server',
    'postgres-parameter',
    undefined,
    ['ALTER SYSTEM*', 'SET*'],
    0.6,
    'Some settings load code.',
  ],
  ...HOLDERS.flatMap((type) =>
    SECRETS.map(
      (id): Line => [
        `${id.replaceAll('*', '')} in the name of a ${type.slice('postgres-'.length)}`,
        type,
        id,
        undefined,
        0.9,
        'By its name it holds secrets.',
      ],
    ),
  ),
  [
    'other servers',
    'postgres-foreign-server',
    undefined,
    undefined,
    0.4,
    'Reached with the passwords that are kept for it.',
  ],
  ['connect', 'postgres-database', undefined, ['CONNECT', 'TEMPORARY'], 0.05, 'Gives nothing by itself.'],
  ['own a database', 'postgres-database', undefined, undefined, 0.6, 'Can be dropped, and schemas made in it.'],
  ['use a schema', 'postgres-schema', undefined, ['USAGE'], 0.05, 'Gives nothing by itself.'],
];

export const POSTGRES_RULES: readonly SensitivityRule[] = LINES.map(([name, type, id, actions, weight, because]) => ({
  name: `PostgreSQL: ${name}`,
  resource: { type, ...(id === undefined ? {} : { id }) },
  ...(actions === undefined ? {} : { actions }),
  weight,
  because,
}));
