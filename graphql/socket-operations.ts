/** What is done with one operation that came over a WebSocket: checked as by HTTP, then executed. */
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import type { Engine } from '../engine/index.ts';
import { checkCost } from './cost.ts';
import { depthLimit } from './depth-limit.ts';
import { wrongWithDocument } from './document-guard.ts';
import { apiError, errorFormatter } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import { noMutationsHere } from './queries-only.ts';
import { type OpenRequest, openRequest } from './request.ts';
import { versionNamed } from './version-named.ts';

/** A client's operations in progress, by the id that the client gave. */
export interface Connection extends Record<PropertyKey, unknown> {
  readonly requests: Map<string, OpenRequest>;
}

interface Executing {
  readonly engine: Engine;
  readonly deadline: number;
  readonly log: Log;
}

type Operations = Pick<
  ServerOptions<never, Connection>,
  'onSubscribe' | 'onNext' | 'onError' | 'onComplete' | 'onClose'
>;

export function operationsOf(schema: GraphQLSchema, { engine, deadline, log }: Executing): Operations {
  const format = errorFormatter(log);
  const formatted = (errors: readonly GraphQLError[]) =>
    errors.slice(0, LIMITS.errors).map((error) => format(error.toJSON(), error));
  return {
    onSubscribe: ({ subscriptions, extra: { requests } }, id, payload) => {
      if (Object.keys(subscriptions).length > LIMITS.operations)
        return [apiError('LIMIT_EXCEEDED', `A connection has at most ${LIMITS.operations} operations at a time.`)];
      const checked = checkedOperation(schema, payload);
      if ('errors' in checked) return checked.errors;
      const request = openRequest(engine, checked.isSubscription ? undefined : deadline);
      request.context.choose(checked.version);
      requests.set(id, request);
      return { ...checked.execution, contextValue: request.context };
    },
    onNext: ({ extra: { requests } }, id, _payload, _args, { errors, data = null }) => {
      requests.get(id)?.rest();
      return errors === undefined ? undefined : { data, errors: formatted(errors) };
    },
    onError: (_context, _id, _payload, errors) => formatted(errors),
    onComplete: ({ extra: { requests } }, id) => close(requests, id),
    onClose: ({ extra: { requests } }) => {
      for (const id of [...requests.keys()]) close(requests, id);
    },
  };
}

function close(requests: Map<string, OpenRequest>, id: string): void {
  requests.get(id)?.close();
  requests.delete(id);
}

interface Checked {
  readonly execution: ExecutionArgs;
  readonly isSubscription: boolean;
  /** The version that a query names. */
  readonly version: number | undefined;
}

/** In the order in which HTTP checks: the first kind of thing that is wrong is told. */
function checkedOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: SubscribePayload,
): Checked | { readonly errors: readonly GraphQLError[] } {
  const refused = wrongWithDocument(query);
  if (refused !== undefined) return { errors: [apiError('LIMIT_EXCEEDED', refused)] };
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: LIMITS.tokens });
  } catch (error) {
    return { errors: [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')] };
  }
  const rules = [...specifiedRules, noMutationsHere, depthLimit];
  const invalid = validate(schema, document, rules, { maxErrors: LIMITS.errors });
  if (invalid.length > 0) return { errors: invalid.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
  const operation = getOperationAST(document, operationName);
  if (!operation) return { errors: [apiError('OPERATION_RESOLUTION_FAILURE', 'No one operation is named.')] };
  const variableValues = variables ?? {};
  try {
    checkCost(schema, document, operation, variableValues);
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
  return {
    execution: { schema, document, operationName, variableValues },
    isSubscription: operation.operation === 'subscription',
    version: versionNamed(schema, operation, variableValues),
  };
}

/** The error with a code, as Apollo gives one to what it finds. */
const coded = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { ...error.extensions, code },
  });
