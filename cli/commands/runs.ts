import { type Command, Option } from 'commander';
import { formatInstant, type Parameters, RUN_ANALYSES, type Run, type RunAnalysis } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { type RuleOptions, rulesOf, withRules } from '../analysis-rules.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE, NO } from '../command.ts';
import { UsageError } from '../failure.ts';
import { type Session, withEngine } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends RuleOptions {
  readonly parameters?: string;
  readonly deadline?: number;
  readonly limit: number;
}

const VERBS = ['list', 'start', 'show', 'cancel', 'diff', 'models'] as const;
type Verb = (typeof VERBS)[number];

const named = (analysis: RunAnalysis): string => analysis.toLowerCase().replaceAll('_', '-');

export const runs = (): Command =>
  withRules(
    command({
      name: 'runs',
      summary: 'Run analyses that are kept, list them, compare two of them.',
      examples: [
        ['runs', 'those that are kept, the newest first'],
        ['runs start findings', 'run it and keep the result; Ctrl-C ends it'],
        [`runs start privilege-hubs --parameters '{"minSensitivity":0.8}'`, 'with parameters'],
        ['runs show run-…', 'its parameters and the first items of its result'],
        ['runs models', 'models that runs have trained, and how far the graph has moved since'],
        ['runs diff run-… run-…', 'what the second found and the first did not, and the other way round'],
      ],
    }),
  )
    .argument('[what]', VERBS.join(', '), 'list')
    .argument('[names...]', `start: ${RUN_ANALYSES.map(named).join(' or ')}; show, cancel, diff: ids of runs`)
    .addOption(new Option('--parameters <json>', 'an object; those that are left out have defaults'))
    .option('--deadline <seconds>', 'after which it fails (default 600)', wholeNumber(1, 86_400))
    .option('--limit <count>', 'at most so many runs, or items', wholeNumber(1, 10_000), 20)
    .action(action(run));

async function run(session: Session, options: Options, what: string, names: readonly string[]): Promise<number> {
  if (!VERBS.includes(what as Verb))
    throw new UsageError(`There is no \`runs ${what}\`.`, `It is one of ${VERBS.join(', ')}.`);
  const asking = { ...session, rules: await rulesOf(options) };
  switch (what as Verb) {
    case 'list':
      return list(asking, options);
    case 'start':
      return start(asking, options, names[0]);
    case 'show':
      return show(asking, options, one(names, 0));
    case 'cancel':
      return cancel(asking, one(names, 0));
    case 'models':
      return models(asking);
    case 'diff':
      return diff(asking, options, one(names, 0), one(names, 1));
  }
}

function one(names: readonly string[], place: number): string {
  const name = names[place];
  if (name === undefined) throw new UsageError('The id of a run is missing.', '`grantlens runs` lists them.');
  return name;
}

async function list(session: Session, { limit: first }: Options): Promise<number> {
  await withEngine(session, 'read', async ({ runs }) => {
    const all = await runs.list({ first });
    if (session.json) return session.terminal.json(all.map(runJson));
    if (all.length > 0) {
      const columns = ['RUN', 'ANALYSIS', 'STATE', 'VERSION', 'BEGAN', 'TOOK', 'ITEMS'].map((title) => ({ title }));
      await session.terminal.table(columns, all.map(rowOf));
    }
    session.terminal.note(`${counted(all.length, 'run')} shown`);
  });
  return DONE;
}

const rowOf = (run: Run): string[] => [
  run.id,
  named(run.analysis),
  run.state,
  String(run.version),
  formatInstant(run.startedAt),
  run.endedAt === null ? '' : `${((run.endedAt - run.startedAt) / 1_000).toFixed(1)} s`,
  run.itemCount === null ? '' : run.itemCount.toLocaleString('en-US'),
];

async function models(session: Session): Promise<number> {
  await withEngine(session, 'read', async ({ runs }) => {
    const all = await runs.models();
    if (session.json) return session.terminal.json(all);
    if (all.length > 0) {
      const columns = ['MODEL', 'KIND', 'TRAINED', 'VERSION', 'FIGURES', 'MOVED SINCE'].map((title) => ({ title }));
      await session.terminal.table(
        columns,
        all.map((model) => [
          model.name,
          model.kind,
          formatInstant(model.trainedAt),
          String(model.trainedAtVersion),
          Object.entries(model.evaluation)
            .map(([name, figure]) => `${name} ${Number(figure.toPrecision(4))}`)
            .join(', '),
          model.drift.map(({ name, index, level }) => `${name} ${index.toFixed(3)} ${level}`).join(', '),
        ]),
      );
    }
    session.terminal.note(`${counted(all.length, 'model')} kept`);
  });
  return DONE;
}

/** Exit code 0 when it is done. */
async function start(session: Session, { parameters, deadline }: Options, name = ''): Promise<number> {
  const analysis = RUN_ANALYSES.find((each) => named(each) === name);
  if (analysis === undefined)
    throw new UsageError(
      `There is no analysis ${JSON.stringify(name)}.`,
      `It is one of ${RUN_ANALYSES.map(named).join(', ')}.`,
    );
  const request = {
    analysis,
    parameters: parametersOf(parameters),
    ...(deadline === undefined ? {} : { deadline: deadline * 1_000 }),
  };
  return withEngine(session, 'read', async ({ runs }, signal) => {
    let last = await runs.start(request);
    const stop = (): void => void runs.cancel(last.id).catch(() => {});
    signal.addEventListener('abort', stop, { once: true });
    const { onProgress, end } = analysisProgress();
    for await (const now of runs.watch(last.id)) {
      last = now;
      if (now.progress !== null) onProgress(now.progress);
    }
    end();
    await tell(session, last);
    return last.state === 'DONE' ? DONE : NO;
  });
}

function parametersOf(text: string | undefined): Parameters | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Parameters;
  } catch {
    // Told below.
  }
  throw new UsageError('--parameters is no JSON object.', `Such as --parameters '{"minSeverity":0.3}'.`);
}

async function show(session: Session, { limit }: Options, id: string): Promise<number> {
  await withEngine(session, 'read', async ({ runs }) => {
    const run = await runs.get(id);
    const { items } = run.state === 'DONE' ? await runs.items(id, 0, limit) : { items: [] };
    if (session.json) return session.terminal.json({ ...runJson(run), items });
    await tell(session, run);
    await session.terminal.lines(items.map((item) => JSON.stringify(item)));
    session.terminal.note(`${counted(items.length, 'item')} of ${(run.itemCount ?? 0).toLocaleString('en-US')} shown`);
  });
  return DONE;
}

async function cancel(session: Session, id: string): Promise<number> {
  await withEngine(session, 'read', async ({ runs }) => tell(session, await runs.cancel(id)));
  return DONE;
}

async function diff(session: Session, { limit }: Options, fromId: string, toId: string): Promise<number> {
  await withEngine(session, 'read', async ({ runs }) => {
    const { from, to, ...difference } = await runs.diff(fromId, toId, limit);
    if (session.json) return session.terminal.json({ from: from.id, to: to.id, ...difference });
    const { addedCount, removedCount, changedCount, added, removed, changed } = difference;
    await session.terminal.lines([
      ...added.map((item) => `+ ${JSON.stringify(item)}`),
      ...removed.map((item) => `- ${JSON.stringify(item)}`),
      ...changed.map(({ after }) => `~ ${JSON.stringify(after)}`),
    ]);
    session.terminal.note(`${addedCount} more, ${removedCount} gone, ${changedCount} told otherwise`);
  });
  return DONE;
}

async function tell(session: Session, run: Run): Promise<void> {
  if (session.json) return session.terminal.json(runJson(run));
  const failure = run.failure === null ? '' : `: ${run.failure.code}, ${run.failure.message}`;
  await session.terminal.lines([
    `${run.id}  ${named(run.analysis)}  ${run.state}${failure}`,
    `parameters ${JSON.stringify(run.parameters)}, version ${run.version}`,
    ...(run.digest === null ? [] : [`${counted(run.itemCount ?? 0, 'item')}, digest ${run.digest}`]),
  ]);
}

const runJson = ({ startedAt, endedAt, ...run }: Run) => ({
  ...run,
  startedAt: formatInstant(startedAt),
  endedAt: endedAt === null ? null : formatInstant(endedAt),
});
