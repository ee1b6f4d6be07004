import { type Command, Option } from 'commander';
import type { NodeKind } from '../../engine/index.ts';
import { firstOf } from '../all-pages.ts';
import { kindOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { tellRest } from '../listing.ts';
import { entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';

interface Options {
  readonly kind?: readonly NodeKind[];
  readonly limit: number;
}

const DEFAULT_LIMIT = 20;

export const search = (): Command =>
  command({
    name: 'search',
    summary: 'Find nodes by words in their ids, names and attributes.',
    examples: [
      ['search ada okafor', 'every word must occur; letter case does not matter'],
      ['search payroll --kind role --kind group --limit 50', 'roles and groups alone'],
    ],
  })
    .argument('<text...>', 'words')
    .addOption(
      new Option(
        '--kind <kind>',
        'User, ServiceAccount, Group, Role or Resource; may be given several times',
      ).argParser((text: string, before: readonly NodeKind[] | undefined) => [...(before ?? []), kindOf(text)]),
    )
    .option('--limit <count>', 'at most so many', wholeNumber(1, Number.MAX_SAFE_INTEGER), DEFAULT_LIMIT)
    .action(action(run));

async function run(session: Session, options: Options, words: readonly string[]): Promise<number> {
  const question = { text: words.join(' '), ...(options.kind && { kinds: options.kind }) };
  const { terminal } = session;
  const listed = await withView(session, (view) =>
    firstOf(options.limit, (page) => view.search({ ...question, ...page })),
  );
  const { version, totalCount, complete, items } = listed;
  if (session.json) {
    await terminal.json({ version, count: totalCount, complete, entities: items.map(entityJson) });
    return DONE;
  }
  const columns = [{ title: 'KIND' }, { title: 'ID' }, { title: 'NAME' }, { title: 'SOURCES' }];
  const rows = items.map(({ kind, id, name, sources }) => [kind, id, name, sources.join(', ')]);
  if (rows.length > 0) await terminal.table(columns, rows);
  tellRest(terminal, listed, 'node', 'nodes');
  return DONE;
}
