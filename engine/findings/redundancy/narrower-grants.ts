/**
 * Grants beside a wider one of the same principal on the same resource. No decision changes without them; lists of access, which
 * tell patterns as they were granted, name fewer.
 */
import type { Instant } from '../../model/index.ts';
import { nodesInOrder } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { DENY, GRANT, NO_INHERIT, type Snapshot, TAKEOVER } from '../../snapshot/snapshot.ts';
import { coversTerms } from '../covers-terms.ts';
import type { GraphFacts } from '../graph-facts.ts';
import { isOver } from '../still-there.ts';
import { edgesBetween } from './edges-between.ts';
import { holdOf, holdsWherever } from './holds-wherever.ts';

export interface NarrowerGrant {
  readonly edge: number;
  /** One that stays when all that are found go. */
  readonly wider: number;
}

/**
 * All that are found, by principal. O(grants · (log + grants between the same two)).
 *
 * @param staying edges that are not to go, or that are taken as gone already: they are not told
 */
export async function narrowerGrants(
  snapshot: Snapshot,
  at: Instant,
  { conditions, vendors }: Required<Pick<GraphFacts, 'conditions' | 'vendors'>>,
  { staying, gone }: { readonly staying: ReadonlySet<number>; readonly gone: ReadonlySet<number> },
  pace: Pace,
): Promise<readonly NarrowerGrant[]> {
  const { adjacency, target, flags, terms, termsOf } = snapshot;
  const found = new Map<number, number>();
  const isAsked = (edge: number): boolean =>
    (flags[edge]! & (DENY | TAKEOVER)) === 0 && !gone.has(edge) && !isOver(snapshot, edge, at);
  const isWider = (other: number, edge: number): boolean =>
    other !== edge &&
    isAsked(other) &&
    !found.has(other) &&
    ((flags[other]! & NO_INHERIT) === 0 || (flags[edge]! & NO_INHERIT) !== 0) &&
    holdsWherever(snapshot, conditions, other, holdOf(snapshot, conditions, at, edge)) &&
    coversTerms(terms.all[termsOf[other]!]!, terms.all[termsOf[edge]!]!);
  for (const node of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    const { out } = adjacency[GRANT]!;
    if (vendors[node] === 1 || out.count(node) < 2) continue;
    for (const edge of out.of(node)) {
      if (staying.has(edge) || !isAsked(edge)) continue;
      const wider = edgesBetween(snapshot, GRANT, node, target[edge]!).find((other) => isWider(other, edge));
      if (wider !== undefined) found.set(edge, wider);
    }
  }
  return [...found].map(([edge, wider]) => ({ edge, wider: stayingOf(found, wider) }));
}

/** What covers an edge may itself have been found later: then that which covers it covers both. */
function stayingOf(found: ReadonlyMap<number, number>, wider: number): number {
  let last = wider;
  for (let next = found.get(last); next !== undefined; next = found.get(last)) last = next;
  return last;
}
