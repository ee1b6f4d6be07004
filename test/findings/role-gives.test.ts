/** What roles give, shared between those that include each other, against a walk for each role. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GivenSets } from '../../engine/findings/given-sets.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import { alwaysIncludes, includedOf, isAlways, whatRolesGive } from '../../engine/findings/role-gives.ts';
import { stillThere } from '../../engine/findings/still-there.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { liveNodes } from '../../engine/snapshot/nodes.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { BOUND, GRANT, MEMBERSHIP, ROLE, type Snapshot, TAKE } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { crowdedGraph, INSTANTS, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

/** All edges that say what a role gives, found by a walk of its own. */
function edgesGiving(snapshot: Snapshot, role: number, at: number): readonly number[] {
  const met = new Set([role]);
  const edges = [...stillThere(snapshot, BOUND, 'out', role, at)];
  for (const node of met) {
    edges.push(...[GRANT, TAKE].flatMap((edgeClass) => stillThere(snapshot, edgeClass, 'out', node, at)));
    for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', node, at)) {
      if (isAlways(snapshot, edge)) met.add(snapshot.target[edge]!);
      else edges.push(edge);
    }
  }
  return edges;
}

describe('what roles give', () => {
  it(
    'is what a walk from each of them finds; of equal sets there is one',
    async () => {
      let [included, same] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(randomGraph(), crowdedGraph(), returningGraph()),
          fc.constantFrom(...INSTANTS),
          async (graph, at) => {
            const reader = memoryReader(graph.nodes, graph.edges);
            const snapshot = await compileSnapshot(reader);
            const { conditions } = await readFacts(snapshot, reader, new Set(['conditions'] as const), new Pace());
            const roles = [...liveNodes(snapshot, ROLE, ROLE + 1)];
            const known = { at, conditions: conditions! };
            const { given, numberOf } = await whatRolesGive(snapshot, roles, known, new Pace());
            expect([...given.keys()]).toEqual(roles);
            for (const role of roles) {
              const walked = [...new Set(edgesGiving(snapshot, role, at).map(numberOf))].sort((a, b) => a - b);
              expect([...given.get(role)!]).toEqual(walked);
              const all = new Set(includedOf(snapshot, role, at));
              for (const other of roles) {
                expect(alwaysIncludes(snapshot, role, other, at)).toBe(all.has(other));
                if (role === other) continue;
                const isSame = given.get(role) === given.get(other);
                expect(isSame).toBe(given.get(role)!.join() === given.get(other)!.join());
                if (all.has(other)) included++;
                if (isSame && walked.length > 0) same++;
              }
            }
          },
        ),
        runs(300),
      );
      expect(Math.min(included, same)).toBeGreaterThan(0);
    },
    LONG,
  );
});

describe('sets of numbers', () => {
  it('come together to what they hold, one array for each content', () => {
    const numbers = fc.array(fc.nat(12), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 6 }), (lists) => {
        const sets = new GivenSets();
        const union = sets.union(lists.map((list) => sets.of(list)));
        expect([...union]).toEqual([...new Set(lists.flat())].sort((a, b) => a - b));
        expect(sets.of(lists.flat())).toBe(union);
      }),
      runs(300),
    );
  });
});
