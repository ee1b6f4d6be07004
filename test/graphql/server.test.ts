/** The server around the API: what it shows, to whom, and how it ends. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, GrantlensError, type GraphView } from '../../engine/index.ts';
import { executeInProcess, type RunningServer, type ServerOptions, startServer } from '../../graphql/index.ts';
import { codeOf, post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

let estate: Estate;
let server: RunningServer;
beforeAll(async () => {
  estate = await openEstate();
  server = await startServer({ engine: estate.engine, port: 0 });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});

/** Sends a request with any Host header, which fetch does not. */
function asHost(host: string, path = '/health', at = server): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(at.url + path), { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the address', () => {
  it('is of this machine only, unless told otherwise', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:80', 'grantlens.localhost'])(
    'answers as %s',
    async (host) => {
      expect(await asHost(host)).toBe(200);
    },
  );

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '[::2]', 'local host'])(
    'does not answer as %s',
    async (host) => {
      expect(await asHost(host)).toBe(403);
      expect(await asHost(host, '/graphql')).toBe(403);
    },
  );

  it('may be another, then it answers to every name', async () => {
    const open = await startServer({ engine: estate.engine, host: '0.0.0.0', port: 0 });
    expect(open.url).toMatch(/^http:\/\/0\.0\.0\.0:/);
    expect(await asHost('any.example', '/health', open)).toBe(200);
    await open.close();
  });

  it('may be another and answer to chosen names only', async () => {
    const hostNames = ['localhost', 'Grantlens.example'];
    const open = await startServer({ engine: estate.engine, host: '0.0.0.0', hostNames, port: 0 });
    for (const name of ['localhost:4000', '127.0.0.1', 'grantlens.example:443', 'GRANTLENS.example'])
      expect(await asHost(name, '/health', open)).toBe(200);
    for (const name of ['any.example', 'other.grantlens.example', '0.0.0.0'])
      expect(await asHost(name, '/health', open)).toBe(403);
    await open.close();
  });

  it('that is taken is told by the code of the system', async () => {
    const { port } = new URL(server.url);
    await expect(startServer({ engine: estate.engine, port: Number(port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('every answer', () => {
  it('has the headers that keep browsers careful', async () => {
    for (const path of ['/health', '/nothing', '/graphql']) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('of the API is not kept by anyone', async () => {
    const answer = await post(server, '{ __typename }');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('/health', () => {
  it('tells the version of the graph', async () => {
    const response = await fetch(`${server.url}/health`);
    expect(await response.json()).toEqual({ status: 'ok', version: estate.engine.version });
  });
});

describe('the page', () => {
  let folder: string;
  let paged: RunningServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grantlens-page-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Grantlens</title>');
    await writeFile(join(folder, 'page.js'), 'export {};');
    paged = await startServer({ engine: estate.engine, port: 0, page: folder });
  });
  afterAll(async () => {
    await paged.close();
    await rm(folder, { recursive: true });
  });

  const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  it('is given to browsers, with a policy that lets nothing in from elsewhere', async () => {
    const response = await fetch(`${paged.url}/graphql`, { headers: BROWSER });
    expect(await response.text()).toContain('<title>Grantlens</title>');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it('is where the root leads', async () => {
    const response = await fetch(paged.url, { headers: BROWSER, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('has its files kept by the browser', async () => {
    const response = await fetch(`${paged.url}/graphiql/page.js`);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${paged.url}/graphiql/nothing.js`)).status).toBe(404);
  });

  it('is not given to programs', async () => {
    expect((await post(paged, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect((await fetch(`${paged.url}/graphql`)).headers.get('content-type')).toMatch(/^application\/json/);
  });
});

/** The engine as it is, but for what its views do when they are asked to check. */
function slowed(check: (view: GraphView) => Promise<never>, onRelease = () => {}): Engine {
  return new Proxy(estate.engine, {
    get: (target, name) =>
      name === 'view'
        ? async () => slowedView(await target.view(), check, onRelease)
        : Reflect.get(target, name, target),
  });
}

function slowedView(view: GraphView, check: (view: GraphView) => Promise<never>, onRelease: () => void): GraphView {
  return new Proxy(view, {
    get: (target, name) => {
      if (name === 'check') return () => check(target);
      if (name === 'release') onRelease();
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const CHECK = '{ check(identity: "u:ada", action: "read", resource: "r:ledger") { decision } }';

async function withServer<T>(options: ServerOptions, use: (server: RunningServer) => Promise<T>): Promise<T> {
  const started = await startServer({ port: 0, ...options });
  try {
    return await use(started);
  } finally {
    await started.close();
  }
}

describe('failures', () => {
  it('that no one foresaw are told by a reference, and logged without data', async () => {
    const log: string[] = [];
    const engine = slowed(async () => {
      throw new TypeError('the salary of u:ada is 5');
    });
    const answer = await withServer({ engine, log: (line) => log.push(line) }, (at) => post(at, CHECK));
    expect(codeOf(answer)).toBe('INTERNAL_SERVER_ERROR');
    const { reference } = answer.errors[0]!.extensions;
    expect(answer.text).not.toMatch(/salary|stack|\.ts/);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain(`${reference} at check: TypeError`);
    expect(log[0]).not.toContain('salary');
  });

  it('of the store do not tell where it is', async () => {
    const log: string[] = [];
    const engine = slowed(async () => {
      throw new GrantlensError('STORE_CORRUPT', 'The file /home/ada/data/graph.db is damaged.');
    });
    const answer = await withServer({ engine, log: (line) => log.push(line) }, (at) => post(at, CHECK));
    expect(codeOf(answer)).toBe('STORE_CORRUPT');
    expect(answer.text).not.toContain('/home');
    expect(log).toEqual(['STORE_CORRUPT: The file /home/ada/data/graph.db is damaged.']);
  });

  it('by time come at the deadline, and the view is given back when the question has come back', async () => {
    let done: () => void = () => {};
    let released = 0;
    const engine = slowed(
      () => new Promise((_, reject) => (done = () => reject(new Error('late')))),
      () => (released += 1),
    );
    await withServer({ engine, deadline: 50 }, async (at) => {
      expect(codeOf(await post(at, CHECK))).toBe('DEADLINE_EXCEEDED');
      expect(released).toBe(0);
      done();
      await expect.poll(() => released).toBe(1);
      expect((await post(at, '{ node(id: "u:ada") { id } }')).errors).toEqual([]);
    });
  });

  it('by a client that hangs up leave nothing behind', async () => {
    let asked: () => void = () => {};
    const begun = new Promise<void>((resolve) => (asked = resolve));
    let done: () => void = () => {};
    let released = 0;
    const engine = slowed(
      () =>
        new Promise((_, reject) => {
          done = () => reject(new Error('late'));
          asked();
        }),
      () => (released += 1),
    );
    await withServer({ engine }, async (at) => {
      const gone = new AbortController();
      const answer = fetch(`${at.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: CHECK }),
        signal: gone.signal,
      });
      await begun;
      gone.abort();
      await expect(answer).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(released).toBe(0);
      done();
      await expect.poll(() => released).toBe(1);
      expect((await post(at, '{ __typename }')).status).toBe(200);
    });
  });
});

describe('one answer', () => {
  it('is of one version, whatever is applied while it is made', async () => {
    const before = estate.engine.version;
    const engine = new Proxy(estate.engine, {
      get: (target, name) =>
        name === 'view' ? async () => applyingView(await target.view()) : Reflect.get(target, name, target),
    });
    /** Applies a change after the first question of a request. */
    const applyingView = (view: GraphView): GraphView =>
      new Proxy(view, {
        get: (target, name) => {
          if (name === 'search') {
            return async (question: Parameters<GraphView['search']>[0]) => {
              const page = await target.search(question);
              await estate.put({ node: 'User', id: 'u:new', name: 'New', attributes: { department: 'Finance' } });
              return page;
            };
          }
          const value = Reflect.get(target, name, target) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    await withServer({ engine }, async (at) => {
      const { data } = await post(
        at,
        '{ search(text: "ada") { version edges { node { outgoing { version } } } } graph { version } }',
      );
      expect(estate.engine.version).toBe(before + 1);
      expect(data.search.version).toBe(before);
      expect(data.search.edges[0].node.outgoing.version).toBe(before);
      expect(data.graph.version).toBe(before);
      expect((await post(at, '{ graph { version } }')).data.graph.version).toBe(before + 1);
    });
  });
});

describe('close', () => {
  it('lets requests in progress finish, takes no more, and may be called again', async () => {
    let done: () => void = () => {};
    let asked: () => void = () => {};
    const begun = new Promise<void>((resolve) => (asked = resolve));
    const engine = slowed(
      (view) =>
        new Promise((resolve) => {
          done = () => resolve(view.check({ identity: 'u:ada', action: 'read', resource: 'r:ledger' }) as never);
          asked();
        }),
    );
    const closing = await startServer({ engine, port: 0 });
    const answer = post(closing, CHECK);
    await begun;
    const closed = Promise.all([closing.close(), closing.close()]);
    await expect(fetch(`${closing.url}/health`, { headers: { connection: 'close' } })).rejects.toThrow();
    done();
    expect((await answer).data).toEqual({ check: { decision: 'ALLOWED' } });
    await closed;
  });

  it('does not wait longer than its grace', async () => {
    const engine = slowed(() => new Promise(() => {}));
    const closing = await startServer({ engine, port: 0, grace: 50 });
    const answer = post(closing, CHECK);
    answer.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await closing.close();
    await expect(answer).rejects.toThrow();
  });
});

describe('executeInProcess', () => {
  it('answers as the server does', async () => {
    const query = 'query a($id: ID!) { node(id: $id) { id ... on User { department } } } query b { __typename }';
    expect(await executeInProcess(estate.engine, query, { id: 'u:ada' }, 'a')).toEqual({
      data: { node: { id: 'u:ada', department: 'Finance' } },
    });
    expect(await executeInProcess(estate.engine, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it.each<[string, string, string]>([
    ['too deep', '{ node(id: "a") '.repeat(10_000), 'LIMIT_EXCEEDED'],
    ['not GraphQL', 'who?', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown id', CHECK.replace('u:ada', 'nobody'), 'NODE_NOT_FOUND'],
    ['too many', '{ search(text: "a", first: 10001) { totalCount } }', 'ARGUMENT_INVALID'],
  ])('%s: an error with its code', async (_, query, code) => {
    const { errors } = await executeInProcess(estate.engine, query);
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
  });
});
