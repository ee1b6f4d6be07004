import type { AccessChange, Run } from '../../engine/index.ts';
import type { SubscriptionResolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request.ts';
import { accessScopeOf, given, scopeOf } from './arguments.ts';

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
  runProgress: {
    // biome-ignore lint/suspicious/noExplicitAny: the generated type wants the runs under the name of the field
    subscribe: async (_, { id }, { kept }) => kept.runs.watch((await kept.runs.get(id)).id) as any,
    resolve: (run: Run) => run,
  },
};
