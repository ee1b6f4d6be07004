/** How often questions on a snapshot ask the server. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GraphView } from '../../engine/access/questions.ts';
import { openView } from '../../engine/access/view.ts';
import type { Change } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Neo4jDoor, type Transaction } from '../../engine/store/neo4j/door.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { openReader } from '../../engine/store/neo4j/reader.ts';
import type { GraphStore } from '../../engine/store/port.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { middlingGraph } from '../support/middling-graph.ts';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests();
const MINUTES = 240_000;

/** A door that keeps a list of the statements that went through it. */
class ListingDoor extends Neo4jDoor {
  statements: string[] = [];

  override read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return super.read((tx) =>
      work({
        each: (statement, ...rest) => {
          this.statements.push(statement.name);
          return tx.each(statement, ...rest);
        },
        all: (statement, parameters) => {
          this.statements.push(statement.name);
          return tx.all(statement, parameters);
        },
      }),
    );
  }

  /** What was asked since the last look. */
  look(): readonly string[] {
    const seen = this.statements.sort();
    this.statements = [];
    return seen;
  }
}

const EDGES = 'reading.edges-by-ref';
const NODES = 'reading.nodes-by-ref';

server.describe('a snapshot over Neo4j', () => {
  const { nodes, edges } = middlingGraph(4);
  const questions = ['User/1', 'User/7', 'ServiceAccount/3'].flatMap((identity) =>
    ['read', 'db:read', 'write'].flatMap((action) =>
      ['Resource/0', 'Resource/5', 'Resource/40'].map((resource) => ({ identity, action, resource, at: 10 })),
    ),
  );
  const door = new ListingDoor(server);
  let store: GraphStore;
  let view: GraphView;
  let plain: GraphView;

  const openAnew = async (): Promise<void> => {
    view?.release();
    const reader = await openReader(door);
    const snapshot = await compileSnapshot(reader);
    view = openView(snapshot, reader, () => void reader.close());
    door.look();
  };

  beforeAll(async () => {
    store = await openNeo4jStore({ connection: server, mode: 'write' });
    const changes: Change[] = [
      ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
      ...edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ];
    await store.apply({ id: 'graph', source: 'main', complete: [], changes });
    const reader = memoryReader(nodes, edges);
    plain = openView(await compileSnapshot(reader), reader, () => {});
  }, MINUTES);
  afterAll(async () => {
    view?.release();
    await door.close();
    await store?.close();
  });

  it(
    'asks for edges and for nodes at most once a question, and not again for the same one',
    async () => {
      const asked = new Set<string>();
      for (const question of questions) {
        await openAnew();
        const answer = await view.whyHasAccess(question);
        const statements = door.look();
        expect(statements).toEqual([...new Set(statements)]);
        for (const statement of statements) {
          expect([EDGES, NODES]).toContain(statement);
          asked.add(statement);
        }
        expect(await view.whyHasAccess(question)).toEqual(answer);
        expect(door.look()).toEqual([]);
        expect(answer).toEqual(await plain.whyHasAccess(question));
      }
      expect([...asked].sort()).toEqual([EDGES, NODES]);
    },
    MINUTES,
  );

  it(
    'asks nothing for ways, conditions and names that another question told of',
    async () => {
      await openAnew();
      for (const question of questions) await view.whyHasAccess(question);
      door.look();
      for (const question of questions) {
        await view.check(question);
        await view.accessPaths({ ...question, first: 10 });
      }
      expect(door.look()).toEqual([]);
    },
    MINUTES,
  );

  it(
    'asks for a page of ways twice at most: what its cursor names, and what it tells',
    async () => {
      let pages = 0;
      for (const { action: _any, ...question } of questions) {
        await openAnew();
        for (let after: string | undefined; ; ) {
          const page = await view.accessPaths({ ...question, first: 2, ...(after === undefined ? {} : { after }) });
          const expected = after === undefined ? [EDGES] : [EDGES, 'reading.refs-of-edges'];
          const statements = door.look();
          for (const statement of statements) expect(expected).toContain(statement);
          expect(statements).toEqual([...new Set(statements)]);
          after = page.hasNextPage ? page.cursors.at(-1) : undefined;
          if (after === undefined || ++pages > 20) break;
        }
      }
      expect(pages).toBeGreaterThan(5);
    },
    MINUTES,
  );

  it(
    'tells the records of its version from memory and from the server alike, whatever later batches changed',
    async () => {
      await openAnew();
      const before = await Promise.all(questions.slice(0, 4).map((question) => plain.whyHasAccess(question)));
      expect(await view.whyHasAccess(questions[0]!)).toEqual({ ...before[0], version: view.version });
      const changes: Change[] = [
        ...nodes.map((node): Change => ({ op: 'PUT_NODE', node: { ...node, name: `${node.id}, renamed` } })),
        ...edges.map((edge): Change => ({ op: 'REMOVE_EDGE', id: edge.id, source: edge.source })),
      ];
      await store.apply({ id: 'changed', source: 'main', complete: [], changes });
      for (const [i, question] of questions.slice(0, 4).entries())
        expect(await view.whyHasAccess(question)).toEqual({ ...before[i], version: view.version });
    },
    MINUTES,
  );
});
