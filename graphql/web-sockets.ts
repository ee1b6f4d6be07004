/**
 * The API over WebSocket, by the protocol of graphql-ws: subscriptions, and queries too, under the limits and with the errors
 * that HTTP has.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Engine } from '../engine/index.ts';
import { namesOneOf } from './host-guard.ts';
import { LIMITS } from './limits.ts';
import type { Log } from './log.ts';
import type { RequestContext } from './request.ts';
import { type Connection, operationsOf } from './socket-operations.ts';

export interface WebSocketOptions {
  readonly engine: Engine;
  /** Milliseconds that a query may take. */
  readonly deadline: number;
  readonly log: Log;
  /** Names of hosts that requests may give; undefined for any. */
  readonly hostNames: readonly string[] | undefined;
}

export interface WebSockets {
  /** Takes the schema from the server, and closes all connections when that is drained. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** For the `upgrade` of an HTTP server. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Milliseconds for a client to say hello. */
const HELLO_WITHIN = 5_000;
const GOING_AWAY = 1001;

export function webSockets(options: WebSocketOptions): WebSockets {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: LIMITS.bodyBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  let open: ((socket: WebSocket) => void) | undefined;
  const refusal = refusalOf(options.hostNames, () => open !== undefined && server.clients.size < LIMITS.connections);
  return {
    plugin: {
      serverWillStart: async ({ schema }) => {
        open = opener(schema, options);
        return {
          drainServer: async () => {
            open = undefined;
            for (const client of server.clients) client.close(GOING_AWAY, 'Going away');
            await allGone(server);
          },
        };
      },
    },
    upgrade: (request, socket, head) => {
      // What goes wrong with a connection ends it, and is nobody else's matter.
      socket.on('error', () => socket.destroy());
      const refused = refusal(request);
      if (refused !== undefined) socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      else server.handleUpgrade(request, socket, head, (client) => open?.(client));
    },
  };
}

/** Milliseconds that clients have to say goodbye. */
const GOODBYE_WITHIN = 1_000;

async function allGone(server: WebSocketServer): Promise<void> {
  const all = [...server.clients].map(
    (client) => new Promise<void>((resolve) => client.once('close', () => resolve())),
  );
  const timer = setTimeout(() => {
    for (const client of server.clients) client.terminate();
  }, GOODBYE_WITHIN);
  await Promise.all(all);
  clearTimeout(timer);
}

/**
 * The status line for a connection that is refused. Browsers let pages of any site open connections here and say only which
 * site it is: a page of another one is refused.
 */
function refusalOf(hostNames: readonly string[] | undefined, hasRoom: () => boolean) {
  const isNamed = hostNames === undefined ? () => true : namesOneOf(hostNames);
  return ({ headers, url = '' }: IncomingMessage): string | undefined => {
    if (!isNamed(headers.host)) return '403 Forbidden';
    if (headers.origin !== undefined && hostOf(headers.origin) !== headers.host?.toLowerCase()) return '403 Forbidden';
    if (url.split('?', 1)[0] !== '/graphql') return '404 Not Found';
    return hasRoom() ? undefined : '503 Service Unavailable';
  };
}

/** Host and port of an origin; undefined for one that names none, such as `null`. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : undefined;
}

/** Speaks the protocol with each client. */
function opener(schema: GraphQLSchema, options: WebSocketOptions): (client: WebSocket) => void {
  const protocol = makeServer<never, Connection>({
    connectionInitWaitTimeout: HELLO_WITHIN,
    ...operationsOf(schema, options),
  });
  return (client) => {
    client.on('error', () => client.terminate());
    const stopPings = pinged(client);
    const closed = protocol.opened(
      {
        protocol: client.protocol,
        // Resolves when it was sent: a slow client is told less often, and several versions at a time.
        send: (data) =>
          new Promise((resolve, reject) => {
            if (client.readyState !== client.OPEN) resolve();
            else client.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => client.close(code, reason),
        onMessage: (take) =>
          client.on('message', (data) => {
            take(String(data)).catch(() => client.close(CloseCode.InternalServerError, 'Internal server error'));
          }),
      },
      { requests: new Map() },
    );
    client.once('close', (code, reason) => {
      stopPings();
      closed(code, String(reason)).catch(() => {});
    });
  };
}

/** Ends a connection whose client does not answer a ping until the next one. */
function pinged(client: WebSocket): () => void {
  let answered = true;
  client.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return client.terminate();
    answered = false;
    client.ping();
  }, LIMITS.ping);
  timer.unref();
  return () => clearInterval(timer);
}
