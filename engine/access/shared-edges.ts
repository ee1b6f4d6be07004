/**
 * Edges that every allowing way takes. A way allows when the context it ends in is open: nothing there denies or bounds the
 * action for sure. So ways are walks in the path graph in two layers, open and closed, between which a change of identity
 * leads; what they all take are arcs that dominate the resource in the open layer.
 *
 * That walks may come back to a node and ways must not makes no difference: what an allowing walk does not need can be left
 * out of it until it is a way that is told, and allows no less.
 */
import { type ArcRows, arcRows } from '../../algorithms/arc-rows.ts';
import { type Dominators, dominatingArcs, dominators, NONE } from '../../algorithms/dominators.ts';
import type { PathEdge, PathGraph } from './path-graph.ts';

/** Walks from the source to the target are the allowing ones. */
interface Layers {
  readonly rows: ArcRows;
  readonly source: number;
  readonly target: number;
  /** By place in the rows; where there are two layers an edge may have two places. */
  readonly edges: readonly PathEdge[];
  readonly areTwo: boolean;
}

/**
 * O(edges · log nodes); in two layers times the length of a shortest way, at most.
 *
 * @param isOpen whether ways that end in a context, given as node of the snapshot, allow
 * @returns edge numbers of the snapshot, none when no way allows
 */
export function edgesOfEveryAllowingWay(graph: PathGraph, isOpen: (context: number) => boolean): readonly number[] {
  const layers = layersOf(graph, isOpen);
  const { rows, source, target, edges } = layers;
  const tree = dominators(rows, source);
  const arcs = dominatingArcs(rows, tree);
  const shared = new Set<number>();
  for (let v = target; tree.immediate[v] !== NONE; v = tree.immediate[v]!)
    if (arcs[v] !== NONE) shared.add(edges[arcs[v]!]!.edge);
  if (layers.areTwo) addTakenInEitherLayer(layers, tree, shared);
  return [...shared];
}

function layersOf({ nodes, rows, edges }: PathGraph, isOpen: (context: number) => boolean): Layers {
  const size = nodes.length;
  const contexts = new Set([0, ...edges.filter(({ takes }) => takes).map(({ to }) => to)]);
  const open = new Set([...contexts].filter((context) => isOpen(nodes[context]!)));
  if (open.size === contexts.size) return { rows, source: 0, target: 1, edges, areTwo: false };
  /** The closed layer, then the open one. */
  const layers = [0, size];
  const twice = layers.flatMap((layer) => edges.map((edge) => ({ edge, layer })));
  const layered = arcRows(
    2 * size,
    Uint32Array.from(twice, ({ edge, layer }) => edge.from + layer),
    Uint32Array.from(twice, ({ edge: { to, takes }, layer }) => {
      if (!takes) return to + layer;
      return open.has(to) ? to + size : to;
    }),
  );
  return {
    rows: layered,
    source: open.has(0) ? size : 0,
    target: 1 + size,
    edges: Array.from(layered.arcs, (arc) => twice[arc]!.edge),
    areTwo: true,
  };
}

/** Edges that are taken by every walk, by some in one layer and by some in the other: neither place dominates alone. */
function addTakenInEitherLayer(layers: Layers, tree: Dominators, shared: Set<number>): void {
  const reached = new Set(tree.order);
  const half = layers.rows.nodeCount / 2;
  for (const { edge, from } of walkWithout(layers, undefined) ?? []) {
    if (shared.has(edge) || !reached.has(from) || !reached.has(from + half)) continue;
    if (walkWithout(layers, edge) === undefined) shared.add(edge);
  }
}

/** The edges of a shortest walk that does not take an edge, or undefined when there is none. */
function walkWithout(layers: Layers, without: number | undefined): readonly PathEdge[] | undefined {
  const { rows, source, target, edges } = layers;
  /** The place by which each node was reached, and the node from which. */
  const reachedBy = new Map<number, readonly [place: number, from: number]>([[source, [-1, source]]]);
  for (const v of reachedBy.keys()) {
    if (v === target) break;
    for (let place = rows.bounds[v]!; place < rows.bounds[v + 1]!; place++) {
      const w = rows.targets[place]!;
      if (edges[place]!.edge !== without && !reachedBy.has(w)) reachedBy.set(w, [place, v]);
    }
  }
  if (!reachedBy.has(target)) return undefined;
  const walk: PathEdge[] = [];
  for (let v = target; v !== source; ) {
    const [place, from] = reachedBy.get(v)!;
    walk.push(edges[place]!);
    v = from;
  }
  return walk.reverse();
}
