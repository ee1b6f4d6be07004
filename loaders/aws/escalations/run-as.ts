/** Having a service run programs as a role: the role is gained. */
import { allOf } from '../condition-text.ts';
import type { Identity } from '../estate.ts';
import { type Answer, both, conditionOf, NO, YES } from '../policy-answer.ts';
import type { Gained, Matter, Takeover } from './takeover.ts';
import { isService, RUN_AS, type RunAs, runAsTechnique } from './techniques.ts';

const PASS_ROLE = 'iam:PassRole';
const NO_PROFILE = 'an instance profile has the role';

/** All that an identity may have services run as. */
export function* runAs(identity: Identity, matter: Matter): Generator<Takeover> {
  for (const technique of RUN_AS) yield* by(technique, identity, matter);
}

function* by(technique: RunAs, identity: Identity, matter: Matter): Generator<Takeover> {
  const steps = stepsAnswer(technique, identity, matter);
  if (steps.is === 'no') return;
  const roles = rolesOf(technique, matter);
  if (roles.length === 0) return;
  const name = runAsTechnique(technique);
  if (!technique.passes) {
    yield takeover(name, roles, [conditionOf(steps), technique.given], steps.evidence);
    return;
  }
  const passing = matter.powers.layers(identity, PASS_ROLE);
  if (passing === undefined) return;
  const known = { 'iam:passedtoservice': technique.passedTo ?? technique.services };
  const passed = matter.powers.onEach(identity, passing, matter.roles, known);
  for (const { answer, gains } of byAnswer(roles, passed)) {
    const conditions = [conditionOf(answer), conditionOf(steps), technique.given];
    yield takeover(name, gains, conditions, [...answer.evidence, ...steps.evidence]);
  }
}

function takeover(
  technique: string,
  gains: readonly Gained[],
  conditions: readonly (string | undefined)[],
  evidence: readonly string[],
): Takeover {
  const condition = allOf(conditions);
  return { technique, gains, evidence: [...new Set(evidence)], ...(condition === undefined ? {} : { condition }) };
}

/** Steps on resources of one kind must all be possible on one of them. */
function stepsAnswer({ steps }: RunAs, identity: Identity, { powers, account }: Matter): Answer {
  const kinds = new Map<string, string[]>();
  for (const [action, kind] of steps) kinds.set(kind, [...(kinds.get(kind) ?? []), action]);
  const answers: Answer[] = [];
  for (const [kind, actions] of kinds) {
    const layers = actions.map((action) => powers.layers(identity, action));
    if (layers.some((one) => one === undefined)) return NO;
    const one = powers.somewhere(
      identity,
      layers.filter((each) => each !== undefined),
      kind.replace('ACCOUNT', account),
    );
    if (one.is === 'no') return NO;
    answers.push(one);
  }
  return answers.length === 0 ? YES : both(answers);
}

const known = new WeakMap<Matter, Map<string, readonly Gained[]>>();

/** The roles that trust one of the services, each with what its trust depends on. */
function rolesOf({ services, profile }: RunAs, matter: Matter): readonly Gained[] {
  const lists = known.get(matter) ?? new Map<string, readonly Gained[]>();
  known.set(matter, lists);
  const key = `${services.join()} ${profile === true}`;
  const before = lists.get(key);
  if (before !== undefined) return before;
  const found: Gained[] = [];
  for (const to of matter.roles.all) {
    const ways = (matter.trusted.get(to) ?? []).filter(({ from }) =>
      services.some((service) => isService(from, service)),
    );
    if (ways.length === 0) continue;
    const trust = ways.find((way) => way.condition === undefined) ?? ways[0]!;
    const lacking = profile === true && trust.role.instanceProfiles.length === 0;
    const condition = allOf([trust.condition, lacking ? NO_PROFILE : undefined]);
    found.push({ to, ...(condition === undefined ? {} : { condition }) });
  }
  lists.set(key, found);
  return found;
}

/** Sorts what is gained by what allows it. */
export function byAnswer(
  all: readonly Gained[],
  answers: ReadonlyMap<string, Answer>,
): Iterable<{ readonly answer: Answer; readonly gains: readonly Gained[] }> {
  const groups = new Map<string, { readonly answer: Answer; readonly gains: Gained[] }>();
  for (const gained of all) {
    const answer = answers.get(gained.to);
    if (answer === undefined) continue;
    const key = conditionOf(answer) ?? '';
    const group = groups.get(key) ?? { answer, gains: [] };
    groups.set(key, group);
    group.gains.push(gained);
  }
  return groups.values();
}
