import type { HubsAnswer, HubsQuestion } from '../../engine/index.ts';
import { entityOf } from '../entity-loader.ts';
import type {
  CriticalEdgeResolvers,
  PrivilegeHubResolvers,
  QueryResolvers,
  SensitivityResolvers,
} from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import { countOf } from '../scalars.ts';
import { given, kindsOf, scopeOf } from './arguments.ts';

/** The engine wants one at least. */
const atLeastOne = (first: number | undefined): number | undefined => (first === 0 ? 1 : first);

const asked = ({ ask }: RequestContext, question: Omit<HubsQuestion, 'rules'>): Promise<HubsAnswer> =>
  ask((view, signal) => view.analysis.privilegeHubs({ ...question, signal }));

export const hubQueries: Pick<QueryResolvers, 'privilegeHubs' | 'criticalEdges' | 'sensitivity'> = {
  async privilegeHubs(_, args, context) {
    const { minSensitivity, kinds, rankBy } = args;
    const first = given(args.first);
    const only = { minSensitivity: given(minSensitivity), kinds: kindsOf(kinds), rankBy: given(rankBy) };
    const answer = await asked(context, { ...only, ...scopeOf(args), first: atLeastOne(first) });
    return answer.hubs.slice(0, first).map((hub) => ({ hub, answer }));
  },

  async criticalEdges(_, args, context) {
    const first = given(args.first);
    const question = { minSensitivity: given(args.minSensitivity), ...scopeOf(args), first: atLeastOne(first) };
    const answer = await asked(context, question);
    return answer.edges.slice(0, first).map((one) => ({ one, answer }));
  },

  sensitivity: (_, { minSensitivity }, context) => asked(context, { minSensitivity: given(minSensitivity), first: 1 }),
};

export const PrivilegeHub: PrivilegeHubResolvers = {
  entity: ({ hub }, _, { entities }) => entityOf(entities, hub.id),
  score: ({ hub }) => hub.score,
  identities: ({ hub }) => countOf(hub.identities),
  resources: ({ hub }) => countOf(hub.resources),
  exposure: ({ hub }) => hub.exposure,
  weightedExposure: ({ hub }) => hub.weightedExposure,
  exclusivePairs: ({ hub }) => countOf(hub.exclusivePairs),
  weightedImpact: ({ hub }) => hub.weightedImpact,
  redundancy: ({ hub }) => hub.redundancy,
  blastRadius: ({ hub }) => hub.blastRadius,
  rank: ({ hub }) => hub.rank,
  version: ({ answer }) => answer.version,
};

export const CriticalEdge: CriticalEdgeResolvers = {
  edge: ({ one }) => one.edge,
  exclusivePairs: ({ one }) => countOf(one.exclusivePairs),
  weightedImpact: ({ one }) => one.weightedImpact,
  rank: ({ one }) => one.rank,
  version: ({ answer }) => answer.version,
};

export const Sensitivity: SensitivityResolvers = {
  known: ({ sensitivity }) => sensitivity.known,
  resources: ({ sensitivity }) => countOf(sensitivity.resources),
  because: ({ sensitivity }) => sensitivity.because ?? null,
  rules: ({ sensitivity }) => sensitivity.rulesUsed,
};
