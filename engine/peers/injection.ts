/**
 * An estate with some wrong holdings put into it, to see how well a method finds them: identities drawn evenly, entitlements as
 * often as they are held, so that what is wrong is not simply what is rare. An entitlement that is drawn leaves its class:
 * the rest of the class is not given along with it.
 */
import type { SparseRows } from '../../algorithms/ease.ts';
import type { Random } from '../../algorithms/seeded-random.ts';
import type { EntitlementMatrix } from './entitlement-matrix.ts';
import type { HoldingGraph } from './holding-graph.ts';

export interface InjectedEstate {
  /** Rows weigh the identities in them. */
  readonly rows: SparseRows;
  /** Of each cell 1 if it was put in. */
  readonly isWrong: Uint8Array;
  readonly injected: number;
}

type Sizes = Pick<HoldingGraph, 'rowSizes' | 'columnSizes'>;

/** Draws for each wrong holding before it is given up: where everybody holds everything there is none to be found. */
const TRIES = 50;

/** @param wanted how many; there may be fewer to be found */
export function inject(matrix: EntitlementMatrix, sizes: Sizes, wanted: number, random: Random): InjectedEstate {
  const drawn = draw(matrix, sizes, wanted, random);
  const { columnOf, splits, columns } = ownColumns(matrix, sizes.columnSizes, drawn);
  const bounds = [0];
  const cells: number[] = [];
  const isWrong: number[] = [];
  const weights: number[] = [];
  const add = (row: number, weight: number, entitlements: Iterable<number>): void => {
    for (let i = matrix.cellBounds[row]!; i < matrix.cellBounds[row + 1]!; i++) {
      const column = matrix.cells[i]!;
      cells.push(column);
      for (const split of splits.get(column) ?? []) cells.push(split);
    }
    while (isWrong.length < cells.length) isWrong.push(0);
    for (const entitlement of entitlements) {
      cells.push(columnOf.get(entitlement)!);
      isWrong.push(1);
    }
    bounds.push(cells.length);
    weights.push(weight);
  };
  for (let row = 0; row < matrix.rows; row++) {
    const changed = drawn.byRow.get(row);
    const left = sizes.rowSizes[row]! - (changed?.size ?? 0);
    if (left > 0) add(row, left, []);
    for (const entitlements of changed?.values() ?? []) add(row, 1, entitlements);
  }
  return {
    rows: {
      bounds: Uint32Array.from(bounds),
      cells: Uint32Array.from(cells),
      columns,
      weights: Float64Array.from(weights),
    },
    isWrong: Uint8Array.from(isWrong),
    injected: drawn.count,
  };
}

interface Drawn {
  /** By row class, then identity: entitlements. */
  readonly byRow: ReadonlyMap<number, ReadonlyMap<number, ReadonlySet<number>>>;
  readonly count: number;
}

function draw(matrix: EntitlementMatrix, { rowSizes, columnSizes }: Sizes, wanted: number, random: Random): Drawn {
  const { rowBounds, cellBounds, cells, columnBounds, identities } = matrix;
  const upTo = new Float64Array(cells.length);
  let total = 0;
  for (let row = 0; row < matrix.rows; row++)
    for (let i = cellBounds[row]!; i < cellBounds[row + 1]!; i++) {
      total += rowSizes[row]! * columnSizes[cells[i]!]!;
      upTo[i] = total;
    }
  const byRow = new Map<number, Map<number, Set<number>>>();
  let count = 0;
  for (let tries = 0; count < wanted && total > 0 && tries < TRIES * wanted; tries++) {
    const identity = Math.floor(random() * identities.length);
    const row = lastAtMost(rowBounds, identity);
    const column = cells[firstAbove(upTo, random() * total)]!;
    const entitlement = columnBounds[column]! + Math.floor(random() * columnSizes[column]!);
    if (cells.subarray(cellBounds[row]!, cellBounds[row + 1]!).includes(column)) continue;
    const inRow = byRow.get(row) ?? new Map<number, Set<number>>();
    const given = inRow.get(identity) ?? new Set<number>();
    if (given.has(entitlement)) continue;
    byRow.set(row, inRow.set(identity, given.add(entitlement)));
    count++;
  }
  return { byRow, count };
}

/** Columns of entitlements that were drawn: those of classes of several get one of their own. */
function ownColumns(matrix: EntitlementMatrix, columnSizes: Uint32Array, { byRow }: Drawn) {
  const columnOf = new Map<number, number>();
  const splits = new Map<number, number[]>();
  let columns = matrix.columns;
  const drawn = [...byRow.values()].flatMap((identities) => [...identities.values()].flatMap((given) => [...given]));
  for (const entitlement of drawn) {
    if (columnOf.has(entitlement)) continue;
    const column = lastAtMost(matrix.columnBounds, entitlement);
    const known = splits.get(column) ?? [];
    // The last one of a class that is left keeps the class's column.
    const own = known.length + 1 === columnSizes[column] ? column : columns++;
    columnOf.set(entitlement, own);
    if (own !== column) splits.set(column, [...known, own]);
  }
  return { columnOf, splits, columns };
}

/** Index of the last bound that is at most a value; bounds ascend, the first is 0. */
function lastAtMost(bounds: Uint32Array, value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (bounds[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the first sum above a value. */
function firstAbove(upTo: Float64Array, value: number): number {
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
