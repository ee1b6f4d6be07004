import type { AccessDeltaResolvers } from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';

export const AccessDelta: AccessDeltaResolvers = {
  gainedCount: ({ gainedCount }) => countOf(gainedCount),
  lostCount: ({ lostCount }) => countOf(lostCount),
  alteredCount: ({ alteredCount }) => countOf(alteredCount),
  gained: (delta, { first }) => delta.gained.slice(0, first ?? undefined),
  lost: (delta, { first }) => delta.lost.slice(0, first ?? undefined),
  altered: (delta, { first }) => delta.altered.slice(0, first ?? undefined),
  incompleteBecause: ({ incompleteBecause }) => incompleteBecause ?? null,
};
