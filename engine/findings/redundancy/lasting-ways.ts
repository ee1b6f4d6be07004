/**
 * Ways that hold wherever an edge does: from a principal by membership, and from a resource to what contains it. Edges that
 * are taken as gone are not walked.
 */
import type { Instant } from '../../model/index.ts';
import { CONTAINMENT, MEMBERSHIP, type Snapshot } from '../../snapshot/snapshot.ts';
import { type Hold, holdsWherever } from './holds-wherever.ts';

export interface Walked {
  readonly snapshot: Snapshot;
  readonly at: Instant;
  /** By edge, see `GraphFacts`. */
  readonly conditions: Uint32Array;
  /** By edge: 1 for what is taken as gone. */
  readonly gone: Uint8Array;
}

/** Nodes in the order in which they are met, each with the edge that it was met by; -1 for the first. */
export type Ways = ReadonlyMap<number, number>;

/**
 * What a principal is a member of, itself first, less one edge. O(edges walked).
 *
 * @param without -1 for none
 * @param wanted the walk ends where this is met; -1 for none
 */
export function lastingMembers(walked: Walked, principal: number, hold: Hold, without = -1, wanted = -1): Ways {
  const { snapshot, conditions, gone } = walked;
  const { target, adjacency } = snapshot;
  const { out } = adjacency[MEMBERSHIP]!;
  const ways = new Map([[principal, -1]]);
  for (const node of ways.keys()) {
    const patch = out.patchOf(node);
    for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      const to = target[edge]!;
      if (edge === without || gone[edge] === 1 || ways.has(to) || !holdsWherever(snapshot, conditions, edge, hold))
        continue;
      ways.set(to, edge);
      if (to === wanted) return ways;
    }
  }
  return ways;
}

/** A resource and what contains it; a condition of containment says nothing. O(edges walked). */
export function lastingContainers({ snapshot, conditions }: Walked, resource: number, hold: Hold): Ways {
  const { source, adjacency } = snapshot;
  const { into } = adjacency[CONTAINMENT]!;
  const ways = new Map([[resource, -1]]);
  for (const node of ways.keys()) {
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const edge = into.edge(i, patch);
      const from = source[edge]!;
      if (!ways.has(from) && holdsWherever(snapshot, conditions, edge, { ...hold, condition: conditions[edge]! }))
        ways.set(from, edge);
    }
  }
  return ways;
}

/** The edges of a way to a node, the first one first. `from` is the other end of the edge that a node was met by. */
export function edgesOfWay(ways: Ways, node: number, from: ArrayLike<number>): readonly number[] {
  const edges: number[] = [];
  for (let edge = ways.get(node)!; edge !== -1; edge = ways.get(from[edge]!)!) edges.push(edge);
  return edges.reverse();
}
