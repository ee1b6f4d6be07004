/** Peer groups: planted ones are found, and what is told of them is what can be counted one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import type { CodedAttributes } from '../../engine/peers/cluster-label.ts';
import { plateau } from '../../engine/peers/resolution-sweep.ts';
import { type ClustersInput, type FoundClusters, findRoleClusters } from '../../engine/peers/role-clusters.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { ClonedApart } from '../support/cloned-apart.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { estateOfHoldings } from '../support/small-estate.ts';

announceSeed();

const find = (snapshot: Snapshot, asked: Partial<ClustersInput> = {}): Promise<FoundClusters> =>
  findRoleClusters([snapshot], { at: 0, ...asked }, new Pace());

const TEAMS = 4;
const TEAM = 12;

/** Four teams of twelve with six resources each and two that all have; user 0 lacks one, user 1 has one of another team. */
function teams(): number[][] {
  const random = seededRandom(5);
  return Array.from({ length: TEAMS * TEAM }, (_, user) => {
    const team = Math.floor(user / TEAM);
    const own = Array.from({ length: 6 }, (__, i) => 10 * (team + 1) + i);
    const held = [0, 1, ...own].filter((resource) => resource < 10 || resource % 10 < 4 || user < 2 || random() < 0.9);
    if (user === 0) return held.filter((resource) => resource !== 10);
    return user === 1 ? [...held, 20] : held;
  });
}

const nodesOf = (snapshot: Snapshot, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, user) => snapshot.index.find(`u${String(user).padStart(5, '0')}`));

function attributesOf(snapshot: Snapshot): CodedAttributes {
  const nodes = nodesOf(snapshot, TEAMS * TEAM);
  const team = Int32Array.from(nodes, (_, user) => Math.floor(user / TEAM));
  return {
    nodes,
    columns: [
      { name: 'floor', values: ['low', 'high'], codes: team.map((of) => of % 2) },
      { name: 'side', values: ['east', 'west'], codes: team.map((of) => of >> 1) },
      { name: 'shoe', values: ['40', '41', '42'], codes: team.map((_, user) => (user % 4) - 1) },
    ],
  };
}

describe('peer groups', () => {
  it('are the teams that were planted, with labels, signatures and who differs', async () => {
    const snapshot = await estateOfHoldings(teams()).snapshot();
    const input = { at: 0, attributes: attributesOf(snapshot) };
    const found = await new ClonedApart().run(findRoleClusters, [snapshot], input, {});
    expect(found.clusters.map(({ members }) => [...members])).toEqual(
      Array.from({ length: TEAMS }, (_, team) => [
        ...nodesOf(snapshot, TEAMS * TEAM).slice(team * TEAM, (team + 1) * TEAM),
      ]),
    );
    const [first] = found.clusters;
    expect(first!.label).toEqual({
      terms: [
        { attribute: 'floor', value: 'low' },
        { attribute: 'side', value: 'east' },
      ],
      precision: 1,
      recall: 1,
    });
    const name = (node: number): string => snapshot.ids.at(node);
    expect(first!.signature.slice(0, 4).map(({ resource }) => name(resource))).toEqual(['r11', 'r12', 'r13', 'r10']);
    expect(first!.signature[0]).toMatchObject({ share: 1, elsewhere: 0, inherits: true });
    expect(
      first!.lacking.map(({ identity, entitlement }) => [name(identity), name(entitlement.resource)]),
    ).toContainEqual(['u00000', 'r10']);
    expect(first!.beyond.map(({ identity, entitlement }) => [name(identity), name(entitlement.resource)])).toEqual([
      ['u00001', 'r20'],
    ]);
    expect(found).toMatchObject({ stability: 1, disconnected: 0, identities: 48, without: 0, runs: 10 });
    expect(found.sweep).toHaveLength(12);
    expect(found.modularity).toBeGreaterThan(0.5);
  });

  it(
    'hold together what is counted one by one, however the classes lie',
    async () => {
      const holdings = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 6 }), { minLength: 1, maxLength: 14 });
      await fc.assert(
        fc.asyncProperty(holdings, fc.constantFrom(0.5, 1, 2), async (held, resolution) => {
          const snapshot = await estateOfHoldings(held).snapshot();
          const { clusters, ...found } = await find(snapshot, { resolution, runs: 3 });
          const users = [...nodesOf(snapshot, held.length)];
          const holding = users.filter((_, user) => held[user]!.length > 0);
          expect(clusters.flatMap(({ members }) => [...members]).sort((a, b) => a - b)).toEqual(holding);
          expect([found.identities, found.without]).toEqual([holding.length, users.length - holding.length]);
          expect(found.disconnected).toBe(0);
          for (const { members, signature, signatureCount, lackingCount, beyondCount, isEnough } of clusters) {
            const inside = [...members].map((node) => held[users.indexOf(node)]!);
            const outside = held.filter((of, user) => of.length > 0 && !members.includes(users[user]!));
            const share = (of: readonly (readonly number[])[], resource: number): number =>
              of.length === 0 ? 0 : of.filter((one) => one.includes(resource)).length / of.length;
            const most = [0, 1, 2, 3, 4, 5, 6].filter((resource) => share(inside, resource) >= 0.5);
            expect(signatureCount).toBe(most.length);
            for (const one of signature) {
              const resource = Number(snapshot.ids.at(one.resource).slice(1));
              expect(one.share).toBeCloseTo(share(inside, resource), 12);
              expect(one.elsewhere).toBeCloseTo(share(outside, resource), 12);
            }
            expect(isEnough).toBe(inside.length >= 5);
            if (!isEnough) continue;
            const count = (is: (one: readonly number[], resource: number) => boolean): number =>
              inside.reduce(
                (sum, one) => sum + [0, 1, 2, 3, 4, 5, 6].filter((resource) => is(one, resource)).length,
                0,
              );
            expect(lackingCount).toBe(count((one, r) => !one.includes(r) && share(inside, r) >= 0.8));
            expect(beyondCount).toBe(count((one, r) => one.includes(r) && share(inside, r) <= 0.1));
          }
        }),
        runs(150),
      );
    },
    LONG,
  );

  it(
    'have the modularity of identities and entitlements one by one',
    async () => {
      const holdings = fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }), {
        minLength: 2,
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(holdings, async (held) => {
          const snapshot = await estateOfHoldings(held).snapshot();
          const users = [...nodesOf(snapshot, held.length)];
          // At the least resolution what hangs together is one group, and its entitlements with it.
          const { clusters, modularity } = await find(snapshot, { resolution: 1e-9, runs: 1 });
          const group = held.map((_, user) => clusters.findIndex(({ members }) => members.includes(users[user]!)));
          const weight = (resource: number): number =>
            Math.log(held.length / held.filter((of) => of.includes(resource)).length);
          const total = held.reduce((sum, of) => sum + of.reduce((own, r) => own + weight(r), 0), 0);
          let quality = 0;
          clusters.forEach((_, of) => {
            const inside = held.reduce(
              (sum, own, user) => sum + (group[user] === of ? own.reduce((s, r) => s + weight(r), 0) : 0),
              0,
            );
            quality += total === 0 ? 0 : inside / total - (inside / total) ** 2;
          });
          expect(modularity).toBeCloseTo(quality, 9);
        }),
        runs(100),
      );
    },
    LONG,
  );

  it('are the same for the same seed', async () => {
    const snapshot = await estateOfHoldings(teams()).snapshot();
    expect(await find(snapshot, { seed: 3 })).toEqual(await find(snapshot, { seed: 3 }));
  });

  it('are none where nobody has anything, and one where all have the same', async () => {
    expect(await find(await estateOfHoldings([]).snapshot())).toMatchObject({
      clusters: [],
      modularity: 0,
      stability: 1,
    });
    const nobody = await find(await estateOfHoldings([[], []]).snapshot());
    expect(nobody).toMatchObject({ clusters: [], identities: 0, without: 2 });
    const same = await find(
      await estateOfHoldings([
        [1, 2],
        [1, 2],
        [1, 2],
      ]).snapshot(),
    );
    expect(same.clusters.map(({ members }) => members.length)).toEqual([3]);
    expect(same.clusters[0]!.signature.map(({ share }) => share)).toEqual([1, 1]);
  });

  it('are refused for what is out of its range', async () => {
    const snapshot = await estateOfHoldings([[1]]).snapshot();
    const codes = Int32Array.of(0);
    const wrong: readonly (readonly [Partial<ClustersInput>, string])[] = [
      [{ resolution: 0 }, 'resolution'],
      [{ resolution: 1001 }, 'resolution'],
      [{ resolution: Number.NaN }, 'resolution'],
      [{ seed: 0.5 }, 'seed'],
      [{ runs: 0 }, 'runs'],
      [{ runs: 51 }, 'runs'],
      [{ at: Number.NaN }, 'at'],
      [{ reach: 'NONE' as never }, 'reach'],
      [{ attributes: { nodes: Uint32Array.of(), columns: [{ name: 'a', values: ['x'], codes }] } }, 'attributes'],
      [{ attributes: { nodes: Uint32Array.of(0), columns: [{ name: 'a', values: [], codes }] } }, 'attributes'],
    ];
    for (const [asked, argument] of wrong)
      expect(await refusalOf(() => find(snapshot, asked))).toMatchObject({
        code: 'ARGUMENT_INVALID',
        facts: { argument },
      });
  });

  it('are worth as much as the best run, however far the runs differ', async () => {
    const random = seededRandom(4);
    const held = Array.from({ length: 150 }, () =>
      Array.from({ length: 40 }, (_, r) => r).filter(() => random() < 0.12),
    );
    const snapshot = await estateOfHoldings(held).snapshot();
    const { quality, stability } = await find(snapshot, { resolution: 1, seed: 1, runs: 6 });
    expect(stability).toBeLessThan(0.9);
    for (let seed = 1; seed <= 6; seed++) {
      const single = await find(snapshot, { resolution: 1, seed, runs: 1 });
      expect(quality).toBeGreaterThanOrEqual(single.quality - 1e-9);
    }
  });

  it('are as large as they can be where they stand about equally firm', () => {
    const step = (resolution: number, clusters: number, bySeed: number, byResolution: number) => ({
      resolution,
      clusters,
      bySeed,
      byResolution,
    });
    const ten = { rowSizes: Uint32Array.of(10) };
    expect(plateau([step(1, 1, 1, 1), step(2, 2, 0.99, 0.97), step(3, 3, 1, 1)], ten)).toBe(2);
    expect(plateau([step(1, 2, 0.6, 0.5), step(2, 3, 0.9, 0.9), step(3, 9, 1, 1)], ten)).toBe(2);
    expect(plateau([step(1, 1, 1, 1), step(2, 10, 1, 1)], ten)).toBe(1);
  });
});
