/** The search for the roles of a plan, in a thread: what `restructure` calls a miner. */
import type { CellMatrix } from '../../algorithms/bicliques/cell-matrix.ts';
import { mineFewest } from '../../algorithms/bicliques/mine-fewest.ts';
import { allColumns, mineLeastComplexity } from '../../algorithms/bicliques/mine-least-complexity.ts';
import type { RoleLimits } from '../../algorithms/bicliques/shaping.ts';
import { type Apart, hereOrApart, type LongWork, type Waiting } from '../access/apart.ts';
import { GrantlensError } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { keptApart } from './duties/kept-apart.ts';
import type { StateDuties } from './duties/state-duties.ts';
import type { MinedRole, MiningMatrix } from './mining-matrix.ts';
import type { Miner } from './restructure.ts';

export interface SearchLimits {
  readonly seed: number;
  /** Milliseconds for all searches at one price; undefined with `iterations` alone, or for as long as is usual. */
  readonly searchFor: number | undefined;
  /** How many prices there are: they share the time that is usual. */
  readonly prices: number;
  readonly iterations: number | undefined;
  readonly fewest: boolean;
  /** Share of all holdings that may stay direct. */
  readonly exceptionShare: number;
  readonly limits: RoleLimits;
}

export interface PlanSearch extends SearchLimits {
  readonly matrix: MiningMatrix;
  readonly price: number;
}

/** @throws GrantlensError NO_SUCH_ROLES when the limits contradict each other; what the pace throws */
export const searchRoles: LongWork<PlanSearch, readonly MinedRole[]> = async (_, search, pace) => {
  const { matrix, price, seed, searchFor, iterations, limits } = search;
  const end = performance.now() + (searchFor ?? 0);
  const stage = `roles of ${matrix.source}${price > 0 ? ` at ${price} an edit` : ''}`;
  const budget = {
    seed,
    limits,
    checkpoint: () => pace.check(),
    ...(iterations !== undefined && { iterations }),
    ...(searchFor !== undefined && {
      until: () => {
        const left = end - performance.now();
        pace.progress(stage, searchFor - left, searchFor);
        return left <= 0;
      },
    }),
  };
  const staysDirect = search.exceptionShare > 0 && directShare(matrix) <= search.exceptionShare;
  const cells = cellMatrix(matrix, staysDirect);
  if (search.fewest) {
    const found = await mineFewest(cells, budget);
    if (found.kind === 'conflict') throw noRoles(found.conflict.kind);
    return found.roles.map(({ rows, columns }) => ({ rows: [...rows], columns: [...columns] }));
  }
  // What is direct today may stay; more of it would only hide what is held. Where too much is direct, the cheapest of it stays.
  const direct = search.exceptionShare > 0 && !staysDirect ? 1 : Number.POSITIVE_INFINITY;
  const found = mineLeastComplexity(cells, {
    ...budget,
    weights: { direct },
    exceptionShare: search.exceptionShare,
    change: price,
    today: matrix.present.map(({ rows, columns }, origin) => ({
      rows: Uint32Array.from(rows).sort(),
      columns: Uint32Array.from(columns).sort(),
      origin,
    })),
  });
  if (found.kind === 'conflict') throw noRoles(found.conflict.kind);
  return found.roles.map((role, place): MinedRole => {
    const origin = role.origin === undefined ? undefined : matrix.present[role.origin]!.origin;
    return {
      rows: [...role.rows],
      columns: [...allColumns(found.roles, place)],
      ...(origin !== undefined && { origin }),
    };
  });
};

const noRoles = (conflict: string): GrantlensError =>
  new GrantlensError('NO_SUCH_ROLES', `There are no roles within the limits that were asked for (${conflict}).`, {
    conflict,
  });

/** Of what is held, the share that is granted directly. */
function directShare({ rows, bounds, direct, weights }: MiningMatrix): number {
  let [held, directly] = [0, 0];
  for (let row = 0; row < rows; row++)
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
      held += weights[row]!;
      directly += weights[row]! * direct[i]!;
    }
  return held === 0 ? 0 : directly / held;
}

/** Required and optional cells in one. @param staysDirect what is granted directly today need not be given by a role */
function cellMatrix(matrix: MiningMatrix, staysDirect: boolean): CellMatrix {
  const { rows, columns, bounds, cells, optionalBounds, optionalCells, weights } = matrix;
  const all: number[] = [];
  const required: number[] = [];
  const ends = [0];
  for (let row = 0; row < rows; row++) {
    const held = cells.subarray(bounds[row]!, bounds[row + 1]!);
    const must = new Set(held.filter((_, i) => !staysDirect || matrix.direct[bounds[row]! + i] === 0));
    const own = new Set([...held, ...optionalCells.subarray(optionalBounds[row]!, optionalBounds[row + 1]!)]);
    for (const column of Uint32Array.from(own).sort()) {
      all.push(column);
      required.push(must.has(column) ? 1 : 0);
    }
    ends.push(all.length);
  }
  return {
    rows,
    columns,
    bounds: Uint32Array.from(ends),
    cells: Uint32Array.from(all),
    required: Uint8Array.from(required),
    rowWeights: weights,
  };
}

/** A miner that searches in a thread. */
export function threadedMiner(
  snapshot: Snapshot,
  apart: Apart | undefined,
  limits: SearchLimits,
  { signal, onProgress }: Pick<Waiting, 'signal' | 'onProgress'>,
  duties?: StateDuties,
): Miner {
  return (matrix, price, _, share) => {
    const usual =
      limits.iterations === undefined ? usualSearch(matrix.cells.length / share) / limits.prices : undefined;
    const whole = limits.searchFor ?? usual;
    const searchFor = whole === undefined ? undefined : whole * share;
    // What a search takes beside looking for better ones is the reading of its matrix.
    const deadline = (searchFor ?? 0) + BESIDE;
    const pairs = duties === undefined ? [] : keptApart(sidesIn(matrix, duties), matrix).pairs;
    const within = pairs.length === 0 ? limits.limits : { ...limits.limits, apart: pairs };
    const search = { ...limits, limits: within, searchFor, matrix, price };
    return hereOrApart(apart, searchRoles, [snapshot], search, { signal, onProgress, deadline });
  };
}

const sidesIn = ({ atoms }: MiningMatrix, { sidesOf }: StateDuties) => Array.from(atoms, (atom) => sidesOf[atom]!);

/** Milliseconds of search for each thing that somebody in scope holds, and at least and at most for all of them. */
const SEARCH_FOR_EACH = 0.05;
const [SHORTEST_SEARCH, LONGEST_USUAL] = [3_000, 20_000];

/** How long is searched at all prices when nobody says. */
const usualSearch = (holdings: number): number =>
  Math.min(LONGEST_USUAL, Math.max(SHORTEST_SEARCH, SEARCH_FOR_EACH * holdings));

/** Milliseconds. */
const BESIDE = 600_000;
