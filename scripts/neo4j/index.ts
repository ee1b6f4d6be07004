export { cacheFolder, NotProvisioned, provision } from './provision.ts';
export { type CsvImport, generatedPassword, type Neo4jOptions, type RunningNeo4j, startNeo4j } from './server.ts';
