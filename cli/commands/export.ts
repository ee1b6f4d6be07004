import { type Command, Option } from 'commander';
import { action, command, DONE } from '../command.ts';
import { writeLines } from '../output.ts';
import { type Session, withView } from '../session.ts';

interface Options {
  readonly out?: string;
}

export const exportGraph = (): Command =>
  command({
    name: 'export',
    summary: 'Write the whole graph, sorted: equal graphs give equal bytes.',
    examples: [
      ['export > estate.jsonl', 'graph JSON Lines on stdout'],
      ['export --format graph --out estate.jsonl.zst', 'into a file, compressed by its name (.gz, .zst)'],
    ],
  })
    .addOption(new Option('--format <format>', 'form of the output').choices(['graph']).default('graph'))
    .option('--out <file>', 'write here instead of stdout')
    .action(action(run));

async function run(session: Session, { out }: Options): Promise<number> {
  await withView(session, (view) => writeLines(session.terminal, out, view.exportLines()));
  return DONE;
}
