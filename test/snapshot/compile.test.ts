import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { IdIndex, slotsOf } from '../../engine/snapshot/id-index.ts';
import { CompiledIdsBuilder, hashOfId, IdTable } from '../../engine/snapshot/id-table.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { type Found, searchNodes } from '../../engine/snapshot/search-text.ts';
import { MEMBERSHIP, OWNERSHIP } from '../../engine/snapshot/snapshot.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { randomGraph } from '../support/random-graph.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { arraysOf } from '../support/snapshot-content.ts';

announceSeed();

describe('compileSnapshot', () => {
  it('gives equal arrays for equal graphs, in whatever order the store tells of them', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph(), fc.infiniteStream(fc.nat()), async (graph, numbers) => {
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, at: numbers.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const one = await compileSnapshot(memoryReader(graph.nodes, graph.edges));
        const other = await compileSnapshot(memoryReader(shuffled(graph.nodes), shuffled(graph.edges)));
        expect(arraysOf(other)).toEqual(arraysOf(one));
      }),
      runs(200),
    );
  });
});

describe('compileSnapshot of edges that differ in nothing but their ids', () => {
  it('puts them in the order of their ids, however many there are', async () => {
    const user: NodeRecord = { kind: 'User', id: 'u', source: 's', attributes: {} };
    const group: NodeRecord = { kind: 'Group', id: 'g', source: 's', attributes: {} };
    // More than are ordered between two pauses, in two runs.
    const edges = Array.from({ length: 150_000 }, (_, i) => {
      const key = String((i * 7_919) % 150_000);
      return makeEdge({ kind: i % 3 === 0 ? 'OWNS' : 'MEMBER_OF', from: 'u', to: 'g', source: 's', key });
    });
    const snapshot = await compileSnapshot(memoryReader([user, group], edges));
    for (const edgeClass of [MEMBERSHIP, OWNERSHIP]) {
      const row = snapshot.adjacency[edgeClass]!.out.of(snapshot.index.find('u'));
      const ids = Array.from(row, (edge) => edges[snapshot.edgeRef[edge]! - 1]!.id);
      expect(ids).toEqual([...ids].sort());
      expect(new Set(ids).size).toBe(edgeClass === OWNERSHIP ? 50_000 : 100_000);
    }
  });
});

describe('IdIndex', () => {
  const anyId = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', 'ÿ', 'Ā') }),
  );

  it('finds every id and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyId, { maxLength: 200 }), fc.array(anyId), async (ids, others) => {
        const builder = new CompiledIdsBuilder();
        for (const id of ids) builder.add(id);
        const table = new IdTable(builder.finish());
        expect(ids.map((_, i) => [table.at(i), table.hashOf(i)])).toEqual(ids.map((id) => [id, hashOfId(id)]));
        const index = new IdIndex(table, await slotsOf(table, new Pace()));
        ids.forEach((id, i) => {
          expect(index.find(id)).toBe(i);
        });
        for (const other of others) expect(index.find(other)).toBe(ids.indexOf(other));
      }),
      runs(200),
    );
  });
});

const nodesOf = (found: Found): number[] => found.byGrade.flat();

describe('searchNodes', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', ' '), minLength: 1, maxLength: 3 });

  it('finds exactly the nodes whose text holds all words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 12 }), word, async (names, asked) => {
        const nodes = names.map((name, i) => ({
          kind: i % 2 === 0 ? ('User' as const) : ('Resource' as const),
          id: `n${i}`,
          source: 's',
          name,
          attributes: { team: name },
        }));
        const snapshot = await compileSnapshot(memoryReader(nodes, []));
        const words = asked
          .trim()
          .split(/\s+/)
          .filter((each) => each !== '');
        const found = nodesOf(searchNodes(snapshot.searchText, asked, [[0, snapshot.nodeSpace]]));
        const expected = nodes
          .filter((node) => words.length > 0 && words.every((each) => `${node.id}\n${node.name}`.includes(each)))
          .map((node) => node.id);
        expect(found.map((node) => snapshot.ids.at(node)).sort()).toEqual(expected.sort());
      }),
      runs(300),
    );
  });

  it('finds the same whether hits are rare or crowded', async () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({
      kind: 'User' as const,
      id: `n${i}`,
      source: 's',
      name: i > 1_000 && i < 3_000 ? `crowd ${i}` : i % 700 === 0 ? 'stray crowd' : 'other',
      attributes: {},
    }));
    const snapshot = await compileSnapshot(memoryReader(nodes, []));
    for (const text of ['crowd', 'crowd stray', 'n1 other', 'r', 'n4999']) {
      const found = nodesOf(searchNodes(snapshot.searchText, text, [[10, 4_900]])).sort((a, b) => a - b);
      const expected = nodes
        .filter((node) => text.split(' ').every((word) => `${node.id}\n${node.name}`.includes(word)))
        .map((node) => snapshot.index.find(node.id))
        .filter((node) => node >= 10 && node < 4_900)
        .sort((a, b) => a - b);
      expect([text, found]).toEqual([text, expected]);
    }
  });

  it('puts an exact id before an exact name before the start of a name before the rest', async () => {
    const nodes = [
      { kind: 'User' as const, id: 'x1', source: 's', name: 'Adam', attributes: {} },
      { kind: 'User' as const, id: 'x2', source: 's', name: 'Madam', attributes: {} },
      { kind: 'User' as const, id: 'x3', source: 's', name: 'Ada', attributes: {} },
      { kind: 'User' as const, id: 'x4', source: 's', name: 'Lady Ada', attributes: {} },
      { kind: 'Role' as const, id: 'ada', source: 's', name: 'Reader', attributes: {} },
    ];
    const snapshot = await compileSnapshot(memoryReader(nodes, []));
    const found = nodesOf(searchNodes(snapshot.searchText, 'ada', [[0, snapshot.nodeSpace]]));
    expect(found.map((node) => snapshot.ids.at(node))).toEqual(['ada', 'x3', 'x1', 'x4', 'x2']);
  });
});
