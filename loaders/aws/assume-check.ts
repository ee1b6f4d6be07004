/** What the identity's own policies say about assuming a role: worked out at load, because trust alone does not tell. */
import { actionMatches } from './action-terms.ts';
import { allOf } from './condition-text.ts';
import type { Estate, HeldPolicy, Identity } from './estate.ts';
import { canonicalGlob, isWild, matchesGlob } from './glob.ts';
import { evidenceOf } from './placements.ts';
import type { Statement } from './policy-document.ts';
import { resolveVariables } from './policy-variables.ts';

export const ASSUME_ROLE = 'sts:AssumeRole';

/** Three answers: no, yes, or it depends; then on what. */
export interface Answer {
  readonly is: 'no' | 'maybe' | 'yes';
  /** For `maybe`: any of these conditions. */
  readonly conditions: readonly string[];
  /** Policies and statements behind a `yes` or `maybe`. */
  readonly evidence: readonly string[];
}

/** What the identity's policies, and its boundary, say of assuming one role. */
export interface IdentitySide {
  readonly allows: Answer;
  readonly denies: Answer;
  /** `yes` where there is no boundary. */
  readonly withinBoundary: Answer;
}

const NO: Answer = { is: 'no', conditions: [], evidence: [] };
const YES: Answer = { is: 'yes', conditions: [], evidence: [] };

type Relevant = Pick<HeldPolicy, 'title' | 'policy'> & { readonly statements: readonly Statement[] };

/** Answers for many identities and roles; keeps for each identity the few statements that are about assuming roles. */
export class AssumeCheck {
  readonly #estate: Estate;
  readonly #held = new Map<string, readonly Relevant[]>();
  readonly #boundary = new Map<string, readonly Relevant[]>();
  /** Numbers of identities by `account role`, where a statement names that one role. */
  readonly #byRole = new Map<string, number[]>();
  /** Numbers of identities by account, where a statement leaves open which role. */
  readonly #open = new Map<string, number[]>();

  constructor(estate: Estate) {
    this.#estate = estate;
    estate.identities.forEach((identity, at) => {
      this.#held.set(identity.arn, relevant(identity.held));
      this.#index(identity, at);
      const arn = identity.entity.boundary;
      const policy = arn === undefined ? undefined : estate.policies.get(arn)?.policy;
      if (arn !== undefined && policy !== undefined)
        this.#boundary.set(identity.arn, relevant([{ title: arn, policy }]));
    });
  }

  /**
   * Identities of an account of which some statement might let them assume the role, in the order of the estate. Most
   * statements name single roles: these are looked up, so the cost is not that of all identities for each role.
   */
  candidates(account: string, role: string): readonly Identity[] {
    const named = this.#byRole.get(`${account} ${role}`) ?? [];
    const open = this.#open.get(account) ?? [];
    return [...new Set([...named, ...open])].sort((a, b) => a - b).map((at) => this.#estate.identities[at]!);
  }

  #index(identity: Identity, at: number): void {
    for (const { policy, statements } of this.#held.get(identity.arn)!) {
      for (const { effect, resources } of statements) {
        if (effect !== 'ALLOW') continue;
        for (const pattern of resources.patterns) {
          const single = !resources.not && !isWild(pattern) && !(policy.variables && pattern.includes('${'));
          if (single) push(this.#byRole, `${identity.account} ${pattern}`, at);
          else push(this.#open, identity.account, at);
        }
      }
    }
  }

  of(identity: Identity, role: string): IdentitySide {
    const held = this.#held.get(identity.arn)!;
    const boundary = this.#boundary.get(identity.arn);
    const unknown = identity.entity.boundary !== undefined && boundary === undefined;
    return {
      allows: answer(held, 'ALLOW', identity, role),
      denies: either(answer(held, 'DENY', identity, role), answer(boundary ?? [], 'DENY', identity, role)),
      withinBoundary: unknown
        ? { is: 'maybe', conditions: [unknownBoundaryText(identity.entity.boundary!)], evidence: [] }
        : boundary === undefined
          ? YES
          : answer(boundary, 'ALLOW', identity, role),
    };
  }

  get estate(): Estate {
    return this.#estate;
  }
}

/** The condition under which something counts that a boundary unknown to us must allow. */
export const unknownBoundaryText = (arn: string): string =>
  `the permissions boundary ${arn}, which no file describes, allows it`;

function push(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
}

function relevant(held: readonly HeldPolicy[]): readonly Relevant[] {
  return held.flatMap(({ title, policy }) => {
    const statements = policy.statements.filter(({ actions }) => actionMatches(actions, ASSUME_ROLE));
    return statements.length === 0 ? [] : [{ title, policy, statements }];
  });
}

function answer(policies: readonly Relevant[], effect: 'ALLOW' | 'DENY', identity: Identity, role: string): Answer {
  let found = NO;
  for (const { title, policy, statements } of policies) {
    for (const statement of statements) {
      if (statement.effect !== effect) continue;
      const about = resourceAnswer(statement, policy.variables, identity, role);
      if (about.is === 'no') continue;
      const condition = allOf([statement.condition, ...about.conditions]);
      const evidence = [evidenceOf(title, statement)];
      const one: Answer =
        condition === undefined
          ? { is: 'yes', conditions: [], evidence }
          : { is: 'maybe', conditions: [condition], evidence };
      found = either(found, one);
    }
  }
  return found;
}

/** One is enough: the surer of the two, both where both are not sure. */
function either(a: Answer, b: Answer): Answer {
  if (a.is === 'no' || b.is === 'yes') return a.is === 'yes' ? a : b;
  if (b.is === 'no' || a.is === 'yes') return a;
  const conditions = [...new Set([...a.conditions, ...b.conditions])];
  return { is: 'maybe', conditions, evidence: [...new Set([...a.evidence, ...b.evidence])] };
}

/** Does the statement's resource element hold the role? */
function resourceAnswer(statement: Statement, variables: boolean, identity: Identity, role: string): Answer {
  const { not, patterns } = statement.resources;
  const hits = patterns.map((text) => patternAnswer(text, variables, identity, role, not));
  if (hits.includes('yes')) return not ? NO : YES;
  if (!hits.includes('maybe')) return not ? YES : NO;
  const unsure = patterns.filter((_, at) => hits[at] === 'maybe').join(' or ');
  return { is: 'maybe', conditions: [`resource is ${not ? 'not ' : ''}${unsure}`], evidence: [] };
}

function patternAnswer(
  text: string,
  variables: boolean,
  { requester }: Identity,
  role: string,
  excepted: boolean,
): 'no' | 'maybe' | 'yes' {
  if (!variables) return matchesGlob(canonicalGlob(text), role) ? 'yes' : 'no';
  const resolved = resolveVariables(text, requester.account, requester);
  if (resolved === undefined) return excepted ? 'maybe' : 'no';
  if (!matchesGlob(canonicalGlob(resolved.pattern), role)) return 'no';
  return resolved.exact ? 'yes' : 'maybe';
}
