/** What a node has in the graph of access, as reasons why another is like it. */
import { counts, type Frame } from '../access/frame.ts';
import type { Pace } from '../snapshot/pace.ts';
import { CONTAINMENT, DENY, GRANT, isResource, MEMBERSHIP } from '../snapshot/snapshot.ts';

/**
 * Of a principal: groups and roles that it is in, to any depth, and the resources that it and these are granted something
 * on. Of a resource: the principals that are granted something on it, and what contains it directly. Without itself.
 */
export async function attained(frame: Frame, node: number, pace: Pace): Promise<ReadonlySet<number>> {
  if (isResource(frame.snapshot, node))
    return new Set([...ends(frame, node, GRANT, 'into'), ...ends(frame, node, CONTAINMENT, 'into')]);
  const members = new Set([node]);
  const found = new Set<number>();
  for (const member of members) {
    if (pace.isDue()) await pace.rest();
    for (const next of ends(frame, member, MEMBERSHIP, 'out')) members.add(next);
    for (const resource of ends(frame, member, GRANT, 'out')) found.add(resource);
  }
  for (const member of members) found.add(member);
  found.delete(node);
  return found;
}

/** Other ends of a node's edges that count and deny nothing. */
function* ends(frame: Frame, node: number, way: number, direction: 'out' | 'into'): Iterable<number> {
  const { snapshot } = frame;
  for (const edge of snapshot.adjacency[way]![direction].of(node)) {
    if ((snapshot.flags[edge]! & DENY) !== 0 || !counts(frame, edge)) continue;
    yield direction === 'out' ? snapshot.target[edge]! : snapshot.source[edge]!;
  }
}
