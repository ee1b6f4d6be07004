/** The `grantlens` command. */
import { CommanderError } from 'commander';
import { FAILED } from './command.ts';
import { failureLines } from './failure.ts';
import { Interrupted, listenToSignals } from './interruption.ts';
import { program } from './program.ts';
import { endWithReader } from './terminal.ts';

endWithReader();
listenToSignals();
try {
  await program().parseAsync(process.argv);
} catch (error) {
  const told = error instanceof CommanderError || error instanceof Interrupted;
  process.exitCode = told ? error.exitCode : FAILED;
  if (!told) tell(error);
}

function tell(error: unknown): void {
  process.stderr.write(`${failureLines(error).join('\n')}\n`);
  if (process.env['GRANTLENS_DEBUG'] !== undefined) process.stderr.write(`${(error as Error).stack}\n`);
}
