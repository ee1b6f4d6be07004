import type { Command } from 'commander';
import { action, command, DONE } from '../command.ts';
import { type Session, withEngine } from '../session.ts';

export const verify = (): Command =>
  command({
    name: 'verify',
    summary: 'Check every record and the journal of the store against their sums.',
    examples: [
      ['verify', 'says what is damaged, exit code 1'],
      ['verify --data /var/lib/grantlens --json', '{"version","intact"}'],
    ],
  }).action(action(run));

async function run(session: Session): Promise<number> {
  const { terminal } = session;
  const version = await withEngine(session, 'read', async (engine) => {
    await engine.verify();
    return engine.version;
  });
  await (session.json ? terminal.json({ version, intact: true }) : terminal.lines([`intact at version ${version}`]));
  return DONE;
}
