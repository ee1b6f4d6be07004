/**
 * What every way of some identities to a resource passes: the dominators of the allowing ways turned round, from the
 * resource back to the identities. Denials and conditions do not hide a way. Cost grows with who has one.
 */
import { arcRows, type NumberedRows } from '../../algorithms/arc-rows.ts';
import { dominatedWeights, dominatingArcs, dominators, NONE } from '../../algorithms/dominators.ts';
import type { Instant, Reach } from '../model/index.ts';
import type { TermsMatcher } from '../snapshot/action-terms.ts';
import { compareEdges } from '../snapshot/order.ts';
import type { Pace } from '../snapshot/pace.ts';
import { CONTAINMENT, DENY, GRANT, isIdentity, MEMBERSHIP, NO_INHERIT, TAKE } from '../snapshot/snapshot.ts';
import { hereOrApart, type LongWork } from './apart.ts';
import { pageSize } from './cursor.ts';
import { collectUpward } from './decide.ts';
import { edgeRecords } from './edge-records.ts';
import { counts, type Frame, makeFrame } from './frame.ts';
import { actionOf, frameOf, type Ground, resourceOf } from './ground.ts';
import { conveysAnything } from './path-graph.ts';
import type { ChokePoints, ChokePointsQuestion } from './questions.ts';
import { type Workspace, withOwnWorkspace } from './workspace.ts';

export async function askChokePoints(ground: Ground, asked: ChokePointsQuestion): Promise<ChokePoints> {
  const { snapshot, apart } = ground;
  const { reach, at } = frameOf(ground, asked);
  const resource = resourceOf(ground, asked.resource);
  const action = asked.action === undefined ? undefined : actionOf(asked.action);
  const input = { reach, at, resource, action, first: pageSize(asked.first) };
  const { nodes, edges, ...counts } = await hereOrApart(apart, findChokes, [snapshot], input, asked);
  const records = await edgeRecords(
    ground,
    edges.map(({ of }) => of),
  );
  return {
    ...counts,
    nodes: nodes.map(({ of, cutOff }) => ({ id: snapshot.ids.at(of), identities: cutOff })),
    edges: edges.map(({ cutOff }, i) => ({ edge: records[i]!, identities: cutOff })),
    version: snapshot.version,
  };
}

export interface ChokesInput {
  readonly reach: Reach;
  readonly at: Instant;
  /** Node number. */
  readonly resource: number;
  readonly action: string | undefined;
  /** How many nodes, and how many edges, are told. */
  readonly first: number;
}

export interface FoundChokes {
  /** Who has a way. */
  readonly identities: number;
  /** Those that cut off most first. */
  readonly nodes: readonly Choke[];
  readonly edges: readonly Choke[];
  readonly nodeCount: number;
  readonly edgeCount: number;
}

export const findChokes: LongWork<ChokesInput, FoundChokes> = async ([snapshot], asked, pace) => {
  const { terms, ids } = snapshot!;
  const frame = makeFrame(snapshot!, asked.reach, asked.at);
  const matcher = asked.action === undefined ? undefined : terms.matcher(asked.action);
  const back = await withOwnWorkspace(snapshot!, (work) => waysBack(frame, work, asked.resource, matcher, pace));
  const { identities, nodes, edges } = chokesOf(frame, back, pace);
  nodes.sort((a, b) => b.cutOff - a.cutOff || (ids.at(a.of) < ids.at(b.of) ? -1 : 1));
  edges.sort((a, b) => b.cutOff - a.cutOff || compareEdges(snapshot!, a.of, b.of));
  return {
    identities,
    nodes: nodes.slice(0, asked.first),
    edges: edges.slice(0, asked.first),
    nodeCount: nodes.length,
    edgeCount: edges.length,
  };
};

/** A node or an edge, and how many identities have no way without it. */
export interface Choke {
  readonly of: number;
  readonly cutOff: number;
}

/** Who has a way to the resource, as arcs away from it; nodes are renumbered, and 0 is the resource. */
interface WaysBack {
  /** Node numbers of the snapshot. */
  readonly nodes: readonly number[];
  readonly rows: NumberedRows;
  /** The edge of each arc, by its number in the rows. */
  readonly edges: readonly number[];
}

function chokesOf(frame: Frame, { nodes, rows, edges }: WaysBack, pace: Pace) {
  const tree = dominators(rows, 0, () => pace.check());
  const isOne = nodes.map((node) => (isIdentity(frame.snapshot, node) ? 1 : 0));
  const cutOff = dominatedWeights(tree, isOne);
  const arcs = dominatingArcs(rows, tree);
  const chokes: { nodes: Choke[]; edges: Choke[] } = { nodes: [], edges: [] };
  for (let v = 1; v < nodes.length; v++) {
    const others = cutOff[v]! - isOne[v]!;
    if (others > 0) chokes.nodes.push({ of: nodes[v]!, cutOff: others });
    const place = arcs[v]!;
    if (place !== NONE && cutOff[v]! > 0) chokes.edges.push({ of: edges[rows.arcs[place]!]!, cutOff: cutOff[v]! });
  }
  return { identities: cutOff[0]!, ...chokes };
}

async function waysBack(
  frame: Frame,
  work: Workspace,
  resource: number,
  matcher: TermsMatcher | undefined,
  pace: Pace,
): Promise<WaysBack> {
  const { snapshot } = frame;
  const { number } = work;
  collectUpward(frame, resource, work.upward);
  const nodes = [resource];
  const [sources, targets, edges]: [number[], number[], number[]] = [[], [], []];
  number[resource] = 1;
  const follow = (near: number, edge: number): void => {
    const node = snapshot.source[edge]!;
    if (number[node] === 0) number[node] = nodes.push(node);
    sources.push(near);
    targets.push(number[node]! - 1);
    edges.push(edge);
  };
  try {
    for (let head = 0; head < nodes.length; head++) {
      if (pace.isDue()) await pace.rest();
      for (const edge of entering(frame, work, nodes[head]!, resource, matcher)) follow(head, edge);
    }
  } finally {
    for (const node of nodes) number[node] = 0;
  }
  return { nodes, rows: arcRows(nodes.length, Uint32Array.from(sources), Uint32Array.from(targets)), edges };
}

/** The edges that lead to a node on a way to the resource. */
function* entering(
  frame: Frame,
  work: Workspace,
  node: number,
  resource: number,
  matcher: TermsMatcher | undefined,
): Iterable<number> {
  const { snapshot } = frame;
  const into = (edgeClass: number): Iterable<number> => snapshot.adjacency[edgeClass]!.into.of(node);
  if (work.upward.has(node)) {
    for (const edge of into(CONTAINMENT)) if (counts(frame, edge)) yield edge;
    for (const edge of into(GRANT)) if (counts(frame, edge) && allows(frame, edge, resource, matcher)) yield edge;
    return;
  }
  for (const edge of into(MEMBERSHIP)) if (counts(frame, edge)) yield edge;
  if (frame.reach !== 'ENTITLED') for (const edge of into(TAKE)) if (counts(frame, edge)) yield edge;
}

/** True for a grant that gives something on the resource. */
function allows({ snapshot }: Frame, edge: number, resource: number, matcher: TermsMatcher | undefined): boolean {
  const flags = snapshot.flags[edge]!;
  if ((flags & DENY) !== 0 || ((flags & NO_INHERIT) !== 0 && snapshot.target[edge] !== resource)) return false;
  const terms = snapshot.termsOf[edge]!;
  return matcher === undefined ? conveysAnything(snapshot.terms.all[terms]!) : matcher.matches(terms);
}
