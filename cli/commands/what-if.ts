import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { deltaJson, tellDelta } from '../delta-report.ts';
import { readProposedChanges } from '../proposed-changes.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';

interface Options extends ScopeOptions {
  readonly limit: number;
  readonly deadline?: number;
}

const DEFAULT_LIMIT = 100;

export const whatIf = (): Command =>
  withScope(
    command({
      name: 'what-if',
      summary: 'Say who would gain and who would lose what by some changes. Nothing is changed.',
      examples: [
        ['what-if changes.json', 'a list of changes such as {"op":"REMOVE_EDGE","id":"e_…"}'],
        ['what-if - --reach ESCALATION', 'from standard input, counting take-overs'],
      ],
    }),
  )
    .argument('<file>', 'JSON: a list of changes, each with "op" and what it is about; - for standard input')
    .option('--limit <count>', 'at most so many rows of each list', wholeNumber(0, 10_000), DEFAULT_LIMIT)
    .option('--deadline <seconds>', 'tell what was found after so many seconds (default 30)', wholeNumber(1, 86_400))
    .action(action(run));

async function run(session: Session, options: Options, file: string): Promise<number> {
  const changes = await readProposedChanges(file);
  const deadline = options.deadline === undefined ? {} : { deadline: options.deadline * 1_000 };
  const delta = await withView(session, (view) =>
    view.whatIf({ changes, first: options.limit, ...deadline, ...scopeOf(options) }),
  );
  if (session.json) await session.terminal.json(deltaJson(delta));
  else await tellDelta(session.terminal, delta);
  return DONE;
}
