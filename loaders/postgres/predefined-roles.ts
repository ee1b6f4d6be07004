/** Roles that come with the server (chapter 22.5 of the manual) and what they may beyond what is granted to them. */

/** Members of these can use every schema. */
export const EVERY_SCHEMA: readonly string[] = ['pg_read_all_data', 'pg_write_all_data'];

/** What they may on every table, view and sequence. */
export const EVERY_RELATION: Readonly<Record<string, readonly string[]>> = {
  pg_read_all_data: ['SELECT'],
  pg_write_all_data: ['INSERT', 'UPDATE', 'DELETE'],
  pg_maintain: ['MAINTAIN'],
};
/** Sequences can be read, and neither written nor maintained. */
export const ON_SEQUENCES: ReadonlySet<string> = new Set(['SELECT', 'UPDATE']);

/** What gives the account of the operating system that the server runs as, and with it the whole cluster. */
export const TAKEOVERS: Readonly<Record<string, string>> = {
  pg_execute_server_program: 'COPY … PROGRAM',
  pg_write_server_files: 'writes files of the server',
};

/** Roles that belong to others from the start. */
export const BUILT_IN_MEMBERS: readonly (readonly [member: string, role: string])[] = [
  ['pg_monitor', 'pg_read_all_settings'],
  ['pg_monitor', 'pg_read_all_stats'],
  ['pg_monitor', 'pg_stat_scan_tables'],
];

/** What reads the bytes of every table beside the privileges on it, with what it depends on. */
export const READS_FILES: Readonly<Record<string, string>> = {
  pg_read_server_files: 'files of tables are read, not the tables themselves',
};

export const isPredefined = (role: string): boolean => role.startsWith('pg_');
