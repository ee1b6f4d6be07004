/**
 * Which sides of which rules of separation of duties an entitlement is of, where it is looked at alone: what it conveys is on
 * a side, or it is part of what a role or group gives that the side names.
 */

import { resolveSodRules } from '../../findings/duties/resolve-sod-rules.ts';
import type { ResolvedDuty } from '../../findings/duties/sod-rule.ts';
import type { SodRules } from '../../findings/find-all.ts';
import { foldCase, matches } from '../../snapshot/action-pattern.ts';
import { CONTAINMENT, DENY, GRANT, MEMBERSHIP, NO_INHERIT, type Snapshot, TAKEOVER } from '../../snapshot/snapshot.ts';

/** Left and right of the first rule are 0 and 1, of the second one 2 and 3, and so on. */
export type Side = number;

/** What is looked at of an entitlement. */
export interface Conveyed {
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  /** Node number. */
  readonly resource: number;
  readonly inherits: boolean;
}

export interface DutySides {
  /** Names of rules: that of side s is `rules[s >> 1]`. */
  readonly rules: readonly string[];
  /** Sides that an entitlement is of, ascending. */
  readonly sidesOf: (of: Conveyed) => readonly Side[];
}

/** An action on a resource that is of a side, seen from the resource itself or from one that contains it. */
interface DutyAt {
  readonly side: Side;
  readonly action: string;
  readonly isItself: boolean;
}

/**
 * O(rules, what their patterns come to, and what contains the resources that they name).
 *
 * @throws InputError for what rules name that is not there
 */
export function dutySides(snapshot: Snapshot, { rules, file }: SodRules): DutySides {
  const resolved = resolveSodRules(snapshot, rules, file);
  const duties = new Map<number, DutyAt[]>();
  const byRoles = new Map<string, Set<Side>>();
  for (const [number, { left, right }] of resolved.entries()) {
    const [onLeft, onRight] = [left, right].map((side, i) => {
      for (const duty of side) noteEntitlement(snapshot, duties, duty, 2 * number + i);
      return new Set(side.flatMap((duty) => (duty.action === undefined ? [...givenBy(snapshot, duty.node)] : [])));
    });
    // What both sides give tells them not apart.
    for (const [i, own, other] of [
      [0, onLeft!, onRight!],
      [1, onRight!, onLeft!],
    ] as const)
      for (const key of own) if (!other.has(key)) byRoles.set(key, (byRoles.get(key) ?? new Set()).add(2 * number + i));
  }
  return {
    rules: resolved.map(({ name }) => name),
    sidesOf: (of) => {
      const sides = new Set<Side>();
      for (const key of keysOf(of)) for (const side of byRoles.get(key) ?? []) sides.add(side);
      const actions = of.actions.map(foldCase);
      const except = of.exceptActions.map(foldCase);
      for (const { side, action, isItself } of duties.get(of.resource) ?? [])
        if ((isItself || of.inherits) && conveys(actions, except, action)) sides.add(side);
      return [...sides].sort((a, b) => a - b);
    },
  };
}

const conveys = (actions: readonly string[], except: readonly string[], action: string): boolean =>
  actions.some((pattern) => matches(pattern, action)) && !except.some((pattern) => matches(pattern, action));

function noteEntitlement(
  { adjacency, source }: Snapshot,
  duties: Map<number, DutyAt[]>,
  { node, action }: ResolvedDuty,
  side: Side,
): void {
  if (action === undefined) return;
  const upward = new Set([node]);
  for (const resource of upward) {
    const known = duties.get(resource) ?? [];
    known.push({ side, action, isItself: resource === node });
    duties.set(resource, known);
    for (const edge of adjacency[CONTAINMENT]!.into.of(resource)) upward.add(source[edge]!);
  }
}

/** Keys of what a role or group gives by itself and by what it is a member of. */
function* givenBy({ adjacency, flags, target, termsOf, terms }: Snapshot, principal: number): Iterable<string> {
  const met = new Set([principal]);
  for (const node of met) {
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node)) met.add(target[edge]!);
    for (const edge of adjacency[GRANT]!.out.of(node)) {
      if ((flags[edge]! & (DENY | TAKEOVER)) !== 0) continue;
      const { actions } = terms.all[termsOf[edge]!]!;
      yield* keysOf({ actions, resource: target[edge]!, inherits: (flags[edge]! & NO_INHERIT) === 0 });
    }
  }
}

const keysOf = ({ actions, resource, inherits }: Omit<Conveyed, 'exceptActions'>): readonly string[] =>
  actions.map((action) => JSON.stringify([foldCase(action), resource, inherits]));
