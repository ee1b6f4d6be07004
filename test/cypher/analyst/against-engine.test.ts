/** Analyst's queries that ask what the engine answers too, against the engine, on random graphs. */
import fc from 'fast-check';
import neo4j from 'neo4j-driver';
import { afterAll, expect, it } from 'vitest';
import { analystQueries } from '../../../cypher/analyst.ts';
import type { AccessPath, GraphView } from '../../../engine/access/questions.ts';
import { isDisabled, type Reach } from '../../../engine/model/index.ts';
import { neo4jForTests } from '../../support/neo4j.ts';
import { emptied, writeLayout } from '../../support/neo4j-layout.ts';
import type { OracleGraph } from '../../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../../support/seed.ts';
import { viewOf } from '../../support/view-of.ts';
import { askAnalyst } from './ask.ts';

announceSeed();
const server = await neo4jForTests();
const queries = new Map(analystQueries().map((query) => [query.name, query]));
const MORE_THAN_ALL = 100_000;

/** Every resource matters; and no exceptions, at which the queries do not look: they can leave nothing of a grant. */
const sensitive = ({ nodes, edges }: OracleGraph): OracleGraph => ({
  nodes: nodes.map((node) => (node.kind === 'Resource' ? { ...node, sensitivity: 1 } : node)),
  edges: edges.map(({ exceptActions: _, ...edge }) => edge),
});

interface Ways {
  readonly identity: string;
  readonly resource: string;
  readonly ways: readonly AccessPath[];
}

/** Ways between enabled identities and resources, where there are any: all as themselves, else a shortest one. */
async function waysOf(view: GraphView, graph: OracleGraph, reach: Reach, at: number): Promise<readonly Ways[]> {
  const first = reach === 'ENTITLED' ? 10_000 : 1;
  const found: Ways[] = [];
  for (const identity of identitiesOf(graph)) {
    const [entity] = await view.entities([identity]);
    if (entity === undefined || isDisabled(entity)) continue;
    for (const resource of resourcesOf(graph)) {
      const { items } = await view.accessPaths({ identity, resource, reach, at, first });
      if (items.length > 0) found.push({ identity, resource, ways: items });
    }
  }
  return found;
}

const isConditional = ({ edges }: AccessPath): boolean =>
  edges.some(({ kind, condition }) => condition !== undefined && kind !== 'CONTAINS');
const different = (values: readonly unknown[]): number => new Set(values).size;
const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).sort();

const reachRow = ({ identity, resource, ways }: Ways): readonly unknown[] => [
  identity,
  resource,
  different(ways.map(({ edges }) => edges.find(({ kind }) => kind === 'GRANTS')!.id)),
  ways[0]!.length,
  ways.every(isConditional),
];
const waysRow = ({ identity, resource, ways }: Ways): readonly unknown[] => [
  identity,
  resource,
  ways.length,
  different(ways.map(({ edges }) => edges[0]!.id)),
];
const stepsRow = ({ identity, resource, ways }: Ways): readonly unknown[] => [identity, resource, ways[0]!.length];

server.describe('on random graphs', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());

  async function ask(
    name: string,
    at: number,
    given: Record<string, number>,
  ): Promise<readonly (readonly unknown[])[]> {
    const query = queries.get(name)!;
    const has = (parameter: string) => query.parameters.some((one) => one.name === parameter);
    const most = has('resources') ? { resources: MORE_THAN_ALL } : {};
    return (await askAnalyst(driver, query, at, { most: MORE_THAN_ALL, ...most, ...given })).rows;
  }

  it(
    'they find the ways that the engine finds',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph().map(sensitive), fc.constantFrom(...INSTANTS), async (graph, at) => {
          await emptied(driver);
          await writeLayout(driver, graph);
          const view = await viewOf(graph.nodes, graph.edges);
          const entitled = await waysOf(view, graph, 'ENTITLED', at);

          const reach = await ask('sensitive-reach', at, {});
          const reached = reach.map(([identity, resource, , grants, shortest, conditional]) => [
            identity,
            resource,
            grants,
            shortest,
            conditional,
          ]);
          expect(sorted(reached)).toEqual(sorted(entitled.map(reachRow)));

          const many = await ask('many-ways', at, { ways: 0 });
          expect(sorted(many.map(([identity, resource, ways, , first]) => [identity, resource, ways, first]))).toEqual(
            sorted(entitled.map(waysRow)),
          );

          const pairs = new Set(entitled.map(({ identity, resource }) => JSON.stringify([identity, resource])));
          const escalated = (await waysOf(view, graph, 'ESCALATION', at)).filter(
            ({ identity, resource }) => !pairs.has(JSON.stringify([identity, resource])),
          );
          const escalation = await ask('escalation-paths', at, {});
          expect(sorted(escalation.map((row) => row.slice(0, 3)))).toEqual(sorted(escalated.map(stepsRow)));
        }),
        runs(30),
      );
    },
    LONG,
  );
});
