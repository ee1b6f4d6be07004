/** Opens a Neo4j store, holds a source, says so, and waits to be killed. Arguments: connection as JSON, lease. */
import { openNeo4jStore } from '../../engine/store/neo4j/index.ts';

const [connection = '', lease = ''] = process.argv.slice(2);
const store = await openNeo4jStore({ connection: JSON.parse(connection), mode: 'write', lease: Number(lease) });
await store.hold!('hr', { purpose: 'load' });
process.stdout.write('held\n');
setInterval(() => {}, 1_000);
