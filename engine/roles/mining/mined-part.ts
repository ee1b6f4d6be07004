/** Which identities and resources are mined: those that a list of ids names, and what belongs to them. */
import { CONTAINMENT, isIdentity, isResource, MEMBERSHIP, type Snapshot } from '../../snapshot/snapshot.ts';
import type { Part } from './action-columns.ts';

/**
 * Groups and roles stand for whoever is in them or has them, resources for what they contain. Where only principals are named all
 * resources count, and the other way round.
 *
 * @param nodes numbers; undefined for all of the graph
 */
export function minedPart(snapshot: Snapshot, nodes: readonly number[] | undefined): Part {
  if (nodes === undefined) return { hasIdentity: () => true, hasResource: () => true };
  const { adjacency, source, target } = snapshot;
  const resources = new Set(nodes.filter((node) => isResource(snapshot, node)));
  const principals = new Set(nodes.filter((node) => !isResource(snapshot, node)));
  const [named, held] = [principals.size > 0, resources.size > 0];
  for (const node of resources) for (const edge of adjacency[CONTAINMENT]!.out.of(node)) resources.add(target[edge]!);
  for (const node of principals) {
    if (isIdentity(snapshot, node)) continue;
    for (const edge of adjacency[MEMBERSHIP]!.into.of(node)) principals.add(source[edge]!);
  }
  return {
    hasIdentity: (node) => !named || principals.has(node),
    hasResource: (node) => !held || resources.has(node),
  };
}
