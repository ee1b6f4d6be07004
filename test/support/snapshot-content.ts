/** What a snapshot says of the graph, in forms that can be compared. */
import { EDGE_KINDS, NODE_KINDS } from '../../engine/model/index.ts';
import { membershipCycles } from '../../engine/snapshot/cycles.ts';
import { liveNodes } from '../../engine/snapshot/nodes.ts';
import { sortedEdges, sortNodes } from '../../engine/snapshot/order.ts';
import type { Rows } from '../../engine/snapshot/rows.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';

/** The arrays of a compiled snapshot, but for the store's numbers: equal graphs have equal ones. */
export function arraysOf(snapshot: Snapshot): unknown {
  const { nodeRef: _nodes, edgeRef: _edges, index: _index, space, terms, adjacency, ...rest } = snapshot;
  const rows = adjacency.map(({ out, into }) => [out.bounds, into.bounds, into.edges]);
  return { ...rest, kindStart: space.kindStart, terms: terms.all, rows };
}

/** Everything that a snapshot says, without a number in it: whether it was compiled or followed makes no difference. */
export function contentOf(snapshot: Snapshot): unknown {
  const nodes = [...sortNodes(snapshot, Uint32Array.from(liveNodes(snapshot, 0, NODE_KINDS.length)))];
  return {
    version: snapshot.version,
    nodes: nodes.map((node) => nodeContent(snapshot, node)),
    found: nodes.map((node) => snapshot.index.find(snapshot.ids.at(node)) === node),
    edges: edgesInOrder(snapshot, nodes).map((edge) => edgeContent(snapshot, edge)),
    rows: snapshot.adjacency.map(({ out, into }) => [
      nodes.map((node) => rowContent(snapshot, out, node)),
      nodes.map((node) => rowContent(snapshot, into, node)),
    ]),
    nodeCounts: [...snapshot.nodeCounts],
    edgeCounts: [...snapshot.edgeCounts],
    cycles: membershipCycles(snapshot),
  };
}

function edgesInOrder(snapshot: Snapshot, nodes: readonly number[]): readonly number[] {
  const edges = snapshot.adjacency.flatMap(({ out }) => nodes.flatMap((node) => [...out.of(node)]));
  // Reversed, so that sorting has something to do.
  return sortedEdges(snapshot, edges.reverse());
}

function nodeContent(snapshot: Snapshot, node: number): unknown {
  const { ids, disabled, nodeRef, space, searchText, retold } = snapshot;
  const { bytes, starts } = searchText;
  const text = retold.get(node) ?? Buffer.from(bytes.subarray(starts[node]!, starts[node + 1]! - 1)).toString();
  return [NODE_KINDS[space.kindIndexOf(node)], ids.at(node), disabled[node], nodeRef[node], text];
}

function edgeContent(snapshot: Snapshot, edge: number): unknown {
  const { ids, source, target, edgeKind, flags, terms, termsOf, windowOf, validFrom, validTo, edgeRef } = snapshot;
  const { actions, exceptActions } = terms.all[termsOf[edge]!]!;
  const window = windowOf[edge]!;
  return [
    ids.at(source[edge]!),
    ids.at(target[edge]!),
    EDGE_KINDS[edgeKind[edge]!],
    flags[edge],
    actions,
    exceptActions,
    validFrom[window],
    validTo[window],
    edgeRef[edge],
  ];
}

const rowContent = (snapshot: Snapshot, rows: Rows, node: number): unknown =>
  [...rows.of(node)].map((edge) => [rows.count(node), snapshot.edgeRef[edge]]);
