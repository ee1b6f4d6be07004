import { expect } from 'vitest';
import type { StatementCase } from '../case.ts';
import { ADA, dangling, EDGE_COLUMNS, edge, forEdgeKinds, head, USE } from './facts.ts';

/** Names of properties, in whatever order the database has them. */
const KEYS: unknown = expect.arrayContaining(['id', 'since', 'useCount']);

export const VERIFY_CASES: Readonly<Record<string, StatementCase>> = {
  'verify.head': {
    given: [head("pendingToken: 't', pendingChunks: 2, sweeping: 3")],
    rows: [[4, 1, 'c4', ['hr', 'apps'], 't', 2, 3, 6]],
    profile: {},
  },
  'verify.nodes': {
    given: [ADA],
    rows: [
      [
        expect.arrayContaining(['Entity', 'Principal', 'Identity', 'User']),
        {
          id: 'ada',
          kind: 'User',
          name: 'Ada',
          sources: ['hr'],
          records: ['of hr'],
          search: 'ada',
          since: 1,
          changed: 2,
        },
      ],
    ],
    profile: {},
  },
  ...forEdgeKinds('verify.edges', (kind) => ({
    given: [edge(kind, 'since: 3, until: 9')],
    rows: [[3, 9, KEYS, 'User', 'Group', kind, 'from', 'to', ...EDGE_COLUMNS]],
    profile: {},
  })),
  'verify.dangling': {
    given: [dangling(), "CREATE (:Entity {id: 'from', kind: 'User'})"],
    rows: [[3, null, KEYS, 'User', null, 'GRANTS', 'from', 'to', ...EDGE_COLUMNS]],
    profile: {},
  },
  'verify.uses': {
    given: [USE],
    rows: [[3, null, 'u', 'ada', 'read', 'db', 'hr', 5000, 2]],
    profile: {},
  },
  'verify.documents': {
    given: ["CREATE (:GraphDocument {name: 'n', longName: 'long', value: '1', revision: 2, token: 't'})"],
    rows: [['n', 'long', '1', 2]],
    profile: {},
  },
};
