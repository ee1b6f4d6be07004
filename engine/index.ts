/** The public API of the engine. Transports (GraphQL, command line) see this file only. */
export type { ProposedChange } from './access/proposed-changes.ts';
export * from './access/questions.ts';
export * from './analysis/questions.ts';
export * from './api.ts';
export { openEngine } from './engine.ts';
export * from './generate/index.ts';
export * from './model/index.ts';
export { isNeo4jAddress, type Neo4jConnection, neo4jConnection } from './store/neo4j/connection.ts';
export { importArguments, shellCommand } from './store/neo4j/import-command.ts';
export type { ImportFile, ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
export type { DocumentStore } from './store/port.ts';
