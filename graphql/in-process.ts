import type { ApolloServer } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { Engine } from '../engine/index.ts';
import { apolloServer } from './apollo.ts';
import { wrongWithDocument } from './document-guard.ts';
import { errorBody } from './errors.ts';
import { LIMITS } from './limits.ts';
import { stderrLog } from './log.ts';
import { openRequest, type RequestContext } from './request.ts';

/** Made with the first document; holds the schema and the documents it knows, nothing of an engine. */
let server: ApolloServer<RequestContext> | undefined;

/**
 * Answers a GraphQL document without HTTP, under the same limits and with the same errors as the server.
 *
 * @param document GraphQL text
 * @param operationName which operation of the document, where it has several
 * @returns the GraphQL response, `data` and `errors`; what is wrong with the document is among the errors
 */
export async function executeInProcess(
  engine: Engine,
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
  operationName?: string,
): Promise<FormattedExecutionResult> {
  const refused = wrongWithDocument(document);
  if (refused !== undefined) return errorBody('LIMIT_EXCEEDED', refused);
  // Who may open the store may change what is kept in it.
  server ??= apolloServer({ log: stderrLog, allowChanges: true });
  const request = openRequest(engine, LIMITS.deadline);
  const operation = { query: document, variables: { ...variables }, ...(operationName && { operationName }) };
  try {
    const { body } = await server.executeOperation(operation, { contextValue: request.context });
    // The schema has no incremental delivery, so a body is always whole.
    if (body.kind !== 'single') throw new TypeError('an incremental answer');
    return body.singleResult;
  } finally {
    request.close();
  }
}
