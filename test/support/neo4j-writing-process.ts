/**
 * A process that writes a graph in Neo4j until it is killed: `neo4j-writing-process <address> <rows a transaction> <source> <name>`;
 * the password comes by the environment. Each acknowledged version is told on standard output. With a source it adds
 * nodes under its name to whatever is there; without one it makes the history of version-batches.ts.
 */
import { writeSync } from 'node:fs';
import { neo4jConnection, openNeo4jStore } from '../../engine/store/neo4j/index.ts';
import type { ListedBatch } from './naive-graph.ts';
import { batchOfVersion } from './version-batches.ts';

const [address = '', rows = '20', source = '', name = ''] = process.argv.slice(2);
const connection = neo4jConnection(address, process.env);
const store = await openNeo4jStore({ connection, mode: 'write', chunkRows: Number(rows), lease: 2_000 });
writeSync(1, 'open\n');
for (let i = 1; ; i++) {
  const version = (await store.version()) + 1;
  const applied = await store.apply(source === '' ? batchOfVersion(version) : ownBatch(i));
  writeSync(1, `version ${applied.version} ${applied.id}\n`);
}

function ownBatch(i: number): ListedBatch {
  // Every other one is so large that it comes in parts.
  const changes = Array.from({ length: i % 2 === 0 ? 3 : 3 * Number(rows) }, (_, n) => ({
    op: 'PUT_NODE' as const,
    node: { kind: 'User' as const, id: `u:${name}:${i}:${n}`, source, attributes: {} },
  }));
  return { id: `${name}-${i}`, source, complete: [], changes };
}
