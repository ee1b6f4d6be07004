/**
 * Which part of the graph the answer to each question can depend on. A part may hold more than is needed (any edge of the
 * graph may be there without changing an answer) but must hold:
 *
 * - of every principal whose contexts are worked out: all membership edges that can be walked from it, all edges to those
 *   that can be acted as from there, and the bounds of these, with what those are members of;
 * - of every resource that is decided about: all that contains it;
 * - every grant, allowing and denying, from such a principal to such a resource.
 *
 * Windows of time are not looked at, so that a part answers at any instant: a page that is asked for a second after
 * the one before is answered from the same part.
 */
import { EDGE_KINDS, type EdgeKind, type Reach } from '../model/index.ts';
import { foldCase } from '../snapshot/action-pattern.ts';
import { makeTerms, termsMatch } from '../snapshot/action-terms.ts';
import { EDGE_DENY, EDGE_NO_INHERIT } from '../store/port.ts';
import type { GatheredEdge, Gathering } from './gathering.ts';

export const MEMBERSHIPS: readonly EdgeKind[] = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS'];

/** The kinds of edge by which one acts as another. */
const takes = (reach: Reach): readonly EdgeKind[] =>
  reach === 'ENTITLED' ? [] : reach === 'ESCALATION' ? ['CAN_ASSUME', 'CONTROLS'] : ['CAN_ASSUME'];

/** The kinds of edge that give access to a resource. */
export const grants = (reach: Reach): readonly EdgeKind[] =>
  reach === 'ESCALATION' ? ['GRANTS', 'CONTROLS'] : ['GRANTS'];

type From = { readonly ids: readonly string[] } | { readonly refs: readonly number[] };

/**
 * Principals, all that they are, may act as or take over, and the bounds of all of these. Following the edges of a bound
 * as those of anyone else finds a little more than counts, in one walk instead of three.
 */
const principals = (part: Gathering, from: From, reach: Reach): Promise<readonly number[]> =>
  part.walk({
    from,
    direction: 'out',
    kinds: [...MEMBERSHIPS, 'BOUNDED_BY', ...takes(reach)],
    deep: true,
    toward: 'PRINCIPAL',
  });

/** A resource and all that contains it. */
export const containers = (part: Gathering, from: From): Promise<readonly number[]> =>
  part.walk({ from, direction: 'in', kinds: ['CONTAINS'], deep: true });

/** For one decision about each of some identities on one resource. */
export async function gatherDecisions(
  part: Gathering,
  identities: readonly string[],
  resource: string,
  reach: Reach,
): Promise<readonly number[]> {
  const [from, to] = await Promise.all([
    principals(part, { ids: identities }, reach),
    containers(part, { ids: [resource] }),
  ]);
  await part.between(from, to, grants(reach));
  return from;
}

/**
 * For ways from an identity to a resource. How far the search goes depends on whether any denial, of whatever resource, is
 * in the reach of a context; hence all denials.
 */
export async function gatherWays(part: Gathering, identity: string, resource: string, reach: Reach): Promise<void> {
  const from = await gatherDecisions(part, [identity], resource, reach);
  await part.walk({ from: { refs: from }, direction: 'out', kinds: ['GRANTS'], deep: false, denying: true });
}

/**
 * For all that an identity can do: every grant of what it is and of its bounds; below the resources that its own allowing
 * grants name (not those of its bounds and denials, which may name the whole estate) all that they contain; and
 * above all of these whatever a denial or a bound may name.
 */
export async function gatherAccess(part: Gathering, identity: string, reach: Reach, expand: boolean): Promise<void> {
  const all = await principals(part, { ids: [identity] }, reach);
  await part.walk({ from: { refs: all }, direction: 'out', kinds: grants(reach), deep: false, toward: 'RESOURCE' });
  const own = attained(part, part.refsOf([identity]), reach);
  const allowing = grantEdges(part).filter(({ from, flags }) => own.has(from) && (flags & EDGE_DENY) === 0);
  const named = [...new Set(allowing.map(({ to }) => to))];
  const downward = allowing.filter(({ flags }) => (flags & EDGE_NO_INHERIT) === 0).map(({ to }) => to);
  const below = expand ? await contained(part, [...new Set(downward)]) : [];
  if (!expand || isLimited(part)) await containers(part, { refs: [...new Set([...named, ...below])] });
}

const contained = (part: Gathering, refs: readonly number[]): Promise<readonly number[]> =>
  part.walk({ from: { refs }, direction: 'out', kinds: ['CONTAINS'], deep: true });

export function grantEdges(part: Gathering): readonly GatheredEdge[] {
  return [...part.edges()].filter((edge) => givesAccess(part, edge));
}

/** True for a grant, and for a take-over of a resource. */
const givesAccess = (part: Gathering, { kind, to }: GatheredEdge): boolean =>
  kind === 'GRANTS' || (kind === 'CONTROLS' && part.node(to)?.kind === 'Resource');

const isLimited = (part: Gathering): boolean =>
  [...part.edges()].some(({ kind, flags }) => kind === 'BOUNDED_BY' || (flags & EDGE_DENY) !== 0);

/** What is reached from some nodes by gathered edges of membership and acting as another, bounds left aside. */
function attained(part: Gathering, starts: readonly number[], reach: Reach): ReadonlySet<number> {
  const followed = new Set<EdgeKind>([...MEMBERSHIPS, ...takes(reach)]);
  const next = new Map<number, number[]>();
  for (const { kind, from, to } of part.edges()) {
    if (!followed.has(kind)) continue;
    const there = next.get(from);
    if (there === undefined) next.set(from, [to]);
    else there.push(to);
  }
  const found = new Set(starts);
  for (const ref of found) for (const to of next.get(ref) ?? []) found.add(to);
  return found;
}

/**
 * For all who can do an action on a resource: the grants on what contains it that speak of the action, everyone who
 * comes to these by membership or by acting as another, and their bounds. A bound that is not itself among them grants
 * nothing here, so its edge alone is enough. What else the found identities are granted is not gathered: see `gatherDecisions`.
 */
export async function gatherHolders(part: Gathering, action: string, resource: string, reach: Reach): Promise<void> {
  const speaking = await grantsThatSpeak(part, action, resource, reach);
  const holders = await part.walk({
    from: { refs: [...new Set(speaking.map(({ from }) => from))] },
    direction: 'in',
    kinds: [...MEMBERSHIPS, ...takes(reach)],
    deep: true,
    toward: 'PRINCIPAL',
  });
  await part.walk({ from: { refs: holders }, direction: 'out', kinds: ['BOUNDED_BY'], deep: false });
}

/** Gathers all grants on a resource and what contains it. Returns those that speak of an action. */
async function grantsThatSpeak(
  part: Gathering,
  action: string,
  resource: string,
  reach: Reach,
): Promise<readonly GatheredEdge[]> {
  const scopes = new Set(await containers(part, { ids: [resource] }));
  await part.walk({
    from: { refs: [...scopes] },
    direction: 'in',
    kinds: grants(reach),
    deep: false,
    toward: 'RESOURCE',
  });
  const terms = await part.terms();
  const folded = foldCase(action);
  const speaks = ({ kind, terms: number }: GatheredEdge): boolean =>
    kind === 'CONTROLS' || termsMatch(makeTerms(...(terms.get(number) ?? [[], []])), folded);
  return grantEdges(part).filter((edge) => scopes.has(edge.to) && speaks(edge));
}

/**
 * For the search for what could be assigned to give an access: everything assignable that has it already, nearest to the
 * grants first. Who is a member of these and cannot be assigned plays no part, however many they are.
 */
export async function gatherBundles(part: Gathering, action: string, resource: string, reach: Reach): Promise<void> {
  const speaking = await grantsThatSpeak(part, action, resource, reach);
  const allowing = speaking.filter(({ flags }) => (flags & EDGE_DENY) === 0).map(({ from }) => from);
  const bundles = await part.walk({
    from: { refs: [...new Set(allowing)] },
    direction: 'in',
    kinds: MEMBERSHIPS,
    deep: true,
    assignable: true,
  });
  await part.walk({ from: { refs: bundles }, direction: 'in', kinds: ['CAN_ASSUME'], deep: false });
}

/** For trying out assignments of some principals: what each of them would bring along. */
export async function gatherAssigned(
  part: Gathering,
  assigned: readonly string[],
  resource: string,
  reach: Reach,
): Promise<void> {
  const from = await principals(part, { refs: part.refsOf(assigned) }, reach);
  await part.between(from, await containers(part, { ids: [resource] }), grants(reach));
}

/** A node and all its edges one way. */
export async function gatherEdges(part: Gathering, id: string, direction: 'out' | 'in'): Promise<void> {
  await part.walk({ from: { ids: [id] }, direction, kinds: EDGE_KINDS, deep: false });
}

/** Nodes alone. */
export async function gatherNodes(part: Gathering, ids: readonly string[]): Promise<void> {
  await part.walk({ from: { ids }, direction: 'out', kinds: [], deep: false });
}

/** The edges of all kinds between nodes of these ids. */
export async function gatherEdgesBetween(part: Gathering, ids: readonly string[]): Promise<void> {
  await gatherNodes(part, ids);
  const refs = part.refsOf(ids);
  await part.between(refs, refs, EDGE_KINDS);
}
