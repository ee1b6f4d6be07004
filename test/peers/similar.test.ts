/** Nodes that stand alike: the same neighbours make the same row, and the reasons told are those that can be looked up. */
import { describe, expect, it } from 'vitest';
import { accessArcs } from '../../engine/peers/access-arcs.ts';
import { embedAccess, findSimilar, mapAccess } from '../../engine/peers/similar.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { ClonedApart } from '../support/cloned-apart.ts';
import { refusalOf } from '../support/refusal.ts';
import { EstateBuilder, numberOf } from '../support/small-estate.ts';

/** Two teams of five that share one group, each with a role of its own; and one who has nothing. */
function twoTeams(): EstateBuilder {
  const estate = new EstateBuilder().nodesOf('Group', 'all', 'sales', 'works').nodesOf('User', 'alone');
  estate.nodesOf('Resource', 'mail', 'orders', 'prices', 'plans', 'tools').grant('all', 'mail');
  estate.grant('sales', 'orders').grant('sales', 'prices').grant('works', 'plans').grant('works', 'tools');
  for (const team of ['sales', 'works'])
    for (let i = 0; i < 5; i++) estate.nodesOf('User', `${team}${i}`).member(`${team}${i}`, 'all', team);
  return estate.node('User', 'gone', { enabled: false }).member('gone', 'all', 'sales');
}

const EMBED = { at: 0, seed: 1 };

async function similarTo(id: string, first = 20, includeDisabled?: boolean) {
  const snapshot = await twoTeams().snapshot();
  const apart = new ClonedApart();
  const embedding = await apart.run(embedAccess, [snapshot], EMBED, {});
  const input = { embedding, node: numberOf(snapshot, id), first, includeDisabled };
  const { similar, ...rest } = await apart.run(findSimilar, [snapshot], input, {});
  return {
    ...rest,
    similar: similar.map((one) => ({
      ...one,
      node: snapshot.ids.at(one.node),
      shared: one.shared.map((node) => snapshot.ids.at(node)),
    })),
  };
}

describe('similar nodes', () => {
  it('are those of the same kind that are joined to the same, with what both have, the rarest first', async () => {
    const { similar, compared, isAlone } = await similarTo('sales0');
    expect(similar.slice(0, 4).map(({ node }) => node)).toEqual(['sales1', 'sales2', 'sales3', 'sales4']);
    expect(similar[0]).toMatchObject({ likeness: 1, sharedCount: 5, eitherCount: 5 });
    expect(similar[0]!.shared).toEqual(['mail', 'orders', 'prices', 'sales', 'all']);
    expect([compared, isAlone]).toEqual([10, false]);
    const other = similar.find(({ node }) => node === 'works0');
    if (other !== undefined) {
      expect(other.likeness).toBeLessThan(0.9);
      expect([other.shared, other.sharedCount, other.eitherCount]).toEqual([['mail', 'all'], 2, 8]);
    }
  });

  it('of a resource have the same principals', async () => {
    const { similar } = await similarTo('orders');
    expect(similar[0]).toMatchObject({
      node: 'prices',
      likeness: 1,
      shared: ['sales'],
      sharedCount: 1,
      eitherCount: 1,
    });
  });

  it('hold disabled identities only when they are asked for', async () => {
    const told = async (includeDisabled?: boolean) =>
      (await similarTo('sales0', 20, includeDisabled)).similar.map(({ node }) => node);
    expect(await told()).not.toContain('gone');
    expect(await told(true)).toContain('gone');
  });

  it('are none for what is joined to nothing', async () => {
    expect(await similarTo('alone')).toMatchObject({ similar: [], isAlone: true, compared: 10 });
  });

  it('are as many as were asked for, and refused out of bounds', async () => {
    expect((await similarTo('sales0', 2)).similar.map(({ node }) => node)).toEqual(['sales1', 'sales2']);
    for (const first of [0, 1001, 1.5])
      expect(await refusalOf(() => similarTo('sales0', first))).toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('keep their rows when something far off changes', async () => {
    const rows = async (estate: EstateBuilder) => {
      const snapshot = await estate.snapshot();
      const { nodes, values, dimensions } = await embedAccess([snapshot], EMBED, new Pace());
      const row = nodes.indexOf(numberOf(snapshot, 'far0'));
      return [...values.subarray(row * dimensions, (row + 1) * dimensions)];
    };
    const withFar = () => twoTeams().nodesOf('Group', 'far').nodesOf('User', 'far0').member('far0', 'far');
    expect(await rows(withFar())).toEqual(
      await rows(withFar().nodesOf('User', 'a-new-one').member('a-new-one', 'sales')),
    );
  });
});

describe('the graph of access', () => {
  it('joins two nodes once, whoever says so, and leaves out what denies', async () => {
    const estate = new EstateBuilder().nodesOf('User', 'u').nodesOf('Resource', 'r', 's');
    estate.grant('u', 'r', 'read').grant('u', 'r', 'write').grant('u', 's');
    estate.edges[2] = { ...estate.edges[2]!, effect: 'DENY' };
    const { nodes, graph } = await accessArcs(await estate.snapshot(), 0, new Pace());
    expect(nodes).toHaveLength(3);
    expect([[...graph.bounds], [...graph.targets], [...graph.weights]]).toEqual([
      [0, 1, 2, 2],
      [1, 0],
      [1, 1],
    ]);
  });
});

describe('the map', () => {
  it('puts nodes that stand alike at one place, and leaves out what is joined to nothing', async () => {
    const snapshot = await twoTeams().snapshot();
    const embedding = await embedAccess([snapshot], EMBED, new Pace());
    const { nodes, coordinates, explained } = await mapAccess([snapshot], { embedding, kinds: ['User'] }, new Pace());
    const at = (id: string) => [...coordinates.subarray(2 * nodes.indexOf(numberOf(snapshot, id))).subarray(0, 2)];
    expect(nodes).toHaveLength(11);
    expect(at('sales0')).toEqual(at('sales4'));
    expect(Math.abs(at('sales0')[0]! - at('works0')[0]!)).toBeGreaterThan(0.1);
    expect(explained[0]).toBeCloseTo(1, 5);
  });

  it('refuses kinds that there are not, and an embedding of another version', async () => {
    const snapshot = await twoTeams().snapshot();
    const embedding = await embedAccess([snapshot], EMBED, new Pace());
    const ask = (input: object) => refusalOf(() => mapAccess([snapshot], { embedding, ...input }, new Pace()));
    expect(await ask({ kinds: ['Nobody'] })).toMatchObject({ code: 'ARGUMENT_INVALID', facts: { argument: 'kinds' } });
    const older = { ...embedding, version: 7 };
    expect(
      await refusalOf(() => findSimilar([snapshot], { embedding: older, node: 0, first: 1 }, new Pace())),
    ).toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(await refusalOf(() => embedAccess([snapshot], { at: 0, seed: 0.5 }, new Pace()))).toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
