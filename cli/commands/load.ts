import type { Command } from 'commander';
import { type LoadReport, loaderFor, loaders } from '../../loaders/index.ts';
import { action, command, DONE } from '../command.ts';
import { applyLoaded, type LoadOutcome } from '../load-source.ts';
import { type Session, withEngine } from '../session.ts';
import { counted, type Terminal } from '../terminal.ts';
import { visible } from '../visible.ts';

interface Options {
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly mapping?: string;
  readonly namespace?: string;
  readonly roles?: string;
}

const formats = (): string => loaders.map(({ format, summary }) => `  ${format.padEnd(12)}${summary}`).join('\n');

export const load = (): Command =>
  command({
    name: 'load',
    summary: 'Read files of one source into the store, as one batch: all of it or nothing.',
    examples: [
      ['load graph estate.jsonl.gz', 'graph JSON Lines'],
      ['load csv people.csv grants.csv --mapping mapping.yaml --source hr', 'tables of your own'],
      ['load sharphound collection.zip', 'Active Directory'],
      ['load posix /', 'the machine that you sit at'],
      ['load kubernetes manifests/ --source cluster-a --dry-run', 'check everything, apply nothing'],
      ['generate --users 5000 | grantlens load graph - --source demo', 'from standard input'],
    ],
  })
    .argument('<format>', 'one of those below')
    .argument('<path...>', 'files or folders; - for standard input where the format can')
    .option('--source <name>', 'who vouches for what is read; a source loaded again replaces what it said before')
    .option('--mapping <file>', 'csv, opengraph: the file that says what the columns or the kinds mean')
    .option('--namespace <name>', 'kubernetes: where objects are that name no namespace (default: "default")')
    .option('--roles <file>', 'azurehound: role definitions of Azure, as `az role definition list` writes them')
    .option('--dry-run', 'check everything, also against the store, and apply nothing')
    .addHelpText('after', () => `\nFormats:\n${formats()}`)
    .action(action(run));

async function run(session: Session, options: Options, format: string, paths: readonly string[]): Promise<number> {
  const started = performance.now();
  const loader = loaderFor(format);
  const { source, mapping, namespace, roles, dryRun = false } = options;
  const loaded = await loader.load({
    paths,
    ...(source === undefined ? {} : { source }),
    options: { mapping, namespace, roles },
  });
  const outcome = await withEngine(session, 'write', (engine, signal) =>
    applyLoaded(engine, loaded, { stderr: session.terminal.stderr, signal, dryRun }),
  );
  const seconds = Math.round(performance.now() - started) / 1_000;
  if (session.json) await session.terminal.json({ ...shapeOf(outcome), seconds });
  else await tell(session.terminal, outcome, seconds, dryRun);
  return DONE;
}

const shapeOf = ({ applied, nodes, edges, report }: LoadOutcome) => ({
  version: applied.version,
  source: applied.source,
  nodes,
  edges,
  added: applied.added,
  changed: applied.changed,
  removed: applied.removed,
  unresolved: report.unresolved,
  skipped: report.skipped,
});

/** How many of a long list people are shown; `--json` has all. */
const SHOWN = 20;

async function tell(terminal: Terminal, outcome: LoadOutcome, seconds: number, dryRun: boolean): Promise<void> {
  const { applied, nodes, edges, report } = outcome;
  const read = `${counted(nodes, 'node')} and ${counted(edges, 'edge')} read from ${visible(applied.source)}`;
  const done = `${counted(applied.added, 'fact')} added, ${applied.changed.toLocaleString('en-US')} changed, ${applied.removed.toLocaleString('en-US')} removed`;
  const end = dryRun ? 'dry run: nothing was applied' : `version ${applied.version}`;
  await terminal.lines([`${read} in ${seconds.toFixed(1)} s`, `${done}; ${end}`]);
  tellLeftOut(terminal, report);
}

function tellLeftOut(terminal: Terminal, { unresolved, skipped }: LoadReport): void {
  tellSome(terminal, `${counted(unresolved.length, 'end')} that no file knows; the edges were left out:`, unresolved);
  const lines = skipped.map(({ where, why }) => `${where}: ${why}`);
  tellSome(terminal, `${counted(skipped.length, 'thing')} left aside:`, lines);
}

function tellSome(terminal: Terminal, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  terminal.note(title);
  for (const line of lines.slice(0, SHOWN)) terminal.note(`  ${visible(line)}`);
  if (lines.length > SHOWN) terminal.note(`  … and ${lines.length - SHOWN} more; --json lists all`);
}
