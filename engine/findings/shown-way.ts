/**
 * A shortest way by which somebody has something, to show it: steps of membership and assumption, the grant, and what
 * contains the resource. Only ways that allow count, those that end in a context in which nothing denies or bounds the action for
 * sure: as in shared-edges.ts the search has two layers, open and closed, between which a change of identity leads.
 */
import { needsCare } from '../access/contexts.ts';
import { type Question, SOME_ALLOW } from '../access/decide.ts';
import { counts, type Frame } from '../access/frame.ts';
import { CONDITIONAL } from '../model/index.ts';
import { CONTAINMENT, DENY, GRANT, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';

/** Edges, in the order in which they are walked. */
export interface ShownWay {
  /** Memberships, assignments and assumptions. */
  readonly steps: readonly number[];
  /** -1 for a way to a principal. */
  readonly grant: number;
  /** From what the grant names down to the resource. */
  readonly containment: readonly number[];
  /** As whom one acts at its end. */
  readonly context: number;
}

export const edgesOfWay = ({ steps, grant, containment }: ShownWay): readonly number[] =>
  grant < 0 ? steps : [...steps, grant, ...containment];

const NOTHING: ReadonlySet<number> = new Set();

export interface WayOptions {
  /** Edges that are not to be taken; leaving them out must lift no denial. */
  readonly without?: ReadonlySet<number>;
  /** Whether ways that end in a context allow; default: what the question says of the context. */
  readonly isOpen?: (context: number) => boolean;
  /** Memberships only: nobody acts as another. */
  readonly asItself?: boolean;
}

/**
 * A shortest way on which the answer to a question is ALLOWED or CONDITIONAL; undefined when there is none. Of equally long
 * ones the first in the order of edges. Cost grows with what is nearer than its end.
 */
export function allowingWay(
  question: Question,
  identity: number,
  {
    without = NOTHING,
    asItself = question.frame.reach === 'ENTITLED',
    isOpen = (context) => !needsCare(question.frame, context) || question.decideContext(context) >= CONDITIONAL,
  }: WayOptions = {},
): ShownWay | undefined {
  const { frame } = question;
  let grant = -1;
  const isGoal = (node: number): boolean => {
    if ((question.bitsOfGrants(node) & SOME_ALLOW) === 0) return false;
    grant = nearestGrant(question, node, without);
    return grant >= 0;
  };
  const walked = search(frame, identity, { isOpen, isGoal, without, asItself });
  return walked && { ...walked, grant, containment: containmentTo(question, frame.snapshot.target[grant]!) };
}

/** A shortest way by which an identity is, or can act as, a member of a principal; undefined when there is none. */
export function wayToPrincipal(
  frame: Frame,
  identity: number,
  principal: number,
  without: ReadonlySet<number> = NOTHING,
): ShownWay | undefined {
  const walked = search(frame, identity, {
    isOpen: () => true,
    isGoal: (node) => node === principal,
    without,
    asItself: frame.reach === 'ENTITLED',
  });
  return walked && { ...walked, grant: -1, containment: [] };
}

/** The allowing grant of a principal that names what is nearest to the resource. */
function nearestGrant(question: Question, principal: number, without: ReadonlySet<number>): number {
  const { snapshot } = question.frame;
  const { nodes } = question.work.upward;
  let nearest = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const edge of snapshot.adjacency[GRANT]!.out.of(principal)) {
    if ((snapshot.flags[edge]! & DENY) !== 0 || without.has(edge) || !question.speaks(edge)) continue;
    const found = nodes.indexOf(snapshot.target[edge]!);
    if (found < distance) [nearest, distance] = [edge, found];
  }
  return nearest;
}

/** Edges from a container down to the question's resource, as few as there can be. */
export function containmentTo({ frame, resource }: Question, container: number): readonly number[] {
  const { snapshot } = frame;
  const below = new Map<number, number>([[resource, -1]]);
  for (const node of below.keys()) {
    if (node === container) break;
    for (const edge of snapshot.adjacency[CONTAINMENT]!.into.of(node)) {
      const outer = snapshot.source[edge]!;
      if (counts(frame, edge) && !below.has(outer)) below.set(outer, edge);
    }
  }
  const edges: number[] = [];
  for (let node = container; node !== resource; node = snapshot.target[edges.at(-1)!]!) edges.push(below.get(node)!);
  return edges;
}

/** Where a search has come to, and by which edge from where. */
interface Place {
  readonly node: number;
  readonly context: number;
  readonly isOpen: boolean;
  readonly edge: number;
  readonly from: Place | undefined;
}

function search(
  frame: Frame,
  start: number,
  { isOpen, isGoal, without, asItself }: Required<WayOptions> & { readonly isGoal: (node: number) => boolean },
): Pick<ShownWay, 'steps' | 'context'> | undefined {
  const { adjacency, target } = frame.snapshot;
  const reached = new Set<number>();
  const queue: Place[] = [];
  const reach = (place: Place): void => {
    const key = place.node * 2 + (place.isOpen ? 1 : 0);
    if (reached.has(key)) return;
    reached.add(key);
    queue.push(place);
  };
  const open = new Map<number, boolean>();
  const opens = (context: number): boolean => {
    const known = open.get(context) ?? isOpen(context);
    open.set(context, known);
    return known;
  };
  reach({ node: start, context: start, isOpen: opens(start), edge: -1, from: undefined });
  for (const place of queue) {
    if (place.isOpen && isGoal(place.node)) return { steps: stepsTo(place), context: place.context };
    for (const edge of adjacency[MEMBERSHIP]!.out.of(place.node))
      if (counts(frame, edge) && !without.has(edge)) reach({ ...place, node: target[edge]!, edge, from: place });
    if (asItself) continue;
    for (const edge of adjacency[TAKE]!.out.of(place.node)) {
      if (!counts(frame, edge) || without.has(edge)) continue;
      const context = target[edge]!;
      reach({ node: context, context, isOpen: opens(context), edge, from: place });
    }
  }
  return undefined;
}

function stepsTo(end: Place): readonly number[] {
  const steps: number[] = [];
  for (let place: Place | undefined = end; place !== undefined && place.edge >= 0; place = place.from)
    steps.push(place.edge);
  return steps.reverse();
}
