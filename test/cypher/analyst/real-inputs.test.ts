/** Analyst's queries on real inputs, loaded into a real server by the store. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { analystQueries } from '../../../cypher/analyst.ts';
import { awsLoader } from '../../../loaders/aws/aws-loader.ts';
import { kubernetesLoader } from '../../../loaders/kubernetes/loader.ts';
import { collect } from '../../support/collect.ts';
import { neo4jForTests } from '../../support/neo4j.ts';
import { viewOf } from '../../support/view-of.ts';
import { loadIntoStore } from '../load.ts';
import { askAnalyst } from './ask.ts';

const DATA = resolve(import.meta.dirname, '../../../../shared/data');
const ACCOUNT = resolve(DATA, 'aws/account-authorization-details.json');
const CLUSTER = resolve(DATA, 'kubernetes');
const AT = Date.UTC(2026, 0, 1);
const LONG = 300_000;

const server = await neo4jForTests();
const queries = analystQueries();

server.describe('on real inputs', () => {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  afterAll(() => driver.close());
  beforeEach(server.empty, LONG);

  it.skipIf(!existsSync(ACCOUNT))(
    'find in two AWS accounts the ways to more access that the engine finds',
    async () => {
      const account = await collect(await awsLoader.load({ paths: [ACCOUNT], options: {} }));
      await loadIntoStore(server, account);
      const query = queries.find(({ name }) => name === 'escalation-paths')!;
      const { rows } = await askAnalyst(driver, query, AT, { least: 1, resources: 2, most: 100_000 });

      const view = await viewOf(account.nodes, account.edges);
      const identities = account.nodes.filter(({ kind }) => kind === 'User' || kind === 'ServiceAccount');
      const expected: unknown[] = [];
      for (const resource of ['aws:012345678901:*', 'aws:200611803367:*']) {
        for (const identity of new Set(identities.map(({ id }) => id))) {
          const question = { identity, resource, at: AT, first: 1 };
          if ((await view.accessPaths({ ...question, reach: 'ENTITLED' })).items.length > 0) continue;
          const [shortest] = (await view.accessPaths({ ...question, reach: 'ESCALATION' })).items;
          if (shortest !== undefined) expected.push([identity, resource, shortest.length]);
        }
      }
      expect(expected.length).toBeGreaterThan(20);
      expect(rows.map((row) => row.slice(0, 3)).sort()).toEqual(expected.sort());
    },
    LONG,
  );

  it.skipIf(!existsSync(CLUSTER))(
    'get to an end on a Kubernetes cluster, and find the roles that nobody has',
    async () => {
      const cluster = await collect(await kubernetesLoader.load({ paths: [CLUSTER], options: {} }));
      await loadIntoStore(server, cluster);
      for (const query of queries) await askAnalyst(driver, query, AT);
      const query = queries.find(({ name }) => name === 'roles-without-members')!;
      const { rows } = await askAnalyst(driver, query, AT, { most: 100_000 });
      // Bound to the group system:masters, of which no member is known.
      expect(rows.map(([role]) => role)).toContainEqual(expect.stringMatching(/clusterroles\/cluster-admin$/));
    },
    LONG,
  );
});
