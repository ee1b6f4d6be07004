/**
 * The part of the graph that lies on ways from an identity to a resource: principals on some way to an allowing grant,
 * and the resources between what those grants name and the one in question. Everything else is left out, so that a search
 * in it meets few dead ends.
 */

import { type ArcRows, arcRows } from '../../algorithms/arc-rows.ts';
import { covers } from '../snapshot/action-pattern.ts';
import type { Terms, TermsMatcher } from '../snapshot/action-terms.ts';
import { compareEdges, sortedEdges } from '../snapshot/order.ts';
import { CONTAINMENT, classOf, DENY, GRANT, MEMBERSHIP, NO_INHERIT, TAKE } from '../snapshot/snapshot.ts';
import { collectContexts } from './contexts.ts';
import { collectUpward } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import type { Workspace } from './workspace.ts';

/** Nodes are renumbered: 0 is the identity, 1 the resource. */
export interface PathGraph {
  /** Node numbers of the snapshot. */
  readonly nodes: readonly number[];
  /** In a row edges are in the order of edges. */
  readonly rows: ArcRows;
  /** By place in the rows. */
  readonly edges: readonly PathEdge[];
  /** The order of edges of the snapshot: negative when the first comes before the second. */
  readonly compare: (a: number, b: number) => number;
}

export interface PathEdge {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  /** True for CAN_ASSUME and CONTROLS of a principal: from here on one acts as another. */
  readonly takes: boolean;
}

/**
 * Builds the graph of ways. With a matcher only grants that match its action count, else every grant that conveys any action.
 * Leaves `work.upward` with the resource and its containers.
 */
export function pathGraph(
  frame: Frame,
  work: Workspace,
  identity: number,
  resource: number,
  matcher: TermsMatcher | undefined,
): PathGraph {
  collectUpward(frame, resource, work.upward);
  collectContexts(frame, identity, work);
  const edges = [
    ...principalEdges(frame, work),
    ...grantEdges(frame, work, resource, matcher),
    ...containmentEdges(frame, work),
  ];
  return pruned(frame, edges, identity, resource);
}

function* principalEdges(frame: Frame, work: Workspace): Iterable<number> {
  const { adjacency } = frame.snapshot;
  const classes = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
  for (const edgeClass of classes) {
    const { out } = adjacency[edgeClass]!;
    for (const node of work.attained.nodes) {
      for (const edge of out.of(node)) if (counts(frame, edge)) yield edge;
    }
  }
}

function* grantEdges(
  frame: Frame,
  work: Workspace,
  resource: number,
  matcher: TermsMatcher | undefined,
): Iterable<number> {
  const { snapshot } = frame;
  const { out } = snapshot.adjacency[GRANT]!;
  for (const node of work.attained.nodes) {
    for (const edge of out.of(node)) {
      const target = snapshot.target[edge]!;
      const flags = snapshot.flags[edge]!;
      if (!work.upward.has(target) || (flags & DENY) !== 0 || !counts(frame, edge)) continue;
      if ((flags & NO_INHERIT) !== 0 && target !== resource) continue;
      const terms = snapshot.termsOf[edge]!;
      if (matcher === undefined ? conveysAnything(snapshot.terms.all[terms]!) : matcher.matches(terms)) yield edge;
    }
  }
}

function* containmentEdges(frame: Frame, work: Workspace): Iterable<number> {
  const { snapshot } = frame;
  // From what is contained: it has few containers, while a container may hold a million.
  const { into } = snapshot.adjacency[CONTAINMENT]!;
  for (const node of work.upward.nodes) {
    for (const edge of into.of(node)) {
      if (work.upward.has(snapshot.source[edge]!) && counts(frame, edge)) yield edge;
    }
  }
}

/** False for a grant all of whose patterns are taken out again. */
export function conveysAnything(terms: Terms): boolean {
  return terms.foldedActions.some((pattern) => !terms.foldedExcept.some((except) => covers(except, pattern)));
}

/** Keeps the edges on walks from the identity to the resource. */
function pruned(frame: Frame, edges: readonly number[], identity: number, resource: number): PathGraph {
  const { snapshot } = frame;
  const fromTarget = reachable(
    edges,
    [resource],
    (edge) => snapshot.target[edge]!,
    (edge) => snapshot.source[edge]!,
  );
  const kept = edges.filter((edge) => fromTarget.has(snapshot.target[edge]!));
  const fromIdentity = reachable(
    kept,
    [identity],
    (edge) => snapshot.source[edge]!,
    (edge) => snapshot.target[edge]!,
  );
  const nodes = [identity, resource];
  const number = new Map([
    [identity, 0],
    [resource, 1],
  ]);
  const local = (node: number): number => {
    let known = number.get(node);
    if (known === undefined) {
      known = nodes.push(node) - 1;
      number.set(node, known);
    }
    return known;
  };
  const onWays = kept.filter((each) => fromIdentity.has(snapshot.source[each]!));
  const made = sortedEdges(snapshot, onWays).map((edge) => ({
    edge,
    from: local(snapshot.source[edge]!),
    to: local(snapshot.target[edge]!),
    takes: classOf(snapshot, edge) === TAKE,
  }));
  const ends = (of: (edge: PathEdge) => number): Uint32Array => Uint32Array.from(made, of);
  const rows = arcRows(
    nodes.length,
    ends(({ from }) => from),
    ends(({ to }) => to),
  );
  const inRows = Array.from(rows.arcs, (arc) => made[arc]!);
  return { nodes, rows, edges: inRows, compare: (a, b) => compareEdges(snapshot, a, b) };
}

/** What is reached from some nodes, themselves among it, from the near end of an edge to its far end. */
export function reachable(
  edges: readonly number[],
  starts: Iterable<number>,
  near: (edge: number) => number,
  far: (edge: number) => number,
): ReadonlySet<number> {
  const next = new Map<number, number[]>();
  for (const edge of edges) {
    const there = next.get(near(edge));
    if (there === undefined) next.set(near(edge), [far(edge)]);
    else there.push(far(edge));
  }
  const found = new Set(starts);
  for (const node of found) for (const other of next.get(node) ?? []) found.add(other);
  return found;
}
