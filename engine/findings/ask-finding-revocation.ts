/** What to remove so that a finding is none any more, where it is about an access: the cheapest cuts, as of any access. */
import { ALTERNATIVES, askRevocation, MOST_IDENTITIES, MOST_RESOURCES } from '../access/ask-revocation.ts';
import type { Ground } from '../access/ground.ts';
import type { Revocation, RevocationAnswer } from '../access/questions.ts';
import { GrantlensError, type Instant } from '../model/index.ts';
import type { FindingRevocationQuestion } from './questions.ts';
import type { AccessFound } from './rule.ts';
import { ruleOf } from './rules/index.ts';
import type { OneFound } from './told.ts';

/**
 * Cuts each of which ends one of the accesses that the finding is about. Where these are several, as with duties to be kept
 * apart, any one of them is to end: their cuts are ranked together.
 *
 * @param at the instant of the finding
 * @throws GrantlensError FINDING_WITHOUT_ACCESS, LIMIT_EXCEEDED; what askRevocation throws
 */
export async function askFindingRevocation(
  ground: Ground,
  { id, kind, found }: OneFound,
  at: Instant,
  asked: Omit<FindingRevocationQuestion, 'finding'>,
): Promise<RevocationAnswer> {
  const accesses = ruleOf(kind).accesses?.(found, { snapshot: ground.snapshot, at }, ground.work) ?? [];
  if (accesses.length === 0)
    throw new GrantlensError(
      'FINDING_WITHOUT_ACCESS',
      `The finding ${JSON.stringify(id)} is about no access that could end.`,
      {
        id,
        kind,
      },
    );
  const within = accesses.filter(isWithinLimits);
  if (within.length === 0) throw tooMuch(id, accesses);
  const end = performance.now() + (asked.deadline ?? Number.POSITIVE_INFINITY);
  const answers: RevocationAnswer[] = [];
  for (const access of within) {
    const deadline = asked.deadline === undefined ? {} : { deadline: Math.max(1, end - performance.now()) };
    answers.push(await askRevocation(ground, { ...asked, ...deadline, ...inIds(ground, access), at }));
  }
  return together(answers, asked.alternatives, within.length === accesses.length);
}

const isWithinLimits = ({ identities, resources }: AccessFound): boolean =>
  identities.length <= MOST_IDENTITIES && resources.length <= MOST_RESOURCES;

function tooMuch(id: string, accesses: readonly AccessFound[]): GrantlensError {
  const most = (of: (access: AccessFound) => readonly number[]): number =>
    Math.max(...accesses.map((access) => of(access).length));
  const [identities, resources] = [most((access) => access.identities), most((access) => access.resources)];
  return new GrantlensError(
    'LIMIT_EXCEEDED',
    `The finding ${JSON.stringify(id)} is about ${identities} identities and ${resources} resources; cuts are looked for between ${MOST_IDENTITIES} and ${MOST_RESOURCES} at most.`,
    { id, identities, resources },
  );
}

const inIds = ({ snapshot: { ids } }: Ground, { reach, action, identities, resources }: AccessFound) => ({
  reach,
  action,
  identities: identities.map((node) => ids.at(node)),
  resources: resources.map((node) => ids.at(node)),
});

/** @param all false where an access was left out because it is too large */
function together(answers: readonly RevocationAnswer[], most: number | undefined, all: boolean): RevocationAnswer {
  const [first] = answers;
  if (answers.length === 1 && all) return first!;
  const alternatives = answers
    .flatMap((answer) => answer.alternatives)
    .sort(byHarm)
    .slice(0, most ?? ALTERNATIVES);
  const because = answers.find((answer) => answer.because !== undefined)?.because;
  const incomplete = all ? answers.find((answer) => !answer.complete)?.incompleteBecause : LEFT_OUT;
  return {
    alternatives,
    version: first!.version,
    uncuttable:
      alternatives.length > 0 ? [] : (answers.find(({ uncuttable }) => uncuttable.length > 0)?.uncuttable ?? []),
    ...(alternatives.length > 0 || because === undefined ? {} : { because }),
    complete: incomplete === undefined,
    ...(incomplete === undefined ? {} : { incompleteBecause: incomplete }),
  };
}

const LEFT_OUT = 'one of the accesses that the finding is about is on more resources than cuts are looked for on';

const harm = ({ collateral: { lostCount, gainedCount, alteredCount } }: Revocation): number =>
  lostCount + gainedCount + alteredCount;

/** As the cuts of one access are ranked. */
const byHarm = (a: Revocation, b: Revocation): number =>
  a.cost - b.cost || harm(a) - harm(b) || a.edges.length - b.edges.length;
