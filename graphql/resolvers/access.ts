import { entityOf } from '../entity-loader.ts';
import type { AccessExplanationResolvers, AccessPathResolvers, AccessResolvers } from '../generated/resolver-types.ts';
import { LIMITS } from '../limits.ts';

export const Access: AccessResolvers = {
  identity: (row, _, context) => entityOf(context.entitiesOf(row), row.identity),
  resource: (row, _, context) => entityOf(context.entitiesOf(row), row.resource),
};

export const AccessPath: AccessPathResolvers = {
  nodes: (path, _, { entities }) => path.nodes.map((id) => entityOf(entities, id)),
};

export const AccessExplanation: AccessExplanationResolvers = {
  identity: (answer, _, { entities }) => entityOf(entities, answer.identity),
  resource: (answer, _, { entities }) => entityOf(entities, answer.resource),
  async revocation({ identity, action, resource, scope }, _, { ask }) {
    const question = { identities: [identity], action, resource, alternatives: 1, first: LIMITS.first, ...scope };
    const answer = await ask((view, signal) => view.revocation({ ...question, signal }));
    return answer.alternatives[0] ?? null;
  },
  incompleteBecause: (answer) => answer.incompleteBecause ?? null,
};
