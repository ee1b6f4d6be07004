/** Every remedy does what it says: tried in `whatIf`, in every reach, now and at every later instant at which something turns. */
import { describe, expect, it } from 'vitest';
import type { AccessRow, GraphView, Scope } from '../../engine/access/questions.ts';
import { FINDING_KINDS } from '../../engine/findings/questions.ts';
import { type EdgeRecord, makeEdge, REACHES } from '../../engine/model/index.ts';
import { covers, foldCase } from '../../engine/snapshot/action-pattern.ts';
import { findingsOf, proposedOf } from '../support/findings-of.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { INSTANTS } from '../support/random-graph.ts';
import { announceSeed, LONG, runs, SEED } from '../support/seed.ts';

announceSeed();

const RANK = { NONE: 0, DENIED: 0, CONDITIONAL: 1, ALLOWED: 2 } as const;

/** True when what a row gives was given as surely before, by an action of each of its patterns. */
async function wasHad(view: GraphView, row: AccessRow, scope: Scope): Promise<boolean> {
  for (const pattern of row.actions) {
    const action = pattern.replaceAll('*', 'Q');
    const { decision } = await view.check({ identity: row.identity, resource: row.resource, action, ...scope });
    if (RANK[decision] < RANK[row.decision]) return false;
  }
  return true;
}

/** True when the exceptions of a row take out what they took out before. */
async function takesOutTheSame(view: GraphView, row: AccessRow, scope: Scope): Promise<boolean> {
  const { items } = await view.accessOf({ identity: row.identity, first: 10_000, ...scope });
  const covered = (some: readonly string[], by: readonly string[]): boolean =>
    some.every((one) => by.some((other) => covers(foldCase(other), foldCase(one))));
  return row.actions.every((pattern) => {
    const before = items.find(({ resource, actions }) => resource === row.resource && actions.includes(pattern));
    if (before === undefined) return false;
    return covered(row.exceptions, before.exceptions) && covered(before.exceptions, row.exceptions);
  });
}

/** The same graph in which some roles and groups have all the grants of another too. */
function withRepeats(graph: OracleGraph): OracleGraph {
  const given = graph.edges.filter(({ kind, from }) => kind === 'GRANTS' && /^(Role|Group)/.test(from));
  const repeated = given.flatMap((edge, i): EdgeRecord[] => {
    const { id: _, ...rest } = edge;
    const others = given.filter(({ from }) => from !== edge.from).slice(i % 7, (i % 7) + 2);
    return others.map(({ from }) => makeEdge({ ...rest, from, key: `again ${i}` }));
  });
  const edges = new Map([...graph.edges, ...repeated].map((edge) => [edge.id, edge]));
  return { ...graph, edges: [...edges.values()] };
}

describe('a remedy, on random graphs of a few hundred nodes', () => {
  it.each(FINDING_KINDS)(
    'of %s does what it says',
    async (kind) => {
      let tried = 0;
      for (let i = 0; i < runs(8).numRuns!; i++) {
        for (const at of [INSTANTS[0]!, INSTANTS[1]!]) {
          const graph = middlingGraph(SEED + i);
          const { findings, view } = await findingsOf(i % 2 === 0 ? graph : withRepeats(graph), { at, kinds: [kind] });
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          for (const { remedy, remedyEffect, severity } of findings.slice(0, 20)) {
            expect(severity).toBeGreaterThanOrEqual(0);
            expect(severity).toBeLessThanOrEqual(1);
            if (remedy.length === 0) continue;
            tried++;
            for (const reach of REACHES) {
              for (const then of new Set([at, ...INSTANTS.filter((instant) => instant > at), 1_000])) {
                const delta = await view.whatIf({ changes: proposedOf(remedy), reach, at: then });
                if (remedyEffect === 'NOTHING_CHANGES') expect(delta.gainedCount).toBe(0);
                // A pattern that a wider one hid before may be told anew: what it gives was had already.
                for (const row of delta.gained) expect(await wasHad(view, row, { reach, at: then })).toBe(true);
                if (remedyEffect !== 'NOTHING_CHANGES') continue;
                expect(delta.lostCount).toBe(0);
                // Which of two exceptions is told where one covers the other may change: what is taken out may not.
                for (const row of delta.altered)
                  expect(await takesOutTheSame(view, row, { reach, at: then })).toBe(true);
              }
            }
          }
        }
      }
      process.stderr.write(`${kind}: ${tried} remedies tried\n`);
    },
    LONG,
  );
});
