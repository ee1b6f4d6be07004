/** Circles of memberships: only those that are closed at one instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EdgeRecord, type Instant, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import { findingsOf, type Records } from '../support/findings-of.ts';
import { INSTANTS, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const KINDS = ['MEMBERSHIP_CYCLE'] as const;
const AT = 10;
const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 's', attributes: {} });
const belongs = (from: string, to: string, rest: Partial<EdgeRecord> = {}): EdgeRecord =>
  makeEdge({ kind: 'MEMBER_OF', from, to, source: 's', ...rest });
const NODES = ['a', 'b', 'c'].map((id) => node('Group', id));
const circles = async (...edges: EdgeRecord[]) =>
  (await findingsOf({ nodes: NODES, edges }, { at: AT, kinds: KINDS })).findings;

describe('a circle of memberships', () => {
  it('is none where one edge ends before the other begins', async () => {
    expect(await circles(belongs('a', 'b', { validTo: 20 }), belongs('b', 'a', { validFrom: 20 }))).toEqual([]);
  });

  it('is told with the day from which it is closed', async () => {
    const day = Date.UTC(2027, 0, 31);
    const [found] = await circles(belongs('a', 'b'), belongs('b', 'a', { validFrom: day }));
    expect(found?.rationale).toContain('From 2027-01-31 on, whoever is in one');
  });

  it('is told with the condition that it stands under', async () => {
    const [found] = await circles(belongs('a', 'b', { condition: 'mfa' }), belongs('b', 'a'));
    expect(found?.rationale).toContain('Where the conditions of these edges hold, whoever is in one');
  });

  it('is told once where it grows later', async () => {
    const [now, later] = [belongs('b', 'a'), belongs('c', 'a', { validFrom: 30 })];
    const told = await circles(belongs('a', 'b'), now, belongs('b', 'c'), later);
    expect(told.map(({ entities }) => [...entities].sort())).toEqual([['a', 'b']]);
  });

  it(
    'is told exactly where the groups and roles reach each other at some instant',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(randomGraph(), returningGraph()), fc.constantFrom(...INSTANTS), async (graph, at) => {
          const { findings } = await findingsOf(graph, { at, kinds: KINDS });
          const closed = [at, ...INSTANTS.filter((then) => then > at), 1_000].flatMap((then) => circling(graph, then));
          for (const { edges } of findings) {
            const [from, to] = [Math.max(at, ...edges.map(begins)), Math.min(...edges.map(ends))];
            expect(from).toBeLessThan(to);
            edges.forEach((one, i) => {
              expect(one.to).toBe(edges[(i + 1) % edges.length]!.from);
            });
          }
          const told = new Set(findings.flatMap(({ entities }) => entities));
          for (const id of told) expect(closed.flat()).toContain(id);
          for (const circle of closed) expect(circle.some((id) => told.has(id))).toBe(true);
        }),
        runs(200),
      );
    },
    LONG,
  );
});

const begins = (edge: EdgeRecord): Instant => edge.validFrom ?? Number.NEGATIVE_INFINITY;
const ends = (edge: EdgeRecord): Instant => edge.validTo ?? Number.POSITIVE_INFINITY;
const BELONGING = new Set(['MEMBER_OF', 'HAS_ROLE', 'INHERITS']);

/** The definition, one node after the other: for each that comes back to itself, the nodes that it reaches and that reach it. */
function circling({ nodes, edges }: Records, then: Instant): string[][] {
  const ids = new Set(nodes.map(({ id }) => id));
  const there = edges.filter(
    (one) => BELONGING.has(one.kind) && ids.has(one.from) && ids.has(one.to) && begins(one) <= then && then < ends(one),
  );
  const reach = (start: string): ReadonlySet<string> => {
    const met = new Set<string>();
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const { from, to } of there)
        if (from === node && !met.has(to)) {
          met.add(to);
          open.push(to);
        }
    return met;
  };
  return [...ids].filter((id) => reach(id).has(id)).map((id) => [...reach(id)].filter((to) => reach(to).has(id)));
}
