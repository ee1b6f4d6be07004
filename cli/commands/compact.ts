import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Session, withEngine } from '../session.ts';

interface Options {
  readonly keepVersions?: number;
}

export const compact = (): Command =>
  command({
    name: 'compact',
    summary: 'Drop old versions from the journal and give unused space back.',
    examples: [
      ['compact', 'keeps as many versions as the store does by itself'],
      ['compact --keep-versions 30', 'the newest thirty stay readable'],
    ],
  })
    .option('--keep-versions <count>', 'how many of the newest versions stay readable', wholeNumber(1, 1_000_000_000))
    .action(action(run));

async function run(session: Session, { keepVersions }: Options): Promise<number> {
  const { terminal } = session;
  const version = await withEngine(session, 'write', async (engine) => {
    await engine.compact(keepVersions === undefined ? {} : { keepVersions });
    return engine.version;
  });
  await (session.json ? terminal.json({ version }) : terminal.lines([`compacted at version ${version}`]));
  return DONE;
}
