/**
 * Exceptions in the engine's part of a proof. What is agreed is denied on both sides: a denial decides about a context whatever it is
 * granted, so that what still differs is nothing that was agreed, and everything else is compared as it is.
 */
import { type EdgeRecord, makeEdge } from '../../model/index.ts';
import type { Edits } from '../../snapshot/extend.ts';
import { edgeEditOf } from '../../snapshot/follow.ts';
import type { AgreedException } from '../exceptions/agreed-exception.ts';
import type { AgreedRegion } from '../exceptions/agreed-region.ts';

/** Denials in place of what is agreed: of each identity, and of groups and roles that nobody acts as but those who have agreed. */
export function agreedDenials(region: AgreedRegion, exceptions: readonly AgreedException[]): readonly EdgeRecord[] {
  const { ids } = region.snapshot;
  return [...region.agreedPrincipals()].map(([{ place }, principal]) =>
    makeEdge({
      kind: 'GRANTS',
      from: ids.at(principal),
      to: exceptions[place]!.resource,
      source: 'agreed exceptions',
      key: `exception ${place}`,
      actions: [exceptions[place]!.action],
      effect: 'DENY',
    }),
  );
}

/** The same as edits of a version. */
export const maskEdits = (version: number, denials: readonly EdgeRecord[]): Edits => ({
  version,
  nodes: [],
  nodesGone: [],
  edges: denials.map((edge) => edgeEditOf(edge, 0)),
  edgesGone: [],
});
