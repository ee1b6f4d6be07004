/** What is answered where GraphQL never came to speak. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type ApiErrorCode, errorBody, unexpected } from './errors.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';

/** The API takes GET and POST; a preflight of another site's page is refused with the rest. */
export const getOrPost: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'POST') return next();
  response.status(405).setHeader('Allow', 'GET, POST');
  response.json(errorBody('METHOD_NOT_ALLOWED', `The API does not take ${request.method}.`));
};

/** No such address. */
export const notFound: RequestHandler = (_, response) => {
  response.status(404).json(errorBody('NOT_FOUND', 'There is nothing at this address.'));
};

/** Bodies that could not be read, and everything unforeseen. */
export function httpErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, type } = (error ?? {}) as { readonly status?: number; readonly type?: string };
    if (status === undefined || status >= 500) {
      response.status(500).json({ errors: [unexpected(error, undefined, log)] });
      return;
    }
    const [code, message] = told(status, type);
    response.status(status).json(errorBody(code, message));
  };
}

function told(status: number, type: string | undefined): readonly [ApiErrorCode, string] {
  if (status === 413) return ['LIMIT_EXCEEDED', `The request's body is larger than ${LIMITS.bodyBytes} bytes.`];
  if (status === 415) return ['BAD_REQUEST', 'The encoding of the body is not one that is read here. Send UTF-8.'];
  if (type === 'entity.parse.failed') return ['BAD_REQUEST', 'The body is not JSON.'];
  return ['BAD_REQUEST', 'The request could not be read.'];
}
