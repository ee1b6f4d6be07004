import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellMatrix } from '../../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../../algorithms/bicliques/check-roles.ts';
import { foolingSet } from '../../../algorithms/bicliques/fooling-set.ts';
import { type Kernel, kernelOf } from '../../../algorithms/bicliques/kernel.ts';
import {
  denseNeighbourhoods,
  sparseNeighbourhoods,
  uncoveredCells,
} from '../../../algorithms/bicliques/neighbourhoods.ts';
import { peel } from '../../../algorithms/bicliques/peel.ts';
import { areCompatible, maximalCliques } from '../../../algorithms/bicliques/rest-cliques.ts';
import { unchecked } from '../../../algorithms/checkpoint.ts';
import { seededRandom } from '../../../algorithms/seeded-random.ts';
import { cellMatrix, fewestByTrying, has } from '../../support/cell-matrices.ts';
import { announceSeed, LONG, runs } from '../../support/seed.ts';

announceSeed();

const compatible = (matrix: CellMatrix, { cells: { rowOf } }: Kernel, a: number, b: number): boolean =>
  has(matrix, rowOf[a]!, matrix.cells[b]!) && has(matrix, rowOf[b]!, matrix.cells[a]!);

describe('dominance', () => {
  it('leaves a rest whose fewest bicliques and the seeds are the fewest of the whole', { timeout: LONG }, () => {
    let reduced = 0;
    fc.assert(
      fc.property(cellMatrix(6), (matrix) => {
        const kernel = kernelOf(matrix);
        kernel.reduce();
        const rest = kernel.rest();
        if (rest.length === 0) reduced++;
        const required = new Uint8Array(matrix.cells.length);
        for (const cell of rest) required[cell] = 1;
        expect(kernel.seeds + fewestByTrying({ ...matrix, required })).toBe(fewestByTrying(matrix));
      }),
      runs(600),
    );
    expect(reduced).toBeGreaterThan(300);
  });

  it('is the same on bits and on lists', () => {
    fc.assert(
      fc.property(cellMatrix(8), (matrix) => {
        const [dense, sparse] = [
          kernelOf(matrix, unchecked, denseNeighbourhoods),
          kernelOf(matrix, unchecked, sparseNeighbourhoods),
        ];
        dense.reduce();
        sparse.reduce();
        expect(sparse.rest()).toEqual(dense.rest());
        expect(sparse.seeds).toBe(dense.seeds);
      }),
      runs(500),
    );
  });

  it('comes to an end where no cell dominates another', () => {
    fc.assert(
      fc.property(cellMatrix(6), (matrix) => {
        const kernel = kernelOf(matrix);
        kernel.reduce();
        const rest = kernel.rest();
        const near = (e: number): number[] => [...rest].filter((f) => compatible(matrix, kernel, e, f));
        for (const e of rest) {
          expect(near(e).length).toBeGreaterThan(1);
          for (const f of rest) if (e !== f) expect(near(e).every((g) => compatible(matrix, kernel, g, f))).toBe(false);
        }
      }),
      runs(300),
    );
  });

  it('grows bicliques that cover everything, whatever covers the rest', () => {
    fc.assert(
      fc.property(cellMatrix(7), fc.integer(), (matrix, seed) => {
        const peeled = peel(matrix, seededRandom(seed), 0.3, unchecked);
        expect(faultsOf(matrix, { roles: peeled.bicliques })).toEqual([]);
        expect(peeled.bound).toBeLessThanOrEqual(peeled.bicliques.length);
      }),
      runs(500),
    );
  });

  it('never bounds from above what there is', { timeout: LONG }, () => {
    fc.assert(
      fc.property(cellMatrix(5), fc.integer(), (matrix, seed) => {
        const fewest = fewestByTrying(matrix);
        expect(peel(matrix, seededRandom(seed), 0.3, unchecked).bound).toBeLessThanOrEqual(fewest);
        const cells = uncoveredCells(matrix);
        const required = Uint32Array.from(cells.uncovered.keys()).filter((cell) => cells.uncovered[cell] === 1);
        const fooling = foolingSet(cells, required, seededRandom(seed));
        expect(fooling.length).toBeLessThanOrEqual(fewest);
        for (const a of fooling)
          for (const b of fooling) if (a !== b) expect(areCompatible(matrix, cells.rowOf, a, b)).toBe(false);
      }),
      runs(300),
    );
  });
});

describe('maximal sets of compatible cells', () => {
  it('are those that trying every set finds', () => {
    fc.assert(
      fc.property(cellMatrix(4), (matrix) => {
        const cells = uncoveredCells(matrix);
        const rest = Uint32Array.from(matrix.cells.keys()).slice(0, 9);
        const near = (a: number, b: number): boolean => areCompatible(matrix, cells.rowOf, rest[a]!, rest[b]!);
        const sets: number[][] = [];
        for (let set = 0; set < 1 << rest.length; set++) {
          const chosen = [...rest.keys()].filter((at) => (set >> at) & 1);
          if (chosen.every((a) => chosen.every((b) => near(a, b)))) sets.push(chosen);
        }
        const maximal = sets.filter(
          (a) => !sets.some((b) => b.length > a.length && a.every((each) => b.includes(each))),
        );
        const names = (lists: readonly ArrayLike<number>[]): string[] =>
          lists.map((list) => Array.from(list).join()).sort();
        expect(names(maximalCliques(cells, rest, 1_000)!)).toEqual(names(maximal));
        expect(maximalCliques(cells, rest, maximal.length - 1)).toBeUndefined();
      }),
      runs(300),
    );
  });
});
