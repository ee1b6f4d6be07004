import { existsSync, readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { demoQuestions } from '../demo-questions.ts';
import { loadEstate } from '../load-estate.ts';
import { type Address, serveUntilStopped } from '../serving.ts';
import type { Session } from '../session.ts';
import { withAddress } from './serve.ts';

interface Options extends Address {
  readonly users: number;
}

const SEED = 1;

export const demo = (): Command =>
  withAddress(
    command({
      name: 'demo',
      summary: 'Serve the store; if its folder is empty, load a made-up company first.',
      examples: [
        ['demo', 'what npm start runs: 5,000 people, http://127.0.0.1:4000/graphql'],
        ['demo --users 500 --data /tmp/try', 'a smaller company somewhere else'],
      ],
    }),
  )
    .option('--users <count>', 'how many people the made-up company has', wholeNumber(1, 1_000_000), 5_000)
    .action(action(run));

async function run(session: Session, { users, ...address }: Options): Promise<number> {
  const { terminal } = session;
  const fresh = isEmpty(session.data);
  if (fresh) await loadEstate(session, { users, seed: SEED });
  const questions = fresh ? demoQuestions({ users, seed: SEED }, session.data) : [];
  await serveUntilStopped(session, address, (url) =>
    session.json
      ? terminal.json({ url })
      : terminal.lines([`Grantlens answers at ${url}/graphql (Ctrl-C ends it)`, ...questions]),
  );
  return DONE;
}

const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;
