import type { Command } from 'commander';
import type { AccessRow, Decision } from '../../engine/index.ts';
import { firstOf, type Listed } from '../all-pages.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { tellRest } from '../listing.ts';
import { type Names, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';
import { patternsCell } from '../table.ts';

interface Options extends ScopeOptions {
  readonly action?: string;
  readonly expand: boolean;
  readonly limit?: number;
}

export const access = (): Command =>
  withScope(
    command({
      name: 'access',
      summary: 'List what an identity can do: resources and action patterns.',
      examples: [
        ['access user:ada.okafor.12', 'everything'],
        ['access user:ada.okafor.12 --action write --limit 20', 'the first twenty resources that can be written'],
        ['access user:ada.okafor.12 --no-expand', 'only the resources that grants name'],
      ],
    }),
  )
    .argument('<identity>', 'id of a user or service account')
    .option('--action <action>', 'only what allows this one action')
    .option('--no-expand', 'leave out what the granted resources contain')
    .option('--limit <count>', 'at most so many rows (default: all)', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(action(run));

async function run(session: Session, options: Options, identity: string): Promise<number> {
  const question = {
    identity,
    ...scopeOf(options),
    expand: options.expand,
    ...(options.action && { action: options.action }),
  };
  await withView(
    session,
    async (view) => {
      const listed = await firstOf(options.limit ?? Number.MAX_SAFE_INTEGER, (page) =>
        view.accessOf({ ...question, ...page }),
      );
      if (session.json) return session.terminal.json(shapeOf(listed));
      await tell(
        session,
        listed,
        await namesOf(
          view,
          listed.items.map((row) => row.resource),
        ),
      );
    },
    options,
  );
  return DONE;
}

const shapeOf = ({ version, complete, items }: Listed<AccessRow>) => ({
  version,
  complete,
  accesses: items.map(({ resource, actions, exceptions, decision }) => ({ resource, actions, exceptions, decision })),
});

async function tell({ terminal }: Session, listed: Listed<AccessRow>, names: Names): Promise<void> {
  const decision = (padded: string, cell: string) => terminal.colour.decision(cell as Decision, padded);
  const columns = [
    { title: 'DECISION', paint: decision },
    { title: 'RESOURCE' },
    { title: 'NAME' },
    { title: 'ACTIONS' },
  ];
  const rows = listed.items.map((row) => [
    row.decision,
    row.resource,
    names.get(row.resource)?.name ?? '',
    patternsCell(row.actions, row.exceptions),
  ]);
  if (rows.length > 0) await terminal.table(columns, rows);
  tellRest(terminal, listed, 'access', 'accesses');
}
