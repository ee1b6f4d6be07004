/** Words by which logins of programs are called. */
const PROGRAMS = new Set(
  (
    'admin agent api app application auth backend backup batch bi bot cdc ci cron crawler daemon dashboard debezium deploy deployer ' +
    'deployment etl exporter fivetran frontend grafana hasura ingest ingestion integration job jobs keycloak loader metabase migrate ' +
    'migration migrations migrator monitor monitoring pgbouncer pgpool pipeline pooler postgres postgrest prometheus proxy queue ' +
    'repl replica replication replicator report reporting rewind robot runner scheduler server service services srv svc sync ' +
    'system telegraf tool web webapp worker workers writer reader'
  ).split(' '),
);

/**
 * Whether a login is a program's and not a person's. The server does not say: a login that may replicate is a program's, and so is
 * one of whose name a word is that programs are called by (`orders_app`, `svc-report`, `etl2`).
 */
export const isServiceLogin = (name: string, replicates: boolean): boolean =>
  replicates ||
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => PROGRAMS.has(word));
