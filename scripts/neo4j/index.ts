export { generatedPassword } from './password.ts';
export { cacheFolder, NotProvisioned, provision } from './provision.ts';
export { type CsvImport, type Neo4jOptions, type RunningNeo4j, startNeo4j } from './server.ts';
