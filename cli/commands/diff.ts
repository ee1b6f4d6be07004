import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { AccessDelta, Engine, GraphDiff } from '../../engine/index.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { accessDiffJson, graphDiffJson, tellAccessDiff, tellGraphDiff } from '../difference-report.ts';
import { UsageError } from '../failure.ts';
import { type ScopeOptions, scopeOf, withReachAndTime } from '../question-options.ts';
import { type Session, withEngine } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { withTwoFiles } from '../two-files.ts';
import { visible } from '../visible.ts';

interface Options extends Omit<ScopeOptions, 'version'> {
  readonly identity?: readonly string[];
  readonly resource?: readonly string[];
  readonly minSensitivity?: number;
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;
const MOST_ROWS = 10_000;

export const diff = (): Command =>
  withReachAndTime(
    command({
      name: 'diff',
      summary: 'Say what differs between two versions, or two exports: nodes, edges, and who gains and who loses what.',
      examples: [
        ['diff 3 7', 'from version 3 of the store to version 7'],
        ['diff 3 7 --resource folder:/finance --identity user:ada.okafor.12', 'her accesses in that folder'],
        ['diff before.jsonl after.jsonl.gz', 'two files of graph JSON Lines; no store is needed'],
      ],
    }),
  )
    .argument('<from>', 'a version of the store, or a file of graph JSON Lines')
    .argument('<to>', 'another one')
    .option('--identity <id...>', 'only accesses of these users and service accounts')
    .option('--resource <id...>', 'only accesses to these resources and to what they contain')
    .addOption(
      new Option(
        '--min-sensitivity <share>',
        'only accesses to resources that are at least so sensitive, 0 to 1',
      ).argParser(Number),
    )
    .option('--limit <count>', 'at most so many items of each list', wholeNumber(0, MOST_ROWS), DEFAULT_LIMIT)
    .action(action(run));

const VERSION = /^\d{1,15}$/;

async function run(session: Session, options: Options, from: string, to: string): Promise<number> {
  const [isVersion, isOther] = [from, to].map((text) => VERSION.test(text) && !existsSync(text));
  if (isVersion !== isOther)
    throw new UsageError(
      `${visible(from)} and ${visible(to)} are not two of a kind.`,
      'Give two versions of the store, or two files.',
    );
  const compare = (engine: Engine, fromVersion: number, toVersion: number, signal: AbortSignal) =>
    told(session, options, engine, { fromVersion, toVersion, signal });
  if (isVersion) await withEngine(session, 'read', (engine, signal) => compare(engine, +from, +to, signal));
  else
    await withTwoFiles(session.terminal, [from, to], (engine, [before, after], signal) =>
      compare(engine, before, after, signal),
    );
  return DONE;
}

interface Versions {
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly signal: AbortSignal;
}

async function told(
  { json, terminal }: Session,
  options: Options,
  engine: Engine,
  { signal, ...versions }: Versions,
): Promise<void> {
  const { identity: identities, resource: resources, minSensitivity, limit: first } = options;
  const scope = { identities, resources, minSensitivity };
  const graph = await engine.graphDiff({ ...versions, first });
  const deadline = Number.MAX_SAFE_INTEGER;
  const access = await engine.accessDiff({ ...versions, scope, ...scopeOf(options), first, deadline, signal });
  await (json ? terminal.json(shapeOf(graph, access)) : tell(terminal, graph, access));
}

const shapeOf = (graph: GraphDiff, access: AccessDelta) => ({
  fromVersion: graph.fromVersion,
  toVersion: graph.toVersion,
  ...graphDiffJson(graph),
  access: accessDiffJson(access),
});

async function tell(terminal: Terminal, graph: GraphDiff, access: AccessDelta): Promise<void> {
  await tellGraphDiff(terminal, graph);
  await tellAccessDiff(terminal, access);
}
