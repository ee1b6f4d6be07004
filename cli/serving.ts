import { type Engine, openEngine } from '../engine/index.ts';
import type { RunningServer, ServerOptions } from '../graphql/index.ts';
import { UsageError } from './failure.ts';
import { closeOnSignal } from './interruption.ts';
import type { Session } from './session.ts';

export interface Address {
  readonly host?: string | undefined;
  readonly hostName?: readonly string[] | undefined;
  readonly port?: number | undefined;
  readonly allowChanges?: true | undefined;
}

/**
 * Serves the store until a signal ends it. The store is only read, so that another process may load into it; what it
 * loads shows up here.
 *
 * @param ready called when the server listens
 */
export async function serveUntilStopped(
  session: Session,
  { host, hostName, port, allowChanges }: Address,
  ready: (url: string, engine: Engine) => Promise<void>,
): Promise<void> {
  const { data, execution, rules } = session;
  const engine = await openEngine({ data, mode: 'read', execution, rules });
  let server: RunningServer;
  try {
    (await engine.view()).release();
    server = await listen({ engine, host, hostNames: hostName, port, allowChanges });
  } catch (error) {
    await engine.close();
    throw error;
  }
  await new Promise<void>((_, reject) => {
    closeOnSignal(async () => {
      await server.close();
      await engine.close();
      process.exit(0);
    });
    ready(server.url, engine).catch(reject);
  });
}

/** The server's packages take a while to load, so they are loaded when something is served. */
async function listen(options: ServerOptions): Promise<RunningServer> {
  const { DEFAULT_PORT, startServer } = await import('../graphql/index.ts');
  try {
    return await startServer(options);
  } catch (error) {
    throw wrongAddress(error as NodeJS.ErrnoException, options.host, options.port ?? DEFAULT_PORT) ?? error;
  }
}

function wrongAddress({ code }: NodeJS.ErrnoException, host = '', port: number): UsageError | undefined {
  if (code === 'EADDRINUSE')
    return new UsageError(
      `Port ${port} is taken by another program.`,
      `Choose another: --port ${port + 1}, or --port 0 for any that is free.`,
    );
  if (code === 'EACCES')
    return new UsageError(`This user may not listen on port ${port}.`, 'Choose one above 1023, such as --port 4000.');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new UsageError(`${host} is no address of this machine.`, 'Leave --host out to serve this machine alone.');
  return undefined;
}
