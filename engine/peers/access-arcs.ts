/**
 * What is joined to what by access, without direction: memberships, assignments, allowing grants, containment and what may be
 * assumed. Takeovers and denials are no part of it. Two nodes are joined or not, however many sources say so.
 */
import { undirectedGraph, type WeightedGraph } from '../../algorithms/weighted-graph.ts';
import { counts, makeFrame } from '../access/frame.ts';
import type { Instant } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import { nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { CONTAINMENT, DENY, GRANT, MEMBERSHIP, type Snapshot, TAKE } from '../snapshot/snapshot.ts';

export interface AccessArcs {
  /** Node number at each place of the graph, in order. */
  readonly nodes: Uint32Array;
  readonly graph: WeightedGraph;
}

const JOINING = [MEMBERSHIP, TAKE, GRANT, CONTAINMENT];

/** O(nodes + edges). @throws what the pace throws */
export async function accessArcs(snapshot: Snapshot, at: Instant, pace: Pace): Promise<AccessArcs> {
  // In this reach what may be assumed counts, and takeovers do not.
  const frame = makeFrame(snapshot, 'ASSUMABLE', at);
  const nodes = nodesInOrder(snapshot);
  const placeOf = new Uint32Array(snapshot.nodeSpace);
  for (let place = 0; place < nodes.length; place++) placeOf[nodes[place]!] = place;
  const sources = new Column(Uint32Array);
  const targets = new Column(Uint32Array);
  for (const node of nodes) {
    if (pace.isDue()) await pace.rest();
    for (const way of JOINING) {
      const { out } = snapshot.adjacency[way]!;
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        if ((snapshot.flags[edge]! & DENY) !== 0 || !counts(frame, edge)) continue;
        sources.push(placeOf[node]!);
        targets.push(placeOf[snapshot.target[edge]!]!);
      }
    }
  }
  const graph = undirectedGraph(nodes.length, sources.values(), targets.values());
  return { nodes, graph: { ...graph, weights: graph.weights.fill(1) } };
}
