import { type Command, Option } from 'commander';
import { type MinedRole, PLAN_OBJECTIVES, type PlanObjective, type RoleMining } from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE } from '../command.ts';
import { minedEntitlementJson, minedEntitlementWords } from '../mined-entitlement.ts';
import { type Names, namesOf } from '../names.ts';
import { type ScopeOptions, scopeOf, withScope } from '../question-options.ts';
import { count, dutyWords, many, type RoleOptions, separation, withDuties } from '../role-options.ts';
import { type Session, withView } from '../session.ts';
import { counted } from '../terminal.ts';

interface Options extends ScopeOptions, RoleOptions {
  readonly maxMembers?: number;
  readonly flat?: boolean;
  readonly kernel: boolean;
  readonly firmness?: boolean;
}

export const mine = (): Command =>
  withScope(
    command({
      name: 'mine',
      summary: 'Find the roles that would do: they give everybody exactly what he has.',
      examples: [
        ['mine --objective fewest-roles', 'as few as can be, with a proof where there is one'],
        ['mine --scope group:finance --deadline 60', 'for those of a group, the simplest structure found in a minute'],
        ['mine --objective least-change --json', 'near the roles of today, as JSON'],
      ],
    }),
  )
    .addOption(
      new Option('--objective <objective>', 'what is best')
        .choices(PLAN_OBJECTIVES.map((one) => one.toLowerCase().replaceAll('_', '-')))
        .default('least-complexity'),
    )
    .option(
      '--deadline <seconds>',
      'to look for better ones (default 20); what is found is exact all the same',
      wholeNumber(0, 3_600),
    )
    .option(
      '--iterations <count>',
      'in place of a deadline: steps of the search, the same on any machine',
      wholeNumber(0, 1_000_000_000),
    )
    .option('--seed <number>', 'a whole number', wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), 1)
    .addOption(
      new Option('--scope <id...>', 'only what these groups, roles, identities hold, or on these resources').argParser(
        many,
      ),
    )
    .addOption(new Option('--keep <role...>', 'roles that stay as they are').argParser(many))
    .option('--max-entitlements <count>', 'of a role', count())
    .option('--max-roles <count>', 'of an identity', count())
    .option('--max-members <count>', 'of a role', count())
    .option('--exceptions <share>', 'of all holdings that may stay without a role, from 0 to 1 (default 0)', shareOf)
    .addOption(separation())
    .option('--flat', 'no roles within roles')
    .option('--no-kernel', 'without dominance: see docs/role-mining.md')
    .option('--firmness', 'say how firm the roles are, by mining samples')
    .option('--limit <count>', 'at most so many roles', wholeNumber(1, 1_000_000), 20)
    .action(action(run));

async function run(given: Session, options: Options): Promise<number> {
  const session = await withDuties(given, options);
  const { version, objective, deadline, iterations, seed, scope, keep, exceptions } = options;
  const question = {
    objective: objective.toUpperCase().replaceAll('-', '_') as PlanObjective,
    deadline: deadline === undefined ? undefined : deadline * 1_000,
    iterations,
    seed,
    scope,
    keep,
    maxEntitlementsPerRole: options.maxEntitlements,
    maxRolesPerIdentity: options.maxRoles,
    maxIdentitiesPerRole: options.maxMembers,
    exceptionShare: exceptions,
    separateDuties: options.sod !== undefined,
    hierarchy: options.flat === true ? false : undefined,
    kernel: options.kernel,
    firmness: options.firmness,
    ...scopeOf(options),
  };
  await withView(
    session,
    async (view, signal) => {
      const { onProgress, end } = analysisProgress();
      const answer = await view.analysis.roleMining({ ...question, onProgress, signal }).finally(end);
      if (session.json) return session.terminal.json(shapeOf(answer));
      const shown = answer.roles.slice(0, options.limit);
      const names = await namesOf(
        view,
        shown.flatMap(({ entitlements }) => entitlements.slice(0, 1).map(({ resource }) => resource)),
      );
      await tell(session, answer, shown, names);
    },
    version === undefined ? {} : { version },
  );
  return DONE;
}

const shapeOf = ({ roles, direct, duties, ...rest }: RoleMining) => ({
  ...rest,
  duties: duties.map(({ undivided, ...duty }) => ({ ...duty, undivided: undivided.map(minedEntitlementJson) })),
  roleCount: roles.length,
  roles: roles.map(({ entitlements, ...role }) => ({ ...role, entitlements: entitlements.map(minedEntitlementJson) })),
  direct: direct.map(({ identity, entitlement }) => ({ identity, entitlement: minedEntitlementJson(entitlement) })),
});

async function tell(
  { terminal }: Session,
  answer: RoleMining,
  shown: readonly MinedRole[],
  names: Names,
): Promise<void> {
  if (answer.because !== undefined) return terminal.note(`No roles: ${answer.because}.`);
  const number = { align: 'right' } as const;
  const firm = shown.some(({ stability }) => stability !== null);
  await terminal.table(
    [
      { title: 'MEMBERS', ...number },
      { title: 'GIVES', ...number },
      ...(firm ? [{ title: 'FIRM', ...number }] : []),
      { title: 'ROLE' },
      { title: 'INCLUDES' },
      { title: 'SUCH AS' },
    ],
    shown.map(({ members, entitlements, name, includes, stability }) => [
      members.length.toLocaleString('en-US'),
      entitlements.length.toLocaleString('en-US'),
      ...(firm ? [`${Math.round(100 * (stability ?? 0))} %`] : []),
      name,
      includes.length === 0 ? '' : String(includes.length),
      entitlements
        .slice(0, 1)
        .map((one) => minedEntitlementWords(one, names))
        .join(),
    ]),
  );
  terminal.note('');
  const { roles, lowerBound, provenOptimal, structuralComplexity, identities, holdings, direct, seconds } = answer;
  const proof = provenOptimal
    ? 'proven: no fewer would do'
    : `at least ${lowerBound.toLocaleString('en-US')} are needed`;
  terminal.note(
    `${shown.length.toLocaleString('en-US')} of ${counted(roles.length, 'role')} (${proof}), structural complexity ${structuralComplexity.toLocaleString('en-US')}, in ${seconds} s`,
  );
  const without = direct.length > 0 ? `, ${direct.length.toLocaleString('en-US')} of them without a role` : '';
  terminal.note(
    `${counted(identities, 'identity', 'identities')} with ${counted(holdings, 'holding')} before and after${without}: exact, checked twice`,
  );
  for (const duty of answer.duties) terminal.note(dutyWords(duty));
  if (answer.generalisation !== null) {
    const { recall, precision, people } = answer.generalisation;
    terminal.note(
      `of ${counted(people, 'person', 'people')} who were left out, ${Math.round(100 * recall)} % of what they hold was foretold, and ${Math.round(100 * precision)} % of what was foretold they hold`,
    );
  }
}
