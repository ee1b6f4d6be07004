/** Earlier versions on a graph in Neo4j: answered as when they were the newest, compared, and followed. */
import { expect, it } from 'vitest';
import { openView } from '../../engine/access/view.ts';
import { type Change, makeEdge, openEngine, REACHES } from '../../engine/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import { everything } from '../support/everything.ts';
import { neo4jForTests } from '../support/neo4j.ts';

const server = await neo4jForTests();
const MINUTES = 240_000;

const put = (kind: 'User' | 'Group' | 'Resource', id: string): Change => ({
  op: 'PUT_NODE',
  node: { kind, id, source: 's', attributes: {} },
});
const member = makeEdge({ kind: 'MEMBER_OF', from: 'u', to: 'g', source: 's' });
const grant = (...actions: readonly string[]) =>
  makeEdge({ kind: 'GRANTS', from: 'g', to: 'r', source: 's', actions: [...actions] });

/** Edges come, change, wait for their end, have it again, and go. */
const HISTORY: readonly (readonly Change[])[] = [
  [put('User', 'u'), put('Group', 'g'), put('Resource', 'r'), { op: 'PUT_EDGE', edge: grant('read') }],
  [{ op: 'PUT_EDGE', edge: member }],
  [{ op: 'PUT_EDGE', edge: grant('read', 'write') }],
  [{ op: 'REMOVE_NODE', id: 'g', source: 's' }],
  [put('Group', 'g'), put('User', 'u2')],
  [{ op: 'REMOVE_EDGE', id: member.id, source: 's' }],
];
/** What `u` may do in each version. */
const EXPECTED = [[], [], ['read'], ['read', 'write'], [], ['read', 'write'], []];

server.describe('earlier versions in Neo4j', () => {
  it(
    'answer as they did, whether compiled or followed back to, and are compared',
    async () => {
      const engine = await openEngine({ data: server, mode: 'write' });
      const stream = await engine.watchAccess({ everyVersion: true });
      await stream.next();
      for (const [i, changes] of HISTORY.entries()) {
        await engine.apply({ id: `${i}`, source: 's', complete: [], changes });
        const { value } = await stream.next();
        const [before, after] = [EXPECTED[i]!, EXPECTED[i + 1]!];
        expect(value!.delta.gained.flatMap(({ actions }) => actions)).toEqual(
          after.filter((each) => !before.includes(each)),
        );
        expect(value!.delta.lost.flatMap(({ actions }) => actions)).toEqual(
          before.filter((each) => !after.includes(each)),
        );
      }
      await stream.return!();
      const store = await openNeo4jStore({ connection: server, mode: 'read' });
      for (let version = HISTORY.length; version >= 1; version--) {
        const reader = await store.read(version);
        const compiled = openView(await compileSnapshot(reader), reader, () => {});
        const view = await engine.view({ version });
        const asked = { ids: ['u', 'g', 'r'], identities: ['u'], resources: ['r'], actions: ['read'], words: ['u'] };
        const all = { ...asked, reaches: REACHES, at: 0 };
        expect(await everything(view, all)).toEqual(await everything(compiled, all));
        view.release();
        await reader.close();
      }
      for (let from = 1; from < EXPECTED.length; from++) {
        for (let to = 1; to < EXPECTED.length; to++) {
          const { gainedCount, lostCount } = await engine.accessDiff({ fromVersion: from, toVersion: to });
          const balance = EXPECTED[to]!.length - EXPECTED[from]!.length;
          expect([gainedCount, lostCount]).toEqual([Math.max(balance, 0), Math.max(-balance, 0)]);
        }
      }
      await store.close();
      await engine.close();
    },
    MINUTES,
  );
});
