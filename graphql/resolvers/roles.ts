import { entityOf } from '../entity-loader.ts';
import type {
  BirthrightRuleResolvers,
  DirectHoldingResolvers,
  DutiesHeldResolvers,
  MinedEntitlementResolvers,
  MinedRoleResolvers,
  QueryResolvers,
  RoleMiningResolvers,
} from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';
import { given } from './arguments.ts';

export const roleQueries: Pick<QueryResolvers, 'roleMining' | 'birthrights'> = {
  roleMining: (_, args, { ask }) => {
    const question = {
      objective: given(args.objective),
      scope: given(args.scope),
      keep: given(args.keep),
      maxEntitlementsPerRole: given(args.maxEntitlementsPerRole),
      maxRolesPerIdentity: given(args.maxRolesPerIdentity),
      maxIdentitiesPerRole: given(args.maxIdentitiesPerRole),
      exceptionShare: given(args.exceptionShare),
      separateDuties: given(args.separateDuties),
      hierarchy: given(args.hierarchy),
      seed: given(args.seed),
      deadline: given(args.deadline),
      iterations: given(args.iterations),
      firmness: given(args.firmness),
    };
    return ask((view, signal) => view.analysis.roleMining({ ...question, signal }));
  },

  birthrights: (_, { leastShare, leastPeople }, { ask }) => {
    const question = { leastShare: given(leastShare), leastPeople: given(leastPeople) };
    return ask((view, signal) => view.analysis.birthrights({ ...question, signal }));
  },
};

export const RoleMining: RoleMiningResolvers = {
  structuralComplexity: ({ structuralComplexity }) => countOf(structuralComplexity),
  holdings: ({ holdings }) => countOf(holdings),
  because: ({ because }) => because ?? null,
};

export const DutiesHeld: DutiesHeldResolvers = {
  holders: ({ holders }, _, { entities }) => holders.map((id) => entityOf(entities, id)),
};

export const MinedRole: MinedRoleResolvers = {
  members: ({ members }, _, { entities }) => members.map((id) => entityOf(entities, id)),
  size: ({ members }) => members.length,
  basedOn: ({ basedOn }, _, { entities }) => (basedOn === null ? null : entityOf(entities, basedOn)),
};

export const MinedEntitlement: MinedEntitlementResolvers = {
  resource: ({ resource }, _, { entities }) => entityOf(entities, resource),
  inherit: ({ inherits }) => inherits,
  validFrom: ({ validFrom }) => validFrom ?? null,
  validTo: ({ validTo }) => validTo ?? null,
};

export const DirectHolding: DirectHoldingResolvers = {
  identity: ({ identity }, _, { entities }) => entityOf(entities, identity),
};

export const BirthrightRule: BirthrightRuleResolvers = {
  exceptionCount: ({ exceptionCount }) => countOf(exceptionCount),
};
