/** Principal components: against points whose axes are known, and against what no direction may beat. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planarMap } from '../../algorithms/planar-map.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

const embeddingOf = (points: readonly (readonly number[])[], dimensions: number) => ({
  dimensions,
  values: Float32Array.from(points.flat()),
});
const coordinate = fc.integer({ min: -20, max: 20 });
const dimensioned = fc.integer({ min: 1, max: 5 }).chain((dimensions) =>
  fc.record({
    dimensions: fc.constant(dimensions),
    points: fc.array(fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }), {
      minLength: 1,
      maxLength: 8,
    }),
    direction: fc.array(coordinate, { minLength: dimensions, maxLength: dimensions }),
  }),
);

const centred = (points: readonly (readonly number[])[]): number[][] => {
  const mean = points[0]!.map((_, d) => points.reduce((sum, point) => sum + point[d]!, 0) / points.length);
  return points.map((point) => point.map((x, d) => x - mean[d]!));
};
const squares = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x * x, 0);

describe('the map on a plane', () => {
  it('has axes along which points differ more than along any other, and that do not go together', () => {
    fc.assert(
      fc.property(dimensioned, ({ dimensions, points, direction }) => {
        const { coordinates, explained } = planarMap(embeddingOf(points, dimensions));
        const x = points.map((_, i) => coordinates[2 * i]!);
        const y = points.map((_, i) => coordinates[2 * i + 1]!);
        const off = centred(points);
        const total = squares(off.flat());
        expect(squares(x)).toBeCloseTo(explained[0] * total, 4);
        expect(squares(y)).toBeCloseTo(explained[1] * total, 4);
        expect(x.reduce((sum, one, i) => sum + one * y[i]!, 0)).toBeCloseTo(0, 4);
        const length = Math.hypot(...direction);
        if (length === 0) return;
        const along = off.map((point) => point.reduce((sum, one, d) => sum + (one * direction[d]!) / length, 0));
        expect(squares(along)).toBeLessThanOrEqual(squares(x) + 1e-4);
        // What the second axis holds is the most that is left: no direction and the first axis hold more than both together.
        const withFirst = along.reduce((sum, one, i) => sum + one * x[i]!, 0);
        const left = squares(x) < 1e-9 ? 0 : squares(along) - withFirst ** 2 / squares(x);
        const unlikeFirst = squares(x) < 1e-9 ? 0 : 1 - withFirst ** 2 / squares(x) ** 2;
        expect(left).toBeLessThanOrEqual(squares(y) * Math.max(unlikeFirst, 0) + 1e-3);
      }),
      runs(500),
    );
  });

  it('keeps distances of points that lie on a plane', () => {
    const points = [
      [0, 0, 5],
      [3, 0, 5],
      [0, 4, 5],
      [3, 4, 5],
      [9, 1, 5],
    ];
    const { coordinates, explained } = planarMap(embeddingOf(points, 3));
    for (const [i, a] of points.entries())
      for (const [j, b] of points.entries())
        expect(
          Math.hypot(coordinates[2 * i]! - coordinates[2 * j]!, coordinates[2 * i + 1]! - coordinates[2 * j + 1]!),
        ).toBeCloseTo(Math.hypot(...a.map((x, d) => x - b[d]!)), 6);
    expect(explained[0] + explained[1]).toBeCloseTo(1, 9);
  });

  it('answers for no points, one point and points that are all the same', () => {
    expect(planarMap(embeddingOf([], 4)).coordinates).toHaveLength(0);
    expect([...planarMap(embeddingOf([[1, 2]], 2)).coordinates]).toEqual([0, 0]);
    expect(planarMap(embeddingOf([[1], [1], [1]], 1))).toEqual({
      coordinates: new Float64Array(6),
      explained: [0, 0],
    });
  });

  it('is the same each time', () => {
    const square = embeddingOf(
      [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ],
      2,
    );
    expect(planarMap(square)).toEqual(planarMap(square));
  });
});
