import { type Command, Option } from 'commander';
import {
  CENTRALITY_MEASURES,
  type CentralityAnswer,
  type CentralityMeasure,
  IMPLEMENTATIONS,
  type Implementation,
  type Instant,
  NODE_KINDS,
  type NodeKind,
} from '../../engine/index.ts';
import { instantOf, kindOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Names, namesOf } from '../names.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options {
  readonly kind?: readonly NodeKind[];
  readonly limit: number;
  readonly at?: Instant;
  readonly implementation?: Implementation;
}

const DEFAULT_LIMIT = 20;
const MOST = 10_000;

export const centrality = (): Command =>
  command({
    name: 'centrality',
    summary: 'List the most central nodes: who much access goes to, through or from.',
    examples: [
      ['centrality pagerank --kind resource', 'the resources where most access ends up'],
      ['centrality betweenness --kind group --kind role', 'the groups and roles that most access goes through'],
      ['centrality entitlement --kind user --limit 50', 'the people who can reach the most resources'],
    ],
  })
    .argument('<measure>', `one of ${CENTRALITY_MEASURES.map((one) => one.toLowerCase()).join(', ')}`)
    .addOption(
      new Option('--kind <kind>', `${NODE_KINDS.join(', ')}; may be given several times`).argParser(
        (text: string, before: readonly NodeKind[] | undefined) => [...(before ?? []), kindOf(text)],
      ),
    )
    .option('--limit <count>', 'at most so many', wholeNumber(1, MOST), DEFAULT_LIMIT)
    .addOption(new Option('--at <instant>', 'as it is then, a day or an instant (default: now)').argParser(instantOf))
    .addOption(
      new Option('--implementation <name>', 'who computes it (default: the database if it can, else ours)').choices(
        IMPLEMENTATIONS,
      ),
    )
    .action(action(run));

async function run(session: Session, options: Options, measure: string): Promise<number> {
  const { kind: kinds, limit: first, at, implementation } = options;
  const question = { measure: measure.toUpperCase() as CentralityMeasure, kinds, first, at, implementation };
  await withView(session, async (view) => {
    const answer = await view.analysis.centrality(question);
    const names = await namesOf(
      view,
      answer.scores.map(({ id }) => id),
    );
    if (session.json) return session.terminal.json(shapeOf(answer, names));
    await tell(session, answer, names);
  });
  return DONE;
}

const shapeOf = (answer: CentralityAnswer, names: Names) => ({
  version: answer.version,
  measure: answer.measure,
  implementation: answer.implementation,
  because: answer.because,
  parameters: answer.parameters,
  count: answer.totalCount,
  errorMeans: answer.errorMeans ?? null,
  scores: answer.scores.map(({ rank, id, score, error }) => {
    const { kind, name } = names.get(id)!;
    return { rank, id, kind, name, score, error };
  }),
});

async function tell({ terminal }: Session, answer: CentralityAnswer, names: Names): Promise<void> {
  const number = { align: 'right' } as const;
  const estimated = answer.measure === 'BETWEENNESS' && answer.scores.some(({ error }) => error > 0);
  const columns = [
    { title: 'RANK', ...number },
    { title: 'SCORE', ...number },
    ...(estimated ? [{ title: 'OFF BY AT MOST', ...number }] : []),
    { title: 'KIND' },
    { title: 'ID' },
    { title: 'NAME' },
  ];
  const rows = answer.scores.map(({ rank, score, error, id }) => {
    const { kind, name } = names.get(id)!;
    return [String(rank), shown(score), ...(estimated ? [shown(error)] : []), kind, id, name];
  });
  if (rows.length > 0) await terminal.table(columns, rows);
  terminal.note(`${rows.length.toLocaleString('en-US')} of ${counted(answer.totalCount, 'node')} shown`);
  terminal.note(`computed by ${answer.implementation}: ${answer.because}`);
  if (estimated) terminal.note(answer.errorMeans ?? '');
}

/** Whole numbers as they are, others with four digits that count. */
const shown = (score: number): string =>
  Number.isInteger(score)
    ? score.toLocaleString('en-US')
    : Number(score.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 });
