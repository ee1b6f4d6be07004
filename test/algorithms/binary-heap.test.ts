import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BinaryHeap } from '../../algorithms/binary-heap.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

it('a heap gives out the least of what it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(20), { freq: 3 }), { maxLength: 60 }), (steps) => {
      const heap = new BinaryHeap<number>((a, b) => a < b);
      const held: number[] = [];
      for (const step of steps) {
        if (step === null) expect(heap.pop()).toBe(held.shift());
        else {
          heap.push(step);
          held.push(step);
          held.sort((a, b) => a - b);
        }
        expect(heap.size).toBe(held.length);
      }
    }),
    runs(500),
  );
});
