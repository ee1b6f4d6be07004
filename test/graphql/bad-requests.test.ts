/** Requests that are wrong, too large or hostile: an error with a code, and the server goes on. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { type Answer, codeOf, post, send } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

let estate: Estate;
let server: RunningServer;
const log: string[] = [];
beforeAll(async () => {
  estate = await openEstate();
  server = await startServer({ engine: estate.engine, port: 0, log: (line) => log.push(line) });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});
afterEach(async () => {
  expect((await post(server, '{ node(id: "u:ada") { id } }')).data).toEqual({ node: { id: 'u:ada' } });
  expect(log).toEqual([]);
});

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const SEARCH = 'query($kinds: [NodeKind!]) { search(text: "ada", kinds: $kinds) { totalCount } }';

describe('documents', () => {
  const STEP = 'outgoing { edges { node { to {';
  it.each<[string, string, string]>([
    ['10,000 levels deep', nested(10_000, '{ node(id: "a") ', '}'), 'LIMIT_EXCEEDED'],
    [
      'deeper than 20 fields',
      `{ node(id: "u:ada") { ... on Entity { ${nested(6, STEP, '}}}}').replace('{}', '{ id }')} } } }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'deeper than 20 fields through fragments',
      `{ node(id: "u:ada") { ...f0 } } ${times(9, (i) => `fragment f${i} on Entity { ${STEP} ...f${i + 1} }}}} }`)} fragment f9 on Entity { id }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'a list 10,000 levels deep',
      `{ search(text: "a", kinds: ${nested(10_000, '[', ']')}) { totalCount } }`,
      'LIMIT_EXCEEDED',
    ],
    ['10,000 aliases', `{ ${times(10_000, (i) => `a${i}: graph { version }`)} }`, 'LIMIT_EXCEEDED'],
    [
      '800 aliases of a long list',
      `{ ${times(400, (i) => `a${i}: whoCan(action: "a", resource: "r:ledger") { edges { node { identity { id } } } }`)} }`,
      'LIMIT_EXCEEDED',
    ],
    ['a field 2,000 times over', `{ graph { ${times(2_000, () => 'version')} } }`, 'LIMIT_EXCEEDED'],
    [
      'fragments that double thirty times',
      `{ ...f0 } ${times(30, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f30 on Query { __typename }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'a fragment within itself',
      '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'lists of lists',
      '{ search(text: "a", first: 1000) { edges { node { outgoing(first: 1000) { edges { node { id } } } } } } }',
      'LIMIT_EXCEEDED',
    ],
    [
      'introspection of itself',
      `{ __schema { types { ${nested(8, 'fields { type {', '}}').replace('{}', '{ name }')} } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['not GraphQL', 'who can read this?', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ graph { secrets } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a mutation', 'mutation { drop }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { changes }', 'GRAPHQL_VALIDATION_FAILED'],
    ['backward paging', '{ search(text: "a", last: 5) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a date that no calendar has',
      '{ check(identity: "u:ada", action: "a", resource: "r:ledger", at: "2026-02-30T00:00:00Z") { decision } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a number beyond Int', '{ search(text: "a", first: 10000000000) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['two operations and no name', 'query a { __typename } query b { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s', async (_, query, code) => {
    const answer = await post(server, query);
    expect(codeOf(answer)).toBe(code);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.text.length).toBeLessThan(2_000);
  });

  it.each([-1, 10_001, 2_147_483_647])('first: %i', async (first) => {
    const query = 'query($first: Int) { search(text: "ada", first: $first) { totalCount } }';
    const asVariable = await post(server, query, { first });
    const asLiteral = await post(server, query.replace('$first)', `${first})`).replace('($first: Int)', ''));
    for (const answer of [asVariable, asLiteral]) {
      expect(codeOf(answer)).toBe('ARGUMENT_INVALID');
      expect(answer.errors[0]!.message).toContain(String(first));
    }
  });

  it('counts the cost of the operation that is asked for, not of the others', async () => {
    const query = 'query a { __typename } query b { search(text: "a", first: -1) { totalCount } }';
    expect((await post(server, query, {}, { operationName: 'a' })).errors).toEqual([]);
    expect(codeOf(await post(server, query, {}, { operationName: 'b' }))).toBe('ARGUMENT_INVALID');
    expect(codeOf(await post(server, query, {}, { operationName: 'c' }))).toBe('OPERATION_RESOLUTION_FAILURE');
    expect(codeOf(await post(server, '{ __typename }', {}, { operationName: 'a' }))).toBe(
      'OPERATION_RESOLUTION_FAILURE',
    );
  });

  it('lets no unfit argument hide what the rest costs', async () => {
    const answer = await post(
      server,
      'query($action: String = "a") { check(identity: "u:ada", action: $action, resource: "r:ledger") { decision } search(text: "a", first: 10000) { edges { node { outgoing(first: 10000) { totalCount } } } } }',
      { action: null },
    );
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.data).toBeUndefined();
  });

  it('tells only so many errors', async () => {
    const { errors } = await post(server, `{ ${times(300, (i) => `no${i}`)} }`);
    expect(errors.length).toBeLessThanOrEqual(101);
  });
});

describe('variables', () => {
  it.each<[string, unknown]>([
    ['a list of 50,000 that do not fit', Array(50_000).fill('NOBODY')],
    ['one text of 900,000 characters', 'x'.repeat(900_000)],
    ['of another type', { a: 1 }],
  ])('%s', async (_, kinds) => {
    const answer = await post(server, SEARCH, { kinds });
    expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(50_000);
  });

  it.each<[string, string]>([
    ['a list 10,000 levels deep', nested(10_000, '[', ']')],
    ['an object 10,000 levels deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('%s', async (_, kinds) => {
    const answer = await send(server, { body: `{"query":${JSON.stringify(SEARCH)},"variables":{"kinds":${kinds}}}` });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  it('a list of 50,000 that fit is no trouble', async () => {
    const answer = await post(server, SEARCH, { kinds: Array(50_000).fill('USER') });
    expect(answer.data.search.totalCount).toBe(1);
  });

  it('no object at all', async () => {
    const bodies = ['{"query":"{__typename}","variables":[1]}', '{"query":"{__typename}","variables":"{}"}'];
    for (const body of bodies) expect(codeOf(await send(server, { body }))).toBe('BAD_REQUEST');
  });

  it('a DateTime that is none', async () => {
    const query =
      'query($at: DateTime) { check(identity: "u:ada", action: "a", resource: "r:ledger", at: $at) { decision } }';
    for (const at of [5, 'yesterday', '2026-01-01', ['2026-01-01T00:00:00Z'], true]) {
      expect(codeOf(await post(server, query, { at }))).toBe('BAD_USER_INPUT');
    }
  });
});

describe('bodies', () => {
  it('larger than 1 MB are refused, plain or compressed', async () => {
    const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_100_000)}` });
    for (const init of [{ body }, { body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }]) {
      const answer = await send(server, init);
      expect([answer.status, codeOf(answer)]).toEqual([413, 'LIMIT_EXCEEDED']);
    }
  });

  it.each<[string, RequestInit, number, string]>([
    ['not JSON', { body: '{"query":' }, 400, 'BAD_REQUEST'],
    ['empty', { body: '' }, 400, 'BAD_REQUEST'],
    ['an empty object', { body: '{}' }, 400, 'BAD_REQUEST'],
    ['null', { body: 'null' }, 400, 'BAD_REQUEST'],
    ['a batch', { body: '[{"query":"{__typename}"},{"query":"{__typename}"}]' }, 400, 'BAD_REQUEST'],
    ['a query that is no text', { body: '{"query":{"kind":"Document"}}' }, 400, 'BAD_REQUEST'],
    [
      'a persisted query',
      { body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}' },
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    ['broken compression', { body: 'xx', headers: { 'content-encoding': 'gzip' } }, 400, 'BAD_REQUEST'],
    ['unknown compression', { body: 'xx', headers: { 'content-encoding': 'rot13' } }, 415, 'BAD_REQUEST'],
    [
      'another character set',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'BAD_REQUEST',
    ],
    [
      'a form, as any page can send it',
      { body: '{"query":"{__typename}"}', headers: { 'content-type': 'text/plain' } },
      400,
      'BAD_REQUEST',
    ],
    [
      'for an answer that is not made',
      { body: '{"query":"{__typename}"}', headers: { accept: 'text/xml' } },
      406,
      'BAD_REQUEST',
    ],
  ])('%s', async (_, init, status, code) => {
    const answer = await send(server, init);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.errors[0]!.extensions.hint).toEqual(expect.any(String));
  });
});

describe('GET', () => {
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql?${query}`, { headers: { accept: 'application/json', ...headers } });
  const PREFLIGHT = { 'apollo-require-preflight': '1' };

  it('answers programs that show they are no page of another site', async () => {
    const response = await get(
      `query=${encodeURIComponent('query($id: ID!) { node(id: $id) { id } }')}&variables={"id":"u:ada"}`,
      PREFLIGHT,
    );
    expect(await response.json()).toEqual({ data: { node: { id: 'u:ada' } } });
  });

  it.each<[string, string, Record<string, string>]>([
    ['without that header', 'query={__typename}', {}],
    ['without a document', '', PREFLIGHT],
    ['with two documents', 'query={__typename}&query={__typename}', PREFLIGHT],
    ['with broken variables', 'query={__typename}&variables={', PREFLIGHT],
  ])('%s: refused', async (_, query, headers) => {
    const response = await get(query, headers);
    expect(response.status).toBe(400);
    expect(((await response.json()) as Answer).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('too deep: refused', async () => {
    const response = await get(`query=${'{a'.repeat(1_000)}`, PREFLIGHT);
    expect(((await response.json()) as Answer).errors[0]!.extensions.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('addresses and methods', () => {
  it.each(['/', '/graphql/more', '/nothing', '/graphiql/..%2f..%2fpackage.json', '/%'])(
    '%s is no API',
    async (path) => {
      const answer = await send(server, { body: '{"query":"{__typename}"}' }, path);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'NOT_FOUND']);
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not taken', async (method) => {
    const answer = await send(server, { method, body: method === 'OPTIONS' ? null : '{}' });
    expect([answer.status, codeOf(answer)]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(answer.headers.get('allow')).toBe('GET, POST');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('bytes that are no HTTP are cut off', async () => {
    const { port } = new URL(server.url);
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('\u0000\u0001 nonsense\r\n\r\n'));
      let text = '';
      socket
        .setEncoding('utf8')
        .on('data', (part) => (text += part))
        .on('close', () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
  });
});
