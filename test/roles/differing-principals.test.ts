/** Whoever is not marked as differing is decided on alike in both reaches, and at both instants, by the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supposingFor } from '../../engine/access/suppose.ts';
import { type Change, makeEdge } from '../../engine/model/index.ts';
import { type Differing, differingByReach, differingByTime } from '../../engine/roles/proof/differing-principals.ts';
import { supposition } from '../../engine/roles/proof/supposed-edits.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { changed } from '../support/changed-graph.ts';
import { accessible, actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { identitiesOf, linesOf } from '../support/random-graph.ts';
import { numbersFrom, picker, roleGraph } from '../support/role-graph.ts';
import { groundOfGraph } from '../support/role-state.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

/** Edges of every kind that go, and some that come. */
function someChanges(graph: OracleGraph, next: () => number): readonly Change[] {
  const pick = picker(next);
  const there = new Set(graph.nodes.map(({ id }) => id));
  const effective = graph.edges.filter(({ from, to }) => there.has(from) && there.has(to));
  const going = new Set(Array.from({ length: Math.floor(next() * 4) }, () => pick(effective)));
  const ids = (kind: string): readonly string[] => graph.nodes.filter((node) => node.kind === kind).map(({ id }) => id);
  const coming = makeEdge({
    kind: next() < 0.5 ? 'HAS_ROLE' : 'CAN_ASSUME',
    from: pick(ids('User')),
    to: pick(ids('Role')),
    source: 'main',
    key: 'more',
    ...(next() < 0.5 ? { validFrom: 15 } : {}),
  });
  return [
    ...[...going].map(({ id, source }): Change => ({ op: 'REMOVE_EDGE', id, source })),
    ...(next() < 0.5 ? [{ op: 'PUT_EDGE' as const, edge: coming }] : []),
  ];
}

const cases = fc.record({ seed: fc.nat(), choice: fc.nat() }).map((drawn) => ({
  ...drawn,
  [fc.toStringMethod]: () => `${JSON.stringify(drawn)}\n${linesOf(roleGraph(drawn.seed))}`,
}));

describe('those of whom something may differ', () => {
  it(
    'are all of whom something differs, on both sides of a change',
    async () => {
      let [alike, differing] = [0, 0];
      await fc.assert(
        fc.asyncProperty(cases, async ({ seed, choice }) => {
          const graph = roleGraph(seed);
          const changes = someChanges(graph, numbersFrom(choice));
          const { snapshot: compiled, reader } = await groundOfGraph(graph);
          const { snapshot, edits } = await supposition(compiled, reader, changes);
          const sides = [graph, changed(graph, changes)];
          const actions = actionsToldApart([...new Set(sides.flatMap(patternsOf))]);
          const can = (side: OracleGraph, identity: string, frame: Parameters<typeof accessible>[3]): string =>
            JSON.stringify([...accessible(side, identity, actions, frame)].map(([id, what]) => [id, [...what]]));
          await supposingFor(snapshot, edits, async (after: Snapshot) => {
            const versions = [snapshot, after] as const;
            const check = (marked: Differing, frames: readonly Parameters<typeof accessible>[3][]): void => {
              for (const identity of identitiesOf(graph)) {
                if (marked === undefined || marked[snapshot.index.find(identity)] === 1) {
                  differing += 1;
                  continue;
                }
                alike += 1;
                for (const side of sides) expect(can(side, identity, frames[1])).toBe(can(side, identity, frames[0]));
              }
            };
            for (const at of [5, 15]) {
              check(differingByReach(versions, 'ASSUMABLE'), [
                { reach: 'ENTITLED', at },
                { reach: 'ASSUMABLE', at },
              ]);
              check(differingByReach(versions, 'ESCALATION'), [
                { reach: 'ASSUMABLE', at },
                { reach: 'ESCALATION', at },
              ]);
            }
            for (const reach of ['ENTITLED', 'ASSUMABLE', 'ESCALATION'] as const)
              for (const [then, now] of [
                [5, 15],
                [15, 25],
                [5, 30],
              ] as const)
                check(differingByTime(versions, then, now), [
                  { reach, at: then },
                  { reach, at: now },
                ]);
          });
        }),
        runs(120),
      );
      expect(alike).toBeGreaterThan(200);
      expect(differing).toBeGreaterThan(100);
    },
    LONG,
  );
});
