/**
 * A process with a Neo4j store of its own: `neo4j-putting-process <uri> <user> <database>`, the password in
 * GRANTLENS_NEO4J_PASSWORD. Each line `<node> <kind>` on standard input is put as a batch, and acknowledged with its version.
 */
import { createInterface } from 'node:readline';
import type { NodeKind } from '../../engine/model/index.ts';
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';

const [uri = '', user = '', database = ''] = process.argv.slice(2);
const password = process.env['GRANTLENS_NEO4J_PASSWORD'] ?? '';
const store = await openNeo4jStore({ connection: { uri, user, password, database }, mode: 'write' });
process.stdout.write('open\n');
for await (const line of createInterface({ input: process.stdin })) {
  const [id = '', kind = ''] = line.split(' ');
  const node = { kind: kind as NodeKind, id, source: 'hr', attributes: {} };
  const { version } = await store.apply({
    id: `put-${line}`,
    source: 'hr',
    complete: [],
    changes: [{ op: 'PUT_NODE', node }],
  });
  process.stdout.write(`version ${version}\n`);
}
await store.close();
