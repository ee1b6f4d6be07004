import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type RequestHandler } from 'express';
import type { Engine } from '../engine/index.ts';
import { apolloServer } from './apollo.ts';
import { wrongWithDocument } from './document-guard.ts';
import { errorBody } from './errors.ts';
import { graphiqlPage } from './graphiql-page.ts';
import { isLoopback, onlyHosts } from './host-guard.ts';
import { getOrPost, httpErrors, notFound } from './http-errors.ts';
import { LIMITS } from './limits.ts';
import { type Log, stderrLog } from './log.ts';
import { openRequest, type RequestContext } from './request.ts';
import { securityHeaders } from './security-headers.ts';
import { webSockets } from './web-sockets.ts';

export interface ServerOptions {
  readonly engine: Engine;
  /** Address to listen on; default 127.0.0.1, which only this machine can reach. There is no login: choose with care. */
  readonly host?: string | undefined;
  /**
   * Names of hosts that requests may give, `localhost` for all names of this machine; default: `localhost` where only this
   * machine is listened to, else any.
   */
  readonly hostNames?: readonly string[] | undefined;
  /**
   * Whether mutations are taken: runs, and findings that are let be. Default: where only this machine is listened to. There
   * is no login: choose with care.
   */
  readonly allowChanges?: boolean | undefined;
  /** Default 4000; 0 for any that is free. */
  readonly port?: number | undefined;
  /** Milliseconds until a request fails with DEADLINE_EXCEEDED; default 30,000. */
  readonly deadline?: number | undefined;
  /** Milliseconds that `close` waits for requests in progress; default 5,000. */
  readonly grace?: number | undefined;
  /** Folder of the built page; default: web/dist of this project. */
  readonly page?: string | undefined;
  /** Where unexpected errors are told; default stderr. */
  readonly log?: Log | undefined;
}

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no more requests, lets those in progress finish, then resolves. Leaves the engine open. */
  close(): Promise<void>;
}

/** Default of `ServerOptions.port`. */
export const DEFAULT_PORT = 4_000;

/**
 * Serves the engine: the API at /graphql, by WebSocket (graphql-ws) too, GraphiQL there for browsers, /health for watchers.
 *
 * @throws the system's error when the address cannot be listened on (EADDRINUSE, EACCES, EADDRNOTAVAIL)
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, host = '127.0.0.1', port = DEFAULT_PORT, deadline = LIMITS.deadline, grace = 5_000 } = options;
  const hostNames = options.hostNames ?? (isLoopback(host) ? ['localhost'] : undefined);
  const log = options.log ?? stderrLog;
  const app = express();
  const server = httpServer(app);
  const drain = ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: grace });
  const sockets = webSockets({ engine, deadline, log, hostNames });
  const allowChanges = options.allowChanges ?? isLoopback(host);
  const apollo = apolloServer({ log, allowChanges, plugins: [drain, sockets.plugin] });
  await apollo.start();
  server.on('upgrade', sockets.upgrade);
  assemble(app, apollo, { engine, deadline, log, page: options.page, hostNames });
  try {
    await listen(server, host, port);
  } catch (error) {
    await apollo.stop();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return { url: urlOf(server), close: () => (closing ??= apollo.stop()) };
}

interface Parts {
  readonly engine: Engine;
  readonly deadline: number;
  readonly log: Log;
  readonly page: string | undefined;
  readonly hostNames: readonly string[] | undefined;
}

/** The order in which a request meets the parts. */
function assemble(app: Express, apollo: ApolloServer<RequestContext>, parts: Parts): void {
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(securityHeaders);
  if (parts.hostNames !== undefined) app.use(onlyHosts(parts.hostNames));
  app.get('/', (_, response) => response.redirect('/graphql'));
  app.get('/health', noStore, health(parts.engine));
  app.all('/graphql', getOrPost);
  app.use(graphiqlPage(parts.page));
  app.all('/graphql', noStore, express.json({ limit: LIMITS.bodyBytes }), documentGuard, answers(apollo, parts));
  app.use(notFound);
  app.use(httpErrors(parts.log));
}

/** Says that the process answers, and which version of the graph it answers from. */
const health =
  (engine: Engine): RequestHandler =>
  (_, response) => {
    response.json({ status: 'ok', version: engine.version });
  };

/** Answers are of the moment. */
const noStore: RequestHandler = (_, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

const documentGuard: RequestHandler = (request, response, next) => {
  const document: unknown = request.method === 'GET' ? request.query['query'] : request.body?.query;
  const refused = typeof document === 'string' ? wrongWithDocument(document) : undefined;
  if (refused === undefined) return next();
  response.status(400).json(errorBody('LIMIT_EXCEEDED', refused));
};

/** One view for one response, given back when the response is sent or the client has gone. */
function answers(apollo: ApolloServer<RequestContext>, { engine, deadline }: Parts): RequestHandler {
  return expressMiddleware(apollo, {
    context: async ({ res }) => {
      const request = openRequest(engine, deadline);
      if (res.closed) request.close();
      else res.once('close', () => request.close());
      return request.context;
    },
  });
}

/** A client that sends slowly holds a connection for so long at most, in milliseconds. */
function httpServer(app: Express): Server {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000 }, app);
  server.maxRequestsPerSocket = 0;
  return server;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
