import type { AccountResources } from './account-resources.ts';
import { actionTerms } from './action-terms.ts';
import { allOf } from './condition-text.ts';
import type { GraphDraft } from './graph-draft.ts';
import type { PatternScope } from './pattern-scope.ts';
import type { Placement } from './placements.ts';
import type { ResolvedPattern } from './policy-variables.ts';
import { reachesOwn } from './resource-ids.ts';

/** What the policies of another account's resources must say for an allow to count there. */
export const OTHER_ACCOUNT_MUST_ALLOW = 'the account of the resource allows it too';

/** One end of a grant: where it arrives, and what narrows it there. */
interface Target {
  readonly to: string;
  readonly key: string;
  readonly note?: string;
  readonly inherit?: false;
}

/** Writes the grants of one statement: at most one for each of its resource patterns, more for NotResource. */
export function putGrants(draft: GraphDraft, source: string, placement: Placement, resources: AccountResources): void {
  const { account } = placement;
  const ownParts = placement.patterns.filter(({ pattern }) => reachesOwn(pattern, account));
  const otherParts = placement.patterns.filter(({ pattern }) => resources.others.has(pattern));
  for (const target of targets(placement, resources.own, ownParts)) put(draft, source, placement, target, undefined);
  if (resources.others.size === 0) return;
  const foreign = placement.statement.effect === 'ALLOW' ? OTHER_ACCOUNT_MUST_ALLOW : undefined;
  for (const target of targets(placement, resources.others, otherParts)) put(draft, source, placement, target, foreign);
}

function targets(placement: Placement, scope: PatternScope, parts: readonly ResolvedPattern[]): readonly Target[] {
  return placement.not ? outsideTargets(scope, parts) : parts.map((part) => patternTarget(scope, part));
}

function patternTarget(scope: PatternScope, { pattern, exact, written }: ResolvedPattern): Target {
  const target = { to: scope.idOf(pattern), key: written };
  return exact ? target : { ...target, note: `resource is ${written}` };
}

/**
 * NotResource: the grant goes to every node wholly outside, from where it reaches what these contain. A node that is partly
 * outside gets a conditional grant that stays on it: its parts have nodes, and grants, of their own. Where that would be
 * too many grants, one conditional grant on everything stands for them: less sure, never surer than IAM.
 */
function outsideTargets(scope: PatternScope, exceptions: readonly ResolvedPattern[]): readonly Target[] {
  const note = `resource is not ${exceptions.map(({ written }) => written).join(' or ')}`;
  const outside = scope.outside(exceptions);
  if (outside === undefined) {
    scope.widened += 1;
    return [{ to: scope.idOf('*'), key: 'not, anywhere', note }];
  }
  const { whole, partly } = outside;
  return [
    ...whole.map((to) => ({ to, key: 'not' })),
    ...partly.map((to) => ({ to, key: 'not, partly', note, inherit: false as const })),
  ];
}

function put(
  draft: GraphDraft,
  source: string,
  placement: Placement,
  target: Target,
  foreign: string | undefined,
): void {
  const { statement, from, policyKey, evidence } = placement;
  actionTerms(statement.actions).forEach((terms, variant) => {
    draft.putEdge({
      kind: 'GRANTS',
      from,
      to: target.to,
      source,
      key: [policyKey, statement.label, target.key, variant === 0 ? '' : 'widened']
        .filter((part) => part !== '')
        .join(' | '),
      actions: terms.actions,
      exceptActions: terms.exceptActions,
      effect: statement.effect,
      inherit: target.inherit,
      condition: allOf([statement.condition, terms.condition, target.note, foreign]),
      evidence,
    });
  });
}
