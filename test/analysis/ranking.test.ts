import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessGraph } from '../../engine/analysis/access-graph.ts';
import { topNodes } from '../../engine/analysis/ranking.ts';
import { SharedWork } from '../../engine/analysis/shared-work.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

describe('topNodes', () => {
  it('is the start of the sorted list', () => {
    const kinds = fc.array(fc.array(fc.nat(4), { maxLength: 8 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(kinds, fc.nat(20), fc.infiniteStream(fc.boolean()), (drawn, first, listed) => {
        const ids: string[] = [];
        const ranges: [number, number][] = [];
        for (const scores of drawn) {
          ranges.push([ids.length, ids.length + scores.length]);
          // Within a kind ids ascend; across kinds they are mixed.
          scores.forEach((_, i) => void ids.push(`${i}-${ranges.length}`));
        }
        const scores = Float64Array.from(drawn.flat());
        const shown = ranges.filter(() => listed.next().value);
        const nodes = shown.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
        const expected = nodes.sort((a, b) => scores[b]! - scores[a]! || (ids[a]! < ids[b]! ? -1 : 1)).slice(0, first);
        expect(
          topNodes({ idOf: (node: number) => ids[node]! } as unknown as AccessGraph, scores, shown, first),
        ).toEqual(expected);
      }),
      runs(500),
    );
  });

  it('takes scores that differ by rounding alone for equal', () => {
    const graph = { idOf: (node: number) => 'abc'[node]! } as unknown as AccessGraph;
    expect(topNodes(graph, Float64Array.of(0.3, 0.1 + 0.2, 1), [[0, 3]], 3)).toEqual([2, 0, 1]);
  });
});

describe('SharedWork', () => {
  const asks = () => {
    const signals: AbortSignal[] = [];
    const results: ((value: number) => void)[] = [];
    const start = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<number>((resolve, reject) => {
        results.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    return { signals, results, start };
  };

  it('is done once for all who wait, and kept', async () => {
    const work = new SharedWork<number>();
    const { results, start } = asks();
    const both = [work.ask('key', start), work.ask('key', start)];
    results[0]!(7);
    expect(await Promise.all(both)).toEqual([7, 7]);
    expect(await work.ask('key', start)).toBe(7);
    expect(results).toHaveLength(1);
  });

  it('goes on while somebody waits, and stops when nobody does', async () => {
    const work = new SharedWork<number>();
    const { signals, start } = asks();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = work.ask('key', start, one.signal);
    const second = work.ask('key', start, other.signal);
    one.abort(new Error('one'));
    await expect(first).rejects.toThrow('one');
    expect(signals[0]!.aborted).toBe(false);
    other.abort(new Error('other'));
    await expect(second).rejects.toThrow('other');
    expect(signals[0]!.aborted).toBe(true);
  });

  it('is tried again after it failed', async () => {
    const work = new SharedWork<number>();
    await expect(work.ask('key', () => Promise.reject(new Error('bad luck')))).rejects.toThrow('bad luck');
    expect(await work.ask('key', async () => 3)).toBe(3);
  });

  it('keeps the last eight results', async () => {
    const work = new SharedWork<number>();
    let times = 0;
    for (let key = 0; key < 9; key++) await work.ask(`${key}`, async () => ++times);
    expect(await work.ask('8', async () => ++times)).toBe(9);
    expect(await work.ask('0', async () => ++times)).toBe(10);
  });
});
