/** Where the time for a proof is up a plan of fewer edits is told, never one that was not proved. */
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../engine/roles/proof/prove.ts';
import { StorePlans } from '../../engine/roles/store-plans.ts';
import { planStoreOf } from '../support/plan-store.ts';
import { roleGraph } from '../support/role-graph.ts';

describe('a proof that may take no time', () => {
  it('leaves the roles as they are, and says what was meant', async () => {
    let fewer = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const plans = new StorePlans({ ...(await planStoreOf(roleGraph(seed))), apart: undefined as never });
      const asked = { at: 5, iterations: 20 };
      const made = await plans.make(asked);
      expect(made.unproved).toBeNull();
      const { plan, chosen, unproved, front } = await plans.make({ ...asked, proofDeadline: 0 });
      expect([chosen, front[0]!.how, plan.steps, faultOf(plan.proof)]).toEqual([0, 'PRESENT', [], undefined]);
      expect(unproved).toBe(made.chosen === 0 ? null : made.chosen);
      if (unproved !== null) fewer += 1;
    }
    expect(fewer).toBeGreaterThan(5);
  });

  it('is refused where it is no time', async () => {
    const plans = new StorePlans({ ...(await planStoreOf(roleGraph(1))), apart: undefined as never });
    await expect(plans.make({ proofDeadline: -1 })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
