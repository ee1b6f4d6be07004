import type { Command } from 'commander';
import type { Engine } from '../../engine/index.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE, FAILED } from '../command.ts';
import { consequencesJson, tellConsequences } from '../rehearsal-report.ts';
import { type Consequences, consequencesSince, withRehearsal } from '../rehearsing.ts';
import { type Session, withEngine } from '../session.ts';
import { readSyncConfig, type SyncConfig } from '../sync-config.ts';
import { factCounts, partJson, tellPart } from '../sync-report.ts';
import { chosenParts, type PartOutcome, runParts } from '../sync-run.ts';
import { counted } from '../terminal.ts';

interface Options {
  readonly only?: readonly string[];
  readonly failFast?: boolean;
  readonly dryRun?: boolean;
  readonly limit: number;
  readonly wait: number;
}

export const sync = (): Command =>
  command({
    name: 'sync',
    summary: 'Load many sources, as a file says, and join people to their accounts in them.',
    examples: [
      ['sync estate.yaml', 'every source, then the joins'],
      ['sync estate.yaml --dry-run', 'what would change, and who would gain or lose access by all of it'],
      ['sync estate.yaml --only hr --only ad', 'two of its sources, and the joins that look at them'],
    ],
  })
    .argument('<config>', 'the file: docs/sync.md tells its form')
    .option('--only <name...>', 'only these sources and joins')
    .option('--fail-fast', 'stop at the first that fails; without it the others go on')
    .option('--dry-run', 'try all of it on a copy of the graph; apply nothing')
    .option('--wait <seconds>', 'wait so long while another process writes (default: not)', wholeNumber(0, 86_400), 0)
    .option('--limit <count>', 'with --dry-run: at most so many items of each list', wholeNumber(0, 10_000), 20)
    .action(action((session: Session, options: Options, file: string) => run(session, options, readSyncConfig(file))));

export const joinPeople = (): Command =>
  command({
    name: 'join',
    summary: 'Join people to their accounts anew, as the file of "sync" says, by what the store holds.',
    examples: [
      ['join estate.yaml', 'after a source was loaded by itself'],
      ['join estate.yaml --dry-run', 'who would gain or lose access by it'],
    ],
  })
    .argument('<config>', 'the file of "sync"; of its sources nothing is read')
    .option('--only <name...>', 'only these joins')
    .option('--fail-fast', 'stop at the first that fails')
    .option('--dry-run', 'try it on a copy of the graph; apply nothing')
    .option('--wait <seconds>', 'wait so long while another process writes (default: not)', wholeNumber(0, 86_400), 0)
    .option('--limit <count>', 'with --dry-run: at most so many items of each list', wholeNumber(0, 10_000), 20)
    .action(
      action((session: Session, options: Options, file: string) =>
        run(session, options, { sources: [], joins: readSyncConfig(file).joins }),
      ),
    );

interface Done {
  readonly outcomes: readonly PartOutcome[];
  readonly version: number;
  readonly consequences?: Consequences;
  readonly isFirst: boolean;
}

async function run(session: Session, options: Options, config: SyncConfig): Promise<number> {
  const parts = chosenParts(config, options.only ?? []);
  const started = performance.now();
  const done = options.dryRun === true ? await rehearse(session, options, parts) : await apply(session, options, parts);
  const seconds = Math.round(performance.now() - started) / 1_000;
  await (session.json ? session.terminal.json(shapeOf(done, seconds)) : tellEnd(session, options, done, seconds));
  return done.outcomes.some((outcome) => 'failed' in outcome) ? FAILED : DONE;
}

const apply = (session: Session, options: Options, parts: SyncConfig): Promise<Done> =>
  withEngine({ ...session, patience: options.wait * 1_000 }, 'write', async (engine, signal) => {
    const outcomes = await partsRun(session, options, engine, parts, signal, false);
    return { outcomes, version: engine.version, isFirst: false };
  });

const rehearse = (session: Session, options: Options, parts: SyncConfig): Promise<Done> =>
  withRehearsal(session, async ({ engine, version, isEmpty }, signal) => {
    const before = engine.version;
    const outcomes = await partsRun(session, options, engine, parts, signal, true);
    const consequences = await consequencesSince(engine, before, isEmpty ? 0 : options.limit, signal);
    return { outcomes, version, consequences, isFirst: isEmpty };
  });

function partsRun(
  { terminal, json }: Session,
  { failFast = false, wait }: Options,
  engine: Engine,
  parts: SyncConfig,
  signal: AbortSignal,
  tellTooMuch: boolean,
): Promise<readonly PartOutcome[]> {
  const onDone = async (outcome: PartOutcome) => (json ? undefined : tellPart(terminal, outcome));
  return runParts(engine, parts, {
    stderr: terminal.stderr,
    signal,
    failFast,
    tellTooMuch,
    patience: wait * 1_000,
    onDone,
  });
}

function shapeOf({ outcomes, version, consequences }: Done, seconds: number) {
  return {
    version,
    parts: outcomes.map(partJson),
    ...totalsOf(outcomes),
    ...(consequences === undefined ? {} : { dryRun: true, ...consequencesJson(consequences) }),
    seconds,
  };
}

function totalsOf(outcomes: readonly PartOutcome[]) {
  const totals = { added: 0, changed: 0, removed: 0, failed: 0 };
  for (const outcome of outcomes) {
    if ('failed' in outcome) totals.failed += 1;
    else {
      const { added, changed, removed } = 'joined' in outcome ? outcome.joined : outcome.loaded.applied;
      totals.added += added;
      totals.changed += changed;
      totals.removed += removed;
    }
  }
  return totals;
}

async function tellEnd(
  { terminal }: Session,
  { dryRun = false }: Options,
  { outcomes, version, consequences, isFirst }: Done,
  seconds: number,
): Promise<void> {
  const totals = totalsOf(outcomes);
  const end = dryRun ? 'dry run: nothing was applied' : `version ${version}`;
  const failed = totals.failed === 0 ? '' : `, ${totals.failed} failed`;
  const all = `${counted(outcomes.length, 'part')}${failed} in ${seconds.toFixed(1)} s`;
  await terminal.lines([`${all}; ${factCounts(totals)}; ${end}`]);
  if (consequences !== undefined) await tellConsequences(terminal, consequences, isFirst);
}
