import { GrantlensError } from '../../engine/index.ts';
import { entityOf } from '../entity-loader.ts';
import type { ChokeNodeResolvers, InputMaybe, QueryResolvers } from '../generated/resolver-types.ts';
import { LIMITS } from '../limits.ts';
import { given, scopeOf } from './arguments.ts';

export const revocations: NonNullable<QueryResolvers['revocations']> = (_, args, { ask }) => {
  const options = {
    alternatives: given(args.alternatives),
    protectedEdges: given(args.protectedEdges),
    protectedKinds: given(args.protectedKinds),
    costs: costsOf(args.costs),
    recentDays: given(args.recentDays),
    repair: given(args.repair),
    first: LIMITS.first,
  };
  const finding = given(args.finding);
  if (finding !== undefined) {
    const [besides] = ABOUT_AN_ACCESS.filter((name) => given<unknown>(args[name]) !== undefined);
    if (besides !== undefined)
      throw invalid(besides, `${besides} and finding are given: the finding says what access it is about`);
    return ask((view, signal) => view.analysis.findingRevocation({ ...options, finding, signal }));
  }
  const access = {
    identities: needed('identities', args.identities),
    action: needed('action', args.action),
    resource: given(args.resource),
    resources: given(args.resources),
    ...scopeOf(args),
  };
  return ask((view, signal) => view.revocation({ ...options, ...access, signal }));
};

const ABOUT_AN_ACCESS = ['identities', 'action', 'resource', 'resources', 'at', 'reach'] as const;

function needed<T>(name: string, value: InputMaybe<T> | undefined): T {
  const found = given(value);
  if (found === undefined) throw invalid(name, `${name} must be given where no finding is`);
  return found;
}

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });

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
