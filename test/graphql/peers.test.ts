/** Peer groups, similar nodes, the map, outliers and models over HTTP, on two teams and somebody between them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

const TEAMS = ['red', 'blue'];
const grant = (from: string, to: string) => ({ edge: 'GRANTS', from, to, actions: ['read', 'write'] });
const PEOPLE = TEAMS.flatMap((team) => [
  ...Array.from({ length: 12 }, (_, i) => ({
    node: 'User',
    id: `u:${team}-${i}`,
    name: `${team} ${i}`,
    attributes: { department: team },
  })),
  ...Array.from({ length: 6 }, (_, i) => ({ node: 'Resource', id: `r:${team}-${i}`, name: `${team} app ${i}` })),
  ...Array.from({ length: 12 }, (_, p) =>
    Array.from({ length: 6 }, (_, a) => ((p + a) % 5 === 0 ? [] : [grant(`u:${team}-${p}`, `r:${team}-${a}`)])),
  ).flat(2),
]);

interface Place {
  readonly x: number;
  readonly entity: { readonly id: string };
}

let estate: Estate;
let server: RunningServer;
beforeAll(async () => {
  estate = await openEstate([...PEOPLE, grant('u:red-1', 'r:blue-3')]);
  server = await startServer({ engine: estate.engine, port: 0, allowChanges: true });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});

describe('role clusters', () => {
  it('are the teams, with what they hold and who differs', async () => {
    const { data, errors } = await post(
      server,
      `{ roleClusters(resolution: 1, seed: 7) {
        modularity resolution stability consensus identities without because version sweep { resolution }
        clusters {
          id label size stability isEnough members { id } attributes { precision recall terms { attribute value } }
          signature { share elsewhere entitlement { action inherit exceptActions resource { id name } } } signatureCount
          lacking { identity { id } share together entitlement { actions resource { id } } } lackingCount
          beyond { identity { id } entitlement { actions resource { id } } } beyondCount
        } } }`,
    );
    expect(errors).toEqual([]);
    const { clusters, ...rest } = data.roleClusters;
    expect(rest).toMatchObject({ resolution: 1, because: null, version: 1, sweep: [] });
    const red = clusters.find(({ label }: { label: string }) => label === 'department red');
    expect(red).toMatchObject({ size: 12, isEnough: true });
    expect(red.members.map(({ id }: { id: string }) => id)).toEqual(
      [0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `u:red-${i}`),
    );
    expect(red.attributes.terms).toEqual([{ attribute: 'department', value: 'red' }]);
    // Each grant is told by its actions, one at a time.
    expect(red.signature).toHaveLength(2 * red.signatureCount);
    expect(new Set(red.signature.map((one: { entitlement: { action: string } }) => one.entitlement.action))).toEqual(
      new Set(['read', 'write']),
    );
    expect(red.beyond).toContainEqual({
      identity: { id: 'u:red-1' },
      entitlement: { actions: ['read', 'write'], resource: { id: 'r:blue-3' } },
    });
  });

  it('refuse a resolution that is out of its range', async () => {
    expect(codeOf(await post(server, '{ roleClusters(resolution: 0) { modularity } }'))).toBe('ARGUMENT_INVALID');
    expect(codeOf(await post(server, '{ roleClusters(resolution: 1001) { modularity } }'))).toBe('ARGUMENT_INVALID');
  });
});

describe('similar nodes', () => {
  it('are told with what is shared', async () => {
    const { data, errors } = await post(
      server,
      '{ similar(id: "u:red-2", first: 3) { compared because version nodes { likeness sharedCount eitherCount entity { id } shared { id } } } }',
    );
    expect(errors).toEqual([]);
    const { nodes } = data.similar;
    expect(nodes).toHaveLength(3);
    for (const { entity, shared, sharedCount } of nodes) {
      expect(entity.id).toMatch(/^u:red/);
      expect(sharedCount).toBeGreaterThan(0);
      expect(shared[0].id).toMatch(/^r:red/);
    }
    expect(codeOf(await post(server, '{ similar(id: "u:nobody") { compared } }'))).toBe('NODE_NOT_FOUND');
  });

  it('lie near each other on the map', async () => {
    const { data, errors } = await post(
      server,
      '{ accessMap(kinds: [USER]) { count explained places { x y entity { id } } } }',
    );
    expect(errors).toEqual([]);
    const { places } = data.accessMap;
    const middle = (team: string) => {
      const own = places.filter(({ entity }: Place) => entity.id.startsWith(`u:${team}-`));
      return own.reduce((sum: number, { x }: Place) => sum + x, 0) / own.length;
    };
    expect(Math.abs(middle('red') - middle('blue'))).toBeGreaterThan(0.2);
  });
});

describe('outliers and models', () => {
  it('say what was tried, and what they cannot judge', async () => {
    const { data, errors } = await post(
      server,
      `{ outliers(first: 1, method: RP3BETA) { method because calibrated isTelling judged undecided identitiesUndecided version
        checks { method auc aucOfAll averagePrecision injected judged }
        outliers { score chance together identity { id } entitlement { actions inherit resource { id } }
          speakFor { holders alsoHold } speakAgainst { holders alsoHold entitlement { resource { id } } } missing { holders } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.outliers).toMatchObject({ method: 'RP3BETA', because: 'it was asked for' });
    expect(data.outliers.outliers[0]).toMatchObject({
      identity: { id: 'u:red-1' },
      entitlement: { resource: { id: 'r:blue-3' } },
    });
  });

  it('are kept by runs, and held against the newest version', async () => {
    const started = await post(
      server,
      'mutation { runAnalysis(analysis: OUTLIERS, parameters: { seed: 3 }) { id state } }',
    );
    expect(started.errors).toEqual([]);
    const { id } = started.data.runAnalysis;
    for await (const run of estate.engine.runs.watch(id))
      if (run.state === 'FAILED') throw new Error(String(run.failure));
    const { data, errors } = await post(
      server,
      '{ models { name kind run trainedAt trainedAtVersion version hyperParameters evaluation drift { name index level trainedOn presentOn } } }',
    );
    expect(errors).toEqual([]);
    expect(data.models).toMatchObject([
      { name: 'outliers', kind: 'OUTLIERS', run: id, trainedAtVersion: 1, hyperParameters: { seed: 3 } },
    ]);
    expect(data.models[0].drift.map(({ level }: { level: string }) => level)).toEqual(['STABLE', 'STABLE']);
  });
});
