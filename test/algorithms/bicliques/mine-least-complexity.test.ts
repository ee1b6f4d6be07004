import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Biclique, type CellMatrix, matrixOf } from '../../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../../algorithms/bicliques/check-roles.ts';
import { mineFewest } from '../../../algorithms/bicliques/mine-fewest.ts';
import {
  allColumns,
  type ComplexityOptions,
  type LeastComplexity,
  mineLeastComplexity,
} from '../../../algorithms/bicliques/mine-least-complexity.ts';
import type { RoleLimits } from '../../../algorithms/bicliques/shaping.ts';
import { cellMatrix, everyBiclique, has, requiredPairs } from '../../support/cell-matrices.ts';
import { announceSeed, LONG, runs } from '../../support/seed.ts';

announceSeed();

function mined(matrix: CellMatrix, options: ComplexityOptions): LeastComplexity {
  const answer = mineLeastComplexity(matrix, options);
  if (answer.kind === 'conflict') throw new Error(JSON.stringify(answer.conflict));
  return answer;
}

/** Roles with the columns of their juniors. */
const whole = ({ roles }: LeastComplexity): Biclique[] =>
  roles.map(({ rows }, at) => ({ rows, columns: allColumns(roles, at) }));

/** The cost of a structure, added up edge by edge. */
function costOf({ roles, direct }: LeastComplexity, { weights = {} }: ComplexityOptions): number {
  const { role = 1, assignment = 1, grant = 1, hierarchy = 1, direct: each = Infinity } = weights;
  let cost = direct.length === 0 ? 0 : direct.length * each;
  for (const { rows, columns, juniors } of roles)
    cost += role + rows.length * assignment + columns.length * grant + juniors.length * hierarchy;
  return cost;
}

const someWeights = fc.record({
  role: fc.constantFrom(0, 1, 3),
  assignment: fc.constantFrom(0, 1, 2),
  grant: fc.constantFrom(0.5, 1),
  hierarchy: fc.constantFrom(0, 1),
  direct: fc.constantFrom(1, 2.5, Infinity),
});

/** What costs the least, by trying every set of bicliques, for a very small matrix. */
function leastByTrying(matrix: CellMatrix): number {
  const subsets: Biclique[] = [];
  for (const { rows, columns } of everyBiclique(matrix))
    for (let set = 1; set < 1 << rows.length; set++)
      subsets.push({ rows: rows.filter((_, at) => (set >> at) & 1), columns });
  const pairs = requiredPairs(matrix);
  let best = Infinity;
  const tryFrom = (covered: ReadonlySet<number>, cost: number): void => {
    if (cost >= best) return;
    const first = pairs.findIndex((_, at) => !covered.has(at));
    if (first === -1) {
      best = cost;
      return;
    }
    for (const { rows, columns } of subsets) {
      if (!rows.includes(pairs[first]![0]) || !columns.includes(pairs[first]![1])) continue;
      const more = pairs.flatMap(([row, column], at) => (rows.includes(row) && columns.includes(column) ? [at] : []));
      tryFrom(new Set([...covered, ...more]), cost + 1 + rows.length + columns.length);
    }
  };
  tryFrom(new Set(), 0);
  return best;
}

describe('roles of least complexity', () => {
  it('cost the least that trying every choice finds', { timeout: LONG }, () => {
    fc.assert(
      fc.property(cellMatrix(4), fc.nat(), (matrix, seed) => {
        const answer = mined(matrix, { iterations: 2_000, seed });
        expect(faultsOf(matrix, { roles: answer.roles })).toEqual([]);
        expect(answer.cost).toBe(leastByTrying(matrix));
      }),
      runs(60),
    );
  });

  it('are exact, and cost what they are said to, at every price and in layers', { timeout: LONG }, () => {
    fc.assert(
      fc.property(
        cellMatrix(8),
        someWeights,
        fc.boolean(),
        fc.nat({ max: 60 }),
        (matrix, weights, hierarchy, iterations) => {
          const options = { weights, hierarchy, iterations };
          const answer = mined(matrix, options);
          expect(faultsOf(matrix, { roles: whole(answer), direct: answer.direct })).toEqual([]);
          expect(answer.cost).toBeCloseTo(costOf(answer, options), 6);
          expect(answer.cost).toBeCloseTo(answer.history.at(-1)![1], 6);
          for (const [at, { columns, juniors }] of answer.roles.entries())
            for (const junior of juniors) {
              const below = new Set(allColumns(answer.roles, junior));
              expect(below.size).toBeLessThan(allColumns(answer.roles, at).length);
              expect(columns.some((column) => below.has(column))).toBe(false);
            }
        },
      ),
      runs(600),
    );
  });

  it('are the same for the same seed and the same number of steps', () => {
    fc.assert(
      fc.property(cellMatrix(8), fc.boolean(), fc.integer(), (matrix, hierarchy, seed) => {
        const options = { hierarchy, seed, iterations: 100 };
        expect(mined(matrix, options)).toEqual(mined(matrix, options));
      }),
      runs(100),
    );
  });

  it('are exact when time is up before it began', { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(cellMatrix(8), async (matrix) => {
        const until = (): boolean => true;
        expect(faultsOf(matrix, { roles: mined(matrix, { until }).roles })).toEqual([]);
        expect(faultsOf(matrix, { roles: whole(mined(matrix, { until, hierarchy: true })) })).toEqual([]);
        const fewest = await mineFewest(matrix, { until });
        expect(fewest.kind === 'mined' && faultsOf(matrix, fewest)).toEqual([]);
      }),
      runs(200),
    );
  });

  it('never leave more direct than they may', () => {
    fc.assert(
      fc.property(cellMatrix(7), fc.constantFrom(0, 0.1, 0.3, 1), fc.boolean(), (matrix, exceptionShare, hierarchy) => {
        const weights = { direct: 0.1 };
        const answer = mined(matrix, { weights, exceptionShare, hierarchy, iterations: 100 });
        expect(faultsOf(matrix, { roles: whole(answer), direct: answer.direct })).toEqual([]);
        expect(answer.direct.length).toBeLessThanOrEqual(exceptionShare * requiredPairs(matrix).length);
        // Direct at a tenth of the price, roles are for nothing.
        if (exceptionShare === 1) expect(answer.roles).toEqual([]);
      }),
      runs(300),
    );
  });
});

describe('limits', () => {
  const someLimits = (columns: number): fc.Arbitrary<RoleLimits> =>
    fc.record(
      {
        maxColumnsPerRole: fc.integer({ min: 1, max: 4 }),
        maxRowsPerRole: fc.integer({ min: 1, max: 3 }),
        maxRolesPerRow: fc.integer({ min: 1, max: 4 }),
        apart: fc.array(
          fc
            .tuple(fc.nat({ max: columns - 1 }), fc.nat({ max: columns - 1 }))
            .filter(([a, b]) => a !== b)
            .map(([a, b]) => [a, b] as const),
          { maxLength: 4 },
        ),
      },
      { requiredKeys: [] },
    );
  const wide = cellMatrix(7).filter((matrix) => matrix.columns >= 2);

  it('are kept, or said to be impossible to keep', { timeout: LONG }, async () => {
    let kept = 0;
    let refused = 0;
    const withLimits = wide.chain((matrix) => fc.tuple(fc.constant(matrix), someLimits(matrix.columns)));
    await fc.assert(
      fc.asyncProperty(
        withLimits,
        fc.constantFrom(1, Infinity),
        fc.boolean(),
        async ([matrix, limits], direct, hierarchy) => {
          const options = { limits, iterations: 60, hierarchy, weights: { direct } };
          const answer = mineLeastComplexity(matrix, options);
          if (answer.kind === 'mined') {
            kept++;
            expect(faultsOf(matrix, { roles: whole(answer), direct: answer.direct, limits })).toEqual([]);
            expect(answer.cost).toBeCloseTo(costOf(answer, options), 6);
          } else {
            refused++;
            expect(direct).toBe(Infinity);
            expect(answer.conflict.kind).toMatch(/^(rolesOfRow|noneFound)$/u);
          }
          const fewest = await mineFewest(matrix, { limits, iterations: 60 });
          if (fewest.kind === 'mined') {
            expect(faultsOf(matrix, { roles: fewest.roles, limits })).toEqual([]);
            expect(fewest.lowerBound).toBeLessThanOrEqual(fewest.roles.length);
          } else
            expect(fewest.conflict).toEqual(direct === Infinity ? (answer as typeof fewest).conflict : fewest.conflict);
        },
      ),
      runs(600),
    );
    expect(kept).toBeGreaterThan(200);
    expect(refused).toBeGreaterThan(5);
  });

  it('are refused only where trying finds nothing either', { timeout: LONG }, () => {
    // Rows are independent: each needs its columns packed into few enough roles of its own.
    const packs = (matrix: CellMatrix, row: number, limits: RoleLimits): boolean => {
      const columns = requiredPairs(matrix).flatMap(([of, column]) => (of === row ? [column] : []));
      const isApart = (a: number, b: number): boolean =>
        (limits.apart ?? []).some(([x, y]) => (x === a && y === b) || (x === b && y === a));
      const place = (at: number, bins: readonly (readonly number[])[]): boolean => {
        if (at === columns.length) return true;
        const column = columns[at]!;
        const open = bins.length < (limits.maxRolesPerRow ?? Infinity) && place(at + 1, [...bins, [column]]);
        return (
          open ||
          bins.some((bin, which) => {
            if (bin.length >= (limits.maxColumnsPerRole ?? Infinity) || bin.some((each) => isApart(each, column)))
              return false;
            return place(at + 1, bins.with(which, [...bin, column]));
          })
        );
      };
      return place(0, []);
    };
    const withLimits = wide.chain((matrix) => fc.tuple(fc.constant(matrix), someLimits(matrix.columns)));
    fc.assert(
      fc.property(withLimits, ([matrix, limits]) => {
        const answer = mineLeastComplexity(matrix, { limits, iterations: 0 });
        if (answer.kind === 'conflict' && answer.conflict.kind === 'rolesOfRow')
          expect(packs(matrix, answer.conflict.row, limits)).toBe(false);
        if (answer.kind === 'mined')
          for (let row = 0; row < matrix.rows; row++) expect(packs(matrix, row, limits)).toBe(true);
      }),
      runs(500),
    );
  });

  it('and fixed roles contradict each other by name', async () => {
    const matrix = matrixOf(2, 3, [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 1],
    ]);
    const role = (rows: number[], columns: number[]) => ({
      rows: Uint32Array.from(rows),
      columns: Uint32Array.from(columns),
    });
    const cases = [
      [[role([0, 1], [0, 1])], {}, { kind: 'fixedRoleNotHeld', role: 0, row: 1, column: 0 }],
      [[role([0], [0, 1])], { apart: [[1, 0]] }, { kind: 'fixedRoleHoldsPair', role: 0, columns: [1, 0] }],
      [[role([0], [0, 1])], { maxColumnsPerRole: 1 }, { kind: 'fixedRoleTooWide', role: 0, columns: 2, most: 1 }],
      [[role([0, 1], [1])], { maxRowsPerRole: 1 }, { kind: 'fixedRoleTooLarge', role: 0, rows: 2, most: 1 }],
      [[role([0], [0]), role([0], [1])], { maxRolesPerRow: 1 }, { kind: 'fixedRolesOfRow', row: 0, roles: 2, most: 1 }],
      [[role([0], [0])], { maxRolesPerRow: 1 }, { kind: 'rolesOfRow', row: 0, needed: 2, most: 1 }],
      [[], { maxRolesPerRow: 2, maxColumnsPerRole: 1 }, { kind: 'rolesOfRow', row: 0, needed: 3, most: 2 }],
    ] as const;
    for (const [fixed, limits, conflict] of cases) {
      expect(mineLeastComplexity(matrix, { fixed, limits })).toEqual({ kind: 'conflict', conflict });
      expect(await mineFewest(matrix, { fixed, limits })).toEqual({ kind: 'conflict', conflict });
    }
  });

  it('leave fixed roles as they are', { timeout: LONG }, () => {
    fc.assert(
      fc.property(
        cellMatrix(6),
        fc.nat(),
        fc.boolean(),
        someLimits(6),
        (matrix, choice, hierarchy, { maxRolesPerRow }) => {
          const all = everyBiclique(matrix);
          const fixed = all.length === 0 ? [] : [all[choice % all.length]!];
          const limits = maxRolesPerRow === undefined ? {} : { maxRolesPerRow };
          const answer = mineLeastComplexity(matrix, { fixed, limits, hierarchy, iterations: 60 });
          if (answer.kind === 'conflict') return;
          expect(faultsOf(matrix, { roles: whole(answer), fixed, limits })).toEqual([]);
          expect(answer.cost).toBeCloseTo(costOf(answer, {}), 6);
        },
      ),
      runs(300),
    );
  });
});

describe('from the roles of today', () => {
  const withToday = cellMatrix(7).chain((matrix) =>
    fc.tuple(fc.constant(matrix), fc.array(fc.nat(), { maxLength: 5 })),
  );

  it('each edit is paid for', { timeout: LONG }, () => {
    fc.assert(
      fc.property(withToday, fc.constantFrom(0, 0.5, 2, 50), ([matrix, draws], change) => {
        const all = everyBiclique(matrix);
        const today =
          all.length === 0 ? [] : draws.map((draw, at) => ({ ...all[draw % all.length]!, origin: 10 + at }));
        const answer = mined(matrix, { today, change, iterations: 100 });
        expect(faultsOf(matrix, { roles: answer.roles })).toEqual([]);
        const edits = editsOf(answer, today);
        expect(answer.parts.edits).toBe(edits);
        expect(answer.cost).toBeCloseTo(costOf(answer, {}) + change * edits, 6);
        const origins = answer.roles.flatMap((role) => role.origin ?? []);
        expect(new Set(origins).size).toBe(origins.length);
        // The history is what the search thought it paid, of which retired roles are a part.
        if (change > 0) expect(answer.history.at(-1)![1] + change * today.length).toBeCloseTo(answer.cost, 6);
      }),
      runs(400),
    );
  });

  it('nothing changes where change is dear and today is whole', () => {
    fc.assert(
      fc.property(cellMatrix(6, false), (matrix) => {
        const today = mined(matrix, { iterations: 0 }).roles.map((role, origin) => ({ ...role, origin }));
        const answer = mined(matrix, { today, change: 1_000, iterations: 200 });
        expect(answer.parts.edits).toBe(0);
      }),
      runs(100),
    );
  });

  it('roles that give what nobody has are refused', () => {
    const today = [{ origin: 7, rows: Uint32Array.of(0), columns: Uint32Array.of(1) }];
    const matrix = matrixOf(1, 2, [[0, 0]]);
    expect(has(matrix, 0, 1)).toBe(false);
    expect(() => mineLeastComplexity(matrix, { today })).toThrow('role 7 of today gives row 0 column 1');
    expect(() => mineLeastComplexity(matrix, { weights: { role: -1 } })).toThrow('the price of role');
    expect(() => mineLeastComplexity(matrix, { exceptionShare: 2 })).toThrow('exceptionShare');
  });
});

/** Each edge that differs, 2 more for a role that is new, 1 for one that goes. */
function editsOf({ roles }: LeastComplexity, today: readonly (Biclique & { origin: number })[]): number {
  const differing = (a: Iterable<number>, b: Iterable<number>): number => {
    const [x, y] = [new Set(a), new Set(b)];
    return [...x].filter((item) => !y.has(item)).length + [...y].filter((item) => !x.has(item)).length;
  };
  let edits = 0;
  const kept = new Set<number>();
  for (const { rows, columns, origin } of roles) {
    const was = today.find((role) => role.origin === origin);
    if (was === undefined) edits += rows.length + columns.length + 2;
    else {
      kept.add(was.origin);
      edits += differing(rows, was.rows) + differing(columns, was.columns);
    }
  }
  return edits + today.filter((role) => !kept.has(role.origin)).length;
}
