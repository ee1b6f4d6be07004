import { neo4jForTests } from '../support/neo4j.ts';
import { neo4jStores } from '../support/neo4j-stores.ts';
import { questionsContract } from './questions-contract.ts';

const server = await neo4jForTests();

server.describe('on a real server', () => questionsContract('neo4j', neo4jStores(server)));
