export { isNeo4jAddress, type Neo4jConnection, neo4jConnection } from './connection.ts';
export { type Neo4jStoreOptions, openNeo4jStore } from './neo4j-store.ts';
