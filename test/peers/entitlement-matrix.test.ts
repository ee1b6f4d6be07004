/** Who was given what, in classes, against one set of entitlements per identity. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFrame } from '../../engine/access/frame.ts';
import { readFacts } from '../../engine/findings/graph-facts.ts';
import { makeEdge, type NodeKind, type NodeRecord, type Reach } from '../../engine/model/index.ts';
import { type EntitlementMatrix, entitlementMatrix } from '../../engine/peers/entitlement-matrix.ts';
import { equalColumns } from '../../engine/peers/equal-columns.ts';
import { Limits } from '../../engine/peers/limits.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { entitlementText, obviousLimited } from '../support/obvious-holdings.ts';
import { contextsOf, membersOf } from '../support/oracle/decide.ts';
import { isDisabled, type OracleGraph, worldAt } from '../support/oracle/index.ts';
import { INSTANTS, randomGraph } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const snapshotOf = ({ nodes, edges }: OracleGraph): Promise<Snapshot> => compileSnapshot(memoryReader(nodes, edges));

/** What each identity that is not disabled was given. */
function obviousHoldings(graph: OracleGraph, reach: Reach, at: number): ReadonlyMap<string, ReadonlySet<string>> {
  const world = worldAt(graph, at);
  const held = new Map<string, Set<string>>();
  for (const [id, kind] of world.kinds) {
    if ((kind !== 'User' && kind !== 'ServiceAccount') || isDisabled(graph, id)) continue;
    const attained = new Set<string>();
    for (const context of contextsOf(world, id, reach).keys())
      for (const member of membersOf(world, context).keys()) attained.add(member);
    const own = new Set<string>();
    for (const edge of world.edges) {
      if (!attained.has(edge.from)) continue;
      if (edge.kind === 'GRANTS' && edge.effect !== 'DENY')
        own.add(entitlementText(edge.to, edge.actions ?? [], edge.exceptActions ?? [], edge.inherit !== false));
      if (edge.kind === 'CONTROLS' && reach === 'ESCALATION' && world.kinds.get(edge.to) === 'Resource')
        own.add(entitlementText(edge.to, ['*'], [], true));
    }
    held.set(id, own);
  }
  return held;
}

function entitlementsOf(
  matrix: EntitlementMatrix,
  column: number,
  snapshot: Snapshot,
  limitText?: (limit: number) => string,
): readonly string[] {
  const texts: string[] = [];
  for (let e = matrix.columnBounds[column]!; e < matrix.columnBounds[column + 1]!; e++) {
    const { actions, exceptActions } = snapshot.terms.all[matrix.terms[e]!]!;
    const resource = snapshot.ids.at(matrix.resources[e]!);
    const text = entitlementText(resource, actions, exceptActions, matrix.inherits[e] === 1);
    texts.push(limitText === undefined ? text : `${text} ${limitText(matrix.limits[e]!)}`);
  }
  return texts;
}

function holdingsIn(
  matrix: EntitlementMatrix,
  snapshot: Snapshot,
  limitText?: (limit: number) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, ReadonlySet<string>>();
  for (let row = 0; row < matrix.rows; row++) {
    const columns = [...matrix.cells.subarray(matrix.cellBounds[row]!, matrix.cellBounds[row + 1]!)];
    expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b));
    const own = new Set(columns.flatMap((column) => entitlementsOf(matrix, column, snapshot, limitText)));
    for (const node of matrix.identities.subarray(matrix.rowBounds[row]!, matrix.rowBounds[row + 1]!))
      held.set(snapshot.ids.at(node), own);
  }
  for (const node of matrix.without) held.set(snapshot.ids.at(node), new Set());
  return held;
}

const sorted = (held: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...held].map(([id, own]) => [id, [...own].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1));

const holdersOf = (held: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] => {
  const holders = new Map<string, string[]>();
  for (const [id, own] of sorted(held)) for (const text of own) holders.set(text, [...(holders.get(text) ?? []), id]);
  return [...holders.values()].map((ids) => JSON.stringify(ids));
};

describe('the matrix of entitlements', () => {
  it(
    'says who was given what, in as few classes as there can be',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          randomGraph(),
          fc.constantFrom<Reach>('ENTITLED', 'ASSUMABLE', 'ESCALATION'),
          fc.constantFrom(...INSTANTS),
          async (graph, reach, at) => {
            const snapshot = await snapshotOf(graph);
            const matrix = await entitlementMatrix(makeFrame(snapshot, reach, at), new Pace());
            const obvious = obviousHoldings(graph, reach, at);
            expect(sorted(holdingsIn(matrix, snapshot))).toEqual(sorted(obvious));
            const rows = new Set(sorted(obvious).map(([, own]) => JSON.stringify(own)));
            rows.delete('[]');
            expect(matrix.rows).toBe(rows.size);
            expect(matrix.columns).toBe(new Set(holdersOf(obvious)).size);
          },
        ),
        runs(600),
      );
    },
    LONG,
  );

  it(
    'tells what is had under conditions and for a time from what is had for good',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          randomGraph(),
          fc.constantFrom<Reach>('ENTITLED', 'ASSUMABLE', 'ESCALATION'),
          fc.constantFrom(...INSTANTS),
          async (graph, reach, at) => {
            const reader = memoryReader(graph.nodes, graph.edges);
            const snapshot = await compileSnapshot(reader);
            const { conditions } = await readFacts(snapshot, reader, new Set(['conditions']), new Pace());
            const limits = new Limits(snapshot, conditions!);
            const matrix = await entitlementMatrix(makeFrame(snapshot, reach, at), new Pace(), { limits });
            const texts = new Map<number, string>();
            for (let edge = 0; edge < snapshot.edgeSpace; edge++) {
              const [record] = await reader.edges([snapshot.edgeRef[edge]!]);
              if (record?.condition !== undefined) texts.set(conditions![edge]!, record.condition);
            }
            const limitText = (number: number): string => {
              const { conditions: some, from, to } = limits.all[number]!;
              return JSON.stringify([some.map((one) => texts.get(one)!).sort(), String(from), String(to)]);
            };
            const obvious = obviousLimited(graph, reach, at);
            const told = holdingsIn(matrix, snapshot, limitText);
            expect(sorted(told)).toEqual(sorted(obvious));
            expect(matrix.columns).toBe(new Set(holdersOf(obvious)).size);
          },
        ),
        runs(600),
      );
    },
    LONG,
  );

  it(
    'is the same however the records lie',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomGraph(), async (graph) => {
          const turned = { nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() };
          const [one, other] = await Promise.all(
            [graph, turned].map(async (each) =>
              entitlementMatrix(makeFrame(await snapshotOf(each), 'ASSUMABLE', 15), new Pace()),
            ),
          );
          expect(one).toEqual(other);
        }),
        runs(100),
      );
    },
    LONG,
  );

  it('takes every action as one, granted or taken over', async () => {
    const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 'main', attributes: {} });
    const nodes = [node('User', 'granted'), node('User', 'taking'), node('Resource', 'file')];
    const edges = [
      makeEdge({ kind: 'GRANTS', from: 'granted', to: 'file', source: 'main', actions: ['*'] }),
      makeEdge({ kind: 'CONTROLS', from: 'taking', to: 'file', source: 'main', technique: 'reset' }),
    ];
    const frame = makeFrame(await snapshotOf({ nodes, edges }), 'ESCALATION', 0);
    const { rows, columns } = await entitlementMatrix(frame, new Pace());
    expect([rows, columns]).toEqual([1, 1]);
  });

  it('is small where many people have much alike', async () => {
    const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 'main', attributes: {} });
    const teams = 20;
    const nodes: NodeRecord[] = [];
    const edges = [];
    for (let t = 0; t < teams; t++) {
      nodes.push(node('Group', `team${t}`));
      for (let r = 0; r < 200; r++) {
        nodes.push(node('Resource', `file${t}.${r}`));
        edges.push(
          makeEdge({ kind: 'GRANTS', from: `team${t}`, to: `file${t}.${r}`, source: 'main', actions: ['read'] }),
        );
      }
      for (let u = 0; u < 50; u++) {
        nodes.push(node('User', `user${t}.${u}`));
        edges.push(makeEdge({ kind: 'MEMBER_OF', from: `user${t}.${u}`, to: `team${t}`, source: 'main' }));
        edges.push(
          makeEdge({ kind: 'MEMBER_OF', from: `user${t}.${u}`, to: `team${(t + 1) % teams}`, source: 'main' }),
        );
      }
    }
    const matrix = await entitlementMatrix(makeFrame(await snapshotOf({ nodes, edges }), 'ENTITLED', 0), new Pace());
    expect([matrix.rows, matrix.columns, matrix.cells.length]).toEqual([teams, teams, 2 * teams]);
    expect([matrix.identities.length, matrix.resources.length]).toEqual([1000, 4000]);
  });

  it('of a graph in which nobody has anything is empty', async () => {
    const matrix = await entitlementMatrix(
      makeFrame(await snapshotOf({ nodes: [], edges: [] }), 'ENTITLED', 0),
      new Pace(),
    );
    expect([matrix.rows, matrix.columns, matrix.without.length]).toEqual([0, 0, 0]);
  });
});

describe('equal columns', () => {
  it('are those that the same rows have', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 8 }), { maxLength: 9 }), (rows) => {
        const bounds = Uint32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).flat().length)]);
        const { classOf, count } = equalColumns(bounds, Uint32Array.from(rows.flat()), 8);
        const holders = Array.from({ length: 8 }, (_, c) =>
          rows.flatMap((row, r) => (row.includes(c) ? [r] : [])).join(),
        );
        const met = [...new Set(holders.filter((of) => of !== ''))];
        expect([...classOf]).toEqual(holders.map((of) => met.indexOf(of)));
        expect(count).toBe(met.length);
      }),
      runs(1000),
    );
  });
});
