import { type Command, Option } from 'commander';
import { FINDING_KINDS, type FindingKind, type FindingsPage, formatInstant, type Instant } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { type RuleOptions, rulesOf, withRules } from '../analysis-rules.ts';
import { findingKindOf, instantOf, shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { type Names, namesOf } from '../names.ts';
import { type VersionOptions, withVersion } from '../question-options.ts';
import { changeOfRemedyJson, edgeJson, entityJson } from '../record-json.ts';
import { type Session, withEngine, withView } from '../session.ts';
import { counted } from '../terminal.ts';
import { visible } from '../visible.ts';

interface Options extends VersionOptions, RuleOptions {
  readonly kind?: readonly FindingKind[];
  readonly minSeverity?: number;
  readonly staleAfter?: number;
  readonly at?: Instant;
  readonly limit: number;
  readonly dismissed?: true;
  readonly dismiss?: string;
  readonly reason?: string;
  readonly until?: Instant;
  readonly restore?: string;
}

const MOST = 10_000;

export const findings = (): Command =>
  withRules(
    withVersion(
      command({
        name: 'findings',
        summary: 'List what is wrong: what shows it, and what would put it right.',
        examples: [
          ['findings', 'the twenty severest'],
          [
            'findings --kind redundant-grant --kind duplicate-role --limit 100',
            'what can go without anybody losing anything',
          ],
          [
            'findings --dismiss finding:… --reason "agreed with the owner" --until 2027-01-01',
            'let one be for a while',
          ],
        ],
      }),
    ),
  )
    .addOption(
      new Option('--kind <kind>', `${FINDING_KINDS.join(', ')}; may be given several times`).argParser(
        (text: string, before: readonly FindingKind[] | undefined) => [...(before ?? []), findingKindOf(text)],
      ),
    )
    .option('--min-severity <share>', 'from 0 to 1', shareOf)
    .option('--stale-after <days>', 'without a known use (default 90)', wholeNumber(1, 3_650))
    .addOption(new Option('--at <instant>', 'as of then, a day or an instant (default: now)').argParser(instantOf))
    .option('--limit <count>', 'at most so many', wholeNumber(1, MOST), 20)
    .option('--dismissed', 'those that are dismissed, and only those')
    .addOption(new Option('--dismiss <id>', 'let a finding be; needs --reason').conflicts(['restore', 'dismissed']))
    .option('--reason <text>', 'why it is dismissed')
    .addOption(new Option('--until <instant>', 'when it is told again (default: never)').argParser(instantOf))
    .option('--restore <id>', 'tell a dismissed finding again')
    .action(action(run));

async function run(session: Session, options: Options): Promise<number> {
  const asking = { ...session, rules: await rulesOf(options) };
  if (options.dismiss !== undefined) await dismiss(asking, options.dismiss, options);
  else if (options.restore !== undefined) await restore(asking, options.restore);
  else await list(asking, options);
  return DONE;
}

async function dismiss(
  session: Session,
  id: string,
  { reason = '', until = null }: Omit<Options, 'until'> & { readonly until?: Instant | null },
) {
  await withEngine(session, 'read', async (engine) => {
    const { title, dismissal } = await engine.dismissFinding(id, reason, until);
    if (session.json) return session.terminal.json({ id, dismissal: dismissalJson(dismissal) });
    session.terminal.note(`Dismissed: ${visible(title)}.`);
  });
}

async function restore(session: Session, id: string): Promise<void> {
  await withEngine(session, 'read', async (engine) => {
    await engine.restoreFinding(id);
    if (session.json) return session.terminal.json({ id });
    session.terminal.note('It is told again.');
  });
}

async function list(session: Session, options: Options): Promise<void> {
  const { version, kind: kinds, minSeverity, staleAfter: staleAfterDays, at, limit: first, dismissed } = options;
  const question = { kinds, minSeverity, staleAfterDays, at, first, dismissed };
  await withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const page = await view.analysis.findings({ ...question, onProgress, signal }).finally(end);
      if (!session.json) return tell(session, page);
      const edges = page.items.flatMap((item) => item.edges);
      const named = [...page.items.flatMap(({ entities }) => entities), ...edges.flatMap(({ from, to }) => [from, to])];
      await session.terminal.json(shapeOf(page, await namesOf(view, named)));
    },
    version === undefined ? {} : { version },
  );
}

const shapeOf = ({ version, totalCount, complete, notes, items }: FindingsPage, names: Names) => ({
  version,
  totalCount,
  complete,
  notes,
  findings: items.map(({ entities, edges, remedy, dismissal, ...finding }) => ({
    ...finding,
    entities: entities.map((id) => entityJson(names.get(id)!)),
    edges: edges.map((edge) => edgeJson(edge, names)),
    remedy: remedy.map(changeOfRemedyJson),
    dismissal: dismissalJson(dismissal),
  })),
});

const dismissalJson = (dismissal: FindingsPage['items'][number]['dismissal']) =>
  dismissal && {
    reason: dismissal.reason,
    dismissedAt: formatInstant(dismissal.dismissedAt),
    until: dismissal.until === null ? null : formatInstant(dismissal.until),
  };

async function tell({ terminal }: Session, page: FindingsPage): Promise<void> {
  const lines = page.items.flatMap(({ id, kind, severity, title, rationale, remedy, remedyEffect, dismissal }) => [
    `${terminal.colour.bold(`${severity.toFixed(2)}  ${kind}`)}  ${visible(title)}`,
    `      ${visible(rationale)}`,
    `      ${remedyWords(remedy.length, remedyEffect)}  ${terminal.colour.faint(id)}`,
    ...(dismissal === null ? [] : [`      dismissed: ${visible(dismissal.reason)}`]),
  ]);
  await terminal.lines(lines);
  terminal.note(`${counted(page.items.length, 'finding')} of ${page.totalCount.toLocaleString('en-US')} shown`);
  for (const note of page.notes) terminal.note(note);
}

function remedyWords(changes: number, effect: FindingsPage['items'][number]['remedyEffect']): string {
  if (changes === 0) return 'needs somebody to decide';
  return `${counted(changes, 'change')} would put it right; ${effect === 'NOTHING_CHANGES' || effect === 'LISTS_SHRINK' ? 'nobody loses anything' : 'access ends, nobody gains any'}`;
}
