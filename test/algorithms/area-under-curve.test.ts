/** Areas under curves against their meaning: all pairs, and all thresholds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveAreas } from '../../algorithms/area-under-curve.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const areas = (things: readonly (readonly [number, boolean])[]) =>
  curveAreas(
    Float64Array.from(things, ([score]) => score),
    Uint8Array.from(things, ([, is]) => (is ? 1 : 0)),
  );

describe('areas under curves', () => {
  it('are what they mean', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.boolean()), { maxLength: 12 }), (things) => {
        const good = things.filter(([, is]) => is).map(([score]) => score);
        const bad = things.filter(([, is]) => !is).map(([score]) => score);
        const { auc, averagePrecision } = areas(things);
        const won = good.flatMap((a) => bad.map((b) => (a > b ? 1 : a === b ? 0.5 : 0) as number));
        if (won.length === 0) expect(auc).toBeNaN();
        else expect(auc).toBeCloseTo(won.reduce((a, b) => a + b, 0) / won.length, 12);
        const precisions = good.map((score) => {
          const above = things.filter(([other]) => other >= score);
          return above.filter(([, is]) => is).length / above.length;
        });
        if (good.length === 0) expect(averagePrecision).toBeNaN();
        else expect(averagePrecision).toBeCloseTo(precisions.reduce((a, b) => a + b, 0) / good.length, 12);
      }),
      runs(500),
    );
  });

  it('take a thing as often as it counts', () => {
    const thing = fc.tuple(fc.nat(5), fc.nat(1), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(fc.array(thing, { minLength: 1, maxLength: 9 }), (things) => {
        const spread = things.flatMap(([score, is, weight]) =>
          Array.from({ length: weight }, () => [score, is === 1] as const),
        );
        const { auc, averagePrecision } = curveAreas(
          Float64Array.from(things, ([score]) => score),
          Uint8Array.from(things, ([, is]) => is),
          () => {},
          Float64Array.from(things, ([, , weight]) => weight),
        );
        const single = areas(spread);
        if (Number.isNaN(single.auc)) expect(auc).toBeNaN();
        else expect(auc).toBeCloseTo(single.auc, 12);
        if (Number.isNaN(single.averagePrecision)) expect(averagePrecision).toBeNaN();
        else expect(averagePrecision).toBeCloseTo(single.averagePrecision, 12);
      }),
      runs(300),
    );
  });

  it('can be stopped', () => {
    const stop = () => {
      throw new Error('stopped');
    };
    expect(() => curveAreas(new Float64Array(2), new Uint8Array(2), stop)).toThrow('stopped');
  });

  it('refuse scores that are none', () => {
    expect(() => areas([[Number.NaN, true]])).toThrow(RangeError);
    expect(() => curveAreas(new Float64Array(2), new Uint8Array(1))).toThrow(RangeError);
    expect(() => curveAreas(new Float64Array(1), new Uint8Array(1), () => {}, new Float64Array(2))).toThrow(RangeError);
  });
});
