/** How often one answer asks the engine for entities: once a level, in calls of at most 1,000, and all on one version. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine, GraphView, WhoCanQuestion } from '../../engine/index.ts';
import { type RunningServer, startServer } from '../../graphql/index.ts';
import { post } from './client.ts';
import { type Estate, openEstate } from './estate.ts';

const CROWD = 2_500;

let estate: Estate;
let server: RunningServer;
/** Ids of each call of `entities`, views taken, and views given back since the last test began. */
let calls: (readonly string[])[] = [];
let taken = 0;
let released = 0;
/** How often the cursors of a page of `whoCan` were looked at: it may make all of them each time. */
let looks = 0;

/** The engine as it is, with its views' calls counted. */
function counting(engine: Engine): Engine {
  return new Proxy(engine, {
    get: (target, name) => {
      if (name !== 'view') return Reflect.get(target, name, target);
      return async () => {
        taken += 1;
        return countingView(await target.view());
      };
    },
  });
}

function countingView(view: GraphView): GraphView {
  return new Proxy(view, {
    get: (target, name) => {
      if (name === 'entities') {
        return (ids: readonly string[]) => {
          calls.push(ids);
          return target.entities(ids);
        };
      }
      if (name === 'whoCan') {
        return async (question: WhoCanQuestion) =>
          new Proxy(await target.whoCan(question), {
            get: (page, key) => {
              if (key === 'cursors') looks += 1;
              return Reflect.get(page, key, page);
            },
          });
      }
      if (name === 'release') released += 1;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

beforeAll(async () => {
  const crowd = Array.from({ length: CROWD }, (_, i) => `u:${String(i).padStart(4, '0')}`);
  estate = await openEstate([
    ...crowd.map((id) => ({ node: 'User', id, name: `Person ${id}`, attributes: { manager: 'u:eve' } })),
    ...crowd.map((id) => ({ edge: 'MEMBER_OF', from: id, to: 'g:all' })),
  ]);
  server = await startServer({ engine: counting(estate.engine), port: 0 });
});
afterAll(async () => {
  await server.close();
  await estate.close();
});
beforeEach(() => {
  calls = [];
  taken = 0;
  released = 0;
  looks = 0;
});

async function ask(query: string) {
  const answer = await post(server, query);
  expect(answer.errors).toEqual([]);
  expect(taken).toBe(1);
  await expect.poll(() => released).toBe(1);
  return answer.data;
}

describe('entities', () => {
  it('come in one call for the ends of all paths of an explanation', async () => {
    await ask(`{ whyHasAccess(identity: "u:ada", action: "read", resource: "r:ledger") {
      identity { name } resource { name } paths { nodes { name } edges { from { name } to { name } } } chokeEdges { to { name } } } }`);
    expect(calls).toHaveLength(1);
    expect(new Set(calls[0]).size).toBe(calls[0]!.length);
  });

  it('come in calls of a thousand for a long list, then one for the level below', async () => {
    const { whoCan } = await ask(
      '{ whoCan(action: "read", resource: "r:lunch", first: 10000) { edges { node { resource { name } identity { name ... on User { manager { name } } } } } } }',
    );
    expect(whoCan.edges.length).toBeGreaterThan(CROWD);
    const asked = whoCan.edges.length + 1;
    // The list itself: each identity and the one resource; then the managers that were not among them.
    expect(calls.map((ids) => ids.length)).toEqual([1_000, 1_000, asked - 2_000, ...calls.slice(3).map(() => 1)]);
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it('are not asked for by a long list without names; its cursors are made once', async () => {
    const query = 'edges { cursor node { decision } } pageInfo { startCursor endCursor }';
    const { whoCan } = await ask(`{ whoCan(action: "read", resource: "r:lunch", first: 10000) { ${query} } }`);
    expect(new Set(whoCan.edges.map(({ cursor }: { cursor: string }) => cursor)).size).toBe(whoCan.edges.length);
    expect(whoCan.pageInfo.endCursor).toBe(whoCan.edges.at(-1).cursor);
    expect([calls.length, looks]).toEqual([0, 1]);
  });

  it('are not asked for again where a search or a level above has brought them', async () => {
    await ask(
      '{ search(text: "finance", first: 10) { edges { node { name ... on User { manager { name } } outgoing { edges { node { to { name } } } } } } } }',
    );
    const ids = calls.flat();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain('g:fin');
    expect(calls.length).toBeLessThanOrEqual(2);
  });

  it('are not asked for at all where only the graph is counted', async () => {
    await ask(
      '{ graph { version nodeCounts } check(identity: "u:ada", action: "read", resource: "r:ledger") { decision } }',
    );
    expect(calls).toEqual([]);
  });
});

describe('one answer', () => {
  it('takes no view when it asks nothing of the graph', async () => {
    expect((await post(server, '{ __typename __schema { queryType { name } } }')).errors).toEqual([]);
    expect((await post(server, '{ nothing }')).status).toBe(400);
    expect(taken).toBe(0);
  });

  it('gives its view back after an error too', async () => {
    const answer = await post(
      server,
      '{ check(identity: "nobody", action: "read", resource: "r:ledger") { decision } }',
    );
    expect(answer.data).toBeNull();
    await expect.poll(() => [taken, released]).toEqual([1, 1]);
  });
});
