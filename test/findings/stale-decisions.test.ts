/** How stale edges are put together, against an obvious reading of the same, on random graphs of which any edges are taken as stale. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../engine/access/frame.ts';
import { staleDecisions } from '../../engine/findings/stale/stale-decisions.ts';
import { type EdgeKind, type EdgeRecord, makeEdge, type NodeKind } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from '../support/memory-reader.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { crowdedGraph, randomGraph, returningGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const AT = 15;
const graphs = fc.oneof(randomGraph(), crowdedGraph(), returningGraph());
const STALE_KINDS: readonly EdgeKind[] = ['GRANTS', 'MEMBER_OF', 'HAS_ROLE', 'CAN_ASSUME'];
const WAYS: readonly EdgeKind[] = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', 'CAN_ASSUME'];

interface Put {
  readonly stale: readonly string[];
  readonly ending: readonly string[];
}

/** The edges that are there now, of those that could be stale the ones that are taken to be, and of these some that may carry a use. */
function chosen({ nodes, edges }: OracleGraph, isTaken: (i: number) => boolean, mayCarry: (i: number) => boolean) {
  const ids = new Set(nodes.map(({ id }) => id));
  const now = edges.filter(
    ({ from, to, validFrom = -Infinity, validTo = Infinity }) =>
      ids.has(from) && ids.has(to) && validFrom <= AT && AT < validTo,
  );
  const stale = now.filter(({ kind, effect }, i) => STALE_KINDS.includes(kind) && effect !== 'DENY' && isTaken(i));
  return { now, stale, carrying: stale.filter((_, i) => mayCarry(i)) };
}

/** One in five, by its name, gives something that somebody used. */
const isUsed = (id: string): boolean => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5 === 0;

type Chosen = ReturnType<typeof chosen>;

function byHand({ nodes }: OracleGraph, { now, stale, carrying }: Chosen): Map<string, Put> {
  const kindOf = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const into = (id: string) => now.filter(({ kind, to }) => WAYS.includes(kind) && to === id);
  const isLonely = ({ from, to, kind }: EdgeRecord, before: readonly EdgeRecord[]): boolean =>
    kind !== 'GRANTS' &&
    ['User', 'ServiceAccount'].includes(kindOf.get(from)!) &&
    into(from).length === 0 &&
    !before.some((other) => other.from === from && other.to === to && other.kind !== 'GRANTS');
  const apart = carrying.filter((edge, i) => !isLonely(edge, carrying.slice(0, i)));
  const wholly = new Set<string>();
  for (let before = -1; before !== wholly.size; ) {
    before = wholly.size;
    for (const [id, kind] of kindOf) {
      const ways = into(id);
      const isAll = ways.every(
        (way) => (stale.includes(way) && !apart.includes(way)) || (way.kind === 'INHERITS' && wholly.has(way.from)),
      );
      if ((kind === 'Group' || kind === 'Role') && ways.length > 0 && isAll && !isUsed(id)) wholly.add(id);
    }
  }
  /** What is come to from outside of those, past none of some. */
  const reached = (less: string): Set<string> => {
    const met = new Set<string>();
    for (let before = -1; before !== met.size; ) {
      before = met.size;
      for (const id of wholly)
        if (id !== less && into(id).some(({ from }) => !wholly.has(from) || met.has(from))) met.add(id);
    }
    return met;
  };
  const passed = (id: string): string[] => [...wholly].filter((other) => !reached(other).has(id));
  const headOf = (id: string): string => {
    if (!reached('').has(id)) return id;
    const all = passed(id);
    return all.find((head) => all.every((other) => other === head || !passed(head).includes(other)))!;
  };
  const put = new Map<string, EdgeRecord[]>();
  for (const edge of stale) {
    const isGrant = edge.kind === 'GRANTS';
    const some = isGrant ? 'GRANTS' : 'HOLDERS';
    const key = apart.includes(edge)
      ? `${isGrant ? 'ANY_GRANT' : 'ANY_HOLDER'} ${isGrant ? edge.from : edge.to}`
      : wholly.has(edge.from)
        ? `ALL ${headOf(edge.from)}`
        : !isGrant && wholly.has(edge.to)
          ? `ALL ${headOf(edge.to)}`
          : `${some} ${isGrant ? edge.from : edge.to}`;
    put.set(key, [...(put.get(key) ?? []), edge]);
  }
  const idsOf = (edges: readonly EdgeRecord[]): string[] => edges.map(({ id }) => id).sort();
  return new Map(
    [...put].map(([key, edges]) => {
      const [about, node] = key.split(' ') as [string, string];
      return [key, { stale: idsOf(edges), ending: idsOf(about === 'ALL' ? into(node) : edges) }];
    }),
  );
}

async function byEngine(
  { nodes, edges }: OracleGraph,
  { stale, carrying }: Pick<Chosen, 'stale' | 'carrying'>,
): Promise<Map<string, Put>> {
  const reader = memoryReader(nodes, edges);
  const snapshot = await compileSnapshot(reader);
  const records = await reader.edges(Array.from({ length: snapshot.edgeSpace }, (_, edge) => snapshot.edgeRef[edge]!));
  const idOf = (edge: number): string => records[edge]!.id;
  const numbers = new Map(records.map((record, edge) => [record!.id, edge]));
  const mayCarry = new Uint8Array(snapshot.edgeSpace);
  const givesUsed = new Uint8Array(snapshot.nodeSpace);
  for (const { id } of nodes) if (isUsed(id)) givesUsed[snapshot.index.find(id)] = 1;
  for (const { id } of carrying) mayCarry[numbers.get(id)!] = 1;
  const decisions = staleDecisions(
    makeFrame(snapshot, 'ASSUMABLE', AT),
    stale.map(({ id }) => numbers.get(id)!),
    { mayCarry, givesUsed },
  );
  return new Map(
    decisions.map((one) => [
      `${one.about} ${snapshot.ids.at(one.node)}`,
      { stale: one.stale.map(idOf).sort(), ending: one.ending.map(idOf).sort() },
    ]),
  );
}

const sorted = (put: Map<string, Put>) => [...put].sort(([a], [b]) => (a < b ? -1 : 1));

describe('stale edges', () => {
  it(
    'are put together by whose decision they are',
    async () => {
      const met = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          graphs,
          fc.nat(),
          fc.constantFrom(2, 5, 50),
          fc.constantFrom(3, 50),
          async (graph, shift, often, carries) => {
            const taken = chosen(
              graph,
              (i) => (i + shift) % often !== 0,
              (i) => (i + shift) % carries === 0,
            );
            const put = byHand(graph, taken);
            expect(sorted(await byEngine(graph, taken))).toEqual(sorted(put));
            for (const key of put.keys()) met.set(key.split(' ')[0]!, (met.get(key.split(' ')[0]!) ?? 0) + 1);
          },
        ),
        runs(300),
      );
      for (const about of ['ALL', 'GRANTS', 'HOLDERS', 'ANY_GRANT', 'ANY_HOLDER'])
        expect(met.get(about)).toBeGreaterThan(20);
    },
    LONG,
  );

  it('of a role that only an unused role includes fall with that one, those of one that others use do not', async () => {
    const node = (kind: NodeKind, id: string) => ({ kind, id, source: 's', attributes: {} });
    const edge = (kind: EdgeKind, from: string, to: string) =>
      makeEdge({ kind, from, to, source: 's', ...(kind === 'GRANTS' ? { actions: ['read'] } : {}) });
    const stale = [
      edge('HAS_ROLE', 'u', 'senior'),
      edge('GRANTS', 'senior', 'r'),
      edge('GRANTS', 'junior', 'r'),
      edge('GRANTS', 'shared', 'r'),
      edge('HAS_ROLE', 'u', 'shared'),
    ];
    const graph = {
      nodes: [
        node('User', 'u'),
        node('User', 'v'),
        ...['senior', 'junior', 'shared'].map((id) => node('Role', id)),
        node('Resource', 'r'),
      ],
      edges: [
        ...stale,
        edge('INHERITS', 'senior', 'junior'),
        edge('INHERITS', 'senior', 'shared'),
        edge('HAS_ROLE', 'v', 'shared'),
      ],
    };
    const put = await byEngine(graph, { stale, carrying: [] });
    expect([...put.keys()].sort()).toEqual(['ALL senior', 'GRANTS shared', 'HOLDERS shared']);
    expect(put.get('ALL senior')!.stale).toHaveLength(3);
    expect(put.get('ALL senior')!.ending).toEqual([stale[0]!.id]);
  });
});
