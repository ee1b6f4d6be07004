/** What a good structure of roles is: what each of its parts costs, what is not allowed, and where it starts from. */
import type { Biclique, CellMatrix } from './cell-matrix.ts';

/**
 * Prices of the parts of a structure: I. Molloy et al., "Mining roles with semantic meanings", SACMAT 2008 (weighted structural
 * complexity). Each assignment of a row, grant of a column, edge between roles and cell left without a role is paid once.
 */
export interface StructureWeights {
  readonly role: number;
  readonly assignment: number;
  readonly grant: number;
  readonly hierarchy: number;
  /** Infinity allows no direct grants. */
  readonly direct: number;
}

export const DEFAULT_WEIGHTS: StructureWeights = { role: 1, assignment: 1, grant: 1, hierarchy: 1, direct: Infinity };

/** What every role, or every row, must keep to. Numbers count rows and columns of the estate, by their weights. */
export interface RoleLimits {
  readonly maxColumnsPerRole?: number;
  readonly maxRowsPerRole?: number;
  readonly maxRolesPerRow?: number;
  /** Pairs of columns that no role may hold both of. */
  readonly apart?: readonly (readonly [column: number, column: number])[];
}

/** A role that is there today. */
export interface Origin extends Biclique {
  /** The caller's number for it; distinct. */
  readonly origin: number;
}

/** Costs and limits with everything at hand that the search asks for often. */
export interface Shaping {
  readonly matrix: CellMatrix;
  readonly weights: StructureWeights;
  /** The price of assigning each row, of granting each column. */
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
  /** The rows and columns of the estate that each stands for. */
  readonly rowWeights: Uint32Array;
  readonly columnWeights: Uint32Array;
  readonly limits: RoleLimits;
  /** Columns apart from each column; undefined where there are none. */
  readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
  /** Roles of today, and what each edit against them costs. */
  readonly origins: readonly Origin[];
  readonly change: number;
  /** How much weight of cells may stay direct. */
  readonly mostDirect: number;
  /** Roles that each row has beside those of the structure, which count against its limit. */
  readonly taken: Uint32Array | undefined;
}

export interface ShapingOptions {
  readonly weights?: Partial<StructureWeights>;
  readonly limits?: RoleLimits;
  readonly origins?: readonly Origin[];
  readonly change?: number;
  readonly mostDirect?: number;
  readonly taken?: Uint32Array;
}

export function shapingOf(matrix: CellMatrix, options: ShapingOptions = {}): Shaping {
  const weights = { ...DEFAULT_WEIGHTS, ...options.weights };
  const rowWeights = matrix.rowWeights ?? new Uint32Array(matrix.rows).fill(1);
  const columnWeights = matrix.columnWeights ?? new Uint32Array(matrix.columns).fill(1);
  const apart = new Map<number, Set<number>>();
  for (const [a, b] of options.limits?.apart ?? []) {
    apart.set(a, (apart.get(a) ?? new Set()).add(b));
    apart.set(b, (apart.get(b) ?? new Set()).add(a));
  }
  return {
    matrix,
    weights,
    rowPrices: Float64Array.from(rowWeights, (weight) => weight * weights.assignment),
    columnPrices: Float64Array.from(columnWeights, (weight) => weight * weights.grant),
    rowWeights,
    columnWeights,
    limits: options.limits ?? {},
    apart,
    origins: options.origins ?? [],
    change: options.change ?? 0,
    mostDirect: Number.isFinite(weights.direct) ? (options.mostDirect ?? Infinity) : 0,
    taken: options.taken,
  };
}

/** In place of a role of today. */
export const NEW = -1;

/** What a role costs, its edits against today's role `origin` (a place in `origins`, or `NEW`) included. */
export function roleCost(shaping: Shaping, { rows, columns }: Biclique, origin: number): number {
  const { weights, rowPrices, columnPrices, change } = shaping;
  let cost = weights.role;
  for (const row of rows) cost += rowPrices[row]!;
  for (const column of columns) cost += columnPrices[column]!;
  return change === 0 ? cost : cost + change * edits(shaping, { rows, columns }, origin);
}

/**
 * A role that is new is made edge by edge, and costs 2 more to make and to name. One that goes costs 1; that is paid in
 * advance for all of today's and given back for those that stay.
 */
export function edits({ origins, rowWeights, columnWeights }: Shaping, role: Biclique, origin: number): number {
  if (origin === NEW) return weightIn(role.rows, rowWeights) + weightIn(role.columns, columnWeights) + 2;
  const was = origins[origin]!;
  return differing(role.rows, was.rows, rowWeights) + differing(role.columns, was.columns, columnWeights) - 1;
}

export function weightIn(items: Uint32Array, weights: ArrayLike<number>): number {
  let sum = 0;
  for (const item of items) sum += weights[item]!;
  return sum;
}

/** The weight of what is in one of two ascending lists only. */
export function differing(a: Uint32Array, b: Uint32Array, weights: ArrayLike<number>): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = i < a.length ? a[i]! : Infinity;
    const y = j < b.length ? b[j]! : Infinity;
    if (x === y) {
      i++;
      j++;
    } else if (x < y) sum += weights[a[i++]!]!;
    else sum += weights[b[j++]!]!;
  }
  return sum;
}

/** Whether a role keeps to the limits on its columns and rows. */
export function isWithin({ limits, apart, rowWeights, columnWeights }: Shaping, { rows, columns }: Biclique): boolean {
  if (weightIn(columns, columnWeights) > (limits.maxColumnsPerRole ?? Infinity)) return false;
  if (weightIn(rows, rowWeights) > (limits.maxRowsPerRole ?? Infinity)) return false;
  if (apart.size === 0) return true;
  const has = new Set(columns);
  return !columns.some((column) => [...(apart.get(column) ?? [])].some((other) => has.has(other)));
}
