import type { Command } from 'commander';
import { generateLines, plantedProblems } from '../../engine/index.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { writeLines } from '../output.ts';
import type { Session } from '../session.ts';

interface Options {
  readonly users: number;
  readonly seed: number;
  readonly out?: string;
  readonly planted?: string;
}

export const generate = (): Command =>
  command({
    name: 'generate',
    summary: 'Write the graph of a made-up company of any size; the same size and seed give the same bytes.',
    examples: [
      ['generate --users 5000 --out company.jsonl.gz', 'a company of 5,000 people'],
      ['generate --users 100000 --seed 7 | grantlens load graph - --source estate', 'another, straight into the store'],
      [
        'generate --users 5000 --out company.jsonl --planted problems.jsonl',
        'with the list of problems that are in it',
      ],
    ],
  })
    .requiredOption('--users <count>', 'how many people', wholeNumber(1, 100_000_000))
    .option(
      '--seed <number>',
      'another number, another company',
      wholeNumber(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option('--out <file>', 'write here instead of stdout; compressed by its name (.gz, .zst)')
    .option('--planted <file>', 'write here which problems are in it, as JSON Lines of {"kind","ids"}')
    .action(action(run));

async function run({ terminal }: Session, { users, seed, out, planted }: Options): Promise<number> {
  const options = { users, seed };
  if (planted !== undefined) await writeLines(terminal, planted, jsonOf(plantedProblems(options)));
  await writeLines(terminal, out, generateLines(options));
  return DONE;
}

function* jsonOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield JSON.stringify(value);
}
