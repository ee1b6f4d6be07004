import type { Command } from 'commander';
import { GrantlensError } from '../../engine/index.ts';
import { type RuleOptions, rulesOf, withRules } from '../analysis-rules.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Address, serveUntilStopped } from '../serving.ts';
import { type Session, withEngine } from '../session.ts';

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
    .option(
      '--allow-changes',
      'take mutations: runs of analyses, findings that are let be (default: where it listens to this machine alone)',
    )
    .option('--port <port>', 'port to listen on, 0 for any that is free (default 4000)', wholeNumber(0, 65_535));

export const serve = (): Command =>
  withRules(
    withAddress(
      command({
        name: 'serve',
        summary: 'Serve GraphQL over the store, and GraphiQL for browsers, until Ctrl-C. Follows what others load.',
        examples: [
          ['serve', 'http://127.0.0.1:4000/graphql'],
          ['serve --port 0 --json', 'any free port; prints {"url"} when ready'],
        ],
      }),
    ),
  )
    .option('--create', 'make the store where there is none, to serve what is loaded into it later')
    .action(action(run));

interface Options extends Address, RuleOptions {
  readonly create?: true;
}

async function run(given: Session, { create, sensitivity, sod, ...address }: Options): Promise<number> {
  const session = { ...given, rules: await rulesOf({ ...(sensitivity && { sensitivity }), ...(sod && { sod }) }) };
  const { terminal } = session;
  if (create) await makeStore(session);
  await serveUntilStopped(session, address, (url) =>
    session.json ? terminal.json({ url }) : terminal.lines([`Grantlens answers at ${url}/graphql (Ctrl-C ends it)`]),
  );
  return DONE;
}

/** Opens it for writing only where there is none: one that is there may have its writer. */
async function makeStore(session: Session): Promise<void> {
  try {
    await withEngine(session, 'read', async () => {});
  } catch (error) {
    if (!(error instanceof GrantlensError && error.code === 'STORE_NOT_FOUND')) throw error;
    await withEngine(session, 'write', async () => {});
  }
}
