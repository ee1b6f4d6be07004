import { type Command, Option } from 'commander';
import { OUTLIER_METHODS, type OutlierHolding, type OutlierMethod, type OutliersAnswer } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { entitlementJson, entitlementWords } from '../entitlement-words.ts';
import { type Names, nameOf, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { entityJson } from '../record-json.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends ScopeOptions {
  readonly method?: OutlierMethod;
  readonly seed?: number;
  readonly limit: number;
}

export const outliers = (): Command =>
  withScope(
    command({
      name: 'outliers',
      summary: 'List what people hold that nothing else they hold explains.',
      examples: [
        ['outliers', 'the least explained first, and how well wrong holdings are told on this very graph'],
        ['outliers --method rp3beta --limit 100', 'by random walks'],
      ],
    }),
  )
    .addOption(
      new Option('--method <method>', 'how (default: what did better in a trial)').choices(
        OUTLIER_METHODS.map((method) => method.toLowerCase()),
      ),
    )
    .option(
      '--seed <number>',
      'a whole number (default 1)',
      wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .option('--limit <count>', 'at most so many', wholeNumber(0, 1_000), 20)
    .action(action(run));

async function run(session: Session, options: Options): Promise<number> {
  const { version, method, seed, limit: first } = options;
  const named = method?.toUpperCase() as OutlierMethod | undefined;
  const question = { first, seed, method: named, ...scopeOf(options) };
  await withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const answer = await view.analysis.outliers({ ...question, onProgress, signal }).finally(end);
      const names = await namesOf(view, answer.outliers.flatMap(idsIn));
      if (session.json) return session.terminal.json(shapeOf(answer, names));
      await tell(session, answer, names);
    },
    version === undefined ? {} : { version },
  );
  return DONE;
}

const reasonsOf = ({ speakFor, speakAgainst, missing }: OutlierHolding) => [...speakFor, ...speakAgainst, ...missing];

const idsIn = (one: OutlierHolding): readonly string[] => [
  one.identity,
  one.entitlement.resource,
  ...reasonsOf(one).map(({ entitlement }) => entitlement.resource),
];

const shapeOf = ({ outliers: found, ...rest }: OutliersAnswer, names: Names) => {
  const reasons = (some: OutlierHolding['missing']) =>
    some.map(({ entitlement, ...counts }) => ({ entitlement: entitlementJson(entitlement, names), ...counts }));
  return {
    ...rest,
    outliers: found.map(({ identity, entitlement, speakFor, speakAgainst, missing, ...scores }) => ({
      identity: entityJson(names.get(identity)!),
      entitlement: entitlementJson(entitlement, names),
      ...scores,
      speakFor: reasons(speakFor),
      speakAgainst: reasons(speakAgainst),
      missing: reasons(missing),
    })),
  };
};

async function tell({ terminal }: Session, answer: OutliersAnswer, names: Names): Promise<void> {
  const { outliers: found, checks, method, because, judged, undecided, identitiesUndecided } = answer;
  if (found.length > 0)
    await terminal.table(
      [
        { title: 'WRONG, IF 1 IN 100 IS', align: 'right' },
        { title: 'WHO' },
        { title: 'HOLDS' },
        { title: 'AMONG OTHERS WITH WHAT THEY HOLD' },
      ],
      found.map((one) => [
        one.chance === null ? '' : `${Math.round(100 * one.chance)} %`,
        nameOf(names, one.identity),
        entitlementWords(one.entitlement, names),
        one.speakAgainst
          .slice(0, 1)
          .map(
            ({ entitlement, holders, alsoHold }) =>
              `${alsoHold} of ${holders} with ${entitlementWords(entitlement, names)}`,
          )
          .join(),
      ]),
    );
  terminal.note(
    `${counted(found.length, 'holding')} of ${judged.toLocaleString('en-US')} that were judged; ${undecided.toLocaleString('en-US')} have too little evidence, among them all of ${counted(identitiesUndecided, 'identity', 'identities')}`,
  );
  terminal.note(`by ${method}: ${because}`);
  for (const check of checks)
    terminal.note(
      `${check.method} in the trial: AUC ${check.auc.toFixed(3)}, average precision ${check.averagePrecision.toFixed(3)} (${check.judged} wrong holdings judged)`,
    );
  if (!answer.isTelling) terminal.note('This list tells hardly more than one by chance.');
  else if (!answer.calibrated) terminal.note('Too little could be tried to say what a score means.');
}
