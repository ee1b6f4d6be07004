/** Facts of which cases are made, as Cypher. */
import { EDGE_KINDS, type EdgeKind, NODE_KINDS, type NodeKind } from '../../../engine/model/index.ts';
import type { StatementCase } from '../case.ts';

/** The word of a kind in the names of statements. */
const word = (kind: string): string => kind.toLowerCase().replaceAll('_', '-');

type Cases = Record<string, StatementCase>;

/** A case for each kind of edge. */
export const forEdgeKinds = (name: string, make: (kind: EdgeKind) => StatementCase): Cases =>
  Object.fromEntries(EDGE_KINDS.map((kind) => [`${name}.${word(kind)}`, make(kind)]));

export const forNodeKinds = (name: string, make: (kind: NodeKind) => StatementCase): Cases =>
  Object.fromEntries(NODE_KINDS.map((kind) => [`${name}.${word(kind)}`, make(kind)]));

export const ADA = `CREATE (:Entity:Principal:Identity:User
  {id: 'ada', kind: 'User', name: 'Ada', sources: ['hr'], records: ['of hr'], search: 'ada', since: 1, changed: 2})`;

/** Of two sources, disabled, with an id too long for an index, and not there any more from version 5 on. */
export const LONG_BO = `CREATE (:Entity:Principal:Identity:User {id: 'sha256:bo', longId: 'bo', kind: 'User', name: 'Bo',
  sources: ['apps', 'hr'], records: ['of apps', 'of hr'], search: 'bo', disabled: true, since: 3, changed: 4, until: 5})`;

/** What statements tell of the edge of `edge` and `DANGLING`, in the order of the store's columns. */
export const EDGE_COLUMNS = [
  'e',
  's',
  'k',
  ['read'],
  ['x'],
  'DENY',
  false,
  'reset',
  'c',
  0,
  1000,
  'v',
  2000,
  7,
] as const;

const FIELDS = `id: 'e', source: 's', key: 'k', actions: ['read'], exceptActions: ['x'], effect: 'DENY', inherit: false,
  technique: 'reset', condition: 'c', validFrom: datetime({epochMillis: 0}), validTo: datetime({epochMillis: 1000}),
  evidence: 'v', lastUsedAt: datetime({epochMillis: 2000}), useCount: 7`;

/** `from` and `to`, whose ids are `from` and, by its longId, `to`; and an edge with everything an edge may have. */
export const edge = (kind: EdgeKind, more = 'since: 3'): string => `
  CREATE (:Entity {id: 'from', kind: 'User', since: 1, changed: 1})-[:${kind} {${FIELDS}, ${more}}]->
         (:Entity {id: 'sha256:to', longId: 'to', kind: 'Group', since: 1, changed: 1})`;

/** An edge without effect that says the same. */
export const dangling = (more = 'since: 3'): string =>
  `CREATE (:DanglingEdge {kind: 'GRANTS', from: 'from', to: 'sha256:to', longTo: 'to', ${FIELDS}, ${more}})`;

export const USE = `CREATE (:AccessUse {key: 'u', identity: 'ada', action: 'read', resource: 'db', source: 'hr',
  lastUsedAt: datetime({epochMillis: 5000}), useCount: 2, since: 3})`;

/** The head of a graph at version 4. */
export const head = (more = ''): string =>
  `CREATE (:GraphHead {name: 'head', version: 4, format: 1, oldest: 1, sweptTo: 2, chain: 'c4', documents: 6,
    precedence: ['hr', 'apps']${more === '' ? '' : `, ${more}`}})`;

export const HEAD = `MATCH (h:GraphHead) RETURN`;
