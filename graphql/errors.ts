/** Every error that leaves the API: a stable code, a message without internals, and what to do next. */
import { randomBytes } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERRORS, type ErrorCode, GrantlensError } from '../engine/index.ts';
import type { Log } from './log.ts';

/** Codes that are not the engine's: what they mean and what to do next. */
const API_ERRORS = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL. Mend the place that is named.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema. Mend the place that is named.',
  BAD_USER_INPUT: 'A variable or an argument has a value that its type does not take.',
  BAD_REQUEST: 'The request is not one that the GraphQL over HTTP specification describes. See docs/graphql.md.',
  OPERATION_RESOLUTION_FAILURE: 'Name one of the operations of the document in operationName.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Send the document itself.',
  REQUEST_ABANDONED: 'The client closed the connection before the answer was ready.',
  HOST_REFUSED: 'Use the name that the server was started for: http://localhost, unless it was told others.',
  METHOD_NOT_ALLOWED: 'Ask by POST, or by GET with the document in the query parameter.',
  NOT_FOUND: 'There is nothing at this address. The API is at /graphql.',
  INTERNAL_SERVER_ERROR: 'The server failed. Its log has more under the reference.',
} as const;
export type ApiErrorCode = keyof typeof API_ERRORS | ErrorCode;

/** Longest message that is sent, in UTF-16 units: GraphQL's own quote what they were given, whole. */
const MAX_MESSAGE = 1_000;

/** What to do about a code; undefined for one that is not in a registry. */
export const hintOf = (code: string): string | undefined =>
  ({ ...ERRORS, ...API_ERRORS })[code as ApiErrorCode] as string | undefined;

/** An error raised by the API itself. @param status the HTTP status, for errors that come before execution */
export function apiError(code: ApiErrorCode, message: string, status?: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(status === undefined ? {} : { http: { status } }) } });
}

/** The body of a response that never reached GraphQL. */
export function errorBody(code: ApiErrorCode, message: string): { readonly errors: readonly GraphQLFormattedError[] } {
  return { errors: [{ message: shortened(message), extensions: extensionsOf(code) }] };
}

/**
 * Makes the function that gives every error its final form. Unexpected errors are written to the log, by name and place
 * in the code, never with their message: that may hold data.
 */
export function errorFormatter(log: Log) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const { locations, path } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const code = codeOf(formatted, error, cause);
    if (code === 'INTERNAL_SERVER_ERROR') return { ...place, ...unexpected(cause, path, log) };
    return {
      message: messageOf(code, formatted, cause, log),
      ...place,
      extensions: extensionsOf(code, hintFrom(cause)),
    };
  };
}

/** The answer to an error that no one foresaw, after its log entry. */
export function unexpected(cause: unknown, path: GraphQLFormattedError['path'], log: Log): GraphQLFormattedError {
  const reference = randomBytes(4).toString('hex');
  log(`unexpected error ${reference}${path ? ` at ${path.join('.')}` : ''}: ${traceOf(cause)}`);
  const extensions = { ...extensionsOf('INTERNAL_SERVER_ERROR'), reference };
  return { message: 'Internal server error', extensions };
}

function codeOf(formatted: GraphQLFormattedError, error: unknown, cause: unknown): string {
  if (cause instanceof GrantlensError) return cause.code;
  if (isTooLarge(formatted)) return 'LIMIT_EXCEEDED';
  const code = String(formatted.extensions?.['code']);
  if (code === 'INTERNAL_SERVER_ERROR' && isUnfitInput(error)) return 'BAD_USER_INPUT';
  return hintOf(code) === undefined ? 'INTERNAL_SERVER_ERROR' : code;
}

/** Limits that are found while a document is validated: Apollo gives them the code of a faulty one. */
const isTooLarge = ({ message, extensions }: GraphQLFormattedError): boolean =>
  VALIDATION_LIMITS.has(extensions?.['validationErrorCode'] as string) || message === 'Validation aborted.';

/** `validationErrorCode` of a query that is too deep. */
export const DEPTH_EXCEEDED = 'DEPTH_EXCEEDED';
const VALIDATION_LIMITS = new Set([DEPTH_EXCEEDED, 'MAX_RECURSIVE_SELECTIONS_EXCEEDED']);

/**
 * GraphQL finds some unfit input only when it executes and gives it no code: an argument whose variable is null, more
 * wrong variables than are told. What it finds about the answer itself has a path and no argument to blame.
 */
function isUnfitInput(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError !== undefined) return false;
  return error.path === undefined || error.message.startsWith('Argument "');
}

/** What the store says may name folders of the machine: the log gets it, the client is told the code's meaning. */
function messageOf(code: string, formatted: GraphQLFormattedError, cause: unknown, log: Log): string {
  if (!code.startsWith('STORE_')) return shortened(formatted.message);
  log(`${code}: ${cause instanceof Error ? cause.message : ''}`);
  return 'The store of the graph could not answer.';
}

const shortened = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;

function extensionsOf(code: string, hint = hintOf(code)): Record<string, unknown> {
  return { code, hint };
}

/** What whoever raised an error knows better than its code does. */
const hintFrom = (cause: unknown): string | undefined => (cause instanceof GrantlensError ? cause.hint : undefined);

function traceOf(cause: unknown): string {
  if (!(cause instanceof Error)) return `a thrown ${typeof cause}`;
  const places = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.name, ...places].join('\n');
}
