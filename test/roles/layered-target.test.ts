/** Roles that are made of others give what they gave, and are less to look after. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layeredTarget } from '../../engine/roles/layered-target.ts';
import { makePlan } from '../../engine/roles/make-plan.ts';
import { targetMetrics } from '../../engine/roles/metrics.ts';
import { minedTarget } from '../../engine/roles/mined-target.ts';
import { miningMatrices } from '../../engine/roles/mining-matrix.ts';
import { faultOf } from '../../engine/roles/proof/prove.ts';
import { checkTarget, type Target, targetGives } from '../../engine/roles/target.ts';
import { editCount } from '../../engine/roles/target-edits.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { greedyMiner } from '../support/greedy-miner.ts';
import { randomTarget } from '../support/random-target.ts';
import { numbersFrom, roleGraph } from '../support/role-graph.ts';
import { roleStateOf } from '../support/role-state.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();
const AT = 5;

const givesOf = (target: Target) => targetGives(target).map((atoms) => [...atoms]);

describe('layers', () => {
  it(
    'give everybody what he had, at no point cost more, and lead to plans that hold',
    async () => {
      let less = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(), fc.constantFrom(0, 0.5, 1, 5), async (seed, choice, price) => {
          const state = await roleStateOf(roleGraph(seed), AT);
          if (state === undefined) return;
          const matrices = miningMatrices(state);
          const mined = await Promise.all(matrices.map((matrix) => greedyMiner(matrix, price, new Pace(), 1)));
          for (const flat of [minedTarget(state, matrices, mined), randomTarget(state, numbersFrom(choice))]) {
            const target = layeredTarget(state, flat, price);
            checkTarget(state, target);
            expect(givesOf(target)).toEqual(givesOf(flat));
            expect(target.roles.map(({ rows }) => rows)).toEqual(flat.roles.map(({ rows }) => rows));
            const cost = (one: Target) => targetMetrics(one).structuralComplexity + price * editCount(state, one);
            expect(cost(target)).toBeLessThanOrEqual(cost(flat) + 1e-9);
            if (cost(target) === cost(flat)) continue;
            less += 1;
            expect(faultOf((await makePlan(state, target, {}, new Pace())).proof)).toBeUndefined();
          }
        }),
        runs(100),
      );
      expect(less).toBeGreaterThan(0);
    },
    LONG,
  );
});
