import type { Change } from '../../engine/model/index.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { Neo4jForTests } from '../support/neo4j.ts';
import type { Records } from '../support/neo4j-layout.ts';

/**
 * Writes records through the store, as a loader does. Ends that are not among the nodes are put first and removed by a second batch,
 * so that their edges are kept without effect.
 */
export async function loadIntoStore(server: Neo4jForTests, { nodes, edges, uses = [] }: Records): Promise<void> {
  const { uri, user, password, database } = server;
  const store = await openNeo4jStore({ connection: { uri, user, password, database }, mode: 'write' });
  const there = new Set(nodes.map(({ id }) => id));
  const missing = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter((id) => !there.has(id));
  const batch = (id: string, changes: Iterable<Change>) => ({ id, source: 'test', complete: [], changes });
  try {
    await store.apply(
      batch('all', [
        ...missing.map(
          (id): Change => ({ op: 'PUT_NODE', node: { kind: 'User', id, source: 'main', attributes: {} } }),
        ),
        ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
        ...edges.map((edge): Change => ({ op: 'PUT_EDGE', edge })),
        ...uses.map((use): Change => ({ op: 'PUT_USE', use })),
      ]),
    );
    if (missing.length === 0) return;
    await store.apply(
      batch(
        'gone',
        missing.map((id): Change => ({ op: 'REMOVE_NODE', id, source: 'main' })),
      ),
    );
  } finally {
    await store.close();
  }
}
