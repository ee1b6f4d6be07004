/** How an identity comes to hold an entitlement, and what it holds through one of its own edges only. */
import { counts, type Frame, withoutEdge } from '../access/frame.ts';
import { DENY, GRANT, MEMBERSHIP, NO_INHERIT } from '../snapshot/snapshot.ts';
import type { HeldEntitlement } from './cluster-holdings.ts';

/** Equal for entitlements that are written alike on the same resource. */
export function entitlementKey({ snapshot }: Frame, { terms, resource, inherits }: HeldEntitlement): string {
  return JSON.stringify([snapshot.ids.at(resource), inherits, snapshot.terms.all[terms]!.key]);
}

/** A shortest way: memberships and assignments, the grant last. Of equally short ones the first in the order of edges. */
export function wayToHolding(
  frame: Frame,
  identity: number,
  entitlement: HeldEntitlement,
): readonly number[] | undefined {
  const { adjacency, target } = frame.snapshot;
  const wanted = entitlementKey(frame, entitlement);
  const from = new Map<number, { readonly node: number; readonly edge: number } | undefined>([[identity, undefined]]);
  for (const node of from.keys()) {
    for (const edge of adjacency[GRANT]!.out.of(node)) {
      if (target[edge] !== entitlement.resource || !allows(frame, edge) || keyOf(frame, edge) !== wanted) continue;
      const way = [edge];
      for (let step = from.get(node); step !== undefined; step = from.get(step.node)) way.push(step.edge);
      return way.reverse();
    }
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node))
      if (counts(frame, edge) && !from.has(target[edge]!)) from.set(target[edge]!, { node, edge });
  }
  return undefined;
}

/** Keys of what an identity holds by no way but one of its edges. Cost: all that it holds, twice. */
export function heldOnlyThrough(frame: Frame, identity: number, edge: number): ReadonlySet<string> {
  const left = new Set(heldKeys(withoutEdge(frame, edge), identity));
  return new Set([...heldKeys(frame, identity)].filter((key) => !left.has(key)));
}

function* heldKeys(frame: Frame, identity: number): Iterable<string> {
  const { adjacency, target } = frame.snapshot;
  const members = new Set([identity]);
  for (const node of members) {
    for (const edge of adjacency[GRANT]!.out.of(node)) if (allows(frame, edge)) yield keyOf(frame, edge);
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node)) if (counts(frame, edge)) members.add(target[edge]!);
  }
}

const allows = (frame: Frame, edge: number): boolean =>
  (frame.snapshot.flags[edge]! & DENY) === 0 && counts(frame, edge);

const keyOf = (frame: Frame, edge: number): string => {
  const { flags, target, termsOf } = frame.snapshot;
  const inherits = (flags[edge]! & NO_INHERIT) === 0;
  return entitlementKey(frame, { terms: termsOf[edge]!, resource: target[edge]!, inherits });
};
