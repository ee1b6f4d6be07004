import type { Command } from 'commander';
import type { Engine } from '../../engine/index.ts';
import { LOAD_OPTIONS, type Loaded, type LoadReport, loaderFor, loaders } from '../../loaders/index.ts';
import { shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { accessCounts } from '../difference-report.ts';
import { applyLoaded, type LoadOutcome, MAX_WITHDRAWN } from '../load-source.ts';
import { consequencesJson, tellConsequences, tellTooMuch } from '../rehearsal-report.ts';
import { type Consequences, consequencesSince, withRehearsal } from '../rehearsing.ts';
import { type Session, withEngine } from '../session.ts';
import { counted, type Terminal } from '../terminal.ts';
import { visible } from '../visible.ts';

interface Options {
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly access: boolean;
  readonly showAccess?: boolean;
  readonly maxWithdrawn: number;
  readonly limit: number;
  readonly wait: number;
  readonly mapping?: string;
  readonly namespace?: string;
  readonly roles?: string;
}

function formats(): string {
  const width = Math.max(...loaders.map(({ format }) => format.length)) + 2;
  return loaders.map(({ format, summary }) => `  ${format.padEnd(width)}${summary}`).join('\n');
}

export function load(): Command {
  const made = command({
    name: 'load',
    summary: 'Read files of one source into the store, as one batch: all of it or nothing.',
    examples: [
      ['load graph estate.jsonl.gz', 'graph JSON Lines'],
      ['load csv people.csv grants.csv --mapping mapping.yaml --source hr', 'tables of your own'],
      ['load sharphound collection.zip', 'Active Directory'],
      ['load posix /', 'the machine that you sit at'],
      ['load kubernetes manifests/ --source cluster-a --dry-run', 'who would gain or lose access; apply nothing'],
      ['load ldif export.ldif --max-withdrawn 0.5', 'though up to half of the source may be gone'],
      ['load cloudtrail trail/', 'use: what was done, matched with what is loaded'],
      ['generate --users 5000 | grantlens load graph - --source demo', 'from standard input'],
    ],
  })
    .argument('<format>', 'one of those below')
    .argument('<path...>', 'files or folders; - for standard input where the format can')
    .option('--source <name>', 'who vouches for what is read; a source loaded again replaces what it said before');
  for (const { name, isPath, summary } of LOAD_OPTIONS) made.option(`--${name} <${isPath ? 'file' : 'name'}>`, summary);
  return made
    .option(
      '--max-withdrawn <share>',
      'stop where more than this share of what the source held would go; 1 allows all',
      shareOf,
      MAX_WITHDRAWN,
    )
    .option('--dry-run', 'try it on a copy: tell what would change and who would gain or lose access; apply nothing')
    .option('--no-access', 'with --dry-run: only count what would change, without a copy')
    .option('--show-access', 'after the load, count who gained and who lost access by it')
    .option('--wait <seconds>', 'wait so long while another process writes (default: not)', wholeNumber(0, 86_400), 0)
    .option('--limit <count>', 'with --dry-run: at most so many items of each list', wholeNumber(0, 10_000), 20)
    .addHelpText('after', () => `\nFormats:\n${formats()}`)
    .action(action(run));
}

/** What a load did, and what that means for access where it was asked. */
interface Done extends LoadOutcome {
  readonly consequences?: Consequences | undefined;
  readonly isFirst?: boolean;
}

async function run(session: Session, options: Options, format: string, paths: readonly string[]): Promise<number> {
  const started = performance.now();
  const loader = loaderFor(format);
  const { source, mapping, namespace, roles, dryRun = false } = options;
  const loaded = await loader.load({
    paths,
    ...(source === undefined ? {} : { source }),
    options: { mapping, namespace, roles },
  });
  const done =
    dryRun && options.access ? await rehearse(session, options, loaded) : await apply(session, options, loaded);
  const seconds = Math.round(performance.now() - started) / 1_000;
  if (session.json) await session.terminal.json({ ...shapeOf(done), ...(dryRun ? { dryRun } : {}), seconds });
  else await tell(session.terminal, done, seconds, dryRun);
  return DONE;
}

const apply = (session: Session, options: Options, loaded: Loaded): Promise<Done> =>
  withEngine(
    { ...session, command: `load ${loaded.source}`, patience: options.wait * 1_000 },
    'write',
    async (engine, signal) => {
      const { dryRun = false, maxWithdrawn, showAccess = false } = options;
      const before = engine.version;
      const { stderr } = session.terminal;
      const outcome = await applyLoaded(engine, loaded, {
        stderr,
        signal,
        dryRun,
        maxWithdrawn,
        patience: options.wait * 1_000,
      });
      return showAccess && !dryRun ? { ...outcome, consequences: await countsSince(engine, before, signal) } : outcome;
    },
  );

const countsSince = (engine: Engine, before: number, signal: AbortSignal): Promise<Consequences> =>
  consequencesSince(engine, before, 0, signal);

const rehearse = (session: Session, { maxWithdrawn, limit }: Options, loaded: Loaded): Promise<Done> =>
  withRehearsal(session, async ({ engine, version, isEmpty }, signal) => {
    const before = engine.version;
    const { stderr } = session.terminal;
    const outcome = await applyLoaded(engine, loaded, { stderr, signal, maxWithdrawn, tellTooMuch: true });
    const consequences = await consequencesSince(engine, before, isEmpty ? 0 : limit, signal);
    return { ...outcome, applied: { ...outcome.applied, version }, consequences, isFirst: isEmpty };
  });

const shapeOf = ({ applied, nodes, edges, uses, report, consequences }: Done) => ({
  version: applied.version,
  source: applied.source,
  nodes,
  edges,
  uses,
  added: applied.added,
  changed: applied.changed,
  removed: applied.removed,
  unresolved: report.unresolved,
  skipped: report.skipped,
  ...(applied.tooMuch === undefined ? {} : { tooMuch: applied.tooMuch }),
  ...(consequences === undefined ? {} : consequencesJson(consequences)),
});

/** How many of a long list people are shown; `--json` has all. */
const SHOWN = 20;

async function tell(terminal: Terminal, done: Done, seconds: number, dryRun: boolean): Promise<void> {
  const { applied, nodes, edges, uses, report, consequences, isFirst = false } = done;
  const used = uses === 0 ? '' : `, ${counted(uses, 'use')}`;
  const read = `${counted(nodes, 'node')} and ${counted(edges, 'edge')}${used} read from ${visible(applied.source)}`;
  const facts = `${counted(applied.added, 'fact')} added, ${applied.changed.toLocaleString('en-US')} changed, ${applied.removed.toLocaleString('en-US')} removed`;
  const end = dryRun ? 'dry run: nothing was applied' : `version ${applied.version}`;
  await terminal.lines([`${read} in ${seconds.toFixed(1)} s`, `${facts}; ${end}`]);
  tellLeftOut(terminal, report);
  if (consequences !== undefined && dryRun) await tellConsequences(terminal, consequences, isFirst);
  else if (consequences !== undefined) await terminal.lines([accessCounts(consequences.access)]);
  tellTooMuch(terminal, applied.tooMuch);
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
