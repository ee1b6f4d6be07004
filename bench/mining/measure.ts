/** Mines one matrix and checks what comes out, cell by cell. */
import type { Biclique, CellMatrix } from '../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../algorithms/bicliques/check-roles.ts';
import { mineFewest } from '../../algorithms/bicliques/mine-fewest.ts';
import { allColumns, mineLeastComplexity } from '../../algorithms/bicliques/mine-least-complexity.ts';

export interface Fewest {
  readonly roles: number;
  readonly lowerBound: number;
  readonly provenOptimal: boolean;
  /** Cells of classes that dominance left. */
  readonly rest: number;
  readonly seconds: number;
}

export interface LeastComplexity {
  readonly cost: number;
  readonly roles: number;
  readonly assignments: number;
  readonly grants: number;
  readonly hierarchy: number;
  readonly iterations: number;
  readonly seconds: number;
}

/** Where a search is needed, it may take so long. */
const MOST_SECONDS = 20;

export async function measureFewest(matrix: CellMatrix, seed: number): Promise<Fewest> {
  const { passed, until } = clock(MOST_SECONDS);
  const answer = await mineFewest(matrix, { seed, until });
  const seconds = passed();
  if (answer.kind === 'conflict') throw new Error(`there is a conflict without limits: ${answer.conflict.kind}`);
  assertExact(matrix, answer.roles);
  const { roles, lowerBound, provenOptimal, rest } = answer;
  return { roles: roles.length, lowerBound, provenOptimal, rest, seconds };
}

export function measureLeastComplexity(
  matrix: CellMatrix,
  { seed, seconds, hierarchy }: { readonly seed: number; readonly seconds: number; readonly hierarchy: boolean },
): LeastComplexity {
  const { passed, until } = clock(seconds);
  const answer = mineLeastComplexity(matrix, { seed, hierarchy, until });
  const taken = passed();
  if (answer.kind === 'conflict') throw new Error(`there is a conflict without limits: ${answer.conflict.kind}`);
  const { roles, cost, parts, iterations } = answer;
  assertExact(
    matrix,
    roles.map(({ rows }, at) => ({ rows, columns: allColumns(roles, at) })),
  );
  const { assignments, grants } = parts;
  return { cost, roles: parts.roles, assignments, grants, hierarchy: parts.hierarchy, iterations, seconds: taken };
}

function clock(seconds: number) {
  const started = performance.now();
  const passed = (): number => Number(((performance.now() - started) / 1_000).toPrecision(3));
  return { passed, until: (): boolean => performance.now() - started > seconds * 1_000 };
}

function assertExact(matrix: CellMatrix, roles: readonly Biclique[]): void {
  const [fault] = faultsOf(matrix, { roles });
  if (fault !== undefined) throw new Error(`what was mined is not exact: ${JSON.stringify(fault)}`);
}
