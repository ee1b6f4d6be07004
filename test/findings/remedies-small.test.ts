/** Remedies on graphs of a few nodes that use everything at once: one by one, and those that change nothing all of a kind together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../engine/findings/questions.ts';
import { rulesOf } from '../../engine/findings/rules/index.ts';
import { makeEdge, type NodeKind, REACHES } from '../../engine/model/index.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { crowdedGraph, INSTANTS, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const graphs = fc.oneof(randomGraph(), crowdedGraph(), returningGraph(), rolesAlike());

/** A few roles with a few of the same grants, that hold each other and are held: many alike, many that are parts of others. */
function rolesAlike(): fc.Arbitrary<OracleGraph> {
  const roles = ['a', 'b', 'c', 'd', 'e'];
  const ids = [...roles, 'u', 'v', 'g', 'r', 'q'];
  const kindOf = (id: string): NodeKind =>
    roles.includes(id) ? 'Role' : id === 'g' ? 'Group' : id < 'u' ? 'Resource' : 'User';
  const give = fc.record({
    from: fc.constantFrom(...roles),
    to: fc.constantFrom('r', 'q'),
    action: fc.constantFrom('x', 'y'),
  });
  const have = fc.record({
    from: fc.constantFrom(...roles, 'u', 'v', 'g'),
    to: fc.constantFrom(...roles),
    kind: fc.constantFrom('has', 'has', 'has', 'assumes', 'bounded'),
    condition: fc.constantFrom(undefined, undefined, undefined, 'c1'),
  });
  return fc
    .record({ gives: fc.array(give, { minLength: 3, maxLength: 14 }), has: fc.array(have, { maxLength: 12 }) })
    .map(({ gives, has }) => {
      const edges = [
        ...gives.map(({ from, to, action }) =>
          makeEdge({ kind: 'GRANTS', from, to, source: 's', key: action, actions: [action] }),
        ),
        ...has
          .filter(({ from, to, kind }) => from !== to && !(kind === 'bounded' && from === 'g'))
          .map(({ from, to, kind, condition }) => {
            const isRole = kindOf(from) === 'Role';
            const edgeKind =
              kind === 'has' ? (isRole ? 'INHERITS' : 'HAS_ROLE') : kind === 'assumes' ? 'CAN_ASSUME' : 'BOUNDED_BY';
            return makeEdge({ kind: edgeKind, from, to, source: 's', ...(condition && { condition }) });
          }),
        makeEdge({ kind: 'MEMBER_OF', from: 'u', to: 'g', source: 's' }),
      ];
      return {
        nodes: ids.map((id) => ({ kind: kindOf(id), id, source: 's', attributes: {} })),
        edges: [...new Map(edges.map((edge) => [edge.id, edge])).values()],
      };
    });
}

describe('a remedy, on small random graphs', () => {
  it.each(rulesOf(FINDING_KINDS).map(({ kind }) => kind))(
    'of %s does what it says',
    async (kind) => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(graphs, fc.constantFrom(...INSTANTS), async (graph, at) => {
          const { findings, view } = await findingsOf(graph, { at, kinds: [kind] });
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          const all = findings.flatMap(({ remedy }) => remedy);
          const isHarmless = findings.every(({ remedyEffect }) => remedyEffect !== 'ACCESS_ENDS');
          const effect = findings.every((one) => one.remedyEffect === 'NOTHING_CHANGES')
            ? 'NOTHING_CHANGES'
            : 'LISTS_SHRINK';
          const together = isHarmless && findings.length > 1 ? [{ remedy: all, remedyEffect: effect }] : [];
          for (const { remedy, remedyEffect } of [...findings, ...together]) {
            if (remedy.length === 0) continue;
            tried++;
            for (const reach of REACHES) {
              for (const then of [at, ...INSTANTS.filter((instant) => instant > at), 1_000]) {
                const delta = await view.whatIf({ changes: proposedOf(remedy), reach, at: then });
                expect(delta.gainedCount).toBe(0);
                if (remedyEffect === 'NOTHING_CHANGES') expect([delta.lostCount, delta.alteredCount]).toEqual([0, 0]);
              }
            }
          }
        }),
        runs(300),
      );
      process.stderr.write(`${kind}: ${tried} remedies tried\n`);
    },
    LONG,
  );
});
