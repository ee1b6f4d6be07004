import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { popcount32, setsReached, setsReaching } from '../../algorithms/bit-reach.ts';
import { stronglyCondensed } from '../../algorithms/condensation.ts';
import { multigraph, reachedIn, rowsOf } from '../support/multigraphs.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

describe('sets along arcs', () => {
  it('are what a search from each seed finds, in words of any number', () => {
    const seeds = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 });
    fc.assert(
      fc.property(multigraph(12, 2), seeds, fc.integer({ min: 1, max: 3 }), (graph, list, words) => {
        const bits = list.map(([node, bit]) => ({ node: node % graph.size, bit: bit % (32 * words) }));
        const sets = new Uint32Array(graph.size * words);
        for (const { node, bit } of bits) sets[node * words + (bit >> 5)]! |= 1 << (bit & 31);
        const before = sets.slice();
        const condensed = stronglyCondensed(rowsOf(graph));
        const reached = Array.from({ length: graph.size }, (_, v) => reachedIn(graph, v));
        const expected = (isJoined: (v: number, seed: number) => boolean): Uint32Array => {
          const joined = new Uint32Array(graph.size * words);
          for (let v = 0; v < graph.size; v++)
            for (const { node, bit } of bits) if (isJoined(v, node)) joined[v * words + (bit >> 5)]! |= 1 << (bit & 31);
          return joined;
        };
        expect(setsReached(condensed, sets, words)).toEqual(expected((v, seed) => reached[v]![seed]!));
        expect(setsReaching(condensed, sets, words)).toEqual(expected((v, seed) => reached[seed]![v]!));
        expect(sets).toEqual(before);
      }),
      runs(500),
    );
  });
});

describe('popcount32', () => {
  it('counts the ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }), (word) => {
        expect(popcount32(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length);
      }),
      runs(1_000),
    );
    expect([0, 1, -1, 0x80000000].map(popcount32)).toEqual([0, 1, 32, 1]);
  });
});
