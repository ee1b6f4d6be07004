import type { GraphSummaryResolvers, QueryResolvers, SourceStatusResolvers } from '../generated/resolver-types.ts';
import { rowsWanted } from '../rows-wanted.ts';
import { countOf } from '../scalars.ts';
import { accessScopeOf, given, kindsOf, pageOf, scopeOf } from './arguments.ts';
import { findingQueries } from './finding.ts';
import { hubQueries } from './hub.ts';
import { peerQueries } from './peers.ts';
import { planQueries } from './plan.ts';
import { chokePoints, revocations } from './revocation.ts';
import { roleQueries } from './roles.ts';
import { runQueries } from './run.ts';

export const Query: QueryResolvers = {
  node: (_, { id }, { entities }) => entities.load(id),

  edge: async (_, { id }, { ask }) => (await ask((view) => view.edgeById(id))) ?? null,

  async search(_, args, { ask, entities }) {
    const page = await ask((view) => view.search({ text: args.text, kinds: kindsOf(args.kinds), ...pageOf(args) }));
    for (const entity of page.items) entities.prime(entity.id, entity);
    return page;
  },

  graph: (_, __, { ask }) => ask((view) => view.summary()),

  check: (_, args, { ask }) => {
    const { identity, action, resource } = args;
    return ask((view) => view.check({ identity, action, resource, ...scopeOf(args) }));
  },

  accessOf: (_, args, { ask }) => {
    const { identity, action, expand } = args;
    const only = { action: given(action), expand: given(expand) };
    return ask((view) => view.accessOf({ identity, ...only, ...scopeOf(args), ...pageOf(args) }));
  },

  whoCan: (_, args, { ask }) => {
    const { action, resource } = args;
    const includeDisabled = given(args.includeDisabled);
    return ask((view) => view.whoCan({ action, resource, includeDisabled, ...scopeOf(args), ...pageOf(args) }));
  },

  accessPaths: (_, args, { ask }) => {
    const { identity, resource } = args;
    const only = { action: given(args.action), maxLength: given(args.maxLength) };
    return ask((view) => view.accessPaths({ identity, resource, ...only, ...scopeOf(args), ...pageOf(args) }));
  },

  async whyHasAccess(_, args, { ask }) {
    const { identity, action, resource } = args;
    const maxPaths = given(args.maxPaths);
    // What is asked of the answer is asked of the same instant.
    const scope = { ...scopeOf(args), at: given(args.at) ?? Date.now() };
    const answer = await ask((view) => view.whyHasAccess({ identity, action, resource, maxPaths, ...scope }));
    return { ...answer, scope };
  },

  async whatIf(_, { changes, deadline, ...args }, { ask, entities }, info) {
    const question = { changes, deadline: given(deadline), first: rowsWanted(info), ...scopeOf(args) };
    const delta = await ask((view, signal) => view.whatIf({ ...question, signal }));
    for (const entity of delta.proposed) entities.prime(entity.id, entity);
    return delta;
  },

  accessDiff: (_, args, { compare }) => {
    const { fromVersion, toVersion, scope } = args;
    return compare({ fromVersion, toVersion, scope: accessScopeOf(scope), ...scopeOf(args) });
  },

  revocations,
  chokePoints,

  async centrality(_, { measure, kinds, first }, { ask }) {
    const question = { measure, kinds: kindsOf(kinds), first: given(first) };
    const answer = await ask((view, signal) => view.analysis.centrality({ ...question, signal }));
    return answer.scores.map((one) => ({ one, answer }));
  },

  ...hubQueries,
  ...peerQueries,
  ...roleQueries,
  ...planQueries,
  ...findingQueries,
  ...runQueries,
};

export const GraphSummary: GraphSummaryResolvers = {
  danglingEdges: async (_, __, { ask }) => countOf((await ask((view) => view.danglingEdges(0))).total),
};

export const SourceStatus: SourceStatusResolvers = {
  nodes: ({ nodes }) => countOf(nodes),
  edges: ({ edges }) => countOf(edges),
};
