/** Where a search starts from: today's roles, or the cheapest of what is made at once. */
import { unchecked } from '../checkpoint.ts';
import type { Random } from '../seeded-random.ts';
import type { Budget } from './budget.ts';
import { type Biclique, rowsOfCells } from './cell-matrix.ts';
import type { Conflict } from './conflicts.ts';
import { openCellsOf } from './open-cells.ts';
import { peel } from './peel.ts';
import { repairing } from './repair.ts';
import { isWithin, NEW, type Shaping } from './shaping.ts';
import { coverByRows } from './start.ts';
import { liveRole, Structure } from './structure.ts';
import { trimmed } from './trim.ts';

/** Words of all rows up to which a structure is built greedily from the whole: its cost grows with their square. */
const MOST_WORDS = 1 << 18;

/**
 * Always a cover within the limits; time that is up leaves the simplest of them, a role for each row.
 *
 * @param options `kernel` false does without dominance
 */
export function firstStructure(
  shaping: Shaping,
  options: Budget & { readonly kernel?: boolean },
  random: Random,
): Structure | Conflict {
  if (shaping.origins.length > 0) return completed(todays(shaping));
  const starts = [greedily(shaping, options, random)];
  if (options.kernel !== false) starts.push(byDominance(shaping, options, random));
  const complete = starts.flatMap((structure) => {
    const whole = structure && completed(structure);
    return whole === undefined || 'kind' in whole ? [] : [whole];
  });
  if (complete.length === 0) return completed(empty(shaping));
  return complete.reduce((best, other) => (other.cost < best.cost ? other : best));
}

const empty = (shaping: Shaping): Structure => new Structure(shaping, rowsOfCells(shaping.matrix));

/** What is left over is covered row by row, where it may not stay direct. */
function completed(structure: Structure): Structure | Conflict {
  const isWhole = structure.directWeight <= structure.shaping.mostDirect;
  return (isWhole ? undefined : coverByRows(structure)) ?? structure;
}

/** Today's roles, as far as they are within the limits. */
function todays(shaping: Shaping): Structure {
  const structure = empty(shaping);
  for (const [origin, role] of shaping.origins.entries())
    if (isWithin(shaping, role) && role.rows.every((row) => structure.slots(row) > 0))
      structure.add(liveRole(shaping, role, origin));
  return structure;
}

function greedily(shaping: Shaping, budget: Budget, random: Random): Structure | undefined {
  const { matrix } = shaping;
  if (matrix.rows * Math.ceil(matrix.columns / 32) > MOST_WORDS || budget.until?.() === true) return undefined;
  const structure = empty(shaping);
  const required = Uint32Array.from(structure.required.keys()).filter((cell) => structure.required[cell] === 1);
  const open = openCellsOf(matrix, structure.rowOf)(required);
  const style = { fromRows: 0.5, wide: 0, fewestFirst: true, noise: 0 };
  const isStopped = (): boolean => {
    budget.checkpoint?.();
    return budget.until?.() === true;
  };
  const made = repairing(shaping, random)(open, style, (row) => structure.slots(row), isStopped);
  return made && withRoles(structure, made);
}

/** The fewest roles, or nearly, each cut down to what no other covers. Knows of no limits. */
function byDominance(shaping: Shaping, budget: Budget, random: Random): Structure | undefined {
  const { limits, apart } = shaping;
  const isLimited = limits.maxColumnsPerRole ?? limits.maxRowsPerRole ?? limits.maxRolesPerRow;
  if (isLimited !== undefined || apart.size > 0 || budget.until?.() === true) return undefined;
  const { checkpoint = unchecked, until } = budget;
  const stop = new Error('time is up');
  const stopping = (): void => {
    checkpoint();
    if (until?.() === true) throw stop;
  };
  try {
    const structure = withRoles(empty(shaping), peel(shaping.matrix, random, 0, stopping).bicliques);
    for (const role of [...structure.roles]) {
      stopping();
      const left = trimmed(structure, role, random() < 0.5);
      structure.remove(role);
      if (left.rows.length > 0) structure.add(liveRole(shaping, left, NEW));
    }
    return structure;
  } catch (error) {
    if (error === stop) return undefined;
    throw error;
  }
}

function withRoles(structure: Structure, roles: readonly Biclique[]): Structure {
  for (const role of roles) structure.add(liveRole(structure.shaping, role, NEW));
  return structure;
}
