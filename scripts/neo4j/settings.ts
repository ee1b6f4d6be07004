import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a server is set to, beside what {@link writeSettings} always sets. */
export interface Settings {
  /** 0 for any free port. */
  readonly port: number;
  readonly pageCache: string;
  readonly plugins?: string | undefined;
  /** Further settings by their names in `neo4j.conf`; they win. */
  readonly more?: Readonly<Record<string, string>> | undefined;
}

/** Writes `conf/neo4j.conf` into a home, which is made, for its owner alone, if it is not there. Holds no secret. */
export async function writeSettings(home: string, settings: Settings): Promise<void> {
  await mkdir(join(home, 'conf'), { recursive: true, mode: 0o700 });
  await chmod(home, 0o700);
  const lines = Object.entries(settingsOf(settings)).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(home, 'conf', 'neo4j.conf'), lines.join(''));
}

function settingsOf({ port, pageCache, plugins, more }: Settings): Readonly<Record<string, string>> {
  return {
    'dbms.security.auth_enabled': 'true',
    'dbms.usage_report.enabled': 'false',
    'server.bolt.enabled': 'true',
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'server.bolt.advertised_address': `127.0.0.1:${port}`,
    'server.memory.pagecache.size': pageCache,
    // Else each database takes 256 MB of disk before it holds anything.
    'db.tx_log.preallocate': 'false',
    // Else a server without connections takes ten seconds to stop.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
    ...(plugins !== undefined && {
      'server.directories.plugins': plugins,
      'dbms.security.procedures.unrestricted': 'gds.*',
    }),
    ...more,
  };
}
