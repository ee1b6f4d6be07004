import {
  type Atom,
  exceptionText,
  exportedText,
  exportPlan,
  listedExceptions,
  type MadePlan,
  type RolePlanQuestion,
  verdictText,
} from '../../engine/index.ts';
import { entityOf } from '../entity-loader.ts';
import type {
  InputMaybe,
  MutationResolvers,
  PlannedRoleResolvers,
  PlanOptions,
  PlanStepResolvers,
  PlanVerificationResolvers,
  QueryResolvers,
  RoleRestructurePlanResolvers,
} from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import type { Planned } from '../shapes.ts';
import { given } from './arguments.ts';

const DEFAULT_FIRST = 100;

function questionOf(options: InputMaybe<PlanOptions> | undefined): RolePlanQuestion {
  const asked = options ?? {};
  return {
    objective: given(asked.objective),
    price: given(asked.price),
    scope: given(asked.scope),
    keep: given(asked.keep),
    exceptionShare: given(asked.exceptionShare),
    separateDuties: given(asked.separateDuties),
    exceptions:
      asked.exceptions == null
        ? undefined
        : listedExceptions(asked.exceptions.map(({ may, ...exception }) => ({ ...exception, may: may ?? 'LOSE' }))),
    maxEntitlementsPerRole: given(asked.maxEntitlementsPerRole),
    maxRolesPerIdentity: given(asked.maxRolesPerIdentity),
    seed: given(asked.seed),
    deadline: given(asked.deadline),
    iterations: given(asked.iterations),
  };
}

const made = ({ plan, front, chosen, duties }: MadePlan): Planned => ({
  plan,
  duties,
  front: front.map((point, i) => ({ ...point, isChosen: i === chosen })),
});

async function make({ kept, ask }: RequestContext, options: InputMaybe<PlanOptions> | undefined): Promise<Planned> {
  return made(await ask((_, signal) => kept.plans.make({ ...questionOf(options), signal })));
}

export const planQueries: Pick<
  QueryResolvers,
  'roleRestructurePlan' | 'rolePlans' | 'rolePlan' | 'verifyRolePlan' | 'exportRolePlan' | 'rolePlanDiff'
> = {
  roleRestructurePlan: (_, { options }, context) => make(context, options),
  rolePlans: (_, __, { kept }) => kept.plans.list(),
  rolePlan: async (_, { id }, { kept }) => ({ plan: await kept.plans.get(id), front: [], duties: [] }),
  verifyRolePlan: async (_, { id }, { kept, ask }) => {
    const plan = await kept.plans.get(id);
    return ask((__, signal) => kept.plans.verify(plan, { signal }));
  },
  exportRolePlan: async (_, { id, format }, { kept }) => exportedText(exportPlan(await kept.plans.get(id), format)),
  rolePlanDiff: (_, { from, to, first }, { kept }) => kept.plans.compare(from, to, given(first) ?? DEFAULT_FIRST),
};

export const planMutations: Pick<MutationResolvers, 'keepRolePlan' | 'dropRolePlan'> = {
  async keepRolePlan(_, { options }, context) {
    const planned = await make(context, options);
    await context.kept.plans.keep(planned.plan);
    return planned;
  },
  async dropRolePlan(_, { id }, { kept }) {
    await kept.plans.drop(id);
    return id;
  },
};

export const RoleRestructurePlan: RoleRestructurePlanResolvers = {
  id: ({ plan }) => plan.id,
  roles: ({ plan }) => plan.roles,
  before: ({ plan }) => plan.before,
  after: ({ plan }) => plan.after,
  changes: ({ plan }) => plan.steps.flatMap(({ changes }) => changes.map((change) => ({ change }))),
  steps: ({ plan }) => plan.steps,
  // What the engine found when the plan was proved, which is nothing but what was agreed: else there would be no plan.
  delta: ({ plan: { proof, version } }) => {
    const whole = proof.engine.filter(({ step }) => step === proof.steps);
    const looked = whole.reduce((most, { identities }) => Math.max(most, identities), 0);
    return {
      version,
      gainedCount: proof.agreed?.gainedCount ?? 0,
      lostCount: proof.agreed?.lostCount ?? 0,
      alteredCount: 0,
      gained: proof.agreed?.gained ?? [],
      lost: proof.agreed?.lost ?? [],
      altered: [],
      identities: looked,
      proposed: [],
      complete: true,
    };
  },
  proof: ({ plan }) => plan.proof,
  edits: ({ plan }) => plan.edits,
  detected: ({ plan }) => plan.detected.told,
  anchored: ({ plan }) => plan.anchored,
  exceptions: ({ plan }) => plan.exceptions ?? [],
  scope: ({ plan }) => plan.scope,
  version: ({ plan }) => plan.version,
};

export const PlannedRole: PlannedRoleResolvers = {
  basedOn: ({ basedOn }, _, { entities }) => (basedOn === null ? null : entities.load(basedOn)),
  members: ({ members }, _, { entities }) => members.map(({ id }) => entityOf(entities, id)),
  entitlements: ({ entitlements }) => entitlements.flatMap(actionsOf),
  includes: ({ juniors }) => juniors,
};

const actionsOf = ({ actions, exceptActions = [], resource, inherit }: Atom) =>
  actions.map((action) => ({ action, of: { actions, exceptActions, resource, inherits: inherit } }));

export const PlanStep: PlanStepResolvers = {
  changeCount: ({ changes }) => changes.length,
  changes: ({ changes }) => changes.map((change) => ({ change })),
  inverse: ({ inverse }) => inverse.map((change) => ({ change })),
};

export const PlanVerification: PlanVerificationResolvers = {
  text: verdictText,
  exceptions: ({ exceptions }) => exceptions.map(exceptionText),
  moved: ({ moved }) => moved.map(({ text }) => text),
};
