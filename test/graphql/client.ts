/** Asks a running server as programs do. */
import type { RunningServer } from '../../graphql/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of whatever was asked
  readonly data: any;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly hint?: string; readonly reference?: string };
  }[];
}

/** Sends a document with its variables by POST. */
export function post(server: RunningServer, query: string, variables?: object, more: object = {}): Promise<Answer> {
  return send(server, { body: JSON.stringify({ query, variables, ...more }) });
}

/** Sends anything to /graphql, by POST as JSON unless told otherwise. */
export async function send(server: RunningServer, init: RequestInit = {}, path = '/graphql'): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>) };
  const response = await fetch(server.url + path, { method: 'POST', ...init, headers });
  const text = await response.text();
  const { data, errors = [] } = parsed(text);
  return { status: response.status, headers: response.headers, text, data, errors };
}

function parsed(text: string): { readonly data?: unknown; readonly errors?: Answer['errors'] } {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

/** The code of the one error there is; the whole list where there is another number of them. */
export const codeOf = ({ errors }: Answer): unknown => (errors.length === 1 ? errors[0]!.extensions.code : errors);
