export { PostgresNotProvisioned, provisionPostgres } from './provision.ts';
export { type RunningPostgres, startPostgres } from './server.ts';
