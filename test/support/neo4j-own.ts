/** A Neo4j server that a test file starts, stops, kills and sets up as it likes. */
import { afterAll, beforeAll, describe } from 'vitest';
import {
  type Neo4jOptions,
  NotProvisioned,
  provision,
  type RunningNeo4j,
  startNeo4j,
} from '../../scripts/neo4j/index.ts';

export interface OwnNeo4j {
  /** `describe` where a server can be run; elsewhere the tests are skipped. */
  readonly describe: typeof describe | typeof describe.skip;
  /** The server: from the first `beforeAll` on. */
  readonly server: () => RunningNeo4j;
}

/** Call it at the top of a file, with `await`. It starts a server before the tests and stops it after them. With `CI` set a missing one is an error. */
export async function ownNeo4j(options: Neo4jOptions = {}): Promise<OwnNeo4j> {
  let server: RunningNeo4j | undefined;
  const missing = await provision().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (missing !== undefined && (process.env['CI'] || !(missing instanceof NotProvisioned))) throw missing;
  if (missing !== undefined) return { describe: describe.skip, server: () => server! };
  beforeAll(async () => {
    server = await startNeo4j({
      ...options,
      settings: { 'dbms.security.auth_max_failed_attempts': '0', ...options.settings },
    });
  }, 300_000);
  afterAll(() => server?.stop(), 60_000);
  return { describe, server: () => server! };
}
