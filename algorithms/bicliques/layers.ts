/**
 * Roles that have roles. A state is a set of column sets, each with a cover by smaller ones of them; rows are covered by them too.
 * Moves add what two or three rows and roles have in common, or two roles together, or take a role out; each is judged by what
 * it changes for the rows and roles that contain it. After the moves of D. Zhang, K. Ramamohanarao, T. Ebringer,
 * "Role engineering using graph optimisation", SACMAT 2007, on the state of hierarchical miners (I. Molloy et al., SACMAT 2008).
 */
import type { Random } from '../seeded-random.ts';
import { type Budget, goesOn } from './budget.ts';
import type { Biclique } from './cell-matrix.ts';
import { byColumns } from './cell-matrix.ts';
import { membersOfSet, setOf, sizeOfSet } from './column-sets.ts';
import { coverByLayers, keptCover, type LayerCover, type Wanted } from './layer-cover.ts';
import type { Improved } from './search.ts';
import { isWithin, type Shaping } from './shaping.ts';
import { stagnation } from './stagnation.ts';

interface Role {
  readonly columns: Uint32Array;
  readonly size: number;
  readonly name: string;
  cover: LayerCover<Role>;
  /** Who has it. */
  readonly rows: Set<number>;
  readonly seniors: Set<Role>;
}

export interface Layered {
  readonly roles: readonly (Biclique & { readonly juniors: readonly number[] })[];
  readonly iterations: number;
  readonly history: readonly (readonly [iteration: number, cost: number])[];
}

/** Words of all rows up to which it is tried: 256 MiB. */
const MOST_WORDS = 1 << 26;
/** Steps when nothing is said. */
const USUAL_ITERATIONS = 20_000;
const HEAT = 0.15;

/**
 * Limits hold for all columns that a role gives, and for the rows that are assigned it. The flat roles are returned as they are where
 * roles may have only so many rows, since taking equal ones together could break that, and where rows of bits would be too large.
 *
 * @param flat where to start from
 */
export function layered(shaping: Shaping, flat: Improved, random: Random, budget: Budget): Layered {
  const plain = flat.roles.map(({ rows, columns }) => ({ rows, columns, juniors: [] }));
  const { rows, columns } = shaping.matrix;
  if (shaping.limits.maxRowsPerRole !== undefined || rows * Math.ceil(columns / 32) > MOST_WORDS)
    return { ...flat, roles: plain };
  const state = layersOf(shaping, plain);
  const view = byColumns(shaping.matrix);
  const words = (shaping.matrix.columns + 31) >>> 5;
  let best = state.told();
  let bestCost = state.cost;
  const history = [
    ...flat.history.filter(([, cost]) => cost > bestCost),
    [flat.iterations, bestCost] as [number, number],
  ];
  const most = budget.iterations === undefined ? USUAL_ITERATIONS : Math.floor(budget.iterations / 2);
  const goOn = goesOn(budget.until === undefined ? { ...budget, iterations: most } : budget);
  const stuck = stagnation();
  let iterations = 0;
  for (; goOn(iterations) && state.roles.length > 0; iterations++) {
    stuck.step(iterations, state.roles.length);
    const before = state.cost;
    state.begin();
    const isDone = step();
    const limit =
      before -
      HEAT * stuck.factor(iterations) * shaping.weights.role * Math.log(1 - random()) * (random() < 0.5 ? 0 : 1);
    if (!isDone || !(state.cost <= limit + 1e-9) || state.directWeight > shaping.mostDirect) {
      state.undo();
      continue;
    }
    if (state.cost >= bestCost - 1e-9) continue;
    bestCost = state.cost;
    stuck.found(iterations);
    best = state.told();
    history.push([flat.iterations + iterations + 1, bestCost]);
  }
  return { roles: best, iterations: flat.iterations + iterations, history };

  function step(): boolean {
    const draw = random();
    if (draw < 0.25) return state.remove(any(state.roles));
    if (draw < 0.4) {
      const role = any(state.roles);
      const other = partner(role.columns);
      return state.remove(role) && add(meetOf(role.columns, other));
    }
    if (draw < 0.5) {
      const row = Math.floor(random() * shaping.matrix.rows);
      const roles = state.coverOf(row).roles;
      if (roles.length < 2) return false;
      const [a, b] = [any(roles), any(roles)];
      return a !== b && add(a.columns.map((word, at) => word | b.columns[at]!));
    }
    const one = random() < 0.5 ? any(state.roles).columns : state.may(Math.floor(random() * shaping.matrix.rows));
    let met = meetOf(one, partner(one));
    if (random() < 0.3) met = meetOf(met, partner(met));
    return add(met);
  }

  function add(columns: Uint32Array): boolean {
    if (columns.every((word) => word === 0)) return false;
    const rows = new Uint32Array(0);
    return isWithin(shaping, { rows, columns: Uint32Array.from(membersOfSet(columns)) }) && state.add(columns);
  }

  /** The columns of a row or a role that shares one with a set. */
  function partner(columns: Uint32Array): Uint32Array {
    const members = membersOfSet(columns);
    if (members.length === 0) return columns;
    const column = any(members);
    const roles = random() < 0.5 ? state.ofColumn[column]! : [];
    if (roles.length > 0) return any(roles).columns;
    const [from, to] = [view.bounds[column]!, view.bounds[column + 1]!];
    return from === to ? new Uint32Array(words) : state.may(view.rows[from + Math.floor(random() * (to - from))]!);
  }

  function any<T>(items: readonly T[]): T {
    return items[Math.floor(random() * items.length)]!;
  }
}

const meetOf = (a: Uint32Array, b: Uint32Array): Uint32Array => a.map((word, at) => word & b[at]!);

/** The state, with what the step under way changed, so that it can be taken back. */
function layersOf(shaping: Shaping, flat: readonly Biclique[]) {
  const { matrix, weights, rowPrices, rowWeights, columnWeights, columnPrices, taken, limits } = shaping;
  const words = (matrix.columns + 31) >>> 5;
  const rowWants: Wanted[] = [];
  const covers: LayerCover<Role>[] = [];
  const roles: Role[] = [];
  const byName = new Map<string, Role>();
  const ofColumn: Role[][] = Array.from({ length: matrix.columns }, () => []);
  let undoing: (() => void)[] = [];
  const state = { roles, ofColumn, cost: 0, directWeight: 0, begin, undo, add, remove, told, coverOf, may };
  for (let row = 0; row < matrix.rows; row++) {
    const [from, to] = [matrix.bounds[row]!, matrix.bounds[row + 1]!];
    const columns = matrix.cells.subarray(from, to);
    const must = columns.filter((_, at) => (matrix.required?.[from + at] ?? 1) !== 0);
    rowWants.push({
      must: setOf(must, words),
      may: setOf(columns, words),
      edge: rowPrices[row]!,
      single: (column) => weights.direct * rowWeights[row]! * columnWeights[column]!,
      most: (limits.maxRolesPerRow ?? Infinity) - (taken?.[row] ?? 0),
      below: Infinity,
    });
  }
  const rolesOfRow: Role[][] = rowWants.map(() => []);
  for (const { rows, columns } of flat) {
    const set = setOf(columns, words);
    const role = byName.get(set.join()) ?? made(set);
    if (!byName.has(role.name)) enter(role);
    for (const row of rows) rolesOfRow[row]!.push(role);
  }
  for (const [row, wanted] of rowWants.entries()) {
    const cover = keptCover(wanted, [...new Set(rolesOfRow[row]!)]);
    covers.push(cover);
    for (const role of cover.roles) role.rows.add(row);
    state.cost += cover.cost;
    state.directWeight += directOf(row, cover);
  }
  for (const role of [...roles]) setCover(role, coverByLayers(wantedOf(role), roles)!);
  sweep();
  undoing = [];
  return state;

  function begin(): void {
    undoing = [];
  }

  function undo(): void {
    // Taking a change back is a change as well, and would ask to be taken back.
    const steps = undoing;
    undoing = [];
    for (let last = steps.length - 1; last >= 0; last--) steps[last]!();
    undoing = [];
  }

  function coverOf(row: number): LayerCover<Role> {
    return covers[row]!;
  }

  function may(row: number): Uint32Array {
    return rowWants[row]!.may;
  }

  function wantedOf({ columns, size }: Role): Wanted {
    const single = (column: number): number => columnPrices[column]!;
    return { must: columns, may: columns, edge: weights.hierarchy, single, most: Infinity, below: size };
  }

  function made(columns: Uint32Array): Role {
    const nothing = { roles: [], cost: 0, singles: columns };
    const [rows, seniors] = [new Set<number>(), new Set<Role>()];
    return { columns, size: sizeOfSet(columns), name: columns.join(), cover: nothing, rows, seniors };
  }

  function directOf(row: number, { singles }: LayerCover<Role>): number {
    let sum = 0;
    for (const column of membersOfSet(singles)) sum += columnWeights[column]!;
    return sum * rowWeights[row]!;
  }

  function enter(role: Role): void {
    roles.push(role);
    byName.set(role.name, role);
    for (const column of membersOfSet(role.columns)) ofColumn[column]!.push(role);
    state.cost += weights.role + role.cover.cost;
    undoing.push(() => leave(role));
  }

  function leave(role: Role): void {
    drop(roles, role);
    byName.delete(role.name);
    for (const column of membersOfSet(role.columns)) drop(ofColumn[column]!, role);
    state.cost -= weights.role + role.cover.cost;
    undoing.push(() => enter(role));
  }

  function setCover(role: Role, cover: LayerCover<Role>): void {
    const was = role.cover;
    for (const junior of was.roles) junior.seniors.delete(role);
    for (const junior of cover.roles) junior.seniors.add(role);
    role.cover = cover;
    state.cost += cover.cost - was.cost;
    undoing.push(() => setCover(role, was));
  }

  function setRow(row: number, cover: LayerCover<Role>): void {
    const was = covers[row]!;
    for (const role of was.roles) role.rows.delete(row);
    for (const role of cover.roles) role.rows.add(row);
    covers[row] = cover;
    state.cost += cover.cost - was.cost;
    state.directWeight += directOf(row, cover) - directOf(row, was);
    undoing.push(() => setRow(row, was));
  }

  /** Adds a role to all that get cheaper by it. */
  function add(columns: Uint32Array): boolean {
    if (byName.has(columns.join())) return false;
    const role = made(columns);
    role.cover = coverByLayers(wantedOf(role), roles)!;
    for (const junior of role.cover.roles) junior.seniors.add(role);
    undoing.push(() => {
      for (const junior of role.cover.roles) junior.seniors.delete(role);
    });
    enter(role);
    for (const row of rowsWith(columns)) {
      const cover = coverByLayers(rowWants[row]!, covers[row]!.roles, [role, ...covers[row]!.roles]);
      if (cover !== undefined && cover.cost < covers[row]!.cost) setRow(row, cover);
    }
    for (const senior of seniorsWith(role)) {
      const cover = coverByLayers(wantedOf(senior), senior.cover.roles, [role, ...senior.cover.roles]);
      if (cover !== undefined && cover.cost < senior.cover.cost) setCover(senior, cover);
    }
    sweep();
    return true;
  }

  /** @returns false when a row cannot do without it */
  function remove(role: Role): boolean {
    const [rows, seniors] = [[...role.rows], [...role.seniors]];
    const others = roles.filter((each) => each !== role);
    for (const row of rows) {
      const cover = cheaper(rowWants[row]!, covers[row]!.roles, role, others);
      if (cover === undefined) return false;
      setRow(row, cover);
    }
    for (const senior of seniors) setCover(senior, cheaper(wantedOf(senior), senior.cover.roles, role, others)!);
    setCover(role, made(role.columns).cover);
    leave(role);
    sweep();
    return true;
  }

  /** What is left of a cover and what it lacks, or another from nothing. */
  function cheaper(wanted: Wanted, had: readonly Role[], without: Role, others: readonly Role[]) {
    const kept = coverByLayers(
      wanted,
      others,
      had.filter((each) => each !== without),
    );
    const fresh = coverByLayers(wanted, others);
    return kept !== undefined && (fresh === undefined || kept.cost <= fresh.cost) ? kept : fresh;
  }

  /** Roles that nobody has, or only one other role, in vain. */
  function sweep(): void {
    for (let isAny = true; isAny; ) {
      isAny = false;
      for (const role of [...roles]) {
        if (role.rows.size > 0 || role.seniors.size > 0) continue;
        setCover(role, made(role.columns).cover);
        leave(role);
        isAny = true;
      }
    }
  }

  function rowsWith(columns: Uint32Array): number[] {
    const found: number[] = [];
    for (let row = 0; row < rowWants.length; row++) if (isIn(columns, rowWants[row]!.may)) found.push(row);
    return found;
  }

  function seniorsWith(role: Role): Role[] {
    return roles.filter((each) => each.size > role.size && isIn(role.columns, each.columns));
  }

  /** Each role with the rows that are assigned it and the columns that it does not have from others. */
  function told() {
    const places = new Map(roles.map((role, at) => [role, at]));
    return roles.map((role) => ({
      rows: Uint32Array.from(role.rows).sort(),
      columns: Uint32Array.from(membersOfSet(role.cover.singles)),
      juniors: role.cover.roles.map((junior) => places.get(junior)!).sort((a, b) => a - b),
    }));
  }
}

function isIn(inner: Uint32Array, outer: Uint32Array): boolean {
  for (let word = 0; word < inner.length; word++) if ((inner[word]! & ~outer[word]!) !== 0) return false;
  return true;
}

function drop(list: Role[], role: Role): void {
  const place = list.lastIndexOf(role);
  const last = list.pop()!;
  if (place < list.length) list[place] = last;
}
