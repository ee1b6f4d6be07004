/** Analyst's queries find what was planted in a generated estate, and get to an end on it. */
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AnalystQuery, analystQueries } from '../../../cypher/analyst.ts';
import { ESTATE_DAY, type PlantedKind, plantedProblems } from '../../../engine/generate/index.ts';
import { neo4jForTests } from '../../support/neo4j.ts';
import { loadIntoStore } from '../load.ts';
import { askAnalyst } from './ask.ts';
import { generatedEstate } from './estate.ts';

const PEOPLE = 1_000;
const ALL = 1_000_000;
const server = await neo4jForTests();
const queries = analystQueries();

/** By which query a planted problem is found, and what its row says of the problem's ids. */
const FOUND_BY: Partial<
  Record<PlantedKind, readonly [query: string, row: (ids: readonly string[]) => readonly unknown[]]>
> = {
  DUPLICATE_ROLE: ['roles-with-equal-grants', ([copy, original]) => [expect.arrayContaining([copy, original])]],
  EMPTY_ROLE: ['roles-without-grants', ([role]) => [role]],
  UNUSED_ROLE: ['roles-without-members', ([role]) => [role]],
  REDUNDANT_GRANT: ['direct-grants', ([, person, folder]) => [person, folder, expect.anything(), true]],
  STALE_ACCESS: ['stale-grants', ([, person, application]) => [person, 'GRANTS', application]],
  ORPHANED_ACCOUNT: ['orphaned-service-accounts', ([account]) => [account, 'its owner is in no source']],
  MEMBERSHIP_CYCLE: ['membership-cycles', (ids) => [expect.stringContaining([...ids].sort()[0]!)]],
};

server.describe('on a generated estate', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());
  beforeAll(() => loadIntoStore(server, generatedEstate(PEOPLE)), 300_000);

  const ask = (query: AnalystQuery, given: Record<string, number> = {}) => askAnalyst(driver, query, ESTATE_DAY, given);

  it.for([...plantedProblems({ users: PEOPLE, seed: 1 })].filter(({ kind }) => FOUND_BY[kind] !== undefined))(
    'finds $kind $ids',
    async ({ kind, ids }) => {
      const [name, row] = FOUND_BY[kind]!;
      const query = queries.find((one) => one.name === name)!;
      const { rows } = await ask(query, { most: ALL });
      const wanted = row(ids);
      expect(rows.map((one) => one.slice(0, wanted.length))).toContainEqual(wanted);
    },
  );

  it.for(queries)('$name gets to an end', { timeout: 120_000 }, async (query) => {
    const { columns, rows } = await ask(query);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });
});
