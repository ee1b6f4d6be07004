import { asked, type StatementCase } from '../case.ts';
import { ADA, dangling, EDGE_COLUMNS, edge, forEdgeKinds, head, LONG_BO, USE } from './facts.ts';
import { REF } from './reference.ts';

const NEWEST = { version: 1 };
/** Ada is there from version 1 on, Bo from 3 to before 5; the edge of `edge` from 3 on. */
const NODES = [ADA, LONG_BO];
const gone = (fact: string): string => fact.replace('since: 3', 'since: 2, until: 3');
const chunk = (version: number, number: number): string =>
  `CREATE (:JournalChunk {version: ${version}, number: ${number}, data: 'bytes', digest: 'd${number}'})`;
const batch = (version: number, sources?: string): string =>
  `CREATE (:GraphBatch {id: 'b${version}', version: ${version}, source: 's', appliedAt: 5, added: 1, changed: 2, removed: 3,
    digest: 'd', chain: 'c'${sources === undefined ? '' : `, sources: '${sources}'`}})`;
const batchRow = (version: number) => [version, `b${version}`, 's', 5, 1, 2, 3, 'd', 'c'];
const EDGE_ROW = ['from', 'to', ...EDGE_COLUMNS];
const DANGLING_ROW = [null, 'GRANTS', ...EDGE_ROW];
const USE_ROW = ['ada', 'read', 'db', 'hr', 5000, 2];

export const READING_CASES: Readonly<Record<string, StatementCase>> = {
  'reading.head': { given: [head()], rows: [[4, 1, ['hr', 'apps']]], profile: {} },
  'reading.scan-nodes': {
    given: NODES,
    parameters: { version: 3 },
    // Bo's content is that of a later version.
    rows: [
      [REF, 'User', 'ada', null, 'ada', false],
      [REF, 'User', 'bo', true, 'bo', true],
    ],
    anyOrder: true,
    profile: NEWEST,
  },
  'reading.list-nodes': { given: NODES, parameters: { version: 5 }, rows: [[REF, 'ada']], profile: NEWEST },
  'reading.nodes-by-ref': {
    given: NODES,
    parameters: { refs: asked('MATCH (n:Entity) WITH n ORDER BY n.id RETURN collect(id(n))'), version: 4 },
    rows: [
      [REF, 'User', 'ada', ['of hr'], false],
      [REF, 'User', 'bo', ['of apps', 'of hr'], false],
    ],
    profile: { refs: asked('MATCH (n:User) WITH n ORDER BY n.id LIMIT 100 RETURN collect(id(n))'), version: 1 },
  },
  'reading.refs-of-nodes': {
    given: NODES,
    parameters: { ids: ['unknown', 'sha256:bo'], version: 3 },
    rows: [['bo', REF]],
    profile: { ids: asked('MATCH (n:User) WITH n.id AS id ORDER BY id LIMIT 100 RETURN collect(id)'), version: 1 },
  },
  ...forEdgeKinds('reading.count-edges', (kind) => ({ given: [edge(kind)], rows: [[1]], profile: {} })),
  ...forEdgeKinds('reading.scan-edges', (kind) => ({
    given: [edge(kind)],
    parameters: { version: 3, slices: 4, from: 0, to: 4 },
    rows: [
      [
        REF,
        ...(kind === 'GRANTS' ? [['read'], ['x'], true, true] : [null, null, null, null]),
        true,
        [REF],
        [REF],
        [REF],
        [0],
        [1000],
      ],
    ],
    profile: { version: 1, slices: 8, from: 0, to: 4 },
  })),
  'reading.scan-terms': {
    given: [
      edge('GRANTS'),
      gone(edge('GRANTS'))
        .replaceAll(/'(from|sha256:to)'/g, "'x$1'")
        .replace("['read']", "['old']"),
    ],
    parameters: { version: 3 },
    rows: [[['read'], ['x']]],
    profile: NEWEST,
  },
  'reading.edges-by-ref': {
    given: [edge('OWNS')],
    parameters: { refs: asked('MATCH ()-[r]->() RETURN collect(id(r))'), version: 3 },
    rows: [[REF, 'OWNS', ...EDGE_ROW]],
    profile: {
      refs: asked('MATCH ()-[r:GRANTS]->() WITH r ORDER BY r.id LIMIT 100 RETURN collect(id(r))'),
      version: 1,
    },
  },
  'reading.edge-by-id': {
    given: [edge('OWNS'), dangling()],
    parameters: { id: 'e', version: 3 },
    rows: [[REF, 'OWNS', ...EDGE_ROW], DANGLING_ROW],
    profile: { id: asked('MATCH ()-[r:GRANTS]->() RETURN min(r.id)'), version: 1 },
  },
  'reading.refs-of-edges': {
    given: [edge('OWNS'), gone(edge('MEMBER_OF')).replaceAll(/'(from|sha256:to)'/g, "'x$1'"), dangling()],
    parameters: { ids: ['unknown', 'e'], version: 3 },
    rows: [['e', REF]],
    profile: {
      ids: asked('MATCH ()-[r:GRANTS]->() WITH r.id AS id ORDER BY id LIMIT 100 RETURN collect(id)'),
      version: 1,
    },
  },
  'reading.list-dangling': {
    given: [dangling(), gone(dangling())],
    parameters: { version: 3 },
    rows: [['e', 'GRANTS', 'from', 'to']],
    profile: NEWEST,
  },
  'reading.dangling-by-id': {
    given: [dangling(), gone(dangling())],
    parameters: { ids: ['e', 'unknown'], version: 3 },
    rows: [DANGLING_ROW],
    profile: { ids: ['unknown'], version: 1 },
  },
  'reading.scan-uses': {
    given: [USE, gone(USE)],
    parameters: { version: 3 },
    rows: [USE_ROW],
    profile: NEWEST,
  },
  'reading.sources-now': {
    given: [
      "CREATE (:SourceStatus {source: 'sha256:x', longSource: 'long', nodes: 1, edges: 2, uses: 3, loadedAt: 4})",
    ],
    rows: [['long', 1, 2, 3, 4]],
    profile: {},
  },
  'reading.sources-told': {
    given: [batch(3, 'of 3'), batch(2, 'of 2'), batch(4, 'of 4'), batch(1)],
    parameters: { version: 3 },
    rows: [['of 2'], ['of 3']],
    profile: NEWEST,
  },
  'reading.batches-between': {
    given: [batch(5), batch(4), batch(3), batch(2)],
    parameters: { after: 2, to: 4 },
    rows: [batchRow(3), batchRow(4)],
    profile: { after: 0, to: 1 },
  },
  'reading.later-chunks': {
    given: [chunk(5, 1), chunk(4, 2), chunk(4, 1), chunk(3, 1)],
    parameters: { after: 3 },
    rows: [
      [4, 1, 'd1'],
      [4, 2, 'd2'],
      [5, 1, 'd1'],
    ],
  },
  'reading.chunks-of-version': {
    given: [chunk(5, 1), chunk(4, 2), chunk(4, 1)],
    parameters: { version: 4 },
    rows: [
      [1, 'd1'],
      [2, 'd2'],
    ],
  },
  'reading.chunk-data': {
    given: [chunk(5, 1), chunk(4, 2), chunk(4, 1)],
    parameters: { version: 4, number: 2 },
    rows: [['bytes', 'd2']],
  },
};
