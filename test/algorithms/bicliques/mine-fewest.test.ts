import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellMatrix, matrixOf } from '../../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../../algorithms/bicliques/check-roles.ts';
import { smallestChoice } from '../../../algorithms/bicliques/cover-branches.ts';
import { smallestCover } from '../../../algorithms/bicliques/cover-program.ts';
import { type Fewest, mineFewest } from '../../../algorithms/bicliques/mine-fewest.ts';
import { cellMatrix, everyBiclique, fewestByTrying } from '../../support/cell-matrices.ts';
import { announceSeed, LONG, runs } from '../../support/seed.ts';

announceSeed();

async function mined(...args: Parameters<typeof mineFewest>): Promise<Fewest> {
  const answer = await mineFewest(...args);
  if (answer.kind === 'conflict') throw new Error(JSON.stringify(answer.conflict));
  return answer;
}

describe('the fewest roles', () => {
  it('are as many as trying finds, and said to be the fewest', { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(cellMatrix(6), async (matrix) => {
        const { roles, lowerBound, provenOptimal } = await mined(matrix);
        expect(faultsOf(matrix, { roles })).toEqual([]);
        expect(roles.length).toBe(fewestByTrying(matrix));
        expect(lowerBound).toBe(roles.length);
        expect(provenOptimal).toBe(true);
      }),
      runs(600),
    );
  });

  it('are an exact cover without dominance too, and never said to be fewer than they can be', {
    timeout: LONG,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(cellMatrix(5), fc.integer({ min: 0, max: 200 }), async (matrix, iterations) => {
        const { roles, lowerBound } = await mined(matrix, { kernel: false, iterations });
        expect(faultsOf(matrix, { roles })).toEqual([]);
        const fewest = fewestByTrying(matrix);
        expect(roles.length).toBeGreaterThanOrEqual(fewest);
        expect(lowerBound).toBeLessThanOrEqual(fewest);
      }),
      runs(300),
    );
  });

  it('keep fixed roles, and add the fewest to them', { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(cellMatrix(5, false), fc.nat(), fc.nat(), async (matrix, a, b) => {
        const all = everyBiclique(matrix);
        const fixed = all.length === 0 ? [] : [all[a % all.length]!, all[b % all.length]!];
        const { roles } = await mined(matrix, { fixed });
        expect(faultsOf(matrix, { roles, fixed })).toEqual([]);
        const covered = (row: number, column: number): boolean =>
          fixed.some((role) => role.rows.includes(row) && role.columns.includes(column));
        const required = new Uint8Array(matrix.cells.length);
        for (let row = 0; row < matrix.rows; row++)
          for (let cell = matrix.bounds[row]!; cell < matrix.bounds[row + 1]!; cell++)
            required[cell] = covered(row, matrix.cells[cell]!) ? 0 : 1;
        expect(roles.length).toBe(fixed.length + fewestByTrying({ ...matrix, required }));
      }),
      runs(200),
    );
  });

  it('are proven for crowns, where no cell dominates another', async () => {
    // All but the diagonal: the Boolean rank is the least k with (k choose k / 2) >= n (D. de Caen, D. Gregory, N. Pullman, 1981).
    for (const [size, rank] of [
      [3, 3],
      [6, 4],
    ] as const) {
      const { roles, lowerBound, provenOptimal, rest } = await mined(crown(size));
      expect(rest).toBe(size * (size - 1));
      expect(roles.length).toBe(rank);
      expect(lowerBound).toBe(rank);
      expect(provenOptimal).toBe(true);
    }
  });

  it('take what is empty, single, all equal or all different', async () => {
    expect((await mined(matrixOf(0, 0, []))).roles).toEqual([]);
    expect((await mined(matrixOf(3, 4, []))).roles).toEqual([]);
    const one = await mined(
      matrixOf(1, 3, [
        [0, 0],
        [0, 2],
      ]),
    );
    expect(one.roles).toEqual([{ rows: Uint32Array.of(0), columns: Uint32Array.of(0, 2) }]);
    const square = Array.from({ length: 400 }, (_, cell): [number, number] => [Math.floor(cell / 20), cell % 20]);
    expect((await mined(matrixOf(20, 20, square))).roles.length).toBe(1);
    const diagonal = square.filter(([row, column]) => row === column);
    expect((await mined(matrixOf(20, 20, diagonal))).roles.length).toBe(20);
  });

  it('refuse what is no matrix', async () => {
    const broken = { rows: 1, columns: 1, bounds: Uint32Array.of(0, 2), cells: Uint32Array.of(0, 0) };
    await expect(mineFewest(broken)).rejects.toThrow('columns of row 0 must ascend');
    expect(() => matrixOf(1, 1, [[0, 1]])).toThrow('cell (0, 1) lies outside');
    await expect(mineFewest(crown(3), { limits: { maxRolesPerRow: 0 } })).rejects.toThrow('maxRolesPerRow');
  });

  it('keep to limits without a search where the fewest without them do', async () => {
    await fc.assert(
      fc.asyncProperty(cellMatrix(6), async (matrix) => {
        const limits = { maxRowsPerRole: 6, maxColumnsPerRole: 6, maxRolesPerRow: 36 };
        // So many steps would not end.
        const { roles, provenOptimal } = await mined(matrix, { limits, iterations: Number.MAX_SAFE_INTEGER });
        expect(faultsOf(matrix, { roles, limits })).toEqual([]);
        expect(roles.length).toBe(fewestByTrying(matrix));
        expect(provenOptimal).toBe(true);
      }),
      runs(100),
    );
  });

  it('stop when told to', async () => {
    const stop = new Error('stop');
    const checkpoint = (): void => {
      throw stop;
    };
    await expect(mineFewest(crown(5), { checkpoint })).rejects.toThrow(stop);
    const { roles } = await mined(crown(12), { until: () => true });
    expect(faultsOf(crown(12), { roles })).toEqual([]);
  });
});

function crown(size: number): CellMatrix {
  const cells: [number, number][] = [];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) if (row !== column) cells.push([row, column]);
  return matrixOf(size, size, cells);
}

describe('the smallest choice of sets', () => {
  it('is as small as trying every choice finds', { timeout: LONG }, async () => {
    const sets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }), {
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(sets, async (lists) => {
        const all = [...lists, [0, 1, 2, 3, 4, 5]].map((list) => Uint32Array.from(list));
        let least = Infinity;
        for (let choice = 0; choice < 1 << all.length; choice++) {
          const chosen = all.filter((_, at) => (choice >> at) & 1);
          if (new Set(chosen.flatMap((set) => [...set])).size === 6) least = Math.min(least, chosen.length);
        }
        const cover = await smallestCover(all, 6);
        expect(cover!.chosen.length).toBe(least);
        expect(cover!.bound).toBe(least);
        const chosen = smallestChoice(all, 6)!;
        expect(chosen.length).toBe(least);
        expect(new Set(chosen.flatMap((at) => [...all[at]!])).size).toBe(6);
      }),
      runs(40),
    );
    expect(await smallestCover([Uint32Array.of(0)], 2)).toBeUndefined();
    expect(await smallestCover([], 0)).toEqual({ chosen: [], bound: 0 });
  });
});
