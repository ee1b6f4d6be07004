/** Whether roles are found again, and whether they explain people that they were not made from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMatches, firmnessOf, type Mine } from '../../engine/roles/meaning/firmness.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const set = fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((some) => Uint32Array.from(some).sort());

/** Each distinct row is a role. */
const mine: Mine = async ({ rows }) => [...new Map(rows.map((row) => [row.join(), row])).values()];

describe('how firm roles are', () => {
  it('is measured by the most similar role of a sample', () => {
    fc.assert(
      fc.property(fc.array(set), fc.array(set), (roles, others) => {
        const jaccard = (a: Uint32Array, b: Uint32Array) => {
          const both = a.filter((one) => b.includes(one)).length;
          return both / (a.length + b.length - both);
        };
        const naive = roles.map((role) => Math.max(0, ...others.map((other) => jaccard(role, other))));
        expect(bestMatches(roles, others, 7)).toEqual(naive);
      }),
      runs(300),
    );
  });

  it('is complete where many hold the same', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => Uint32Array.of(...(i % 2 === 0 ? [0, 1, 2, 3] : [4, 5, 6, 7])));
    const roles = await mine({ rows, columns: 8 }, new Pace());
    const told = await firmnessOf({ rows, columns: 8 }, roles, { mine, seed: 1 }, new Pace());
    expect(told.stability).toEqual([1, 1]);
    expect(told.generalisation).toMatchObject({ recall: 1, precision: 1 });
    expect(await firmnessOf({ rows, columns: 8 }, roles, { mine, seed: 1 }, new Pace())).toEqual(told);
  });

  it('is nothing that can be said of nobody', async () => {
    const told = await firmnessOf({ rows: [], columns: 0 }, [], { mine, seed: 1 }, new Pace());
    expect(told).toEqual({ stability: [], samples: 10, generalisation: undefined });
  });
});
