import { openEngine } from '../engine/index.ts';
import { DEFAULT_PORT, type RunningServer, startServer } from '../graphql/index.ts';
import { UsageError } from './failure.ts';
import { onInterrupt, type Session } from './session.ts';

export { DEFAULT_PORT };

export interface Address {
  readonly host?: string;
  readonly port: number;
}

/**
 * Serves the store until a signal ends it. The store is only read, so that another process may load into it; what it
 * loads shows up here.
 *
 * @param ready called when the server listens
 */
export async function serveUntilStopped(
  session: Session,
  address: Address,
  ready: (url: string) => Promise<void>,
): Promise<void> {
  const engine = await openEngine({ data: session.data, mode: 'read' });
  let server: RunningServer;
  try {
    server = await listen({ engine, ...address });
  } catch (error) {
    await engine.close();
    throw error;
  }
  await new Promise<void>((resolve, reject) => {
    onInterrupt(async () => {
      await server.close();
      await engine.close();
      resolve();
    }, 0);
    ready(server.url).catch(reject);
  });
}

async function listen(options: Parameters<typeof startServer>[0]): Promise<RunningServer> {
  try {
    return await startServer(options);
  } catch (error) {
    throw wrongAddress(error as NodeJS.ErrnoException, options.host, options.port) ?? error;
  }
}

function wrongAddress(
  { code }: NodeJS.ErrnoException,
  host = '127.0.0.1',
  port = DEFAULT_PORT,
): UsageError | undefined {
  if (code === 'EADDRINUSE')
    return new UsageError(
      `Port ${port} is taken by another program.`,
      'Choose another: --port 4001, or --port 0 for any that is free.',
    );
  if (code === 'EACCES')
    return new UsageError(`This user may not listen on port ${port}.`, 'Choose one above 1023: --port 4000.');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new UsageError(`${host} is no address of this machine.`, 'Leave --host out to serve this machine alone.');
  return undefined;
}
