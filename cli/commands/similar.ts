import type { Command } from 'commander';
import { analysisProgress } from '../analysis-progress.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { nameOf, namesOf } from '../names.ts';
import { type VersionOptions, withVersion } from '../question-options.ts';
import { entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends VersionOptions {
  readonly limit: number;
  readonly includeDisabled?: boolean;
  readonly seed?: number;
}

export const similar = (): Command =>
  withVersion(
    command({
      name: 'similar',
      summary: 'List the nodes of the same kind that stand most like one in the graph of access.',
      examples: [
        ['similar user:ada', 'people with much the same access, and what they share'],
        ['similar role:payroll --limit 5', 'roles like it'],
      ],
    }),
  )
    .argument('<id>', 'an identity, a group, a role or a resource')
    .option('--include-disabled', 'compare with disabled identities too')
    .option(
      '--seed <number>',
      'a whole number (default 1)',
      wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .option('--limit <count>', 'at most so many', wholeNumber(1, 1_000), 20)
    .action(action(run));

async function run(session: Session, options: Options, id: string): Promise<number> {
  const { version, limit: first, includeDisabled, seed } = options;
  const { terminal } = session;
  await withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const answer = await view.analysis.similar(id, { first, includeDisabled, seed, onProgress, signal }).finally(end);
      const names = await namesOf(view, [id, ...answer.similar.flatMap((one) => [one.id, ...one.shared])]);
      if (session.json) {
        const nodes = answer.similar.map(({ id: other, kind: _, shared, ...rest }) => ({
          entity: entityJson(names.get(other)!),
          ...rest,
          shared: shared.map((one) => entityJson(names.get(one)!)),
        }));
        const { similar: _, ...rest } = answer;
        return terminal.json({ ...rest, nodes });
      }
      if (answer.because !== undefined)
        return terminal.note(`Nothing is like ${nameOf(names, id)}: ${answer.because}.`);
      await terminal.table(
        [
          { title: 'LIKENESS', align: 'right' },
          { title: 'ID' },
          { title: 'NAME' },
          { title: 'SHARED', align: 'right' },
          { title: 'OF', align: 'right' },
          { title: 'AMONG THEM' },
        ],
        answer.similar.map((one) => [
          one.likeness.toFixed(3),
          one.id,
          nameOf(names, one.id),
          String(one.sharedCount),
          String(one.eitherCount),
          one.shared
            .slice(0, 2)
            .map((node) => nameOf(names, node))
            .join(', '),
        ]),
      );
      terminal.note(
        `${counted(answer.similar.length, 'node')} shown, of ${answer.compared.toLocaleString('en-US')} that were compared`,
      );
    },
    version === undefined ? {} : { version },
  );
  return DONE;
}
