import { columnsOf } from '../../../cypher/index.ts';
import type { EdgeKind } from '../../../engine/model/index.ts';
import { asked, type StatementCase } from '../case.ts';
import { dangling, EDGE_COLUMNS, edge, forEdgeKinds } from './facts.ts';
import { REF } from './reference.ts';

const refOf = (kind: EdgeKind) => asked(`MATCH ()-[r:${kind}]->() RETURN id(r)`);
const nodeRef = (id: string) => asked(`MATCH (n:Entity {id: '${id}'}) RETURN id(n)`);
const danglingRef = asked('MATCH (d:DanglingEdge) RETURN id(d)');
const idsOf = (kind: EdgeKind) =>
  asked(`MATCH ()-[r:${kind}]->() WITH r.id AS id ORDER BY id LIMIT 100 RETURN collect(id)`);
const untils = (kind: EdgeKind) => `MATCH ()-[r:${kind}]->() RETURN r.until`;
const DANGLING_UNTILS = 'MATCH (d:DanglingEdge) RETURN d.until';
const DANGLING_ROW = [REF, 3, 'GRANTS', 'from', 'to', ...EDGE_COLUMNS];
/** Which edges a batch made or removes is told by the version beside the id. */
const OTHER = { since: 'since: 2', until: 'since: 3, until: 9' };

const NEW_EDGE: Readonly<Record<string, unknown>> = { id: 'new', source: 's', condition: 'c', useCount: 2 };

const found = (kind: EdgeKind): readonly (readonly unknown[])[] => [[REF, 3, kind, 'from', 'to', ...EDGE_COLUMNS]];

const made = (kind: EdgeKind): StatementCase => ({
  given: ["CREATE (:Entity {id: 'a'}), (:Entity {id: 'b'})"],
  parameters: {
    type: kind,
    rows: [[nodeRef('a'), nodeRef('b'), ...columnsOf(kind).map((column) => NEW_EDGE[column] ?? null)]],
    version: 4,
  },
  rows: [],
  // What is null is not set.
  after: [
    'MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)',
    [['a', kind, 'b', { ...NEW_EDGE, since: 4 }]],
  ],
});

export const EDGE_CASES: Readonly<Record<string, StatementCase>> = {
  ...forEdgeKinds('ingest.find-edges', (kind) => ({
    given: [edge(kind)],
    parameters: { ids: ['unknown', 'e'] },
    rows: found(kind),
    profile: { ids: idsOf(kind) },
  })),
  ...forEdgeKinds('ingest.edges-of-sources', (kind) => ({
    given: [edge(kind)],
    parameters: { sources: ['s', 'unknown'] },
    rows: found(kind),
    profile: { sources: ['cloud'] },
  })),
  'ingest.create-edges': made('CAN_ASSUME'),
  'ingest.create-grants': made('GRANTS'),
  ...forEdgeKinds('ingest.delete-edges', (kind) => ({
    given: [edge(kind)],
    parameters: { refs: [refOf(kind)] },
    rows: [],
    after: [`MATCH ()-[r]->() RETURN count(r)`, [[0]]],
  })),
  ...forEdgeKinds('ingest.mark-edges', (kind) => ({
    given: [edge(kind)],
    parameters: { refs: [refOf(kind)], until: 5 },
    rows: [],
    after: [untils(kind), [[5]]],
  })),
  ...forEdgeKinds('ingest.unmark-edges', (kind) => ({
    given: [
      edge(kind, 'since: 3, until: 5'),
      edge(kind, OTHER.until).replaceAll("'from'", "'x'").replaceAll("'sha256:to'", "'y'"),
    ],
    parameters: { ids: ['e'], until: 5 },
    rows: [],
    after: [`${untils(kind)} ORDER BY r.until`, [[9], [null]]],
  })),
  ...forEdgeKinds('ingest.sweep-edges', (kind) => ({
    given: [
      edge(kind, 'since: 3, until: 5'),
      edge(kind, OTHER.until).replaceAll("'from'", "'x'").replaceAll("'sha256:to'", "'y'"),
    ],
    parameters: { ids: ['e'], until: 5 },
    rows: [],
    after: [untils(kind), [[9]]],
  })),
  ...forEdgeKinds('ingest.unmake-edges', (kind) => ({
    given: [edge(kind), edge(kind, OTHER.since).replaceAll("'from'", "'x'").replaceAll("'sha256:to'", "'y'")],
    parameters: { ids: ['e'], since: 3 },
    rows: [],
    after: [`MATCH ()-[r:${kind}]->() RETURN r.since`, [[2]]],
  })),
  'ingest.edges-of-nodes': {
    given: [edge('MEMBER_OF')],
    parameters: { refs: [nodeRef('from')] },
    rows: [[REF, 3, 'MEMBER_OF', 'from', 'to', ...EDGE_COLUMNS, REF, 'User', REF, 'Group']],
    profile: { refs: asked('MATCH (n:User) WITH n ORDER BY n.id LIMIT 100 RETURN collect(id(n))') },
  },
  'ingest.count-dangling': { given: [dangling()], rows: [[1]], profile: {} },
  'ingest.find-dangling': { given: [dangling()], parameters: { ids: ['e', 'unknown'] }, rows: [DANGLING_ROW] },
  'ingest.dangling-of-sources': { given: [dangling()], parameters: { sources: ['s'] }, rows: [DANGLING_ROW] },
  'ingest.dangling-at': {
    given: [dangling()],
    // By either end, and once only where both are asked for in one key.
    parameters: { ids: ['from', 'sha256:to', 'unknown'] },
    rows: [DANGLING_ROW, DANGLING_ROW],
  },
  'ingest.create-dangling': {
    parameters: { rows: [{ id: 'e', kind: 'OWNS', from: 'a', to: 'b', since: 2 }] },
    rows: [],
    after: ['MATCH (d:DanglingEdge) RETURN properties(d)', [[{ id: 'e', kind: 'OWNS', from: 'a', to: 'b', since: 2 }]]],
  },
  'ingest.delete-dangling': {
    given: [dangling()],
    parameters: { refs: [danglingRef] },
    rows: [],
    after: ['MATCH (d:DanglingEdge) RETURN d', []],
  },
  'ingest.mark-dangling': {
    given: [dangling()],
    parameters: { refs: [danglingRef], until: 5 },
    rows: [],
    after: [DANGLING_UNTILS, [[5]]],
  },
  'ingest.unmark-dangling': {
    given: [dangling('since: 3, until: 5'), dangling(OTHER.until)],
    parameters: { ids: ['e'], until: 5 },
    rows: [],
    after: [`${DANGLING_UNTILS} ORDER BY d.until`, [[9], [null]]],
  },
  'ingest.sweep-dangling': {
    given: [dangling('since: 3, until: 5'), dangling(OTHER.until)],
    parameters: { ids: ['e'], until: 5 },
    rows: [],
    after: [DANGLING_UNTILS, [[9]]],
  },
  'ingest.unmake-dangling': {
    given: [dangling(), dangling(OTHER.since)],
    parameters: { ids: ['e'], since: 3 },
    rows: [],
    after: ['MATCH (d:DanglingEdge) RETURN d.since', [[2]]],
  },
};
