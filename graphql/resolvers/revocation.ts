import { entityOf } from '../entity-loader.ts';
import type { ChokeNodeResolvers, InputMaybe, QueryResolvers } from '../generated/resolver-types.ts';
import { LIMITS } from '../limits.ts';
import { given, scopeOf } from './arguments.ts';

export const revocations: NonNullable<QueryResolvers['revocations']> = (_, args, { ask }) => {
  const { identities, action } = args;
  const options = {
    resource: given(args.resource),
    resources: given(args.resources),
    alternatives: given(args.alternatives),
    protectedEdges: given(args.protectedEdges),
    protectedKinds: given(args.protectedKinds),
    costs: costsOf(args.costs),
    recentDays: given(args.recentDays),
    repair: given(args.repair),
  };
  const question = { identities, action, ...options, first: LIMITS.first, ...scopeOf(args) };
  return ask((view, signal) => view.revocation({ ...question, signal }));
};

/** A cost that is null is one that was left out. */
const costsOf = (costs: InputMaybe<Readonly<Record<string, InputMaybe<number> | undefined>>> | undefined) =>
  Object.fromEntries(Object.entries(costs ?? {}).map(([name, cost]) => [name, given(cost)]));

export const chokePoints: NonNullable<QueryResolvers['chokePoints']> = (_, args, { ask }) => {
  const question = { resource: args.resource, action: given(args.action), first: given(args.first), ...scopeOf(args) };
  return ask((view, signal) => view.chokePoints({ ...question, signal }));
};

export const ChokeNode: ChokeNodeResolvers = {
  entity: ({ id }, _, { entities }) => entityOf(entities, id),
};
