/** Who can act with what a principal has, by design: identities that are, are members of or can act as it. */
import { needsCare } from '../../access/contexts.ts';
import { counts, type Frame } from '../../access/frame.ts';
import { isIdentity, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';

interface Behind {
  readonly identities: readonly number[];
  /** True when one of those between, or the principal, may meet a denial or a bound. */
  readonly needsCare: boolean;
}

/** O(edges between them). @param frame must not count take-overs */
export function whoStandsBehind(frame: Frame, principals: Iterable<number>): Behind {
  const { snapshot } = frame;
  const reached = new Set(principals);
  for (const node of reached) {
    for (const edgeClass of [MEMBERSHIP, TAKE])
      for (const edge of snapshot.adjacency[edgeClass]!.into.of(node))
        if (counts(frame, edge)) reached.add(snapshot.source[edge]!);
  }
  const nodes = [...reached];
  return {
    identities: nodes.filter((node) => isIdentity(snapshot, node)).sort((a, b) => a - b),
    needsCare: nodes.some((node) => needsCare(frame, node)),
  };
}

/** Principals of which one is a member, itself among them, against the edges. */
export function membersOfOne(frame: Frame, principal: number): ReadonlySet<number> {
  const { snapshot } = frame;
  const reached = new Set([principal]);
  for (const node of reached)
    for (const edge of snapshot.adjacency[MEMBERSHIP]!.into.of(node))
      if (counts(frame, edge)) reached.add(snapshot.source[edge]!);
  return reached;
}
