import type { AccessChange, AccessRow } from '../../engine/index.ts';
import type { AccessDeltaResolvers, SubscriptionResolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import { countOf } from '../scalars.ts';
import { accessScopeOf, given, scopeOf } from './arguments.ts';

const firstOf = (rows: readonly AccessRow[], first: number | null | undefined): readonly AccessRow[] =>
  rows.slice(0, first ?? 100);

export const AccessDelta: AccessDeltaResolvers = {
  gainedCount: ({ gainedCount }) => countOf(gainedCount),
  lostCount: ({ lostCount }) => countOf(lostCount),
  alteredCount: ({ alteredCount }) => countOf(alteredCount),
  gained: ({ gained }, { first }) => firstOf(gained, first),
  lost: ({ lost }, { first }) => firstOf(lost, first),
  altered: ({ altered }, { first }) => firstOf(altered, first),
  incompleteBecause: ({ incompleteBecause }) => incompleteBecause ?? null,
};

export const Subscription: SubscriptionResolvers = {
  accessChanged: {
    subscribe: (_, args, { watch }) => {
      const { scope, afterVersion, everyVersion } = args;
      const from = { afterVersion: given(afterVersion), everyVersion: given(everyVersion) };
      // biome-ignore lint/suspicious/noExplicitAny: the generated type wants the changes under the name of the field
      return watch({ scope: accessScopeOf(scope), ...from, ...scopeOf(args) }) as any;
    },
    resolve: (change: AccessChange, _: unknown, { toldOf }: RequestContext) => toldOf(change),
  },
};
