/** What partitions agree on, against joining the ends of agreed edges one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbered } from '../../algorithms/community-level.ts';
import { consensus } from '../../algorithms/consensus.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { arcs, matrixOf, undirectedOf } from '../support/weighted-graphs.ts';

announceSeed();

describe('consensus', () => {
  it('is what agreed edges hold together', () => {
    const several = fc.array(fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(arcs(), several, fc.constantFrom(0.2, 0.5, 0.6, 1), (graph, lists, share) => {
        const matrix = matrixOf(graph);
        const label = matrix.map((_, v) => v);
        const joinedOnce = (): boolean =>
          matrix.some((row, v) =>
            row.some((__, w) => {
              if (matrix[v]![w]! + matrix[w]![v]! === 0 || label[v] === label[w]) return false;
              if (lists.filter((list) => list[v] === list[w]).length < share * lists.length) return false;
              const [from, to] = [Math.max(label[v]!, label[w]!), Math.min(label[v]!, label[w]!)];
              label.forEach((one, i) => {
                if (one === from) label[i] = to;
              });
              return true;
            }),
          );
        while (joinedOnce());
        const partitions = lists.map((list) => Uint32Array.from(list.slice(0, graph.size)));
        expect(consensus(undirectedOf(graph), partitions, { share })).toEqual(numbered(Uint32Array.from(label)));
      }),
      runs(500),
    );
  });

  it('refuses no partitions and a share out of bounds', () => {
    const graph = undirectedOf({ size: 2, arcs: [] });
    expect(() => consensus(graph, [])).toThrow(RangeError);
    for (const share of [0, -1, 1.1, Number.NaN])
      expect(() => consensus(graph, [Uint32Array.of(0, 0)], { share })).toThrow(RangeError);
  });
});
