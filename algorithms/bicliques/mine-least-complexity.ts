/**
 * Roles of least weighted structural complexity (I. Molloy et al., "Mining roles with semantic meanings", SACMAT 2008) that give
 * exactly what a matrix has. A search that can be stopped at any time (search.ts): what it returns is always exact, never proven
 * to be the least. It may start from today's roles and pay for every edit of them.
 */
import { seededRandom } from '../seeded-random.ts';
import type { Budget } from './budget.ts';
import { assertMatrix, type Biclique, type CellMatrix, cellAt, NO_CELL, rowsOfCells } from './cell-matrix.ts';
import { type Classed, classed, withoutCovered } from './classes.ts';
import { expand } from './collapse.ts';
import { assertLimits, conflictOfFixed, conflictOnEstate } from './conflicts.ts';
import { firstStructure } from './first-structure.ts';
import { layered } from './layers.ts';
import type { Impossible } from './mine-fewest.ts';
import { matchedToToday } from './origins.ts';
import { type Improved, improve } from './search.ts';
import { NEW, type Origin, type RoleLimits, type Shaping, type StructureWeights, shapingOf } from './shaping.ts';
import { type CostParts, partsOf } from './structure-cost.ts';

export interface ComplexityOptions extends Budget {
  readonly seed?: number;
  /** Defaults 1, 1, 1, 1, Infinity. */
  readonly weights?: Partial<StructureWeights>;
  readonly limits?: RoleLimits;
  /** Roles that stay as they are, and are paid for. */
  readonly fixed?: readonly Biclique[];
  /** Today's roles, bicliques of the matrix; the search starts from them. */
  readonly today?: readonly Origin[];
  /** The price of each edit against today's roles (default 0). Not with `hierarchy`. */
  readonly change?: number;
  /** At most this share of cells, by weight, may stay direct; counts when the weight of direct cells is finite (default 1). */
  readonly exceptionShare?: number;
  /** Without dominance, which else gives a structure to start from (default true). */
  readonly kernel?: boolean;
  /** Whether roles may have roles (default false). */
  readonly hierarchy?: boolean;
}

/** A role as it would be made. */
export interface MinedRole extends Biclique {
  /** Rows that are assigned it, ascending, and columns of its own, beside those of its juniors. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  /** Roles whose columns it has too, by their places among the roles; ascending, no circles. */
  readonly juniors: readonly number[];
  /** Which of today's roles it goes on from. */
  readonly origin?: number;
}

export interface LeastComplexity {
  readonly kind: 'mined';
  /** The fixed ones first, in their order. */
  readonly roles: readonly MinedRole[];
  /** Cells that stay direct, by row and column. */
  readonly direct: readonly (readonly [row: number, column: number])[];
  readonly cost: number;
  readonly parts: CostParts;
  readonly iterations: number;
  /** The lowest cost after so many iterations, each time that it fell; of all but the fixed roles. */
  readonly history: readonly (readonly [iteration: number, cost: number])[];
}

/**
 * @throws RangeError for what is no matrix, limits or prices that mean nothing, or today's roles that are no bicliques of it
 */
export function mineLeastComplexity(matrix: CellMatrix, options: ComplexityOptions = {}): LeastComplexity | Impossible {
  const { limits = {}, fixed = [], change = 0 } = options;
  assertMatrix(matrix);
  assertLimits(matrix, limits);
  assertPrices(options);
  const conflict = conflictOfFixed(matrix, fixed, limits);
  if (conflict !== undefined) return { kind: 'conflict', conflict };
  const today = (options.today ?? []).filter((role) => !fixed.some((other) => areSame(role, other)));
  assertHeld(matrix, today);
  // Fixed roles are told apart only where rows may have so many roles: there it counts who is in them.
  const counted = limits.maxRolesPerRow === undefined ? [] : fixed.map((role) => ({ ...role, origin: NEW }));
  const open = withoutCovered(matrix, fixed);
  const classes = classed(open, limits, [...today, ...counted], options.checkpoint);
  const shaping = shapedBy(matrix, classes, today.length, options);
  const random = seededRandom(options.seed ?? 0);
  const structure = firstStructure(shaping, options, random);
  if ('kind' in structure) return { kind: 'conflict', conflict: conflictOnEstate(structure, classes.collapsed) };
  const flat = improve(structure, { random, budget: flatBudget(options), fixed: new Set() });
  const found = options.hierarchy
    ? layered(shaping, flat, random, options)
    : { ...flat, roles: flat.roles.map(withoutJuniors) };
  const roles: MinedRole[] = [...fixed.map(withoutJuniors)];
  for (const role of found.roles) {
    const { rows, columns } = expand(classes.collapsed, role);
    roles.push({ rows, columns, juniors: role.juniors.map((junior) => junior + fixed.length) });
  }
  const named =
    change > 0
      ? withSearched(roles, fixed, flat.roles, today, options)
      : withOrigins(roles, options.today ?? [], matrix);
  const direct = directCells(matrix, named);
  const parts = partsOf(matrix, { roles: named, direct, today: options.today ?? [] }, { ...shaping.weights, change });
  return { kind: 'mined', roles: named, direct, ...parts, iterations: found.iterations, history: found.history };
}

/** Half of the steps for roles without roles, when roles may have roles: their search starts from there. */
function flatBudget(options: ComplexityOptions): Budget {
  if (!options.hierarchy) return options;
  return { ...options, iterations: Math.ceil((options.iterations ?? 20_000) / 2) };
}

function shapedBy(matrix: CellMatrix, classes: Classed, todays: number, options: ComplexityOptions): Shaping {
  const { collapsed, limits, origins } = classes;
  const taken = new Uint32Array(collapsed.matrix.rows);
  for (const { rows } of origins.slice(todays)) for (const row of rows) taken[row]!++;
  return shapingOf(collapsed.matrix, {
    limits,
    taken,
    origins: origins.slice(0, todays),
    change: options.change ?? 0,
    ...(options.weights && { weights: options.weights }),
    mostDirect: (options.exceptionShare ?? 1) * requiredWeight(matrix),
  });
}

function requiredWeight(matrix: CellMatrix): number {
  const rowOf = rowsOfCells(matrix);
  let sum = 0;
  for (let cell = 0; cell < matrix.cells.length; cell++)
    if ((matrix.required?.[cell] ?? 1) !== 0)
      sum += (matrix.rowWeights?.[rowOf[cell]!] ?? 1) * (matrix.columnWeights?.[matrix.cells[cell]!] ?? 1);
  return sum;
}

const withoutJuniors = ({ rows, columns }: Biclique) => ({ rows, columns, juniors: [] as readonly number[] });

const areSame = (a: Biclique, b: Biclique): boolean => isEqual(a.rows, b.rows) && isEqual(a.columns, b.columns);
const isEqual = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

function assertPrices({ weights = {}, change = 0, exceptionShare = 1, hierarchy = false }: ComplexityOptions): void {
  for (const [name, price] of Object.entries({ ...weights, change }))
    if (!(price >= 0) || (price === Infinity && name !== 'direct'))
      throw new RangeError(`the price of ${name} must be a number from 0 on, not ${price}`);
  if (!(exceptionShare >= 0 && exceptionShare <= 1))
    throw new RangeError(`exceptionShare must be from 0 to 1, not ${exceptionShare}`);
  if (hierarchy && change > 0) throw new RangeError('edits against today cannot be priced where roles may have roles');
}

function assertHeld(matrix: CellMatrix, today: readonly Origin[]): void {
  for (const { origin, rows, columns } of today)
    for (const row of rows)
      for (const column of columns)
        if (!(row < matrix.rows) || cellAt(matrix, row, column) === NO_CELL)
          throw new RangeError(`role ${origin} of today gives row ${row} column ${column}, which it does not have`);
}

/** Origins as the search had them, which is what it paid for. */
function withSearched(
  roles: readonly MinedRole[],
  fixed: readonly Biclique[],
  found: Improved['roles'],
  today: readonly Origin[],
  options: ComplexityOptions,
): MinedRole[] {
  return roles.map((role, at) => {
    const place = at < fixed.length ? NEW : found[at - fixed.length]!.origin;
    const was = at < fixed.length ? options.today?.find((other) => areSame(role, other)) : today[place];
    return was === undefined ? role : { ...role, origin: was.origin };
  });
}

function withOrigins(roles: readonly MinedRole[], today: readonly Origin[], matrix: CellMatrix): MinedRole[] {
  const origins = matchedToToday(roles, today, matrix);
  return roles.map((role, at) => (origins[at] === NEW ? role : { ...role, origin: today[origins[at]!]!.origin }));
}

/** Required cells that no role gives. */
function directCells(matrix: CellMatrix, roles: readonly MinedRole[]): [number, number][] {
  const given = new Uint8Array(matrix.cells.length);
  roles.forEach((_, at) => {
    const columns = allColumns(roles, at);
    for (const row of roles[at]!.rows) for (const column of columns) given[cellAt(matrix, row, column)] = 1;
  });
  const rowOf = rowsOfCells(matrix);
  const direct: [number, number][] = [];
  for (let cell = 0; cell < given.length; cell++)
    if (given[cell] === 0 && (matrix.required?.[cell] ?? 1) !== 0) direct.push([rowOf[cell]!, matrix.cells[cell]!]);
  return direct;
}

/** The columns of a role and of all that it has, ascending. */
export function allColumns(roles: readonly MinedRole[], role: number): Uint32Array {
  const seen = new Set([role]);
  const columns = new Set<number>();
  for (const each of seen) {
    for (const column of roles[each]!.columns) columns.add(column);
    for (const junior of roles[each]!.juniors) seen.add(junior);
  }
  return Uint32Array.from(columns).sort();
}
