/** Entries of models as they go to JSON and back, and how far features have moved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drift, histogramOf, type ModelEntry, modelEntryFrom } from '../../engine/peers/model-registry.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const entryOf = (values: readonly number[]): ModelEntry => ({
  name: 'outliers',
  kind: 'OUTLIERS',
  trainedAtVersion: 3,
  hyperParameters: { lambda: 5, by: 'EASE' },
  evaluation: { auc: 0.97 },
  features: [histogramOf('held', values)],
});
const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });

describe('histograms', () => {
  it('hold each value once, and equal values together', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { bounds, counts } = histogramOf('held', values);
        expect(bounds.length).toBeLessThan(10);
        counts.forEach((count, bin) => {
          const [from, to] = [bounds[bin - 1] ?? Number.NEGATIVE_INFINITY, bounds[bin] ?? Number.POSITIVE_INFINITY];
          expect(count).toBe(values.filter((value) => value >= from && value < to).length);
        });
      }),
      runs(300),
    );
  });

  it('have bins that are as full as each other where values differ', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i * 77) % 200);
    expect(histogramOf('held', values).counts).toEqual(new Array(10).fill(20));
  });
});

describe('drift', () => {
  it('is 0 where nothing moved, grows with what did, and is the same both ways', () => {
    const then = Array.from({ length: 1000 }, (_, i) => i);
    const moved = (by: number) => drift(entryOf(then), { held: then.map((value) => value + by) })[0]!;
    expect(moved(0)).toMatchObject({ index: 0, level: 'STABLE', trainedOn: 1000, presentOn: 1000 });
    expect(moved(20).level).toBe('STABLE');
    expect(moved(80).level).toBe('SHIFTED');
    expect(moved(400).level).toBe('CHANGED');
  });

  it('is what its definition says', () => {
    fc.assert(
      fc.property(numbers, numbers, (then, now) => {
        const { bounds } = histogramOf('held', then);
        const share = (values: readonly number[], bin: number) =>
          (values.filter((value) => bounds.filter((bound) => bound <= value).length === bin).length + 0.5) /
          (values.length + 0.5 * (bounds.length + 1));
        let sum = 0;
        for (let bin = 0; bin <= bounds.length; bin++)
          sum += (share(now, bin) - share(then, bin)) * Math.log(share(now, bin) / share(then, bin));
        expect(drift(entryOf(then), { held: now })[0]!.index).toBeCloseTo(sum, 10);
      }),
      runs(300),
    );
  });

  it('refuses features that are missing and values that are no numbers', () => {
    expect(() => drift(entryOf([1, 2]), {})).toThrow('no values of the feature held');
    expect(() => drift(entryOf([1, 2]), { held: [Number.NaN] })).toThrow('finite');
    expect(() => histogramOf('held', [Number.POSITIVE_INFINITY])).toThrow('finite');
  });
});

describe('an entry', () => {
  it('comes back from JSON as it went', () => {
    const entry = entryOf([3, 1, 4, 1, 5, 9, 2, 6]);
    expect(modelEntryFrom(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
  });

  it('that is not whole is refused with the name of the field', () => {
    const entry = JSON.parse(JSON.stringify(entryOf([1, 2, 3])));
    const wrong: readonly (readonly [object, string])[] = [
      [{ name: '' }, 'name'],
      [{ kind: 'NONE' }, 'kind'],
      [{ trainedAtVersion: -1 }, 'trainedAtVersion'],
      [{ hyperParameters: [] }, 'hyperParameters'],
      [{ hyperParameters: { lambda: {} } }, 'hyperParameters.lambda'],
      [{ evaluation: { auc: 'good' } }, 'evaluation.auc'],
      [{ features: 7 }, 'features'],
      [{ features: [{ ...entry.features[0], bounds: [2, 1] }] }, 'features[0].bounds'],
      [{ features: [{ ...entry.features[0], counts: [1] }] }, 'features[0].counts'],
      [{ features: [{ ...entry.features[0], name: 7 }] }, 'features[0].name'],
    ];
    for (const [change, argument] of wrong)
      expect(() => modelEntryFrom({ ...entry, ...change })).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_INVALID', facts: { argument } }),
      );
    expect(() => modelEntryFrom('entry')).toThrow('entry must be an object');
  });
});
