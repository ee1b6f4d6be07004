/**
 * The fewest bicliques that cover a matrix (Boolean rank, the basic role mining problem; NP-hard), with a bound that tells how
 * far off the answer may be. Classes, components, dominance (kernel.ts), then the rest: by peeling, by an integer program over all its
 * maximal bicliques where they are few, by search otherwise.
 */
import { type Checkpoint, unchecked } from '../checkpoint.ts';
import { type Random, seededRandom } from '../seeded-random.ts';
import type { Budget } from './budget.ts';
import { assertMatrix, type Biclique, type CellMatrix, cellAt, rowsOfCells } from './cell-matrix.ts';
import { classed, withoutCovered } from './classes.ts';
import { expand } from './collapse.ts';
import { type Component, components } from './components.ts';
import { assertLimits, type Conflict, conflictOfFixed, conflictOnEstate } from './conflicts.ts';
import { smallestChoice } from './cover-branches.ts';
import { type Cover, smallestCover } from './cover-program.ts';
import { foolingSet } from './fooling-set.ts';
import { type Kernel, kernelOf } from './kernel.ts';
import { type Peeled, peel } from './peel.ts';
import { maximalCliques } from './rest-cliques.ts';
import { improve } from './search.ts';
import { isWithin, NEW, type RoleLimits, type Shaping, shapingOf } from './shaping.ts';
import { coverByRows } from './start.ts';
import { liveRole, Structure } from './structure.ts';

export interface FewestOptions extends Budget {
  readonly seed?: number;
  /** Without dominance: roles by search alone, and a bound from a fooling set (default true). */
  readonly kernel?: boolean;
  readonly limits?: RoleLimits;
  /** Roles that stay as they are, and count. */
  readonly fixed?: readonly Biclique[];
}

export interface Fewest {
  readonly kind: 'mined';
  /** The fixed ones first, in their order. */
  readonly roles: readonly Biclique[];
  /** No cover has fewer, whatever the limits. */
  readonly lowerBound: number;
  readonly provenOptimal: boolean;
  /** Cells of classes that dominance left open. */
  readonly rest: number;
}

export interface Impossible {
  readonly kind: 'conflict';
  readonly conflict: Conflict;
}

/** More maximal bicliques than this, or of more cells, are not written down as a program. */
const MOST_CLIQUES = 5_000;
const MOST_PROGRAM_CELLS = 1_200;
/** How unequal peels are that are tried: the price a cell may differ by so much. */
const PEELS = [0, 0.2, 0.4];

/**
 * @param options the search stops at `iterations` or `until`, for each part that needs one; with neither after 20,000 steps
 * @throws RangeError for what is no matrix, or limits that mean nothing
 */
export async function mineFewest(matrix: CellMatrix, options: FewestOptions = {}): Promise<Fewest | Impossible> {
  const { limits = {}, fixed = [], checkpoint = unchecked, kernel = true } = options;
  assertMatrix(matrix);
  assertLimits(matrix, limits);
  const conflict = conflictOfFixed(matrix, fixed, limits);
  if (conflict !== undefined) return { kind: 'conflict', conflict };
  const isLimited = Object.values(limits).some((limit) => limit !== undefined);
  const { collapsed, limits: onClasses } = classed(
    withoutCovered(matrix, fixed),
    limits,
    limits.maxRolesPerRow === undefined ? [] : fixed.map((role, origin) => ({ ...role, origin })),
    checkpoint,
  );
  const random = seededRandom(options.seed ?? 0);
  const roles = [...fixed];
  let lowerBound = fixed.length;
  let rest = 0;
  const fixedOf = rolesOfClasses(collapsed.matrix.rows, collapsed.rowClasses.of, fixed);
  for (const part of components(collapsed.matrix)) {
    const least = kernel
      ? await byKernel(part.matrix, options, random, isLimited)
      : bySearchAlone(part.matrix, options, random);
    lowerBound += least.bound;
    rest += least.rest;
    let found = least.bicliques;
    if (isLimited) {
      const within = withinLimits(part, least, { ...options, limits: onClasses }, fixedOf, random);
      if ('kind' in within)
        return { kind: 'conflict', conflict: conflictOnEstate(ofWholeConflict(part, within), collapsed) };
      found = within;
    }
    for (const role of found) roles.push(expand(collapsed, ofWhole(part, role)));
  }
  return { kind: 'mined', roles, lowerBound, provenOptimal: roles.length === lowerBound, rest };
}

interface Least extends Peeled {
  readonly rest: number;
}

async function byKernel(
  matrix: CellMatrix,
  options: FewestOptions,
  random: Random,
  onlyBound: boolean,
): Promise<Least> {
  const { checkpoint = unchecked } = options;
  const kernel = kernelOf(matrix, checkpoint);
  kernel.reduce();
  const rest = kernel.rest();
  const { seeds } = kernel;
  if (rest.length === 0) return { bicliques: kernel.build(), bound: seeds, rest: 0 };
  const required = new Uint8Array(matrix.cells.length);
  for (const cell of rest) required[cell] = 1;
  const ofRest: CellMatrix = { ...matrix, required };
  const best = await coverOfRest(kernel, ofRest, rest, options, random, onlyBound);
  for (const own of assigned(matrix, rest, best.bicliques)) kernel.cover(own);
  return { bicliques: kernel.build(), bound: seeds + best.bound, rest: rest.length };
}

async function coverOfRest(
  { cells }: Kernel,
  matrix: CellMatrix,
  rest: Uint32Array,
  options: FewestOptions,
  random: Random,
  onlyBound: boolean,
): Promise<Peeled> {
  const { checkpoint = unchecked } = options;
  let best: Peeled = { bicliques: [], bound: foolingSet(cells, rest, random, checkpoint).length };
  let isFirst = true;
  for (const noise of PEELS) {
    if (!isFirst && (options.until?.() || best.bicliques.length === best.bound)) break;
    const peeled = peel(matrix, random, noise, checkpoint);
    const isBetter = isFirst || peeled.bicliques.length < best.bicliques.length;
    best = { bicliques: (isBetter ? peeled : best).bicliques, bound: Math.max(best.bound, peeled.bound) };
    isFirst = false;
  }
  if (best.bicliques.length === best.bound || options.until?.()) return best;
  if (rest.length <= MOST_PROGRAM_CELLS) {
    const cliques = maximalCliques(cells, rest, MOST_CLIQUES, checkpoint);
    const cover = cliques && (await chosenOf(cliques, rest.length, checkpoint));
    if (cover !== undefined)
      return {
        bicliques: cover.chosen.map((at) => spanned(cells, rest, cliques![at]!)),
        bound: Math.max(best.bound, cover.bound),
      };
  }
  if (onlyBound) return best;
  return { bicliques: searched(matrix, best, options, random), bound: best.bound };
}

async function chosenOf(
  cliques: readonly Uint32Array[],
  cells: number,
  checkpoint: Checkpoint,
): Promise<Cover | undefined> {
  const chosen = smallestChoice(cliques, cells, checkpoint);
  return chosen === undefined ? await smallestCover(cliques, cells) : { chosen, bound: chosen.length };
}

/** The biclique that compatible cells span. */
function spanned({ matrix, rowOf }: Kernel['cells'], rest: Uint32Array, clique: Uint32Array): Biclique {
  const distinct = (of: (cell: number) => number): Uint32Array =>
    Uint32Array.from(new Set(Array.from(clique, (at) => of(rest[at]!)))).sort();
  return { rows: distinct((cell) => rowOf[cell]!), columns: distinct((cell) => matrix.cells[cell]!) };
}

/** Each cell of the rest given to one of the bicliques that has it. */
function assigned(matrix: CellMatrix, rest: Uint32Array, bicliques: readonly Biclique[]): Uint32Array[] {
  const free = new Set(rest);
  const groups = bicliques.map(({ rows, columns }) => {
    const own: number[] = [];
    for (const row of rows)
      for (const column of columns) {
        const cell = cellAt(matrix, row, column);
        if (free.delete(cell)) own.push(cell);
      }
    return Uint32Array.from(own);
  });
  return groups.filter((own) => own.length > 0);
}

const ROLES_ALONE = { role: 1, assignment: 0, grant: 0 } as const;

/** Search from a cover; stops when it meets the bound. */
function searched(
  matrix: CellMatrix,
  { bicliques, bound }: Peeled,
  options: FewestOptions,
  random: Random,
): Biclique[] {
  const shaping = shapingOf(matrix, { weights: ROLES_ALONE });
  const structure = new Structure(shaping, rowsOfCells(matrix));
  for (const role of bicliques) structure.add(liveRole(shaping, role, NEW));
  return [...improve(structure, { random, budget: options, fixed: new Set(), enough: bound }).roles];
}

function bySearchAlone(matrix: CellMatrix, options: FewestOptions, random: Random): Least {
  const shaping = shapingOf(matrix, { weights: ROLES_ALONE });
  const structure = new Structure(shaping, rowsOfCells(matrix));
  coverByRows(structure);
  const required = Uint32Array.from(structure.required.keys()).filter((cell) => structure.required[cell] === 1);
  const cells = { matrix, rowOf: structure.rowOf };
  const bound = foolingSet(cells, required, random, options.checkpoint).length;
  const { roles } = improve(structure, { random, budget: options, fixed: new Set(), enough: bound });
  return { bicliques: roles, bound, rest: required.length };
}

/** Roles of one part within the limits: the fewest without limits where these keep to them, else by search until the bound is met. */
function withinLimits(
  { matrix, rows, columns }: Component,
  least: Least,
  options: FewestOptions,
  fixedOf: Uint32Array,
  random: Random,
): readonly Biclique[] | Conflict {
  const { limits = {} } = options;
  const local = new Map(Array.from(columns, (column, at) => [column, at] as const));
  const pairs = (limits.apart ?? []).filter(([a, b]) => local.has(a) && local.has(b));
  const shaping = shapingOf(matrix, {
    weights: ROLES_ALONE,
    limits: { ...limits, apart: pairs.map(([a, b]) => [local.get(a)!, local.get(b)!] as const) },
    taken: Uint32Array.from(rows, (row) => fixedOf[row]!),
  });
  if (least.bicliques.length === least.bound && keepsTo(shaping, least.bicliques)) return least.bicliques;
  const structure = new Structure(shaping, rowsOfCells(matrix));
  const search = { random, budget: options, fixed: new Set<never>(), enough: least.bound };
  return coverByRows(structure) ?? improve(structure, search).roles;
}

/** Whether all limits hold for roles as they are. O(rows and columns of the roles). */
function keepsTo(shaping: Shaping, roles: readonly Biclique[]): boolean {
  if (!roles.every((role) => isWithin(shaping, role))) return false;
  const { limits, taken, matrix } = shaping;
  const most = limits.maxRolesPerRow ?? Number.POSITIVE_INFINITY;
  const counts = taken?.slice() ?? new Uint32Array(matrix.rows);
  for (const { rows } of roles) for (const row of rows) counts[row]!++;
  return counts.every((count) => count <= most);
}

/** How many fixed roles each class of rows has; its rows have the same. */
function rolesOfClasses(count: number, of: Uint32Array, fixed: readonly Biclique[]): Uint32Array {
  const roles = new Uint32Array(count);
  for (const { rows } of fixed) for (const each of new Set(Array.from(rows, (row) => of[row]!))) roles[each]!++;
  return roles;
}

const ofWhole = ({ rows, columns }: Component, role: Biclique): Biclique => ({
  rows: role.rows.map((row) => rows[row]!),
  columns: role.columns.map((column) => columns[column]!),
});

const ofWholeConflict = ({ rows, columns }: Component, conflict: Conflict): Conflict => ({
  ...conflict,
  ...('row' in conflict && { row: rows[conflict.row]! }),
  ...('column' in conflict && { column: columns[conflict.column]! }),
});
