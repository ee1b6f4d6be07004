import type { StatementCase } from '../case.ts';

/** The name that cases give their projections. */
export const CASE_GRAPH = 'case';

/** Three members of a circle that one outsider belongs to, twice; edges that do not count; a node that is not there yet. */
const CIRCLE = `
  CREATE (a:Entity:Group {id: 'a', since: 1}), (b:Entity:Group {id: 'b', since: 1}), (c:Entity:Group {id: 'sha256:c', longId: 'c', since: 1}),
    (u:Entity:User {id: 'u', since: 1}), (late:Entity:User {id: 'late', since: 3}), (gone:Entity:User {id: 'gone', since: 1, until: 2}),
    (r:Entity:Resource {id: 'r', since: 1}),
    (a)-[:MEMBER_OF {since: 1}]->(b), (b)-[:MEMBER_OF {since: 1}]->(c), (c)-[:MEMBER_OF {since: 1}]->(a),
    (u)-[:MEMBER_OF {since: 1, key: 'one'}]->(a), (u)-[:MEMBER_OF {since: 1, key: 'two'}]->(a), (a)-[:MEMBER_OF {since: 1}]->(a),
    (u)-[:OWNS {since: 1}]->(r), (u)-[:GRANTS {since: 1, effect: 'DENY'}]->(r),
    (u)-[:GRANTS {since: 3, effect: 'ALLOW'}]->(r), (u)-[:GRANTS {since: 1, until: 2, effect: 'ALLOW'}]->(r),
    (u)-[:GRANTS {since: 1, effect: 'ALLOW', validTo: datetime({epochMillis: 1000})}]->(r),
    (u)-[:GRANTS {since: 1, effect: 'ALLOW', validFrom: datetime({epochMillis: 1001})}]->(r),
    (u)-[:GRANTS {since: 1, effect: 'ALLOW', validFrom: datetime({epochMillis: 1000}), validTo: datetime({epochMillis: 1001})}]->(b)`;
const ASKED = { graph: CASE_GRAPH, version: 2, at: 1000, kinds: ['MEMBER_OF', 'GRANTS'] };
const graph = CASE_GRAPH;

/** Two pairs that are joined inside and not outside. */
const PAIRS = `
  CREATE (a:Entity {id: 'a'})-[:MEMBER_OF]->(b:Entity {id: 'b'}), (c:Entity {id: 'sha256:c', longId: 'c'})-[:MEMBER_OF]->(d:Entity {id: 'd'})`;
const project = (undirected: boolean) => `
  MATCH (a:Entity)-[:MEMBER_OF]->(b:Entity)
  RETURN gds.graph.project('${CASE_GRAPH}', a, b, {relationshipProperties: {weight: 1.0}},
    {undirectedRelationshipTypes: ${undirected ? "['*']" : '[]'}})`;
const PATH = `CREATE (:Entity {id: 'a'})-[:MEMBER_OF]->(:Entity {id: 'b'})-[:MEMBER_OF]->(:Entity {id: 'sha256:c', longId: 'c'})`;

export const GDS_CASES: Readonly<Record<string, StatementCase>> = {
  'gds.find': { rows: [['gds.version']] },
  'gds.version': { rows: [[expectedVersion()]] },
  'gds.project-directed': { given: [CIRCLE], parameters: ASKED, rows: [[5, 5]] },
  'gds.project-undirected': { given: [CIRCLE], parameters: ASKED, rows: [[5, 10]] },
  'gds.page-rank': {
    given: [PATH, project(false)],
    parameters: { graph, damping: 0.5, tolerance: 1e-9 },
    rows: [
      ['a', 0.5],
      ['b', 0.75],
      ['c', 0.875],
    ],
    anyOrder: true,
  },
  'gds.betweenness': {
    given: [PATH, project(false)],
    parameters: { graph },
    rows: [
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ],
    anyOrder: true,
  },
  'gds.louvain': { given: [PAIRS, project(true)], parameters: { graph }, rows: pairsOfCommunities(), anyOrder: true },
  'gds.leiden': {
    given: [PAIRS, project(true)],
    parameters: { graph, resolution: 1.5, seed: 1 },
    rows: pairsOfCommunities(),
    anyOrder: true,
  },
  'gds.drop': { given: [PATH, project(false)], parameters: { graph }, rows: [[CASE_GRAPH]] },
};

/** Whichever it is. */
function expectedVersion(): unknown {
  return { asymmetricMatch: (value: unknown) => /^2\.\d+\.\d+/.test(String(value)) };
}

/** Numbers of communities are the plugin's own: equal for a pair, different for two. */
function pairsOfCommunities(): readonly (readonly unknown[])[] {
  const numbers = new Map<string, unknown>();
  const community = (id: string, pair: string) => ({
    asymmetricMatch(value: unknown) {
      for (const [other, its] of numbers) if (other !== pair && its === value) return false;
      if (numbers.has(pair)) return numbers.get(pair) === value;
      numbers.set(pair, value);
      return true;
    },
    toString: () => id,
  });
  return [
    ['a', community('a', 'one')],
    ['b', community('b', 'one')],
    ['c', community('c', 'two')],
    ['d', community('d', 'two')],
  ];
}
