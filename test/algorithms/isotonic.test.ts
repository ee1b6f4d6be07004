/** The nearest falling steps, against the minimax formula that defines them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallingSteps, valueAt } from '../../algorithms/isotonic.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const observed = fc.array(fc.tuple(fc.nat(6), fc.nat(1), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 12,
});

describe('falling steps', () => {
  it('have at each score the least over starts of the greatest over ends of the mean between', () => {
    fc.assert(
      fc.property(observed, (things) => {
        const mean = (from: number, to: number): number => {
          const inside = things.filter(([score]) => score >= from && score <= to);
          const sum = inside.reduce((total, [, value, weight]) => total + value * weight, 0);
          return sum / inside.reduce((total, [, , weight]) => total + weight, 0);
        };
        const places = [...new Set(things.map(([score]) => score))];
        const steps = fallingSteps(
          Float64Array.from(things, ([score]) => score),
          things.map(([, value]) => value),
          things.map(([, , weight]) => weight),
        );
        for (const at of places) {
          const ends = places.filter((to) => to >= at);
          const starts = places.filter((from) => from <= at);
          const obvious = Math.min(...starts.map((from) => Math.max(...ends.map((to) => mean(from, to)))));
          expect(valueAt(steps, at)).toBeCloseTo(obvious, 10);
        }
        expect([...steps.values]).toEqual([...steps.values].sort((a, b) => b - a));
      }),
      runs(500),
    );
  });

  it('go on at both ends', () => {
    const steps = fallingSteps(Float64Array.of(1, 2), [1, 0]);
    expect([0, 1, 1.5, 2, 3].map((score) => valueAt(steps, score))).toEqual([1, 1, 1, 0, 0]);
  });

  it('are refused for nothing, and for lists of unlike lengths', () => {
    expect(() => fallingSteps(new Float64Array(0), [])).toThrow(RangeError);
    expect(() => fallingSteps(Float64Array.of(1), [1, 0])).toThrow(RangeError);
    expect(() => fallingSteps(Float64Array.of(1), [1], [1, 1])).toThrow(RangeError);
  });
});
