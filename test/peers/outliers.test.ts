/** Outliers: planted ones stand out, evidence and reasons are what can be counted, and what is put in is what was drawn. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../algorithms/seeded-random.ts';
import { makeFrame } from '../../engine/access/frame.ts';
import { entitlementMatrix } from '../../engine/peers/entitlement-matrix.ts';
import { enoughEvidence } from '../../engine/peers/evidence.ts';
import { holdingFeatures } from '../../engine/peers/holding-features.ts';
import { holdingGraph } from '../../engine/peers/holding-graph.ts';
import { inject } from '../../engine/peers/injection.ts';
import { drift } from '../../engine/peers/model-registry.ts';
import { reasonTeller } from '../../engine/peers/outlier-reasons.ts';
import { type FoundOutliers, findOutliers, type OutliersInput } from '../../engine/peers/outliers.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { pairsLoader } from '../../loaders/pairs/pairs-loader.ts';
import { ClonedApart } from '../support/cloned-apart.ts';
import { collect } from '../support/collect.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { estateOfHoldings } from '../support/small-estate.ts';

announceSeed();

const find = (snapshot: Snapshot, asked: Partial<OutliersInput> = {}): Promise<FoundOutliers> =>
  findOutliers([snapshot], { at: 0, ...asked }, new Pace());
const matrixOf = (snapshot: Snapshot) => entitlementMatrix(makeFrame(snapshot, 'ENTITLED', 0), new Pace());

const TEAM = 40;
/** Six teams of forty with twelve resources each, of which everybody has about ten; user 7 has one of the third team. */
function teams(): number[][] {
  const random = seededRandom(11);
  const held = Array.from({ length: 6 * TEAM }, (_, user) => {
    const team = Math.floor(user / TEAM) + 1;
    return Array.from({ length: 12 }, (__, i) => 100 * team + i).filter(() => random() < 0.85);
  });
  held[7]!.push(300);
  return held;
}

describe('outliers', () => {
  it.each(['EASE', 'RP3BETA'] as const)('hold what nothing else explains, by %s, with reasons', async (method) => {
    const snapshot = await estateOfHoldings(teams()).snapshot();
    const found = await new ClonedApart().run(findOutliers, [snapshot], { at: 0, method, first: 5 }, {});
    const name = (node: number): string => snapshot.ids.at(node);
    expect(found.outliers).toHaveLength(5);
    const [first] = found.outliers;
    expect([name(first!.identity), name(first!.entitlement.resource), first!.together]).toEqual(['u00007', 'r300', 1]);
    expect(first!.chance).toBeGreaterThan(0.3);
    expect(first!.speakFor).toEqual([]);
    expect(first!.speakAgainst).toHaveLength(3);
    for (const { alsoHold, holders } of first!.speakAgainst) expect([alsoHold, holders > 15]).toEqual([0, true]);
    const teamOf = (node: number): string => name(node).slice(0, 2);
    expect(first!.missing.map(({ entitlement }) => teamOf(entitlement.resource))).toEqual(['r3', 'r3', 'r3']);
    const check = found.checks.find((one) => one.method === method)!;
    expect(check.auc).toBeGreaterThan(0.95);
    expect(found).toMatchObject({ method, because: 'it was asked for', calibrated: true, isTelling: true });
    expect(found.model).toMatchObject({ kind: 'OUTLIERS', trainedAtVersion: 1, evaluation: { auc: check.auc } });
  });

  it('are found by what does better in a trial on the estate, the same each time', async () => {
    const found = await find(await estateOfHoldings(teams()).snapshot());
    const best = found.checks.reduce((most, check) => (check.auc > most.auc ? check : most));
    expect([found.checks.length, found.method]).toEqual([2, best.method]);
    expect(found).toEqual(await find(await estateOfHoldings(teams()).snapshot()));
  });

  it('have chances that rise as scores fall', async () => {
    const { outliers } = await find(await estateOfHoldings(teams()).snapshot(), { first: 1000 });
    const chances = outliers.map(({ chance }) => chance!);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    for (const chance of chances) expect(chance > 0 && chance < 1).toBe(true);
  });

  it('are not guessed where there is too little to judge by', async () => {
    const few = await find(await estateOfHoldings([[1, 2], [1, 3], [2, 3, 4], [5]]).snapshot());
    expect(few).toMatchObject({ outliers: [], judged: 0, undecided: 8, identitiesUndecided: 4 });
    expect(few).toMatchObject({ calibrated: false, isTelling: false });
    const same = await find(await estateOfHoldings(Array.from({ length: 9 }, () => [1, 2, 3])).snapshot());
    expect(same).toMatchObject({ outliers: [], checks: [], calibrated: false });
    expect(await find(await estateOfHoldings([]).snapshot())).toMatchObject({ outliers: [], judged: 0, undecided: 0 });
  });

  it('are refused for what is out of its range', async () => {
    const snapshot = await estateOfHoldings([[1]]).snapshot();
    const wrong: readonly (readonly [Partial<OutliersInput>, string])[] = [
      [{ at: Number.NaN }, 'at'],
      [{ reach: 'NONE' as never }, 'reach'],
      [{ seed: 1.5 }, 'seed'],
      [{ first: -1 }, 'first'],
      [{ first: 1001 }, 'first'],
      [{ method: 'GUESS' as never }, 'method'],
    ];
    for (const [asked, argument] of wrong)
      expect(await refusalOf(() => find(snapshot, asked))).toMatchObject({
        code: 'ARGUMENT_INVALID',
        facts: { argument },
      });
  });

  it('are refused by EASE where there are too many classes, and found by RP3β', async () => {
    const held = Array.from({ length: 3001 }, (_, i) => [i, i + 1, i + 2]);
    const snapshot = await estateOfHoldings(held).snapshot();
    expect(await refusalOf(() => find(snapshot, { method: 'EASE' }))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const { method, because } = await find(snapshot, { first: 1 });
    expect([method, because]).toEqual(['RP3BETA', '3003 classes of entitlements are too many for EASE']);
  });

  it('rest on features that show when an estate has moved', async () => {
    const snapshot = await estateOfHoldings(teams()).snapshot();
    const { model } = await find(snapshot);
    const same = drift(model, holdingFeatures(await matrixOf(snapshot)));
    expect(same.map(({ index }) => index)).toEqual([0, 0]);
    const fewer = await estateOfHoldings(teams().map((held) => held.slice(0, 4))).snapshot();
    expect(drift(model, holdingFeatures(await matrixOf(fewer)))[0]!.level).toBe('CHANGED');
  });
});

const someHoldings = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 6 }), { minLength: 1, maxLength: 14 });

/** Row classes as lists of columns, and each identity's list. */
async function spreadOut(held: readonly (readonly number[])[]) {
  const matrix = await matrixOf(await estateOfHoldings(held).snapshot());
  const { cellBounds, cells, columns } = matrix;
  const weights = Float64Array.from(holdingGraph(matrix).rowSizes);
  const lists = Array.from(weights, (_, r) => [...cells.slice(cellBounds[r], cellBounds[r + 1])]);
  const all = lists.flatMap((list, r) => Array.from({ length: weights[r]! }, () => list));
  return { matrix, rows: { bounds: cellBounds, cells, columns, weights }, lists, all };
}

describe('evidence', () => {
  it(
    'is three holdings, and five others with one of them that not everybody has',
    async () => {
      await fc.assert(
        fc.asyncProperty(someHoldings, async (held) => {
          const { rows, lists, all } = await spreadOut(held);
          const enough = enoughEvidence(rows);
          lists.forEach((list, r) => {
            list.forEach((column, i) => {
              const telling = list.filter((q) => q !== column && all.some((other) => !other.includes(q)));
              const having = all.filter((other) => telling.some((q) => other.includes(q))).length;
              const peers = telling.length > 0 ? having - 1 : 0;
              expect(enough[rows.bounds[r]! + i]).toBe(list.length >= 3 && peers >= 5 ? 1 : 0);
            });
          });
        }),
        runs(300),
      );
    },
    LONG,
  );
});

describe('reasons', () => {
  it(
    'are shares of others that can be counted',
    async () => {
      await fc.assert(
        fc.asyncProperty(someHoldings, async (held) => {
          const { matrix, rows, lists, all } = await spreadOut(held);
          const tell = reasonTeller(matrix, rows);
          const columnOf = (resource: number): number => {
            const n = matrix.resources.indexOf(resource);
            return matrix.columnBounds.findLastIndex((bound) => bound <= n);
          };
          lists.forEach((list, row) => {
            const others = [...all];
            others.splice(all.indexOf(list), 1);
            for (const column of list) {
              const { speakFor, speakAgainst, missing } = tell(row, column);
              const both = (q: number): number => others.filter((o) => o.includes(q) && o.includes(column)).length;
              for (const { entitlement, holders, alsoHold } of [...speakFor, ...speakAgainst]) {
                const q = columnOf(entitlement.resource);
                expect([holders, alsoHold]).toEqual([others.filter((o) => o.includes(q)).length, both(q)]);
              }
              for (const { alsoHold, holders } of speakFor) expect(alsoHold / holders).toBeGreaterThan(0.5);
              for (const { alsoHold, holders } of speakAgainst) expect(alsoHold / holders).toBeLessThanOrEqual(0.5);
              for (const { entitlement, holders, alsoHold } of missing) {
                const q = columnOf(entitlement.resource);
                expect(list).not.toContain(q);
                expect([holders, alsoHold]).toEqual([others.filter((o) => o.includes(column)).length, both(q)]);
              }
            }
          });
        }),
        runs(200),
      );
    },
    LONG,
  );
});

describe('wrong holdings', () => {
  it(
    'are put in beside everything that is held, and are held by nobody before',
    async () => {
      const wanted = fc.integer({ min: 1, max: 6 });
      await fc.assert(
        fc.asyncProperty(someHoldings, wanted, fc.nat(1000), async (held, most, seed) => {
          const matrix = await matrixOf(await estateOfHoldings(held).snapshot());
          const { rows, isWrong, injected } = inject(matrix, holdingGraph(matrix), most, seededRandom(seed));
          expect(isWrong.reduce((sum, is) => sum + is, 0)).toBe(injected);
          expect(injected).toBeLessThanOrEqual(most);
          expect(rows.weights!.reduce((sum, weight) => sum + weight, 0)).toBe(matrix.identities.length);
          const given = new Map<number, number>();
          for (let row = 0; row + 1 < rows.bounds.length; row++) {
            const own = rows.cells.slice(rows.bounds[row], rows.bounds[row + 1]);
            expect(new Set(own).size).toBe(own.length);
            own.forEach((column, i) => {
              if (isWrong[rows.bounds[row]! + i] === 1) return;
              given.set(column, (given.get(column) ?? 0) + rows.weights![row]!);
            });
          }
          // Every column, parted or not, is still held by as many as before.
          expect(given.size).toBe(rows.columns);
          const before = Array.from({ length: matrix.columns }, (_, column) => {
            const rowsWith = Array.from({ length: matrix.rows }, (__, r) => r).filter((r) =>
              matrix.cells.slice(matrix.cellBounds[r], matrix.cellBounds[r + 1]).includes(column),
            );
            return rowsWith.reduce((sum, r) => sum + matrix.rowBounds[r + 1]! - matrix.rowBounds[r]!, 0);
          });
          before.forEach((holders, column) => {
            expect(given.get(column)).toBe(holders);
          });
        }),
        runs(200),
      );
    },
    LONG,
  );

  it('are none where everybody holds everything', async () => {
    const estate = estateOfHoldings([
      [1, 2],
      [1, 2],
    ]);
    const matrix = await matrixOf(await estate.snapshot());
    expect(inject(matrix, holdingGraph(matrix), 3, seededRandom(1)).injected).toBe(0);
  });
});

const BESIDE = join(import.meta.dirname, '../../../shared/data/role-mining');
const DATA = process.env['ROLE_MINING_DATA'] ?? BESIDE;

describe.skipIf(!existsSync(DATA))(`outliers in published matrices (skipped where there is no ${DATA})`, () => {
  it.each([
    ['apj', 0.95],
    ['americas_small', 0.95],
    ['customer', 0.9],
  ])(
    'of %s are told from given holdings',
    async (set, least) => {
      const paths = [join(DATA, `${set}.txt.gz`)];
      const { nodes, edges } = await collect(await pairsLoader.load({ paths, options: {} }));
      const found = await find(await compileSnapshot(memoryReader(nodes, edges)), { first: 10 });
      expect(found.checks.find(({ method }) => method === found.method)!.auc).toBeGreaterThanOrEqual(least);
    },
    LONG,
  );
});
