/** Becoming other principals, and giving oneself or them whatever one likes. */
import { allOf } from '../condition-text.ts';
import type { Identity } from '../estate.ts';
import { boundsOf } from '../identity-bounds.ts';
import { type Answer, both, conditionOf, either } from '../policy-answer.ts';
import type { Layers } from './powers.ts';
import { byAnswer } from './run-as.ts';
import type { Matter, Takeover } from './takeover.ts';
import { BECOME, type Become, JOIN, REWRITE, type Rewrite, techniqueOf, togetherTechnique } from './techniques.ts';

type Answers = ReadonlyMap<string, Answer>;

/** Users and roles that an identity can become by credentials or trust that it makes. */
export function* become(identity: Identity, matter: Matter): Generator<Takeover> {
  for (const way of BECOME) {
    yield* told(techniqueOf(way.id, way.actions), becoming(way, identity, matter));
  }
}

/** Groups that a user can put itself into. What bounds or denies the user still does, which a group cannot say. */
export function* join(identity: Identity, matter: Matter): Generator<Takeover> {
  if (identity.kind !== 'user') return;
  const own = new Set(groupsOf(identity));
  const answers = new Map(
    [...onEach(identity, JOIN.action, matter, matter.groups)].filter(
      ([group]) => !own.has(matter.estate.groups.get(group)!.name),
    ),
  );
  const given = isHeldBack(identity, matter) ? HELD_BACK : undefined;
  yield* told(techniqueOf(JOIN.id, [JOIN.action]), answers, given);
}

const HELD_BACK = 'what bounds or denies the user does not stand in the way';

/** True where something narrows what the identity is given. */
const isHeldBack = (identity: Identity, { estate }: Matter): boolean =>
  boundsOf(identity, estate).length > 0 || deniesAnything(identity.held);

export const deniesAnything = (held: Identity['held']): boolean =>
  held.some(({ policy }) => policy.statements.some(({ effect }) => effect === 'DENY'));

/** What an identity may rewrite of itself: it can then do everything in the account. */
export function* rewriteSelf(identity: Identity, matter: Matter): Generator<Takeover> {
  for (const way of REWRITE) {
    if (way.of !== identity.kind) continue;
    const answer = rewriting(way, identity, matter)?.(identity);
    if (answer === undefined || answer.is === 'no') continue;
    yield* told(techniqueOf(way.id, [way.action]), new Map([[matter.everything, answer]]));
  }
}

/** Principals that an identity may both rewrite and become: as such a one it can do everything in the account. */
export function* rewriteOthers(identity: Identity, matter: Matter): Generator<Takeover> {
  const ways = REWRITE.map((way) => [way, rewriting(way, identity, matter)] as const).filter(([, may]) => may);
  if (ways.length === 0) return;
  const becomes: readonly (readonly [Become | 'assume', Answers])[] = [
    ['assume', assuming(identity, matter)],
    ...BECOME.map((way) => [way, becoming(way, identity, matter)] as const),
  ];
  for (const [rewrite, may] of ways) {
    for (const [how, reached] of becomes) {
      if (how !== 'assume' && how.of !== rewrite.of) continue;
      const answers = new Map<string, Answer>();
      for (const [arn, reach] of reached) {
        const other = identityOf(matter, arn);
        if (other === undefined || other.kind !== rewrite.of) continue;
        const one = both([may!(other), reach]);
        if (one.is !== 'no') answers.set(matter.rewritten(other), one);
      }
      yield* told(togetherTechnique(rewrite, how), answers);
    }
  }
}

function* told(technique: string, answers: Answers, given?: string): Generator<Takeover> {
  const all = [...answers.keys()].map((to) => ({ to }));
  for (const { answer, gains } of byAnswer(all, answers)) {
    const condition = allOf([conditionOf(answer), given]);
    yield { technique, gains, evidence: answer.evidence, ...(condition === undefined ? {} : { condition }) };
  }
}

/** Whom one can become by a way, with what it depends on. */
function becoming({ of, actions, given }: Become, identity: Identity, matter: Matter): Answers {
  const targets = of === 'user' ? matter.users : matter.roles;
  const each = actions.map((action) => onEach(identity, action, matter, targets));
  const state: Answer[] = given === undefined ? [] : [{ is: 'maybe', conditions: [given], evidence: [] }];
  const found = new Map<string, Answer>();
  for (const [target] of each[0]!) {
    const answers = each.map((one) => one.get(target));
    if (answers.includes(undefined)) continue;
    // A trust policy that names somebody is enough, unless a denial or what bounds a role stands in the way.
    const rest = of === 'role' ? [matter.enter(identity, target)] : [];
    const one = both([...answers.map((answer) => answer!), ...state, ...rest]);
    if (one.is !== 'no') found.set(target, one);
  }
  return found;
}

/** Roles of the account that an identity may come to be, one by way of the other. */
function assuming(identity: Identity, matter: Matter): Answers {
  const found = new Map<string, Answer>();
  const open: (readonly [string, Answer | undefined])[] = [[identity.arn, undefined]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, before] = next;
    for (const { role, condition, evidence } of matter.assumed.get(from) ?? []) {
      const step: Answer =
        condition === undefined
          ? { is: 'yes', conditions: [], evidence: [evidence] }
          : { is: 'maybe', conditions: [condition], evidence: [evidence] };
      const reached = before === undefined ? step : both([before, step]);
      const known = found.get(role.arn);
      if (known !== undefined && (known.is === 'yes' || reached.is === 'maybe')) continue;
      found.set(role.arn, reached);
      open.push([role.arn, reached]);
    }
  }
  return found;
}

type May = (other: Identity) => Answer;

/** What of others an identity may rewrite, in one way; undefined where nothing. */
function rewriting({ of, action, on }: Rewrite, identity: Identity, matter: Matter): May | undefined {
  const own = of === 'user' ? matter.users : matter.roles;
  const targets = on === 'itself' ? own : on === 'group' ? matter.groups : matter.policies;
  const answers = onEach(identity, action, matter, targets);
  if (answers.size === 0) return undefined;
  const things =
    on === 'itself' ? (other: Identity) => [other.arn] : on === 'group' ? groupArns(matter) : policyArns(matter);
  const editable = new Set(own.all);
  return (other) =>
    editable.has(other.arn)
      ? things(other)
          .map((thing) => answers.get(thing) ?? NEVER)
          .reduce(either, NEVER)
      : NEVER;
}

const NEVER: Answer = { is: 'no', conditions: [], evidence: [] };

const groupsOf = ({ entity }: Identity): readonly string[] => ('groups' in entity ? entity.groups : []);

const groupArns =
  ({ estate, account }: Matter) =>
  (other: Identity): readonly string[] =>
    groupsOf(other).flatMap((name) => estate.groupsByName.get(`${account}/${name}`)?.arn ?? []);

const policyArns =
  ({ estate, account }: Matter) =>
  (other: Identity): readonly string[] => {
    const groups = groupsOf(other).map((name) => estate.groupsByName.get(`${account}/${name}`)?.attached ?? []);
    return [...other.entity.attached, ...groups.flat()];
  };

function onEach(identity: Identity, action: string, { powers }: Matter, targets: Matter['users']): Answers {
  const layers: Layers | undefined = powers.layers(identity, action);
  return layers === undefined ? new Map() : powers.onEach(identity, layers, targets);
}

const identityOf = ({ identities }: Matter, arn: string): Identity | undefined => identities.get(arn);
