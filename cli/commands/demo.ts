import type { Command } from 'commander';
import { GrantlensError } from '../../engine/index.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { demoQuestions } from '../demo-questions.ts';
import { loadEstate } from '../load-estate.ts';
import { type Address, serveUntilStopped } from '../serving.ts';
import { type Session, withEngine } from '../session.ts';
import { withAddress } from './serve.ts';

interface Options extends Address {
  readonly users: number;
}

const SEED = 1;

export const demo = (): Command =>
  withAddress(
    command({
      name: 'demo',
      summary: 'Serve the store; if nothing was loaded into it yet, load a made-up company first.',
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
  const estate = { users, seed: SEED };
  if (await isEmpty(session)) await loadEstate(session, estate);
  await serveUntilStopped(session, address, async (url, engine) => {
    if (session.json) return terminal.json({ url });
    const questions = await demoQuestions(engine, estate, session.asArgument);
    return terminal.lines([`Grantlens answers at ${url}/graphql (Ctrl-C ends it)`, ...questions]);
  });
  return DONE;
}

/** There is no store, or nothing was ever loaded into it. */
async function isEmpty(session: Session): Promise<boolean> {
  try {
    return await withEngine(session, 'read', async ({ version }) => version === 0);
  } catch (error) {
    if (error instanceof GrantlensError && error.code === 'STORE_NOT_FOUND') return true;
    throw error;
  }
}
