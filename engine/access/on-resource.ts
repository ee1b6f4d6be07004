/** What the grants of a context and its bounds come to on one resource, for patterns rather than for one action. */
import { CONDITIONAL_EDGE, DENY, GRANT, NO_INHERIT } from '../snapshot/snapshot.ts';
import type { AppliedContext, AppliedGrant, AppliedGrants, RowGroup } from './access-rows.ts';
import { rowGroups } from './access-rows.ts';
import { boundsOf, collectContexts, membersOf } from './contexts.ts';
import { counts, type Frame } from './frame.ts';
import type { NodeSet } from './node-set.ts';
import type { Workspace } from './workspace.ts';

/**
 * The grants of one context that reach a resource. `work.upward` must hold the resource and its containers; uses
 * `work.members`.
 */
export function appliedContext(
  frame: Frame,
  work: Workspace,
  context: number,
  resource: number,
  sure: boolean,
): AppliedContext {
  const own = appliedGrants(frame, work, context, resource);
  return { ...own, sure, bounds: boundsOf(frame, context).map((bound) => appliedGrants(frame, work, bound, resource)) };
}

function appliedGrants(frame: Frame, work: Workspace, context: number, resource: number): AppliedGrants {
  membersOf(frame, context, work.members);
  const allows: AppliedGrant[] = [];
  const denials: AppliedGrant[] = [];
  const met = new Set<string>();
  for (const member of work.members.nodes) {
    for (const { terms, sure, denies } of grantsOf(frame, work.upward, work.members, member, resource)) {
      const key = `${terms} ${sure} ${denies}`;
      if (met.has(key)) continue;
      met.add(key);
      (denies ? denials : allows).push({ terms: frame.snapshot.terms.all[terms]!, sure });
    }
  }
  return { allows, denials };
}

function* grantsOf(
  frame: Frame,
  upward: NodeSet,
  members: NodeSet,
  member: number,
  resource: number,
): Iterable<{ terms: number; sure: boolean; denies: boolean }> {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[GRANT]!;
  for (const edge of out.of(member)) {
    const target = snapshot.target[edge]!;
    const flags = snapshot.flags[edge]!;
    if (!upward.has(target) || !counts(frame, edge) || ((flags & NO_INHERIT) !== 0 && target !== resource)) continue;
    yield {
      terms: snapshot.termsOf[edge]!,
      sure: members.isCertain(member) && (flags & CONDITIONAL_EDGE) === 0,
      denies: (flags & DENY) !== 0,
    };
  }
}

/** All rows of an identity on one resource. `work.upward` must hold the resource and its containers. */
export function rowsOn(frame: Frame, work: Workspace, identity: number, resource: number): readonly RowGroup[] {
  collectContexts(frame, identity, work);
  const contexts = work.contexts.nodes.map((context) => ({ context, sure: work.contexts.isCertain(context) }));
  return rowGroups(contexts.map(({ context, sure }) => appliedContext(frame, work, context, resource, sure)));
}
