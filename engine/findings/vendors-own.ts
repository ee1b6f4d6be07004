/** What only a vendor can change: nodes that it manages, and whatever leaves them. Who has them is up to the estate. */
import { classOf, isIdentity, type Snapshot, TAKE } from '../snapshot/snapshot.ts';
import type { GraphFacts } from './graph-facts.ts';
import type { RemedyStep } from './rule.ts';

interface Ground {
  readonly snapshot: Snapshot;
  readonly facts: Pick<GraphFacts, 'vendors'>;
}

export const isVendors = ({ facts }: Ground, node: number): boolean => facts.vendors[node] === 1;

/** True for an edge that leaves what a vendor manages. */
export const isVendorsEdge = (ground: Ground, edge: number): boolean =>
  isVendors(ground, ground.snapshot.source[edge]!);

/** True for an assumption of a user or service account that a vendor manages: who may act as that, its vendor says. */
export const isVendorsTrust = (ground: Ground, edge: number): boolean => {
  const { snapshot } = ground;
  const to = snapshot.target[edge]!;
  return classOf(snapshot, edge) === TAKE && isIdentity(snapshot, to) && isVendors(ground, to);
};

/** True for a step that nobody in the estate can take. */
export function isVendorsStep(ground: Ground, step: RemedyStep): boolean {
  switch (step.op) {
    case 'REMOVE_NODE':
    case 'PUT_ATTRIBUTE':
      return isVendors(ground, step.node);
    case 'REMOVE_EDGE':
      return isVendorsEdge(ground, step.edge);
    case 'COPY_EDGE':
      return isVendors(ground, step.from ?? ground.snapshot.source[step.edge]!);
    case 'PUT_EDGE':
      return isVendors(ground, step.from);
  }
}
