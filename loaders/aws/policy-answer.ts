/** What policies say about one action on one resource: no, yes, or it depends; then on what. */
import { actionMatches } from './action-terms.ts';
import { allOf } from './condition-text.ts';
import type { HeldPolicy, Identity } from './estate.ts';
import { canonicalGlob, matchesGlob } from './glob.ts';
import { type KnownKeys, openCondition } from './known-keys.ts';
import { evidenceOf } from './placements.ts';
import type { Statement } from './policy-document.ts';
import { resolveVariables } from './policy-variables.ts';

export interface Answer {
  readonly is: 'no' | 'maybe' | 'yes';
  /** For `maybe`: any of these conditions. */
  readonly conditions: readonly string[];
  /** Policies and statements behind a `yes` or `maybe`. */
  readonly evidence: readonly string[];
}

export const NO: Answer = { is: 'no', conditions: [], evidence: [] };
export const YES: Answer = { is: 'yes', conditions: [], evidence: [] };

/** A policy with those of its statements that are about the action at hand. */
export type Relevant = Pick<HeldPolicy, 'title' | 'policy' | 'group'> & { readonly statements: readonly Statement[] };

/** The policies that have anything to say about an action. */
export function relevantTo(action: string, held: readonly HeldPolicy[]): readonly Relevant[] {
  return held.flatMap((holding) => {
    const statements = holding.policy.statements.filter(({ actions }) => actionMatches(actions, action));
    return statements.length === 0 ? [] : [{ ...holding, statements }];
  });
}

/**
 * What the statements of one effect say of a resource.
 *
 * @param known keys of the request that are settled, whoever makes it
 */
export function answer(
  policies: readonly Relevant[],
  effect: 'ALLOW' | 'DENY',
  identity: Identity,
  resource: string,
  known: KnownKeys = {},
): Answer {
  let found = NO;
  for (const { title, policy, statements } of policies) {
    for (const statement of statements) {
      if (statement.effect !== effect) continue;
      const open = openCondition(statement.condition, known);
      if (open === 'never') continue;
      const about = resourceAnswer(statement, policy.variables, identity, resource);
      if (about.is === 'no') continue;
      const condition = allOf([open, ...about.conditions]);
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
export function either(a: Answer, b: Answer): Answer {
  if (a.is === 'no' || b.is === 'yes') return a.is === 'yes' ? a : b;
  if (b.is === 'no' || a.is === 'yes') return a;
  const conditions = [...new Set([...a.conditions, ...b.conditions])];
  return { is: 'maybe', conditions, evidence: [...new Set([...a.evidence, ...b.evidence])] };
}

/** What policies that no file describes may allow besides. */
export const withUnknown = (allows: Answer, unknown: string | undefined): Answer =>
  unknown === undefined ? allows : either(allows, { is: 'maybe', conditions: [unknown], evidence: [] });

/** All are needed. */
export function both(answers: readonly Answer[]): Answer {
  if (answers.some(({ is }) => is === 'no')) return NO;
  const evidence = [...new Set(answers.flatMap((one) => one.evidence))];
  const condition = allOf(answers.map(conditionOf));
  return condition === undefined
    ? { is: 'yes', conditions: [], evidence }
    : { is: 'maybe', conditions: [condition], evidence };
}

/** What is left of an allow beside a denial. */
export function unless(allows: Answer, denies: Answer): Answer {
  if (denies.is === 'yes' || allows.is === 'no') return NO;
  const condition = allOf([conditionOf(allows), unlessOf(denies)]);
  return condition === undefined ? allows : { ...allows, is: 'maybe', conditions: [condition] };
}

/** Under which condition a `maybe` holds. */
export const conditionOf = (one: Answer): string | undefined =>
  one.is === 'maybe' ? one.conditions.join(' or ') : undefined;

/** The condition of what a denial that may apply would take away. */
export const unlessOf = (one: Answer): string | undefined =>
  one.is === 'maybe' ? `unless ${one.conditions.join(' or ')}` : undefined;

/** Does the statement's resource element hold the resource? */
function resourceAnswer(statement: Statement, variables: boolean, identity: Identity, resource: string): Answer {
  const { not, patterns } = statement.resources;
  const hits = patterns.map((text) => patternAnswer(text, variables, identity, resource, not));
  if (hits.includes('yes')) return not ? NO : YES;
  if (!hits.includes('maybe')) return not ? YES : NO;
  const unsure = patterns.filter((_, at) => hits[at] === 'maybe').join(' or ');
  return { is: 'maybe', conditions: [`resource is ${not ? 'not ' : ''}${unsure}`], evidence: [] };
}

function patternAnswer(
  text: string,
  variables: boolean,
  { requester }: Identity,
  resource: string,
  excepted: boolean,
): 'no' | 'maybe' | 'yes' {
  if (!variables) return matchesGlob(canonicalGlob(text), resource) ? 'yes' : 'no';
  const resolved = resolveVariables(text, requester.account, requester);
  if (resolved === undefined) return excepted ? 'maybe' : 'no';
  if (!matchesGlob(canonicalGlob(resolved.pattern), resource)) return 'no';
  return resolved.exact ? 'yes' : 'maybe';
}
