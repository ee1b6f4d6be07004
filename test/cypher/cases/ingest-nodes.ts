import { kindLabels, NODE_COLUMNS } from '../../../cypher/index.ts';
import type { NodeKind } from '../../../engine/model/index.ts';
import { asked, type StatementCase } from '../case.ts';
import { ADA, forNodeKinds, LONG_BO, USE } from './facts.ts';
import { REF } from './reference.ts';

const ref = (id: string) => asked(`MATCH (n:Entity {id: '${id}'}) RETURN id(n)`);
const useRef = asked('MATCH (u:AccessUse) RETURN id(u)');
const IDS = asked('MATCH (n:Entity) WITH n.id AS id ORDER BY id LIMIT 100 RETURN collect(id)');
const ADA_ROW = [REF, 'ada', 'User', 1, 2, ['of hr']];
const BO_ROW = [REF, 'bo', 'User', 3, 4, ['of apps', 'of hr']];
const UNTILS = 'MATCH (n:Entity) RETURN n.id, n.until ORDER BY n.id';
const LABELS: Readonly<Record<NodeKind, readonly string[]>> = {
  User: ['Entity', 'Identity', 'Principal', 'User'],
  ServiceAccount: ['Entity', 'Identity', 'Principal', 'ServiceAccount'],
  Group: ['Entity', 'Group', 'Principal'],
  Role: ['Entity', 'Principal', 'Role'],
  Resource: ['Entity', 'Resource'],
};
/** What is null is not set. */
const NEW_NODE: Readonly<Record<string, unknown>> = { id: 'n', name: 'N', sources: ['hr'], records: ['of hr'] };
const labelled = 'MATCH (n:Entity) UNWIND labels(n) AS label WITH n, label ORDER BY label RETURN n.id, collect(label)';
/** The same use as of another version. */
const usedAt = (more: string): string => USE.replace('since: 3', more);

export const NODE_CASES: Readonly<Record<string, StatementCase>> = {
  'ingest.find-nodes': {
    given: [ADA, LONG_BO],
    parameters: { ids: ['sha256:bo', 'unknown', 'ada'] },
    rows: [BO_ROW, ADA_ROW],
    profile: { ids: IDS },
  },
  'ingest.find-ends': {
    given: [ADA, LONG_BO],
    parameters: { ids: ['sha256:bo', 'ada'] },
    rows: [
      [REF, 'bo', 'User'],
      [REF, 'ada', 'User'],
    ],
    profile: { ids: IDS },
  },
  'ingest.merged-nodes': { given: [ADA, LONG_BO], rows: [BO_ROW], profile: {} },
  'ingest.nodes-of-sources': {
    given: [ADA, LONG_BO],
    parameters: { sources: ['apps', 'unknown'] },
    rows: [BO_ROW],
    profile: { sources: ['cloud'] },
  },
  'ingest.count-nodes': { given: [ADA, LONG_BO], rows: [[2]], profile: {} },
  'ingest.create-nodes': {
    parameters: {
      labels: kindLabels('ServiceAccount'),
      rows: [NODE_COLUMNS.map((column) => NEW_NODE[column] ?? null)],
      version: 4,
    },
    rows: [[[0], [REF]]],
    after: [
      'MATCH (n:Entity) UNWIND labels(n) AS label WITH n, label ORDER BY label RETURN collect(label), properties(n)',
      [[LABELS.ServiceAccount, { ...NEW_NODE, since: 4, changed: 4 }]],
    ],
  },
  ...forNodeKinds('ingest.relabel-nodes', (kind) => ({
    given: [ADA],
    parameters: { refs: [ref('ada')] },
    rows: [],
    after: [labelled, [['ada', LABELS[kind]]]],
  })),
  'ingest.change-nodes': {
    given: [ADA, LONG_BO],
    parameters: { rows: [{ ref: ref('ada'), properties: { id: 'ada', name: 'Ada L.' } }] },
    rows: [],
    after: [
      'MATCH (n:Entity) RETURN n.id, n.name, n.kind ORDER BY n.id',
      [
        ['ada', 'Ada L.', null],
        ['sha256:bo', 'Bo', 'User'],
      ],
    ],
  },
  'ingest.delete-nodes': {
    given: [ADA, LONG_BO],
    parameters: { refs: [ref('ada')] },
    rows: [],
    after: ['MATCH (n:Entity) RETURN n.id', [['sha256:bo']]],
  },
  'ingest.mark-nodes': {
    given: [ADA, LONG_BO],
    parameters: { refs: [ref('ada')], until: 6 },
    rows: [],
    after: [
      UNTILS,
      [
        ['ada', 6],
        ['sha256:bo', 5],
      ],
    ],
  },
  'ingest.unmark-nodes': {
    given: [ADA, LONG_BO],
    parameters: { ids: ['ada', 'sha256:bo'], until: 5 },
    rows: [],
    after: [
      UNTILS,
      [
        ['ada', null],
        ['sha256:bo', null],
      ],
    ],
  },
  'ingest.sweep-nodes': {
    given: [ADA, LONG_BO],
    parameters: { ids: ['ada', 'sha256:bo'], until: 5 },
    rows: [],
    after: [UNTILS, [['ada', null]]],
  },
  'ingest.unmake-nodes': {
    given: [ADA, LONG_BO],
    parameters: { ids: ['ada', 'sha256:bo'], since: 3 },
    rows: [],
    after: [UNTILS, [['ada', null]]],
  },
  'ingest.find-uses': {
    given: [USE],
    parameters: { keys: ['u', 'unknown'] },
    rows: [[REF, 3, 'ada', 'read', 'db', 'hr', 5000, 2]],
    profile: { keys: asked('MATCH (u:AccessUse) WITH u.key AS key ORDER BY key LIMIT 50 RETURN collect(key)') },
  },
  'ingest.uses-of-sources': {
    given: [USE],
    parameters: { sources: ['hr'] },
    rows: [[REF, 3, 'ada', 'read', 'db', 'hr', 5000, 2]],
    profile: { sources: ['cloud'] },
  },
  'ingest.create-uses': {
    parameters: { rows: [{ key: 'u', identity: 'ada' }] },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN properties(u)', [[{ key: 'u', identity: 'ada' }]]],
  },
  'ingest.delete-uses': {
    given: [USE],
    parameters: { refs: [useRef] },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN u', []],
  },
  'ingest.mark-uses': {
    given: [USE],
    parameters: { refs: [useRef], until: 5 },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN u.until', [[5]]],
  },
  'ingest.unmark-uses': {
    given: [usedAt('since: 3, until: 5'), usedAt('since: 3, until: 9')],
    parameters: { keys: ['u'], until: 5 },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN u.until ORDER BY u.until', [[9], [null]]],
  },
  'ingest.sweep-uses': {
    given: [usedAt('since: 3, until: 5'), usedAt('since: 3, until: 9')],
    parameters: { keys: ['u'], until: 5 },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN u.until', [[9]]],
  },
  'ingest.unmake-uses': {
    given: [USE, usedAt('since: 2')],
    parameters: { keys: ['u'], since: 3 },
    rows: [],
    after: ['MATCH (u:AccessUse) RETURN u.since', [[2]]],
  },
};
