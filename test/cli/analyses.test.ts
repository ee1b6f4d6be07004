/** Analyses on the command line: tables for people, one JSON value for programs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { build, grantlens } from './grantlens.ts';

const { path: folder } = temporaryFolder();
const data = ['--data', `${folder}/data`];

beforeAll(async () => {
  build();
  const file = `${folder}/company.jsonl`;
  expect(await grantlens(['generate', '--users', '300', '--seed', '2', '--out', file])).toMatchObject({ code: 0 });
  expect(await grantlens(['load', 'graph', file, ...data])).toMatchObject({ code: 0 });
}, LONG);

async function asked(...args: string[]) {
  const { code, stdout, stderr } = await grantlens([...args, ...data]);
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  return { stdout, stderr };
}

const json = async (...args: string[]) => JSON.parse((await asked(...args, '--json')).stdout);

describe('analyses', () => {
  it(
    'of peer groups list groups, and tell one by its label',
    async () => {
      const { clusters, modularity } = await json('clusters');
      expect(modularity).toBeGreaterThan(0);
      const { stdout, stderr } = await asked('clusters', '--limit', '3');
      expect(stdout.split('\n')[0]).toMatch(/^PEOPLE +FIRM +GROUP/);
      expect(stderr).toMatch(/3 groups of \d+; \d+ identities in groups/);
      const [largest] = clusters;
      expect(largest.members).toHaveLength(largest.size);
      expect(largest.signature[0].entitlement).toMatchObject({
        action: expect.any(String),
        inherit: expect.any(Boolean),
      });
      expect((await json('clusters', '--show', largest.label)).id).toBe(largest.id);
      expect((await asked('clusters', '--show', largest.id)).stdout).toMatch(/HOLD +OTHERS +ENTITLEMENT/);
      expect(await grantlens(['clusters', '--show', 'no such group', ...data])).toMatchObject({ code: 2 });
      expect(await grantlens(['clusters', '--resolution', '0', ...data])).toMatchObject({ code: 1 });
    },
    LONG,
  );

  it(
    'of likeness list what two share',
    async () => {
      const found = await json('search', '--kind', 'user', '--limit', '1', 'user');
      const { id } = found.entities[0];
      const { nodes, compared } = await json('similar', id, '--limit', '4');
      expect(compared).toBeGreaterThan(100);
      expect(nodes).toHaveLength(4);
      expect(nodes[0]).toMatchObject({ entity: { kind: 'USER' }, shared: expect.any(Array) });
      expect((await asked('similar', id)).stdout).toMatch(/^LIKENESS +ID +NAME/);
      expect(await grantlens(['similar', 'user:nobody', ...data])).toMatchObject({ code: 1 });
    },
    LONG,
  );

  it(
    'of outliers say how far they can be trusted',
    async () => {
      const answer = await json('outliers', '--limit', '5', '--method', 'rp3beta');
      expect(answer).toMatchObject({ method: 'RP3BETA', checks: [{ auc: expect.any(Number) }] });
      const { stderr } = await asked('outliers', '--method', 'rp3beta');
      expect(stderr).toMatch(/RP3BETA in the trial: AUC 0\.\d{3}/);
    },
    LONG,
  );

  it(
    'are kept as runs, with the models that were trained for them',
    async () => {
      expect((await asked('runs', 'start', 'role-clusters')).stdout).toMatch(/role-clusters +DONE/);
      expect(await json('runs', 'models')).toMatchObject([{ name: 'role-clusters', drift: expect.any(Array) }]);
      expect((await asked('runs', 'models')).stdout).toMatch(/role-clusters +CLUSTERS/);
    },
    LONG,
  );
});
