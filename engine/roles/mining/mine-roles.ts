/**
 * The work of mining roles: from a version of the graph to roles that together give everybody exactly what he has. What is
 * found is held against the matrix by a second, plain computation before it is told.
 */
import type { Budget } from '../../../algorithms/bicliques/budget.ts';
import type { Biclique, CellMatrix } from '../../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../../algorithms/bicliques/check-roles.ts';
import type { Conflict } from '../../../algorithms/bicliques/conflicts.ts';
import { type Impossible, mineFewest } from '../../../algorithms/bicliques/mine-fewest.ts';
import {
  allColumns,
  type MinedRole,
  mineLeastComplexity,
} from '../../../algorithms/bicliques/mine-least-complexity.ts';
import type { RoleLimits } from '../../../algorithms/bicliques/shaping.ts';
import type { LongWork } from '../../access/apart.ts';
import { makeFrame } from '../../access/frame.ts';
import type { SodRules } from '../../findings/find-all.ts';
import type { Instant, Reach } from '../../model/index.ts';
import { entitlementMatrix } from '../../peers/entitlement-matrix.ts';
import { type Limit, Limits } from '../../peers/limits.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { GROUP, ROLE, type Snapshot } from '../../snapshot/snapshot.ts';
import { type DutySides, dutySides, type Side } from '../duties/duty-sides.ts';
import { type KeptApart, keptApart } from '../duties/kept-apart.ts';
import { type Firmness, firmnessOf, type Holdings, type Mine } from '../meaning/firmness.ts';
import { type ActionColumns, actionColumns, type MinedAtom } from './action-columns.ts';
import { minedPart } from './mined-part.ts';
import { type PresentRole, withPresentRoles } from './present-roles.ts';
import type { ComplexityWeights, PlanObjective } from './questions.ts';

export interface MineInput {
  readonly at: Instant;
  readonly reach: Reach;
  readonly objective: PlanObjective;
  readonly seed: number;
  /** Milliseconds; undefined with `iterations` alone. */
  readonly searchFor: number | undefined;
  readonly iterations: number | undefined;
  /** Node numbers; undefined for all of the graph. */
  readonly scope: readonly number[] | undefined;
  /** Node numbers of roles that stay. */
  readonly keep: readonly number[];
  readonly weights: ComplexityWeights;
  readonly hierarchy: boolean;
  readonly limits: Omit<RoleLimits, 'apart'>;
  readonly exceptionShare: number;
  readonly kernel: boolean;
  readonly firmness: boolean;
  /** Rules of duties that no role may join; undefined for none. */
  readonly sod: SodRules | undefined;
  /** By edge number, a number for each text of a condition. */
  readonly conditions: Uint32Array;
}

/** A role in numbers. */
export interface FoundRole {
  /** Node numbers of those who are assigned it, ascending by row. */
  readonly members: Uint32Array;
  /** Places in `atoms`, ascending: all that it gives, and what of that it grants itself. */
  readonly atoms: Uint32Array;
  readonly own: Uint32Array;
  /** Places in `roles`. */
  readonly includes: readonly number[];
  /** Node number of the present role that it is closest to; -1 for none. */
  readonly basedOn: number;
}

export interface FoundRoles {
  readonly kind: 'found';
  readonly roles: readonly FoundRole[];
  readonly direct: readonly (readonly [identity: number, atom: number])[];
  readonly atoms: readonly MinedAtom[];
  /** Of each atom how many identities hold it. */
  readonly holders: Uint32Array;
  readonly limits: readonly Limit[];
  readonly lowerBound: number;
  readonly cost: number;
  readonly identities: number;
  readonly holdings: number;
  readonly firmness: Firmness | undefined;
  readonly duties: readonly FoundDuty[];
}

/** What of a rule of duties no arrangement of roles can keep apart. */
export interface FoundDuty {
  readonly rule: string;
  /** Node numbers of those who hold something of both sides. */
  readonly holders: Uint32Array;
  /** Places in `atoms` of what is of both sides by itself. */
  readonly undivided: readonly number[];
}

export interface NoRoles {
  readonly kind: 'conflict';
  readonly conflict: Conflict;
  /** What the conflict's row and column stand for: a node number, and an atom. */
  readonly identity: number | undefined;
  readonly atom: MinedAtom | undefined;
  /** Node number of the kept role that it is about. */
  readonly role: number | undefined;
}

/** @throws what the pace throws; Error when the second computation does not agree */
export const mineRoles: LongWork<MineInput, FoundRoles | NoRoles> = async ([snapshot], input, pace) => {
  const frame = makeFrame(snapshot!, input.reach, input.at);
  const limits = new Limits(snapshot!, input.conditions);
  pace.progress('reading who holds what', 0, 1);
  const part = minedPart(snapshot!, input.scope);
  const held = await entitlementMatrix(frame, pace, { limits, among: part.hasIdentity });
  const all = actionColumns(snapshot!, held, part);
  const today = input.objective === 'FEWEST_ROLES' ? input.keep : bundles(snapshot!, input.objective);
  const duties = input.sod && dutySides(snapshot!, input.sod);
  const sidesOf = ({ action, ...atom }: MinedAtom): readonly Side[] =>
    duties?.sidesOf({ ...atom, actions: [action] }) ?? [];
  const { columns, present } = await withPresentRoles(frame, all, limits, today, pace, (atom) => sidesOf(atom).join());
  const apart =
    duties &&
    keptApart(
      columns.atoms.map(([first]) => sidesOf(first!)),
      columns.matrix,
    );
  const within: RoleLimits = { ...input.limits, ...(apart && apart.pairs.length > 0 && { apart: apart.pairs }) };
  const keep = new Set(input.keep);
  const fixed = present.filter(({ node }) => keep.has(node));
  await pace.rest();
  const found = await shaped(columns.matrix, { ...input, limits: within }, fixed, present, pace);
  if (found.kind === 'conflict') return noRoles(found.conflict, columns, fixed);
  await pace.rest();
  verify(columns.matrix, found, fixed, within);
  return {
    ...told(columns, found, fixed, present, limits),
    duties: duties && apart ? dutiesTold(duties, apart, columns) : [],
    firmness: input.firmness ? await firmnessIn(columns, found.roles, input, pace) : undefined,
  };
};

/** What is looked at as a role of today: the search begins with it. Groups give what roles give, and change is counted of roles alone. */
const bundles = (snapshot: Snapshot, objective: PlanObjective): readonly number[] => [
  ...liveNodes(snapshot, objective === 'LEAST_CHANGE' ? ROLE : GROUP, ROLE + 1),
];

/** Steps of the search on each sample. */
const SAMPLE_ITERATIONS = 2_000;

function firmnessIn(
  { matrix, identities }: ActionColumns,
  roles: readonly MinedRole[],
  { objective, seed, kernel }: MineInput,
  pace: Pace,
): Promise<Firmness> {
  const rows = identities.flatMap((members, row) => {
    const columns = matrix.cells.slice(matrix.bounds[row]!, matrix.bounds[row + 1]!);
    return Array.from(members, () => columns);
  });
  const budget = { seed, iterations: SAMPLE_ITERATIONS, checkpoint: () => pace.check() };
  const mine: Mine = async (holdings) => {
    const sample = matrixOfHoldings(holdings, matrix.columnWeights!);
    if (objective !== 'FEWEST_ROLES') {
      const found = mineLeastComplexity(sample, budget);
      return found.kind === 'conflict' ? [] : found.roles.map((_, place) => allColumns(found.roles, place));
    }
    const found = await mineFewest(sample, { ...budget, kernel });
    return found.kind === 'conflict' ? [] : found.roles.map(({ columns }) => columns);
  };
  const given = roles.map((_, place) => allColumns(roles, place));
  return firmnessOf({ rows, columns: matrix.columns }, given, { mine, seed }, pace);
}

function matrixOfHoldings({ rows, columns }: Holdings, columnWeights: Uint32Array): CellMatrix {
  const bounds = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    bounds[i + 1] = bounds[i]! + row.length;
  });
  const cells = new Uint32Array(bounds[rows.length]!);
  rows.forEach((row, i) => void cells.set(row, bounds[i]!));
  return { rows: rows.length, columns, bounds, cells, columnWeights };
}

interface Shaped {
  readonly kind: 'mined';
  readonly roles: readonly MinedRole[];
  readonly direct: readonly (readonly [row: number, column: number])[];
  readonly lowerBound: number;
  readonly cost: number;
}

async function shaped(
  matrix: CellMatrix,
  input: Omit<MineInput, 'limits'> & { readonly limits: RoleLimits },
  fixed: readonly PresentRole[],
  present: readonly PresentRole[],
  pace: Pace,
): Promise<Shaped | Impossible> {
  const budget = budgetOf(input, pace);
  const { seed, limits, kernel } = input;
  if (input.objective === 'FEWEST_ROLES') {
    const fewest = await mineFewest(matrix, { ...budget, seed, limits, kernel, fixed });
    if (fewest.kind === 'conflict') return fewest;
    const roles = fewest.roles.map((role) => ({ ...role, juniors: [] }));
    return { kind: 'mined', roles, direct: [], lowerBound: fewest.lowerBound, cost: roles.length };
  }
  const { direct, ...weights } = input.weights;
  const change = input.objective === 'LEAST_CHANGE' ? CHANGE : 0;
  const best = mineLeastComplexity(matrix, {
    ...budget,
    seed,
    limits,
    fixed,
    weights: { ...weights, direct: direct ?? Number.POSITIVE_INFINITY },
    exceptionShare: input.exceptionShare,
    // What no role may join is said of all that it gives: roles within roles would hide it.
    hierarchy: input.hierarchy && change === 0 && limits.apart === undefined,
    change,
    today: present.map((role, origin) => ({ ...role, origin })),
  });
  if (best.kind === 'conflict') return best;
  const lowerBound = best.direct.length > 0 ? fixed.length : await boundOf(matrix, input, fixed, pace);
  return { ...best, lowerBound };
}

/** The price of an edit against today's roles, where change is to be least. */
const CHANGE = 1;

/** Of the search, so much may be spent on the bound besides, where that is not what was asked for; milliseconds that it is given in any case. */
const BOUND_SHARE = 0.5;
const LEAST_FOR_BOUND = 2_000;

function budgetOf({ searchFor, iterations }: MineInput, pace: Pace): Budget {
  const end = searchFor === undefined ? undefined : performance.now() + searchFor;
  return {
    checkpoint: () => pace.check(),
    ...(end !== undefined && {
      until: () => {
        const left = end - performance.now();
        pace.progress('looking for better roles', searchFor! - left, searchFor!);
        return left <= 0;
      },
    }),
    ...(iterations !== undefined && { iterations }),
  };
}

/** No exact set of roles has fewer. Where that takes longer than half of the search, only what is plain is told. */
async function boundOf(
  matrix: CellMatrix,
  { seed, kernel, searchFor }: MineInput,
  fixed: readonly Biclique[],
  pace: Pace,
): Promise<number> {
  // Without a deadline the answer is the same on any machine.
  const time = searchFor === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_FOR_BOUND, searchFor * BOUND_SHARE);
  const end = performance.now() + time;
  const isUp = (): boolean => performance.now() >= end;
  const checkpoint = (): void => {
    pace.check();
    if (isUp()) throw new BoundTakesLonger();
  };
  pace.progress('how few roles would do at least', 0, 1);
  try {
    const fewest = await mineFewest(matrix, { checkpoint, until: isUp, seed, kernel, fixed });
    return fewest.kind === 'mined' ? fewest.lowerBound : fixed.length;
  } catch (error) {
    if (!(error instanceof BoundTakesLonger)) throw error;
    return Math.max(fixed.length, matrix.cells.length > 0 ? 1 : 0);
  }
}

class BoundTakesLonger extends Error {}

/** Whoever is assigned a role has all that it and what it includes give; all of it together is what was held, no more and no less. */
function verify(matrix: CellMatrix, { roles, direct }: Shaped, fixed: readonly Biclique[], limits: RoleLimits): void {
  const assigned = roles.map((role, place): Biclique => ({ rows: role.rows, columns: allColumns(roles, place) }));
  const [fault] = faultsOf(matrix, { roles: assigned, direct, limits, fixed });
  if (fault !== undefined) throw new Error(`mined roles are not exact: ${JSON.stringify(fault)}`);
}

function told(
  { matrix, identities, atoms }: ActionColumns,
  { roles, direct, lowerBound, cost }: Shaped,
  fixed: readonly PresentRole[],
  present: readonly PresentRole[],
  limits: Limits,
): Omit<FoundRoles, 'firmness' | 'duties'> {
  const firstAtom = [0];
  for (const some of atoms) firstAtom.push(firstAtom.at(-1)! + some.length);
  const placesOf = (columns: Uint32Array): Uint32Array =>
    Uint32Array.from([...columns].flatMap((column) => atoms[column]!.map((_, i) => firstAtom[column]! + i)));
  const holdersOf = new Uint32Array(matrix.columns);
  for (let row = 0; row < matrix.rows; row++)
    for (let i = matrix.bounds[row]!; i < matrix.bounds[row + 1]!; i++)
      holdersOf[matrix.cells[i]!]! += identities[row]!.length;
  return {
    kind: 'found',
    roles: roles.map((role, place): FoundRole => {
      const all = allColumns(roles, place);
      return {
        members: Uint32Array.from([...role.rows].flatMap((row) => [...identities[row]!])),
        atoms: placesOf(all),
        own: placesOf(role.columns),
        includes: role.juniors,
        basedOn: place < fixed.length ? fixed[place]!.node : (present[role.origin ?? -1]?.node ?? -1),
      };
    }),
    direct: direct.flatMap(([row, column]) =>
      [...identities[row]!].flatMap((node) =>
        [...placesOf(Uint32Array.of(column))].map((atom) => [node, atom] as const),
      ),
    ),
    atoms: atoms.flat(),
    holders: Uint32Array.from(atoms.flatMap((some, column) => some.map(() => holdersOf[column]!))),
    limits: limits.all,
    lowerBound,
    cost,
    identities: identities.reduce((sum, members) => sum + members.length, 0),
    holdings: holdersOf.reduce((sum, count, column) => sum + count * atoms[column]!.length, 0),
  };
}

function dutiesTold(
  { rules }: DutySides,
  { held, undivided }: KeptApart,
  { identities, atoms }: ActionColumns,
): readonly FoundDuty[] {
  const firstAtom = [0];
  for (const some of atoms) firstAtom.push(firstAtom.at(-1)! + some.length);
  return rules.flatMap((rule, number): readonly FoundDuty[] => {
    const rows = held.find((one) => one.rule === number)?.rows ?? [];
    const columns = undivided.filter((one) => one.rule === number).map(({ column }) => column);
    if (rows.length + columns.length === 0) return [];
    return [
      {
        rule,
        holders: Uint32Array.from(rows.flatMap((row) => [...identities[row]!])),
        undivided: columns.flatMap((column) => atoms[column]!.map((_, i) => firstAtom[column]! + i)),
      },
    ];
  });
}

function noRoles(conflict: Conflict, { identities, atoms }: ActionColumns, fixed: readonly PresentRole[]): NoRoles {
  const column =
    'column' in conflict
      ? conflict.column
      : 'columns' in conflict && typeof conflict.columns === 'object'
        ? conflict.columns[0]
        : undefined;
  return {
    kind: 'conflict',
    conflict,
    identity: 'row' in conflict ? identities[conflict.row]?.[0] : undefined,
    atom: column === undefined ? undefined : atoms[column]?.[0],
    role: 'role' in conflict ? fixed[conflict.role]?.node : undefined,
  };
}
