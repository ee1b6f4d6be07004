import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type AgreedList,
  EXPORTERS,
  type ExportedFile,
  exceptionText,
  exportedText,
  exportPlan,
  formatInstant,
  type MadePlan,
  PLAN_OBJECTIVES,
  type PlanFrontPoint,
  type PlanObjective,
  planText,
  type RolePlan,
  readExceptions,
  readPlan,
  type Verification,
  verdictText,
} from '../../engine/index.ts';
import { analysisProgress } from '../analysis-progress.ts';
import { textOf } from '../analysis-rules.ts';
import { shareOf, wholeNumber } from '../arguments.ts';
import { action, command, DONE, NO } from '../command.ts';
import { UsageError } from '../failure.ts';
import { count, dutyWords, many, type RoleOptions, separation, withDuties } from '../role-options.ts';
import { type Session, withEngine } from '../session.ts';
import { counted } from '../terminal.ts';
import { visible } from '../visible.ts';

interface Options extends RoleOptions {
  readonly price?: number;
  /** Path of a file of agreed exceptions. */
  readonly except?: string;
  readonly out?: string;
  readonly format?: string;
  readonly undo?: boolean;
  readonly until?: number;
}

/** Characters of a file of exceptions, and exceptions that are shown. */
const LONGEST_EXCEPTIONS = 8_388_608;
const EXCEPTIONS_SHOWN = 10;

const VERBS = ['make', 'list', 'show', 'compare', 'verify', 'apply', 'export', 'trail', 'drop'] as const;
type Verb = (typeof VERBS)[number];

export const plan = (): Command =>
  command({
    name: 'plan',
    summary: 'Make a plan from the roles as they are to better ones, prove it, and carry it out step by step.',
    examples: [
      ['plan --out plan.json', 'the simplest roles that are soon found, with the steps that lead there and the proof'],
      ['plan --scope group:finance --objective least-change', 'for those of a group, near the roles of today'],
      ['plan --except agreed.csv', 'with what was agreed that some may lose: told apart, and nothing else changes'],
      ['plan verify plan.json', 'whether it still holds for the graph as it is now'],
      ['plan apply plan.json', 'carry it out on the graph; goes on where it was interrupted'],
      ['plan apply plan.json --undo', 'take back what was done'],
      ['plan export plan.json --format markdown --out plan.md', 'a page for those who decide'],
    ],
  })
    .argument('[what]', VERBS.join(', '), 'make')
    .argument('[plans...]', 'files or ids of kept plans')
    .addOption(
      new Option('--objective <objective>', 'what is best')
        .choices(PLAN_OBJECTIVES.map((one) => one.toLowerCase().replaceAll('_', '-')))
        .default('least-complexity'),
    )
    .option('--price <number>', 'in place of an objective: of one edit, against one unit of complexity', priceOf)
    .option(
      '--deadline <seconds>',
      'to look for better roles (default 3 to 20, by what is held in scope)',
      wholeNumber(0, 3_600),
    )
    .option('--iterations <count>', 'in place of a deadline: steps of each search', wholeNumber(0, 1_000_000_000))
    .option('--seed <number>', 'a whole number', wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), 1)
    .addOption(new Option('--scope <id...>', 'what may change: groups, roles, identities, resources').argParser(many))
    .addOption(new Option('--keep <role...>', 'roles that stay as they are').argParser(many))
    .option('--max-entitlements <count>', 'of a role', count())
    .option('--max-roles <count>', 'of an identity', count())
    .option('--exceptions <share>', 'of what is held that may be granted directly, from 0 to 1', shareOf, 1)
    .addOption(separation())
    .option('--except <file>', 'what was agreed that may be lost or gained (YAML or CSV, see docs/restructure.md)')
    .option('--out <path>', 'write the plan there; export: a file, or a folder for a form of several files')
    .addOption(new Option('--format <format>', 'export: the form').choices(EXPORTERS.map(({ format }) => format)))
    .option('--undo', 'apply: take back what was done')
    .option('--until <step>', 'apply: so many steps in all', wholeNumber(0, 1_000_000))
    .option('--limit <count>', 'at most so many roles, or plans', wholeNumber(1, 1_000_000), 20)
    .action(action(run));

function priceOf(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1_000_000) return value;
  throw new UsageError('The price is a number from 0 to 1,000,000.', 'See grantlens plan --help.');
}

async function run(session: Session, options: Options, what: string, plans: readonly string[]): Promise<number> {
  if (!VERBS.includes(what as Verb))
    throw new UsageError(`There is no \`plan ${what}\`.`, `It is one of ${VERBS.join(', ')}.`);
  switch (what as Verb) {
    case 'make':
      return make(session, options);
    case 'list':
      return list(session, options);
    case 'show':
      return show(session, options, one(plans, 0));
    case 'compare':
      return compare(session, options, one(plans, 0), one(plans, 1));
    case 'verify':
      return verify(session, one(plans, 0));
    case 'apply':
      return apply(session, options, one(plans, 0));
    case 'export':
      return exported(session, options, one(plans, 0));
    case 'trail':
      return trail(session, one(plans, 0));
    case 'drop':
      return drop(session, one(plans, 0));
  }
}

function one(plans: readonly string[], place: number): string {
  const named = plans[place];
  if (named === undefined)
    throw new UsageError('A plan is missing: a file, or an id.', '`grantlens plan list` lists those that are kept.');
  return named;
}

type Engine = Parameters<Parameters<typeof withEngine>[2]>[0];

/** Of a file, or one that is kept. */
async function planOf({ plans }: Engine, named: string): Promise<RolePlan> {
  if (/^plan-[0-9a-f]+$/.test(named)) return plans.get(named);
  let text: string;
  try {
    text = await readFile(named, 'utf8');
  } catch {
    throw new UsageError(
      `There is no file ${named} that can be read.`,
      'Name a file that `plan --out` wrote, or the id of a plan that is kept.',
    );
  }
  return readPlan(text, named);
}

async function make(given: Session, options: Options): Promise<number> {
  const session = await withDuties(given, options);
  const { objective, price, deadline, iterations, seed, scope, keep, exceptions, out, limit } = options;
  const question = {
    objective: objective.toUpperCase().replaceAll('-', '_') as PlanObjective,
    price,
    deadline: deadline === undefined ? undefined : deadline * 1_000,
    iterations,
    seed,
    scope,
    keep,
    maxEntitlementsPerRole: options.maxEntitlements,
    maxRolesPerIdentity: options.maxRoles,
    exceptionShare: exceptions,
    separateDuties: options.sod !== undefined,
    exceptions: await exceptionsOf(options.except),
  };
  await withEngine(session, 'read', async ({ plans }, signal) => {
    const { onProgress, end } = analysisProgress();
    const made = await plans.make({ ...question, onProgress, signal }).finally(end);
    await plans.keep(made.plan);
    if (out !== undefined) await writeFile(out, planText(made.plan));
    if (session.json) return session.terminal.json(madeJson(made));
    await tellFront(session, made);
    if (made.unproved !== null)
      session.terminal.note(
        `the plan with ${counted(made.front[made.unproved]!.edits, 'edit')} could not be proved in time; this one has fewer`,
      );
    await tell(session, made.plan, limit);
    for (const duty of made.duties) session.terminal.note(dutyWords(duty));
    session.terminal.note(
      `made in ${made.seconds} s, kept as ${made.plan.id}${out === undefined ? '' : `, written to ${out}`}`,
    );
  });
  return DONE;
}

const exceptionsOf = async (file: string | undefined): Promise<AgreedList | undefined> =>
  file === undefined ? undefined : readExceptions(await textOf(file, LONGEST_EXCEPTIONS), file);

const madeJson = ({ plan: made, ...rest }: MadePlan) => ({ ...planJson(made), ...rest });

/** The fields of `RoleRestructurePlan`, and the rest of the plan. */
const planJson = (made: RolePlan) => ({
  ...made,
  roles: made.roles.map(({ entitlements, ...role }) => ({
    ...role,
    entitlements: entitlements.flatMap(({ actions, ...atom }) => actions.map((each) => ({ action: each, ...atom }))),
  })),
  changes: made.steps.flatMap(({ changes }) => changes),
  // What nobody agreed to is empty: else there would be no plan.
  delta: {
    gainedCount: made.proof.agreed?.gainedCount ?? 0,
    lostCount: made.proof.agreed?.lostCount ?? 0,
    gained: made.proof.agreed?.gained ?? [],
    lost: made.proof.agreed?.lost ?? [],
  },
});

const number = { align: 'right' } as const;
const shown = (value: number): string => value.toLocaleString('en-US');
const HOW: Readonly<Record<PlanFrontPoint['how'], string>> = {
  PRESENT: 'as it is',
  TIDY: 'only what is plainly too much goes',
  MINED: 'roles looked for',
};

async function tellFront({ terminal }: Session, { front, chosen }: MadePlan): Promise<void> {
  await terminal.table(
    [
      { title: '' },
      { title: 'EDITS', ...number },
      { title: 'COMPLEXITY', ...number },
      { title: 'ROLES', ...number },
      { title: 'HOW' },
    ],
    front.map(({ how, price, edits, metrics }, i) => [
      i === chosen ? '→' : '',
      shown(edits),
      shown(metrics.structuralComplexity),
      shown(metrics.roles),
      price === null ? HOW[how] : `${HOW[how]}, an edit at ${price}`,
    ]),
  );
  await terminal.lines(['']);
}

async function tell({ terminal }: Session, made: RolePlan, limit: number): Promise<void> {
  const { roles, before, after, steps, edits, proof } = made;
  const changed = roles.filter(({ fate }) => fate !== 'KEPT');
  await terminal.table(
    [
      { title: 'FATE' },
      { title: 'MEMBERS', ...number },
      { title: '+', ...number },
      { title: '-', ...number },
      { title: 'GRANTS', ...number },
      { title: '+', ...number },
      { title: '-', ...number },
      { title: 'ROLE' },
      { title: 'WHY' },
    ],
    changed
      .slice(0, limit)
      .map((role) => [
        role.fate,
        shown(role.members.length),
        shown(role.membersAdded),
        shown(role.membersRemoved),
        shown(role.entitlements.length),
        shown(role.contentsAdded),
        shown(role.contentsRemoved),
        visible(role.name),
        visible(role.rationale),
      ]),
  );
  terminal.note('');
  const of = (fate: string): number => roles.filter((role) => role.fate === fate).length;
  terminal.note(
    `${counted(Math.min(limit, changed.length), 'role')} of ${shown(changed.length)} shown: ${of('NEW')} new, ${of('CHANGED')} changed, ${of('RETIRED')} retired, ${of('KEPT')} kept`,
  );
  terminal.note(
    `roles ${shown(before.roles)} → ${shown(after.roles)}, assignments ${shown(before.assignments)} → ${shown(after.assignments)}, grants of roles ${shown(before.roleGrants)} → ${shown(after.roleGrants)}, direct grants ${shown(before.directGrants)} → ${shown(after.directGrants)}, complexity ${shown(before.structuralComplexity)} → ${shown(after.structuralComplexity)}`,
  );
  tellExceptions(terminal, made);
  const looked = proof.engine.reduce((most, { identities }) => Math.max(most, identities), 0);
  terminal.note(
    `${counted(edits, 'edit')} in ${counted(steps.length, 'step')}; nobody gains or loses anything${proof.agreed === undefined ? '' : ' else'} after any of them: proved twice, at ${counted(proof.instants.length, 'instant')}, in every reach, for ${counted(looked, 'identity', 'identities')} that are touched`,
  );
}

/** Which agreed exceptions the plan makes use of, and why it does not of others. */
function tellExceptions(terminal: Session['terminal'], { exceptions = [], proof: { agreed } }: RolePlan): void {
  if (exceptions.length === 0) return;
  const used = exceptions.filter((exception) => exception.used);
  for (const exception of used.slice(0, EXCEPTIONS_SHOWN))
    terminal.note(visible(`agreed: ${exceptionText(exception)}, by ${exception.agreedBy}: ${exception.because}`));
  for (const exception of exceptions.filter(({ note }) => note !== null).slice(0, EXCEPTIONS_SHOWN))
    terminal.note(visible(`${exceptionText(exception)}: ${exception.note}`));
  terminal.note(
    `${used.length} of ${counted(exceptions.length, 'agreed exception')} made use of: ${counted(agreed?.lostCount ?? 0, 'access', 'accesses')} lost, ${shown(agreed?.gainedCount ?? 0)} gained`,
  );
}

async function list(session: Session, { limit }: Options): Promise<number> {
  await withEngine(session, 'read', async ({ plans }) => {
    const all = (await plans.list()).slice(0, limit);
    if (session.json) return session.terminal.json(all);
    if (all.length > 0)
      await session.terminal.table(
        [
          { title: 'PLAN' },
          { title: 'KEPT' },
          { title: 'VERSION', ...number },
          { title: 'SCOPE' },
          { title: 'ROLES', ...number },
          { title: 'COMPLEXITY', ...number },
          { title: 'EDITS', ...number },
          { title: 'STEPS', ...number },
        ],
        all.map(({ id, keptAt, version, scope, before, after, edits, steps }) => [
          id,
          formatInstant(keptAt),
          String(version),
          scope === null ? 'everything' : visible(scope.join(' ')),
          `${shown(before.roles)} → ${shown(after.roles)}`,
          `${shown(before.structuralComplexity)} → ${shown(after.structuralComplexity)}`,
          shown(edits),
          shown(steps),
        ]),
      );
    session.terminal.note(`${counted(all.length, 'plan')} shown`);
  });
  return DONE;
}

async function show(session: Session, { limit }: Options, named: string): Promise<number> {
  await withEngine(session, 'read', async (engine) => {
    const found = await planOf(engine, named);
    if (session.json) return session.terminal.json(planJson(found));
    await session.terminal.table(
      [{ title: 'STEP', ...number }, { title: 'CHANGES', ...number }, { title: 'WHAT' }],
      found.steps
        .slice(0, limit)
        .map(({ title, changes }, i) => [String(i + 1), shown(changes.length), visible(title)]),
    );
    await session.terminal.lines(['']);
    await tell(session, found, limit);
  });
  return DONE;
}

async function compare(session: Session, { limit }: Options, from: string, to: string): Promise<number> {
  await withEngine(session, 'read', async ({ plans }) => session.terminal.json(await plans.compare(from, to, limit)));
  return DONE;
}

async function verify(session: Session, named: string): Promise<number> {
  return withEngine(session, 'read', async (engine, signal) => {
    const { onProgress, end } = analysisProgress();
    const verified = await engine.plans.verify(await planOf(engine, named), { signal, onProgress }).finally(end);
    if (session.json) await session.terminal.json({ ...verified, text: verdictText(verified) });
    else await tellVerdict(session, verified);
    return verified.verdict === 'HOLDS' || verified.verdict === 'DONE' ? DONE : NO;
  });
}

async function tellVerdict({ terminal }: Session, verified: Verification): Promise<void> {
  await terminal.lines([`${verified.verdict}  ${verdictText(verified)}`]);
  for (const exception of verified.exceptions.slice(1, EXCEPTIONS_SHOWN))
    await terminal.lines([`  by agreement ${visible(exceptionText(exception))}`]);
  for (const { text } of verified.moved.slice(1)) await terminal.lines([`  ${visible(text)}`]);
  terminal.note(
    `held against version ${verified.version}: ${verified.done} of ${counted(verified.steps, 'step')} done`,
  );
}

async function apply(session: Session, { undo, until }: Options, named: string): Promise<number> {
  await withEngine(session, 'write', async (engine, signal) => {
    const { onProgress, end } = analysisProgress();
    const asking = { signal, onProgress };
    const found = await planOf(engine, named);
    const work = undo === true ? engine.plans.undo(found, asking) : engine.plans.apply(found, { ...asking, until });
    const applied = await work.finally(end);
    if (session.json) return session.terminal.json(applied);
    for (const { step, what, title, version } of applied.trail.entries)
      await session.terminal.lines([
        `${what.padEnd(6)} ${String(step).padStart(3)}  version ${version}  ${visible(title)}`,
      ]);
    session.terminal.note(`${applied.done} of ${counted(applied.steps, 'step')} done, version ${applied.version}`);
  });
  return DONE;
}

/** With `--json` the files as values; else into a file or folder, or one after the other on stdout. */
async function exported(session: Session, { format, out }: Options, named: string): Promise<number> {
  if (format === undefined)
    throw new UsageError(
      'The form is missing.',
      `Name one with --format: ${EXPORTERS.map((one) => one.format).join(', ')}.`,
    );
  const { terminal } = session;
  await withEngine(session, 'read', async (engine) => {
    const files = exportPlan(await planOf(engine, named), format);
    if (out !== undefined) await writeExport(files, out);
    if (session.json) return terminal.json(files.map(({ name, text }) => ({ name, text })));
    if (out === undefined) return terminal.write(exportedText(files));
    terminal.note(`${counted(files.length, 'file')} written to ${out}`);
  });
  return DONE;
}

async function writeExport(files: readonly ExportedFile[], out: string): Promise<void> {
  const [file, ...others] = files;
  if (file !== undefined && others.length === 0 && !(await isFolder(out))) return writeFile(out, file.text);
  await mkdir(out, { recursive: true });
  for (const { name, text } of files) await writeFile(join(out, name), text);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function trail(session: Session, named: string): Promise<number> {
  await withEngine(session, 'read', async ({ plans }) => {
    const { entries } = await plans.trail(named);
    if (session.json) return session.terminal.json(entries);
    for (const { step, what, title, version, at } of entries)
      await session.terminal.lines([
        `${formatInstant(at)}  ${what.padEnd(6)} ${String(step).padStart(3)}  version ${version}  ${visible(title)}`,
      ]);
    session.terminal.note(counted(entries.length, 'entry', 'entries'));
  });
  return DONE;
}

async function drop(session: Session, named: string): Promise<number> {
  await withEngine(session, 'read', ({ plans }) => plans.drop(named));
  return DONE;
}
