/** A directed graph with each strongly connected component as one node: no circle is left. O(nodes + arcs). */
import { identityOrder, rowBounds, stableOrderBy } from './sorted-edges.ts';
import { strongComponents } from './strong-components.ts';

export interface Condensation {
  /** Component of each node. Every arc between components goes from a higher to a lower number. */
  readonly component: Uint32Array;
  readonly count: number;
  /** Arcs between components as rows, each once. */
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
  /** Nodes by component: those of component c are `members[memberBounds[c]]` to `members[memberBounds[c + 1]]`, excluded. */
  readonly members: Uint32Array;
  readonly memberBounds: Uint32Array;
}

export function stronglyCondensed(graph: {
  readonly nodeCount: number;
  readonly bounds: Uint32Array;
  readonly targets: Uint32Array;
}): Condensation {
  const { component, count } = strongComponents(graph.bounds, graph.targets);
  const members = stableOrderBy(component, count, identityOrder(graph.nodeCount));
  const memberBounds = rowBounds(component, 0, graph.nodeCount, count);
  const bounds = new Uint32Array(count + 1);
  const targets = new Uint32Array(graph.targets.length);
  /** The last component from which another one was met, plus one. */
  const metFrom = new Uint32Array(count);
  let size = 0;
  for (let c = 0; c < count; c++) {
    for (let i = memberBounds[c]!; i < memberBounds[c + 1]!; i++) {
      const v = members[i]!;
      for (let arc = graph.bounds[v]!; arc < graph.bounds[v + 1]!; arc++) {
        const other = component[graph.targets[arc]!]!;
        if (other === c || metFrom[other] === c + 1) continue;
        metFrom[other] = c + 1;
        targets[size++] = other;
      }
    }
    bounds[c + 1] = size;
  }
  return { component, count, bounds, targets: targets.slice(0, size), members, memberBounds };
}
