/**
 * Plans of all statements on a database with the schema and some data, against those on record in plans.json: an Eager, a
 * cartesian product or a scan that is not on record fails. Accept one on purpose with `npm run cypher:accept`.
 */
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { neo4jForTests } from '../support/neo4j.ts';
import { fixedEstate } from './fixed-estate.ts';
import { ACCEPT, expectOnRecord, onRecord } from './record.ts';
import { analystStatements, namedStatements, needsGds } from './statements.ts';
import { added, watchedOperators } from './watched-operators.ts';

type Plans = Readonly<Record<string, readonly string[]>>;

const RECORD = join(import.meta.dirname, 'plans.json');
const server = await neo4jForTests();
const named = await namedStatements();
const statements = [...analystStatements(), ...named.filter((one) => !needsGds(one))];
const before = onRecord<Plans>(RECORD);

async function operatorsOf(driver: Driver, text: string): Promise<readonly string[]> {
  const { summary } = await driver.executeQuery(`EXPLAIN ${text}`);
  return summary.plan === false ? [] : watchedOperators(summary.plan);
}

/** An analyst's query looks at all there is of some kind; at which end it begins is the planner's choice, and that is not steady. */
const watched = (name: string, operators: readonly string[]): readonly string[] =>
  name.startsWith('analyst.')
    ? operators.filter((one) => !/^(Union)?Node\w*Labels?Scan|RelationshipTypeScan/.test(one))
    : operators;

/** Nothing where a statement does no more of what is watched than is on record. */
const complaints = (name: string, operators: readonly string[]): readonly string[] =>
  added(operators, before[name] ?? []).map(
    (operator) =>
      `${name} has a new operator in its plan: ${operator}. Look at the plan: EXPLAIN and the statement's text ` +
      `(statements.golden.cypher, cypher/analyst/) in Neo4j Browser. ${ACCEPT}`,
  );

server.describe('plans', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  const plans: Record<string, readonly string[]> = {};
  afterAll(() => driver.close());
  beforeAll(async () => {
    await fixedEstate(server, driver);
    for (const { name, text } of statements) plans[name] = watched(name, await operatorsOf(driver, text));
  }, 300_000);

  it('hold nothing watched that is not on record', async () => {
    const some = Object.entries(plans).filter(([, operators]) => operators.length > 0);
    await expectOnRecord(RECORD, `${JSON.stringify(Object.fromEntries(some), null, 2)}\n`, () =>
      Object.entries(plans).flatMap(([name, operators]) => complaints(name, operators)),
    );
  });
});

it('a plan that scans, multiplies and holds back is told', () => {
  const leaf = { identifiers: [], children: [] };
  const scan = { ...leaf, operatorType: 'NodeByLabelScan@neo4j', arguments: { Details: 'n:Entity' } };
  const seek = { ...leaf, operatorType: 'NodeUniqueIndexSeek@neo4j', arguments: { Details: 'UNIQUE n:Entity(id)' } };
  const product = { operatorType: 'CartesianProduct@neo4j', arguments: {}, identifiers: [], children: [scan, seek] };
  const plan = { operatorType: 'Eager@neo4j', arguments: {}, identifiers: [], children: [product] };
  expect(watchedOperators(plan as never)).toEqual(['CartesianProduct', 'Eager', 'NodeByLabelScan n:Entity']);
  expect(added(['Eager', 'Eager'], ['Eager'])).toEqual(['Eager']);
});
