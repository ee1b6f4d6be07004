import { neo4jForTests } from '../support/neo4j.ts';
import { neo4jStores } from '../support/neo4j-stores.ts';
import { storeContract } from './store-contract.ts';

const server = await neo4jForTests();

/** Far fewer than of the embedded store: every step is a journey to a server. */
const HISTORIES = 10;

server.describe('batches in one transaction', () => storeContract('the Neo4j store', neo4jStores(server), HISTORIES));
