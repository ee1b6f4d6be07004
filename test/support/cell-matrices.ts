/** Small matrices, and the slow obvious ways to cover them. */
import fc from 'fast-check';
import { type Biclique, type CellMatrix, matrixOf } from '../../algorithms/bicliques/cell-matrix.ts';

/** Matrices of up to so many rows and columns, some of their cells not required. */
export const cellMatrix = (most: number, withOptional = true): fc.Arbitrary<CellMatrix> =>
  fc
    .record({
      rows: fc.integer({ min: 0, max: most }),
      columns: fc.integer({ min: 0, max: most }),
      density: fc.constantFrom(2, 4, 6, 8),
      hasOptional: withOptional ? fc.boolean() : fc.constant(false),
      draws: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: most * most, maxLength: most * most }),
      options: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: most * most, maxLength: most * most }),
    })
    .map(({ rows, columns, density, hasOptional, draws, options }) => {
      const cells: [number, number][] = [];
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          if (draws[row * most + column]! < density) cells.push([row, column]);
      const matrix = matrixOf(rows, columns, cells);
      return hasOptional
        ? { ...matrix, required: Uint8Array.from(matrix.cells, (_, cell) => (options[cell] === 0 ? 0 : 1)) }
        : matrix;
    });

export const has = ({ bounds, cells }: CellMatrix, row: number, column: number): boolean =>
  cells.subarray(bounds[row]!, bounds[row + 1]!).includes(column);

/** The cells that must be covered, as pairs. */
export function requiredPairs({ rows, bounds, cells, required }: CellMatrix): [number, number][] {
  const pairs: [number, number][] = [];
  for (let row = 0; row < rows; row++)
    for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++)
      if ((required?.[cell] ?? 1) === 1) pairs.push([row, cells[cell]!]);
  return pairs;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, item) => item);

/** Every biclique with all rows that its columns have, from every set of columns. */
export function everyBiclique(matrix: CellMatrix, mayHave: (columns: readonly number[]) => boolean = () => true) {
  const found: Biclique[] = [];
  for (let set = 1; set < 1 << matrix.columns; set++) {
    const columns = upTo(matrix.columns).filter((column) => (set >> column) & 1);
    if (!mayHave(columns)) continue;
    const rows = upTo(matrix.rows).filter((row) => columns.every((column) => has(matrix, row, column)));
    if (rows.length > 0) found.push({ rows: Uint32Array.from(rows), columns: Uint32Array.from(columns) });
  }
  return found;
}

/** The fewest bicliques that have every required cell: deeper and deeper, from the first cell that is not covered. */
export function fewestByTrying(matrix: CellMatrix, bicliques = everyBiclique(matrix)): number {
  const pairs = requiredPairs(matrix);
  const covers = (at: number, { rows, columns }: Biclique): boolean =>
    rows.includes(pairs[at]![0]) && columns.includes(pairs[at]![1]);
  const reaches = (covered: ReadonlySet<number>, left: number): boolean => {
    const first = pairs.findIndex((_, at) => !covered.has(at));
    if (first === -1) return true;
    if (left === 0) return false;
    return bicliques
      .filter((biclique) => covers(first, biclique))
      .some((biclique) =>
        reaches(new Set([...covered, ...upTo(pairs.length).filter((at) => covers(at, biclique))]), left - 1),
      );
  };
  let size = 0;
  while (!reaches(new Set(), size)) size++;
  return size;
}
