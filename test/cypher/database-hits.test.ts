/**
 * How much of the database each statement touches on an estate that is always the same: the figure that says what a statement
 * costs on any machine. A change shows; accept one on purpose with `npm run cypher:accept`.
 */
import { join } from 'node:path';
import neo4j, { type Driver, type ProfiledPlan } from 'neo4j-driver';
import { afterAll, beforeAll, it } from 'vitest';
import { analystQueries } from '../../cypher/analyst.ts';
import { ESTATE_DAY } from '../../engine/generate/index.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { standardsOf } from './analyst/ask.ts';
import { sent } from './case.ts';
import { CASES } from './cases/index.ts';
import { fixedEstate, PEOPLE } from './fixed-estate.ts';
import { ACCEPT, expectOnRecord, onRecord } from './record.ts';
import { namedStatements } from './statements.ts';

interface Cost {
  readonly rows: number;
  readonly hits: number;
}

const RECORD = join(import.meta.dirname, 'database-hits.json');
const PAGE = join(import.meta.dirname, '../../docs/database-hits.md');
/** Ids of the estate for queries that ask for ids. */
const IDS: Readonly<Record<string, object>> = {
  'ways-between': { identity: 'user:theo.wright.1', resource: 'app:payments' },
};
const before = onRecord<Record<string, Cost>>(RECORD);
const server = await neo4jForTests();

const hitsOf = ({ dbHits, children }: ProfiledPlan): number =>
  children.reduce((sum, child) => sum + hitsOf(child), Number(dbHits));

/** Profiles a statement in a transaction that is rolled back. */
async function costOf(driver: Driver, text: string, parameters: Readonly<Record<string, unknown>>): Promise<Cost> {
  const session = driver.session();
  const tx = session.beginTransaction();
  try {
    const { summary, records } = await tx.run(`PROFILE ${text}`, await sent(tx, parameters));
    return { rows: records.length, hits: summary.profile === false ? 0 : hitsOf(summary.profile) };
  } finally {
    await tx.rollback();
    await session.close();
  }
}

async function costs(driver: Driver): Promise<Record<string, Cost>> {
  const found: Record<string, Cost> = {};
  const at = neo4j.types.DateTime.fromStandardDate(new Date(ESTATE_DAY));
  for (const query of analystQueries()) {
    const standards = await standardsOf(driver, query);
    const parameters = { ...standards, ...('at' in standards ? { at } : {}), ...IDS[query.name] };
    const name = `analyst.${query.name}`;
    found[name] = settled(name, await costOf(driver, query.text, parameters));
  }
  for (const { name, text } of await namedStatements()) {
    const parameters = CASES[name]?.profile;
    if (parameters !== undefined) found[name] = settled(name, await costOf(driver, text, parameters));
  }
  return found;
}

/**
 * Neo4j's own ids and the order in which data happen to lie differ from load to load: where a statement stops at the first find, or
 * cuts lists by ids, so does a little of what it costs. A figure near the one on record is the one on record.
 */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(10, 0.05 * b);

function settled(name: string, cost: Cost): Cost {
  const known = before[name];
  return known !== undefined && near(cost.hits, known.hits) && near(cost.rows, known.rows) ? known : cost;
}

const page = (now: Readonly<Record<string, Cost>>): string =>
  [
    '# Database hits of each statement',
    '',
    'A database hit is a request of the Neo4j engine to its storage: one node, relationship, property or index entry looked at. The',
    'figures are of `PROFILE` on Neo4j 5.26 over the made-up company of',
    `${PEOPLE} people with seed 1, analyst's queries with their own standards on 2026-01-01. They depend on nothing else but the ids`,
    'and the order that data happen to get, which is worth a few per cent; so a statement that begins to do more shows as a difference',
    'in a commit. A figure within five per cent, or ten, of the one on record counts as the same. Made by `npm run cypher:accept`.',
    '',
    '| statement | rows | database hits |',
    '| --------- | ---: | ------------: |',
    ...Object.entries(now).map(([name, { rows, hits }]) => `| \`${name}\` | ${told(rows)} | ${told(hits)} |`),
    '',
  ].join('\n');

const told = (value: number): string => value.toLocaleString('en-US');

const changes = (now: Readonly<Record<string, Cost>>): readonly string[] =>
  Object.entries(now)
    .filter(([name, cost]) => before[name]?.hits !== cost.hits || before[name].rows !== cost.rows)
    .map(([name, cost]) => `${name}: ${words(before[name])} before, ${words(cost)} now. ${ACCEPT}`);

const words = (cost: Cost | undefined): string =>
  cost === undefined ? 'not on record' : `${told(cost.hits)} hits for ${told(cost.rows)} rows`;

server.describe('database hits', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  let now: Record<string, Cost> = {};
  afterAll(() => driver.close());
  beforeAll(async () => {
    await fixedEstate(server, driver);
    now = await costs(driver);
  }, 300_000);

  it('are those on record', async () => {
    await expectOnRecord(RECORD, `${JSON.stringify(now, null, 2)}\n`, () => changes(now));
  });

  it('are those in docs/database-hits.md', async () => {
    await expectOnRecord(PAGE, page(now), () => []);
  });
});
