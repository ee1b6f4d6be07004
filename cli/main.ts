/** The `grantlens` command. */
import { CommanderError } from 'commander';
import { FAILED } from './command.ts';
import { failureLines } from './failure.ts';
import { program } from './program.ts';
import { endWithReader } from './terminal.ts';

endWithReader();
try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = error instanceof CommanderError ? error.exitCode : FAILED;
  if (!(error instanceof CommanderError)) tell(error);
}

function tell(error: unknown): void {
  process.stderr.write(`${failureLines(error).join('\n')}\n`);
  if (process.env['GRANTLENS_DEBUG'] !== undefined) process.stderr.write(`${(error as Error).stack}\n`);
}
