/** The GraphQL server: every setting that has a say in safety is written out, none left to the environment. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import { checkCost } from './cost.ts';
import { depthLimit } from './depth-limit.ts';
import { errorFormatter } from './errors.ts';
import { SCHEMA_TEXT } from './generated/schema-text.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { noMutations, noSubscriptions } from './queries-only.ts';
import type { RequestContext } from './request.ts';
import { resolvers } from './resolvers/index.ts';
import { versionNamed } from './version-named.ts';

export interface ApolloOptions {
  readonly log: Log;
  /** Whether mutations are taken. */
  readonly allowChanges: boolean;
  /** More than those that guard every request, such as one that drains connections. */
  readonly plugins?: readonly ApolloServerPlugin<RequestContext>[];
}

export function apolloServer({ log, allowChanges, plugins = [] }: ApolloOptions): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    typeDefs: SCHEMA_TEXT,
    resolvers,
    nodeEnv: 'production',
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: LIMITS.selections,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationOptions: { maxErrors: LIMITS.errors },
    validationRules: [noSubscriptions, depthLimit, ...(allowChanges ? [] : [noMutations])],
    formatError: errorFormatter(log),
    logger: loggerOf(log),
    apollo: {},
    plugins: [...NOTHING_LEAVES, costGuard, fewErrors, ...plugins],
  });
}

/** No reports to anyone, no pages from anywhere, no cache headers worked out. */
const NOTHING_LEAVES = [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

const costGuard: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async didResolveOperation({ schema, document, operation, request, contextValue }) {
      // Without an operation there is nothing to execute: Apollo answers OPERATION_RESOLUTION_FAILURE.
      if (operation === undefined) return;
      const variables = request.variables ?? {};
      checkCost(schema, document, operation, variables);
      contextValue.choose(versionNamed(schema, operation, variables));
    },
  }),
};

/** A list whose items all fail fails once an item: the first errors tell enough. */
const fewErrors: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ response: { body } }) {
      if (body.kind !== 'single' || (body.singleResult.errors?.length ?? 0) <= LIMITS.errors) return;
      body.singleResult.errors = firstErrors(body.singleResult.errors!);
    },
  }),
};

function firstErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const told = errors.slice(0, LIMITS.errors - 1);
  const { code, hint } = errors[LIMITS.errors]!.extensions ?? {};
  return [...told, { message: `… and ${errors.length - told.length} more errors`, extensions: { code, hint } }];
}

const silent = () => {};
const loggerOf = (log: Log) => ({
  debug: silent,
  info: silent,
  warn: () => log('the GraphQL server gave a warning'),
  error: () => log('the GraphQL server met an error outside of a resolver'),
});
