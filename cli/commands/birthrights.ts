import { type Command, InvalidArgumentError } from 'commander';
import type { Birthrights, MinedEntitlement } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { minedEntitlementJson, minedEntitlementWords } from '../mined-entitlement.ts';
import { nameOf, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';
import { visible } from '../visible.ts';

interface Options extends ScopeOptions {
  readonly leastShare?: number;
  readonly leastPeople?: number;
  readonly limit: number;
}

export const birthrights = (): Command =>
  withScope(
    command({
      name: 'birthrights',
      summary: 'Find what practically everybody of a department, a site or a title has, and who has it not.',
      examples: [
        ['birthrights', 'what 95 of 100 have, the widest groups first'],
        ['birthrights --least-share 1 --least-people 20', 'what all of twenty or more have'],
      ],
    }),
  )
    .option('--least-share <share>', 'of a group that has it, above 0.5 (default 0.95)', moreThanHalf)
    .option('--least-people <count>', 'of a group (default 5)', wholeNumber(2, 1_000_000_000))
    .option('--limit <count>', 'at most so many rules', wholeNumber(1, 1_000_000), 20)
    .action(action(run));

function moreThanHalf(text: string): number {
  const share = shareOf(text);
  if (share > 0.5) return share;
  throw new InvalidArgumentError('It is a number above 0.5 and at most 1.');
}

async function run(session: Session, options: Options): Promise<number> {
  const { version, leastShare, leastPeople, limit } = options;
  await withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const question = { leastShare, leastPeople, ...scopeOf(options), onProgress, signal };
      const answer = await view.analysis.birthrights(question).finally(end);
      if (session.json) return session.terminal.json(shapeOf(answer));
      const shown = answer.rules.slice(0, limit);
      const told = (rule: (typeof shown)[number]): readonly MinedEntitlement[] => [
        ...rule.entitlements.slice(0, 1).map(({ entitlement }) => entitlement),
      ];
      const missing = shown.flatMap(({ exceptions }) => exceptions.slice(0, 1).map(({ identity }) => identity));
      const names = await namesOf(view, [...shown.flatMap(told).map(({ resource }) => resource), ...missing]);
      await session.terminal.table(
        [
          { title: 'PEOPLE', align: 'right' },
          { title: 'WHO' },
          { title: 'HAVE', align: 'right' },
          { title: 'SUCH AS' },
          { title: 'MISSING', align: 'right' },
          { title: 'FOR EXAMPLE' },
        ],
        shown.map((rule) => [
          rule.people.toLocaleString('en-US'),
          rule.terms.length === 0
            ? 'everybody'
            : rule.terms.map((one) => visible(`${one.attribute} ${one.value}`)).join(', '),
          rule.entitlements.length.toLocaleString('en-US'),
          told(rule)
            .map((one) => minedEntitlementWords(one, names))
            .join(),
          rule.exceptionCount.toLocaleString('en-US'),
          rule.exceptions
            .slice(0, 1)
            .map(({ identity }) => nameOf(names, identity))
            .join(),
        ]),
      );
      session.terminal.note(
        `${counted(shown.length, 'rule')} of ${answer.rules.length.toLocaleString('en-US')}; ${counted(answer.people, 'identity', 'identities')} hold anything`,
      );
    },
    version === undefined ? {} : { version },
  );
  return DONE;
}

const shapeOf = ({ rules, ...rest }: Birthrights) => ({
  ...rest,
  rules: rules.map(({ entitlements, exceptions, ...rule }) => ({
    ...rule,
    entitlements: entitlements.map(({ entitlement, holders }) => ({
      entitlement: minedEntitlementJson(entitlement),
      holders,
    })),
    exceptions: exceptions.map(({ identity, entitlement }) => ({
      identity,
      entitlement: minedEntitlementJson(entitlement),
    })),
  })),
});
