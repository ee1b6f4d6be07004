import { neo4jForTests } from '../support/neo4j.ts';
import { neo4jStores } from '../support/neo4j-stores.ts';
import { storeContract } from './store-contract.ts';

const server = await neo4jForTests();

server.describe('batches in one transaction', () => storeContract('the Neo4j store', neo4jStores(server)));
