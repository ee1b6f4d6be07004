import { neo4jForTests } from '../support/neo4j.ts';
import { neo4jStores } from '../support/neo4j-stores.ts';
import { storeContract } from './store-contract.ts';

const server = await neo4jForTests();

const HISTORIES = 10;

/** So few rows a transaction that nearly every batch is a large one. */
server.describe('batches in many transactions', () =>
  storeContract('the Neo4j store', neo4jStores(server, { chunkRows: 2 }), HISTORIES),
);
