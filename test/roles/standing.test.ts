/** What a proof's second computation writes down of identities tells apart just what a plain walk tells apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REACHES } from '../../engine/model/index.ts';
import { numberedSides } from '../../engine/roles/twin/numbered-sides.ts';
import { bothSides } from '../../engine/roles/twin/plain-graph.ts';
import { Standing, specialNodes } from '../../engine/roles/twin/standing.ts';
import { PlainStanding } from '../support/plain-standing.ts';
import { linesOf } from '../support/random-graph.ts';
import { numbersFrom, picker, roleGraph } from '../support/role-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();
const INSTANTS = [0, 5, 15, 25];

const cases = fc.record({ seed: fc.nat(), choice: fc.nat() }).map((drawn) => ({
  ...drawn,
  [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
}));

/** For each of some things the first one that is equal to it. */
const firsts = (things: readonly string[]): readonly number[] => things.map((thing) => things.indexOf(thing));

describe('how identities stand', () => {
  it(
    'is equal where a plain walk finds it equal, and nowhere else',
    () =>
      fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice }) => {
          const graph = roleGraph(seed);
          const next = numbersFrom(choice);
          const may = graph.edges.filter(({ kind }) => kind !== 'CONTAINS');
          if (may.length === 0) return;
          const gone = Array.from({ length: 3 }, () => picker(next)(may));
          const changes = gone.map(({ id, source }) => ({ op: 'REMOVE_EDGE', id, source }) as const);
          const both = await bothSides({ nodes: () => graph.nodes, edges: () => graph.edges }, changes);
          const sides = numberedSides(both);
          const special = specialNodes(sides);
          const told: string[] = [];
          const plainly: string[] = [];
          for (const side of ['before', 'after'] as const) {
            const first = new Standing(sides[side], sides, INSTANTS[0]!);
            for (const at of INSTANTS) {
              const standing = new Standing(sides[side], sides, at);
              const plain = new PlainStanding(both[side], at);
              for (const identity of both.identities) {
                const node = sides.numberOf(identity);
                const stand = standing.of(node, REACHES);
                for (const [i, reach] of REACHES.entries()) {
                  told.push(stand.digests[i]!);
                  plainly.push(plain.digestOf(identity, reach));
                  expect(standing.textsOf(node, reach)).toEqual(plain.linesOf(identity, reach));
                }
                expect(stand.pairs).toBe(plain.pairsOf(identity));
                if (special.changesWithTime[node] === 0) expect(stand).toEqual(first.of(node, REACHES));
              }
            }
          }
          expect(firsts(told)).toEqual(firsts(plainly));
        }),
        runs(100),
      ),
    LONG,
  );
});
