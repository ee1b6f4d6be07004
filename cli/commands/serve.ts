import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Address, serveUntilStopped } from '../serving.ts';
import type { Session } from '../session.ts';

/** Options of an address, for all commands that serve. */
export const withAddress = (one: Command): Command =>
  one
    .option(
      '--host <address>',
      'address to listen on (default: this machine alone); there is no login, choose with care',
    )
    .option(
      '--host-name <name...>',
      'names that requests may give the server, localhost for all of this machine (default: those where it listens to this machine alone, else any)',
    )
    .option('--port <port>', 'port to listen on, 0 for any that is free (default 4000)', wholeNumber(0, 65_535));

export const serve = (): Command =>
  withAddress(
    command({
      name: 'serve',
      summary: 'Serve GraphQL over the store, and GraphiQL for browsers, until Ctrl-C. Follows what others load.',
      examples: [
        ['serve', 'http://127.0.0.1:4000/graphql'],
        ['serve --port 0 --json', 'any free port; prints {"url"} when ready'],
      ],
    }),
  ).action(action(run));

async function run(session: Session, address: Address): Promise<number> {
  const { terminal } = session;
  await serveUntilStopped(session, address, (url) =>
    session.json ? terminal.json({ url }) : terminal.lines([`Grantlens answers at ${url}/graphql (Ctrl-C ends it)`]),
  );
  return DONE;
}
