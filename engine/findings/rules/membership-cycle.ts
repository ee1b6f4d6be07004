/** Groups and roles that belong to each other in a circle. */
import { arcRows } from '../../../algorithms/arc-rows.ts';
import { strongComponents } from '../../../algorithms/strong-components.ts';
import type { Instant } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import {
  CONDITIONAL_EDGE,
  DENY,
  GRANT,
  GROUP,
  MEMBERSHIP,
  ROLE,
  type Snapshot,
  TAKE,
  TIMED,
} from '../../snapshot/snapshot.ts';
import { isAlways } from '../role-gives.ts';
import type { FindingRule, Found } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { stillThere } from '../still-there.ts';
import { isVendorsEdge } from '../vendors-own.ts';

/** Edges of a circle that are tried at most. */
const TRIED = 100;

export const membershipCycle: FindingRule = {
  kind: 'MEMBERSHIP_CYCLE',
  looksFor: 'groups or roles each of which belongs to the next and the last to the first: whoever is in one is in all',
  severityIs: 'from 0.2 to 0.5 by how many belong to the circle, half way at 10',
  remedyIs:
    'remove the edge of a shortest circle that gives the least, of a hundred of them where it is longer; where that gives nothing, nobody loses anything',
  remedyEffect: 'ACCESS_ENDS',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at } = ground;
    const found: Found[] = [];
    for (const { circle, from } of await closedCircles(snapshot, at, pace)) {
      if (pace.isDue()) await pace.rest();
      const edges = shortestCircle(snapshot, circle, from);
      const best = tried(edges)
        .map((edge) => ({ edge, ...lostWithout(snapshot, edge, at) }))
        .filter(({ edge, denials }) => denials === 0 && !isVendorsEdge(ground, edge))
        .sort((a, b) => a.grants - b.grants)[0];
      const nodes = edges.map((edge) => snapshot.source[edge]!);
      found.push({
        severity: severityOf(0.2, 0.5, circle.length, 10),
        nodes,
        edges,
        key: { nodes: [...circle], edges: [] },
        remedy: best === undefined ? [] : [{ op: 'REMOVE_EDGE', edge: best.edge }],
        ...(best?.grants === 0 ? { effect: 'NOTHING_CHANGES' as const } : {}),
        values: {
          size: circle.length,
          from: from > at ? from : -1,
          sure: edges.every((edge) => (snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0) ? 1 : 0,
          grants: best?.grants ?? -1,
          fromNode: best === undefined ? nodes[0]! : snapshot.source[best.edge]!,
          toNode: best === undefined ? nodes[0]! : snapshot.target[best.edge]!,
        },
      });
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const [size, grants] = [values['size'] as number, values['grants'] as number];
    const [from, to] = [words.node(values['fromNode'] as number), words.node(values['toNode'] as number)];
    const ends =
      grants === 0
        ? `Without the edge from ${from} to ${to} nobody loses anything.`
        : grants > 0
          ? `The least is given by the edge from ${from} to ${to}: what it leads to has ${grants} grants. Try its removal before it is made.`
          : 'Each of its edges leads to a denial too, without it somebody would gain, or is managed by a vendor. Decide which of them is meant.';
    const [begins, sure] = [values['from'] as number, values['sure'] === 1];
    const since = `${begins < 0 ? '' : `From ${words.day(begins)} on, `}${sure ? '' : `${begins < 0 ? 'Where' : 'where'} the conditions of these edges hold, `}`;
    const whoever = since === '' ? 'Whoever' : `${since}whoever`;
    return {
      title:
        size === 1
          ? `${words.node(nodes[0]!)} belongs to itself`
          : `${size} groups or roles belong to each other in a circle`,
      rationale: `${nodes.map((node) => words.node(node)).join(' → ')} → ${words.node(nodes[0]!)}. ${whoever} is in one of the ${size} is in all. ${ends}`,
    };
  },
};

/** Of a very long circle some edges, evenly: what is given by each is looked for one by one. */
function tried(edges: readonly number[]): readonly number[] {
  const step = Math.ceil(edges.length / TRIED);
  return edges.filter((_, i) => i % step === 0);
}

interface ClosedCircle {
  readonly circle: readonly number[];
  /** When it is closed first. */
  readonly from: Instant;
}

/**
 * Circles that are closed at one instant, now or later: edges of which one ends before the next begins make none. What can
 * close is looked for with all edges that are there or will be; where some of these hold for a time, again at every instant at
 * which one of them begins. Of those that lie in each other the one that closes first is told.
 *
 * O(edges), and once more for each instant among the edges of a circle that hold for a time.
 */
async function closedCircles(snapshot: Snapshot, at: Instant, pace: Pace): Promise<readonly ClosedCircle[]> {
  const closed: ClosedCircle[] = [];
  const everywhere = [...liveNodes(snapshot, GROUP, ROLE + 1)];
  for (const some of circlesAmong(snapshot, everywhere, (node) => stillThere(snapshot, MEMBERSHIP, 'out', node, at))) {
    const starts = startsWithin(snapshot, some, at);
    if (starts === undefined) {
      closed.push({ circle: some, from: at });
      continue;
    }
    const told: ReadonlySet<number>[] = [];
    for (const from of starts) {
      if (pace.isDue()) await pace.rest();
      for (const circle of circlesAmong(snapshot, some, (node) => inForce(snapshot, node, from))) {
        if (told.some((earlier) => circle.some((node) => earlier.has(node)))) continue;
        told.push(new Set(circle));
        closed.push({ circle, from });
      }
    }
  }
  return closed;
}

/** The instants from `at` on at which a membership between some nodes begins, `at` the first; undefined where all always hold. */
function startsWithin(snapshot: Snapshot, some: readonly number[], at: Instant): readonly Instant[] | undefined {
  const inside = new Set(some);
  const timed = some
    .flatMap((node) => stillThere(snapshot, MEMBERSHIP, 'out', node, at))
    .filter((edge) => (snapshot.flags[edge]! & TIMED) !== 0 && inside.has(snapshot.target[edge]!));
  if (timed.length === 0) return undefined;
  const starts = timed.map((edge) => Math.max(at, snapshot.validFrom[snapshot.windowOf[edge]!]!));
  return [...new Set([at, ...starts])].sort((a, b) => a - b);
}

/** Memberships of a node that hold at an instant. */
const inForce = (snapshot: Snapshot, node: number, at: Instant): readonly number[] =>
  stillThere(snapshot, MEMBERSHIP, 'out', node, at).filter(
    (edge) => (snapshot.flags[edge]! & TIMED) === 0 || snapshot.validFrom[snapshot.windowOf[edge]!]! <= at,
  );

/** Sets of nodes that reach each other, and those that reach themselves, by memberships among them; in order. */
function circlesAmong(
  snapshot: Snapshot,
  nodes: readonly number[],
  edgesOf: (node: number) => readonly number[],
): readonly (readonly number[])[] {
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  const sources: number[] = [];
  const targets: number[] = [];
  const selfish = new Set<number>();
  for (const [number, node] of nodes.entries()) {
    for (const edge of edgesOf(node)) {
      const target = numbers.get(snapshot.target[edge]!);
      if (target === undefined) continue;
      if (target === number) selfish.add(number);
      sources.push(number);
      targets.push(target);
    }
  }
  const rows = arcRows(nodes.length, Uint32Array.from(sources), Uint32Array.from(targets));
  const { component, count } = strongComponents(rows.bounds, rows.targets);
  const members: number[][] = Array.from({ length: count }, () => []);
  nodes.forEach((node, number) => {
    members[component[number]!]!.push(node);
  });
  return members.filter((some) => some.length > 1 || selfish.has(numbers.get(some[0]!)!));
}

/** The edges of a shortest circle through the first of them, in its order, as they hold at an instant. */
function shortestCircle(snapshot: Snapshot, circle: readonly number[], at: Instant): readonly number[] {
  const inside = new Set(circle);
  const start = circle[0]!;
  const came = new Map<number, number>();
  const open = [start];
  for (let i = 0; i < open.length; i++) {
    for (const edge of inForce(snapshot, open[i]!, at)) {
      const to = snapshot.target[edge]!;
      if (!inside.has(to) || came.has(to)) continue;
      came.set(to, edge);
      if (to === start) break;
      open.push(to);
    }
    if (came.has(start)) break;
  }
  const edges: number[] = [];
  for (let node = start; edges.length === 0 || node !== start; node = snapshot.source[edges[0]!]!)
    edges.unshift(came.get(node)!);
  return edges;
}

/**
 * What can no longer be come to, or not always, from where an edge leaves when it goes: grants and assumptions there, and
 * denials among them.
 */
function lostWithout(
  snapshot: Snapshot,
  without: number,
  at: number,
): { readonly grants: number; readonly denials: number } {
  const reach = (goesBy: (edge: number) => boolean): ReadonlySet<number> => {
    const reached = new Set([snapshot.source[without]!]);
    for (const node of reached)
      for (const edge of stillThere(snapshot, MEMBERSHIP, 'out', node, at))
        if (goesBy(edge)) reached.add(snapshot.target[edge]!);
    return reached;
  };
  const kept = reach((edge) => edge !== without && isAlways(snapshot, edge));
  let [grants, denials] = [0, 0];
  for (const node of reach(() => true)) {
    if (kept.has(node)) continue;
    for (const edge of stillThere(snapshot, GRANT, 'out', node, at)) {
      grants++;
      if ((snapshot.flags[edge]! & DENY) !== 0) denials++;
    }
    grants += stillThere(snapshot, TAKE, 'out', node, at).length;
  }
  return { grants, denials };
}
