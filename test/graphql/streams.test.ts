/** Subscriptions over a real WebSocket, questions about earlier versions, and what differs between versions. */
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

let estate: Estate;
let server: RunningServer;
const clients: Client[] = [];

beforeAll(async () => {
  estate = await openEstate();
  server = await startServer({ engine: estate.engine, port: 0 });
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await server.close();
  await estate.close();
});

const address = (at = server): string => `${at.url.replace('http', 'ws')}/graphql`;

function connected(at = server): Client {
  const client = createClient({ url: address(at), webSocketImpl: WebSocket, retryAttempts: 0 });
  clients.push(client);
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of whatever was asked
type Told = any;

/** What a client is told of an operation, one after the other. */
const told = (client: Client, query: string, variables: Record<string, unknown> = {}): AsyncIterableIterator<Told> =>
  client.iterate({ query, variables });

/** The error messages that end an operation. */
async function refused(client: Client, query: string): Promise<Told> {
  try {
    for await (const { errors } of told(client, query)) return errors;
  } catch (errors) {
    return errors;
  }
  return undefined;
}

const WATCH = `subscription ($scope: AccessScope, $after: Int, $every: Boolean = true) {
  accessChanged(scope: $scope, afterVersion: $after, everyVersion: $every, at: "2026-06-01T00:00:00Z") {
    fromVersion version at
    delta {
      version gainedCount lostCount alteredCount complete
      gained { identity { id name } resource { id } actions decision }
      lost(first: 5) { identity { id name } resource { id } actions }
    }
  }
}`;

const zoe = { node: 'User', id: 'u:zoe', name: 'Zoe' };
const vault = { node: 'Resource', id: 'r:vault', sensitivity: 0.9 };
const grant = { edge: 'GRANTS', from: 'u:zoe', to: 'r:vault', actions: ['open'] };

describe('accessChanged', () => {
  it('tells each version that changes something in scope, and goes on from one that was seen', async () => {
    await estate.put(zoe, vault);
    const first = estate.engine.version;
    const stream = told(connected(), WATCH, { scope: { minSensitivity: 0.8 } });
    const beginning = (await stream.next()).value.data.accessChanged;
    expect(beginning).toMatchObject({ fromVersion: first, version: first, delta: { gainedCount: 0, gained: [] } });
    await estate.put(grant);
    const change = (await stream.next()).value.data.accessChanged;
    expect(change).toMatchObject({
      fromVersion: first,
      version: first + 1,
      at: '2026-06-01T00:00:00Z',
      delta: { version: first + 1, gainedCount: 1, lostCount: 0, alteredCount: 0, complete: true, lost: [] },
    });
    expect(change.delta.gained).toEqual([
      { identity: { id: 'u:zoe', name: 'Zoe' }, resource: { id: 'r:vault' }, actions: ['open'], decision: 'ALLOWED' },
    ]);
    // Who has gone is told as she was.
    await estate.engine.apply({
      id: 'zoe leaves',
      source: 'hr',
      complete: [],
      changes: [{ op: 'REMOVE_NODE', id: 'u:zoe', source: 'hr' }],
    });
    const gone = (await stream.next()).value.data.accessChanged;
    expect(gone.delta).toMatchObject({
      lostCount: 1,
      lost: [{ identity: { id: 'u:zoe', name: 'Zoe' }, resource: { id: 'r:vault' }, actions: ['open'] }],
    });
    await stream.return!();
    // Both versions at once for who comes back, and nothing that is out of scope.
    const again = told(connected(), WATCH, { scope: { resources: ['r:vault'] }, after: first, every: false });
    await estate.put(zoe);
    expect((await again.next()).value.data.accessChanged).toMatchObject({ fromVersion: first });
    await again.return!();
  });

  it('says what is wrong as HTTP does', async () => {
    const client = connected();
    const errorOf = async (query: string) => (await refused(client, query))[0].extensions.code;
    const watch = (scope: string) => `subscription { accessChanged(scope: ${scope}) { version } }`;
    expect(await errorOf(watch('{ identities: ["nobody"] }'))).toBe('NODE_NOT_FOUND');
    expect(await errorOf(watch('{ minSensitivity: 2 }'))).toBe('ARGUMENT_INVALID');
    expect(await errorOf('subscription { accessChanged(afterVersion: 99) { version } }')).toBe('VERSION_NOT_FOUND');
    expect(await errorOf('subscription { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await errorOf('subscription {')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await errorOf('mutation { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await errorOf(`{ ${'a { '.repeat(120)} x ${'}'.repeat(120)} }`)).toBe('LIMIT_EXCEEDED');
    const costly = 'first: 10000) { identity { incoming(first: 10000) { totalCount } } }';
    expect(await errorOf(`subscription { accessChanged { delta { gained(${costly} } } }`)).toBe('LIMIT_EXCEEDED');
  });

  it('is not taken by HTTP, which says where it is', async () => {
    const answer = await post(server, 'subscription { accessChanged { version } }');
    expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.errors[0]!.message).toContain('WebSocket');
  });

  it('has a limit of operations on a connection', async () => {
    const client = connected();
    const streams = Array.from({ length: 20 }, () => told(client, WATCH));
    for (const stream of streams) expect((await stream.next()).value.data).toBeTruthy();
    expect((await refused(client, WATCH))[0].extensions.code).toBe('LIMIT_EXCEEDED');
    for (const stream of streams) await stream.return!();
  });
});

describe('a WebSocket', () => {
  const opened = (headers: Record<string, string>, url = address()): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('unexpected-response', (_, response) => {
        socket.terminate();
        resolve(response.statusCode!);
      });
      socket.on('error', () => {});
    });

  it('answers queries too, on one version', async () => {
    const stream = told(connected(), '{ graph { version } }');
    expect((await stream.next()).value.data.graph.version).toBe(estate.engine.version);
    expect((await stream.next()).done).toBe(true);
  });

  it('is refused to pages of other sites, to other hosts, elsewhere', async () => {
    const own = server.url;
    expect(await opened({})).toBe(101);
    expect(await opened({ origin: own })).toBe(101);
    expect(await opened({ origin: 'https://evil.example' })).toBe(403);
    expect(await opened({ origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await opened({ origin: 'null' })).toBe(403);
    expect(await opened({ host: 'evil.example' })).toBe(403);
    expect(await opened({}, `${own.replace('http', 'ws')}/elsewhere`)).toBe(404);
  });

  it('is closed with the server, and its streams with it', async () => {
    const short = await startServer({ engine: estate.engine, port: 0 });
    const stream = told(connected(short), WATCH);
    await stream.next();
    const rest = stream.next().then(
      () => 'ended',
      () => 'ended',
    );
    await short.close();
    expect(await rest).toBe('ended');
  });
});

describe('earlier versions', () => {
  it('are what a query names by @atVersion', async () => {
    const before = estate.engine.version;
    await estate.put({ ...zoe, id: 'u:late', name: 'Late' });
    const query = 'query ($v: Int!) @atVersion(version: $v) { graph { version } node(id: "u:late") { id } }';
    expect((await post(server, query, { v: before })).data).toEqual({ graph: { version: before }, node: null });
    const now = (await post(server, query, { v: before + 1 })).data;
    expect(now).toEqual({ graph: { version: before + 1 }, node: { id: 'u:late' } });
    expect(codeOf(await post(server, 'query @atVersion(version: 999) { graph { version } }'))).toBe(
      'VERSION_NOT_FOUND',
    );
  });

  it('are compared by accessDiff, either way', async () => {
    await estate.put(zoe, vault);
    const fromVersion = estate.engine.version;
    await estate.put({ ...grant, actions: ['close'], key: 'another' });
    const query = `query ($from: Int!, $to: Int!) {
      accessDiff(fromVersion: $from, toVersion: $to, scope: { identities: ["u:zoe"], resources: ["r:vault"] }) {
        version gainedCount lostCount gained { actions identity { id } } lost { actions resource { id } }
      }
    }`;
    const [from, to] = [fromVersion, fromVersion + 1];
    const forth = (await post(server, query, { from, to })).data.accessDiff;
    expect(forth).toMatchObject({
      version: to,
      gainedCount: 1,
      gained: [{ actions: ['close'], identity: { id: 'u:zoe' } }],
    });
    const back = (await post(server, query, { from: to, to: from })).data.accessDiff;
    expect(back).toMatchObject({
      version: from,
      lostCount: 1,
      lost: [{ actions: ['close'], resource: { id: 'r:vault' } }],
    });
  });
});
