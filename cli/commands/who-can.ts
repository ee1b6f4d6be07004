import type { Command } from 'commander';
import type { AccessRow, Decision } from '../../engine/index.ts';
import { firstOf, type Listed } from '../all-pages.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { tellRest } from '../listing.ts';
import { type Names, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';

interface Options extends ScopeOptions {
  readonly includeDisabled?: boolean;
  readonly limit?: number;
}

export const whoCan = (): Command =>
  withScope(
    command({
      name: 'who-can',
      summary: 'List the identities that can do an action on a resource.',
      examples: [
        ['who-can release app:payments/payments', 'everyone who can release payments'],
        ['who-can sudo host:ams-c1-h7 --reach ESCALATION', 'also by taking over accounts, groups or roles'],
        ['who-can read folder:/legal --include-disabled', 'disabled accounts too'],
      ],
    }),
  )
    .argument('<action>', 'one action, in the words of its source')
    .argument('<resource>', 'id of a resource')
    .option('--include-disabled', 'list disabled identities too')
    .option('--limit <count>', 'at most so many rows (default: all)', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(action(run));

async function run(session: Session, options: Options, act: string, resource: string): Promise<number> {
  const question = { action: act, resource, ...scopeOf(options), includeDisabled: options.includeDisabled === true };
  await withView(
    session,
    async (view) => {
      const listed = await firstOf(options.limit ?? Number.MAX_SAFE_INTEGER, (page) =>
        view.whoCan({ ...question, ...page }),
      );
      if (session.json) return session.terminal.json(shapeOf(listed));
      await tell(
        session,
        listed,
        await namesOf(
          view,
          listed.items.map((row) => row.identity),
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
  identities: items.map(({ identity, decision }) => ({ id: identity, decision })),
});

async function tell({ terminal }: Session, listed: Listed<AccessRow>, names: Names): Promise<void> {
  const decision = (padded: string, cell: string) => terminal.colour.decision(cell as Decision, padded);
  const columns = [
    { title: 'DECISION', paint: decision },
    { title: 'IDENTITY' },
    { title: 'NAME' },
    { title: 'ABOUT' },
  ];
  const rows = listed.items.map(({ identity, decision: rank }) => {
    const { name = '', attributes = {} } = names.get(identity) ?? {};
    const about = [attributes['title'], attributes['department'], attributes['purpose']];
    return [rank, identity, name, about.filter((part) => typeof part === 'string').join(', ')];
  });
  if (rows.length > 0) await terminal.table(columns, rows);
  tellRest(terminal, listed, 'identity', 'identities');
}
