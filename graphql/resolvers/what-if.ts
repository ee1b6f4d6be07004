import type { AccessDeltaResolvers } from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';

export const AccessDelta: AccessDeltaResolvers = {
  gainedCount: ({ gainedCount }) => countOf(gainedCount),
  lostCount: ({ lostCount }) => countOf(lostCount),
  gained: ({ gained }, { first }) => gained.slice(0, first ?? 100),
  lost: ({ lost }, { first }) => lost.slice(0, first ?? 100),
};
