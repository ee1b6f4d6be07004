import { entityOf } from '../entity-loader.ts';
import type { AccessExplanationResolvers, AccessPathResolvers, AccessResolvers } from '../generated/resolver-types.ts';
import { LIMITS } from '../limits.ts';
import { MAX_INT } from '../scalars.ts';

export const Access: AccessResolvers = {
  identity: (row, _, { entities }) => entityOf(entities, row.identity),
  resource: (row, _, { entities }) => entityOf(entities, row.resource),
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
  pathCount: ({ pathCount }) => (isTold(pathCount) ? pathCount : null),
  complete: (answer) => answer.complete && isCounted(answer.pathCount),
  incompleteBecause: (answer) =>
    answer.incompleteBecause ?? (isCounted(answer.pathCount) ? null : `there are more than ${MAX_INT} paths`),
};

/** A count beyond `Int` cannot be told: it is null, and the answer says why. */
const isCounted = (count: number | null): boolean => count === null || count <= MAX_INT;
const isTold = (count: number | null): boolean => count !== null && count <= MAX_INT;
