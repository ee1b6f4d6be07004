/**
 * Large neighbourhood search (P. Shaw, "Using constraint programming and local search methods to solve vehicle routing
 * problems", CP 1998): takes a few roles out that have to do with each other, covers what they leave open anew, and keeps
 * that if it is cheaper, or hardly dearer. Structures along the way are all exact covers within the limits.
 *
 * A step costs the cells of the roles that it takes out and of the rows that they leave open, whatever the size of the whole.
 */
import type { Random } from '../seeded-random.ts';
import { type Budget, goesOn } from './budget.ts';
import type { Biclique } from './cell-matrix.ts';
import { openCellsOf } from './open-cells.ts';
import { matched } from './origins.ts';
import { type RepairStyle, repairing } from './repair.ts';
import { stagnation } from './stagnation.ts';
import { type LiveRole, liveRole, type Structure } from './structure.ts';
import { trimmed } from './trim.ts';

export interface Improved {
  readonly roles: readonly LiveRole[];
  readonly cost: number;
  readonly iterations: number;
  /** The cost after so many iterations, each time that it was the lowest so far. */
  readonly history: readonly (readonly [iteration: number, cost: number])[];
}

export interface SearchOptions {
  readonly random: Random;
  readonly budget: Budget;
  /** Roles that stay. */
  readonly fixed: ReadonlySet<LiveRole>;
  /** Of the price of a role: how much dearer a step may make it, on average. */
  readonly heat?: number;
  /** A cost at which to stop. */
  readonly enough?: number;
}

/** No further roles are taken out once so many cells are open. */
const MOST_OPEN = 4_000;
const USUAL_HEAT = 0.25;

/** @param structure a cover within the limits; left as it was at the last step */
export function improve(structure: Structure, options: SearchOptions): Improved {
  const { random, budget, fixed, heat = USUAL_HEAT, enough = 0 } = options;
  const { shaping } = structure;
  const goOn = goesOn(budget);
  const openCells = openCellsOf(shaping.matrix, structure.rowOf);
  const repair = repairing(shaping, random);
  const slots = (row: number): number => structure.slots(row);
  let best = [...structure.roles];
  let bestCost = structure.cost;
  const history: [number, number][] = [[0, bestCost]];
  const stuck = stagnation();
  let iterations = 0;
  for (; bestCost > enough + 1e-9 && goOn(iterations); iterations++) {
    stuck.step(iterations, best.length);
    const before = structure.cost;
    const removed = related(structure, fixed, 1 + sizeOf(random), random);
    if (removed.length === 0) break;
    const { out, open } = takeOut(structure, removed);
    const style = styleOf(random);
    const made =
      shaping.change > 0 && random() < 0.4 ? again(structure, out, random) : repair(openCells(open), style, slots);
    const fresh = made === undefined ? undefined : putIn(structure, made, out, random);
    if (fresh !== undefined && isAccepted(before)) {
      if (structure.cost < bestCost - 1e-9) {
        bestCost = structure.cost;
        stuck.found(iterations);
        best = [...structure.roles];
        history.push([iterations + 1, bestCost]);
      }
      continue;
    }
    for (const role of fresh ?? []) structure.remove(role);
    for (const role of out) structure.add(role);
  }
  return { roles: best, cost: bestCost, iterations, history };

  function isAccepted(before: number): boolean {
    if (structure.directWeight > shaping.mostDirect) return false;
    return (
      structure.cost <=
      before -
        heat * stuck.factor(iterations) * shaping.weights.role * Math.log(1 - random()) * (random() < 0.5 ? 0 : 1)
    );
  }
}

/** Few roles mostly, now and then many. */
function sizeOf(random: Random): number {
  const draw = random();
  return 1 + Math.floor(draw * draw * 7);
}

function styleOf(random: Random): RepairStyle {
  const draw = random();
  return {
    fromRows: draw < 0.3 ? 1 : draw < 0.6 ? 0 : 0.5,
    wide: random() < 0.4 ? 0 : 0.7,
    fewestFirst: random() < 0.3,
    noise: random() < 0.5 ? 0 : 0.3,
  };
}

/** Roles that share a row or a column with one another, the first of them any. */
function related(structure: Structure, fixed: ReadonlySet<LiveRole>, count: number, random: Random): LiveRole[] {
  const any = <T>(items: ArrayLike<T>): T => items[Math.floor(random() * items.length)]!;
  const found = new Set<LiveRole>();
  for (let tries = 0; tries < 4 * count && found.size < count && structure.roles.length > 0; tries++) {
    let role: LiveRole;
    if (found.size === 0) role = any(structure.roles);
    else {
      const from = any([...found]);
      role = random() < 0.5 ? any(structure.ofRow[any(from.rows)]!) : any(structure.ofColumn[any(from.columns)]!);
    }
    if (!fixed.has(role)) found.add(role);
  }
  return [...found];
}

/** Takes roles out until much is open; what was direct near them is open too. */
function takeOut(structure: Structure, removed: readonly LiveRole[]) {
  const open: number[] = [];
  const out: LiveRole[] = [];
  for (const role of removed) {
    if (out.length > 0 && open.length + role.cells.length > MOST_OPEN) continue;
    structure.remove(role, (cell) => open.push(cell));
    out.push(role);
  }
  if (structure.directWeight > 0 && Number.isFinite(structure.shaping.weights.direct)) {
    const { bounds } = structure.shaping.matrix;
    const seen = new Set(open);
    for (const row of new Set(out.flatMap((role) => [...role.rows])))
      for (let cell = bounds[row]!; cell < bounds[row + 1]!; cell++)
        if (structure.counts[cell] === 0 && structure.required[cell] === 1 && !seen.has(cell)) open.push(cell);
  }
  return { out, open };
}

/** The same roles in another order: what they were cut down to need not be what they are cut down to now. */
function again(structure: Structure, out: readonly LiveRole[], random: Random): Biclique[] {
  const order = [...out];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  const kept = new Set(
    structure.shaping.origins.length === 0 ? [] : order.slice(0, 1 + Math.floor(random() * order.length)),
  );
  return order.filter((role) => kept.size === 0 || kept.has(role) || random() < 0.7);
}

/** Adds bicliques, each cut down to what only it covers. */
function putIn(structure: Structure, made: readonly Biclique[], out: readonly LiveRole[], random: Random): LiveRole[] {
  const { shaping } = structure;
  const origins = matched(shaping, made, out);
  const fresh = made.map((biclique, at) => liveRole(shaping, biclique, origins[at]!));
  for (const role of fresh) structure.add(role);
  const rowsFirst = random() < 0.5;
  for (let at = fresh.length - 1; at >= 0; at--) {
    const role = fresh[at]!;
    const left = trimmed(structure, role, rowsFirst);
    if (left.rows.length === role.rows.length && left.columns.length === role.columns.length) continue;
    structure.remove(role);
    if (left.rows.length === 0) {
      fresh.splice(at, 1);
      continue;
    }
    const cut = liveRole(shaping, left, role.origin);
    fresh[at] = cut.cost <= role.cost || shaping.change === 0 ? cut : role;
    structure.add(fresh[at]!);
  }
  return fresh;
}
