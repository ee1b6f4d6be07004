/** A real Neo4j with its bulk importer, for the tests of what is written for it. */
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe } from 'vitest';
import { NotProvisioned, type RunningNeo4j, startNeo4j } from '../../scripts/neo4j/index.ts';

export interface ImportingServer {
  /** `describe` where a server can be had; elsewhere the tests are skipped. */
  readonly describe: typeof describe | typeof describe.skip;
  /** Replaces all data by those of an import, by the arguments that the product gives. */
  readonly importWith: (args: readonly string[]) => Promise<void>;
  readonly server: () => RunningNeo4j;
  readonly driver: () => Driver;
}

/** Starts a server for this test file alone. Call it at the top, with `await`. */
export async function importingServer(): Promise<ImportingServer> {
  const server = await startNeo4j().catch(missing);
  let driver: Driver;
  beforeAll(() => {
    if (server !== undefined) driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  });
  afterAll(async () => {
    await driver?.close();
    await server?.stop();
  });
  return {
    describe: server === undefined ? describe.skip : describe,
    async importWith(args) {
      await server!.shutdown();
      await server!.adminTool([...args, '--overwrite-destination=true', `--report-file=${server!.home}/import.report`]);
      await server!.restart();
    },
    server: () => server!,
    driver: () => driver,
  };
}

/** The importer works on the files of a server, so that one started with a JDK is needed. */
function missing(error: unknown): undefined {
  if (!(error instanceof NotProvisioned) || process.env['CI']) throw error;
  process.stderr.write(`Tests of the bulk import are skipped: ${error.message.replaceAll('\n', ' ')}\n`);
}
