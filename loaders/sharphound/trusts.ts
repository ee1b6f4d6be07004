import type { EdgeDraft, NodeRecord } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { controlOf, type Placed } from './units.ts';

/** Kinds of trust inside of one forest, which is one realm of security: by name, and by number in older files. */
const IN_FOREST = new Set(['ParentChild', 'CrossLink', 'TreeRoot', '0', '1']);
/** Directions in which the domain that tells of the trust lets accounts of the other in. */
const TRUSTING = new Set(['Outbound', 'Bidirectional', '2', '3']);

/**
 * What a domain's trusts hand over. Who rules a domain of a forest rules the forest; who rules a domain that is trusted without
 * filtering of SIDs can claim to be anyone of the trusting one. A filtered trust hands over nothing by itself.
 */
export function* trustEdges({ id, source, name }: Placed, trusts: readonly Fields[]): Iterable<NodeRecord | EdgeDraft> {
  for (const trust of trusts) {
    const other = textOf(trust['TargetDomainSid'])?.toUpperCase();
    if (other === undefined || other === id) continue;
    const called = textOf(trust['TargetDomainName']) ?? other;
    yield { kind: 'Resource', id: other, source, name: called, resourceType: 'domain', attributes: {} };
    const technique = techniqueOf(trust);
    if (technique === undefined) continue;
    yield {
      kind: 'Role',
      id: controlOf(other),
      source,
      name: `control of ${called}`,
      attributes: { definition: other },
    };
    const edge = { kind: 'CONTROLS' as const, source, technique, evidence: `trust of ${name} in ${called}` };
    yield { ...edge, from: controlOf(other), to: controlOf(id) };
    if (technique === 'SameForestTrust') yield { ...edge, from: controlOf(id), to: controlOf(other) };
  }
}

function techniqueOf(trust: Fields): string | undefined {
  if (IN_FOREST.has(textOf(trust['TrustType']) ?? '')) return 'SameForestTrust';
  const lets = TRUSTING.has(textOf(trust['TrustDirection']) ?? '') && trust['SidFilteringEnabled'] === false;
  return lets ? 'SpoofSIDHistory' : undefined;
}
