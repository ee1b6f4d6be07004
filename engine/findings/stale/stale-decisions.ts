/**
 * Stale edges put together by the decision that would end them. Who holds grants answers for all of its own; who may be in a
 * group, have a role or act as somebody is asked where that is given out. What everybody has by one group or role that nobody
 * used falls with that one, however deep it lies.
 */
import { arcRows } from '../../../algorithms/arc-rows.ts';
import { dominators, NONE } from '../../../algorithms/dominators.ts';
import { counts, type Frame } from '../../access/frame.ts';
import { EDGE_KINDS } from '../../model/index.ts';
import { classOf, DENY, GRANT, GROUP, isIdentity, MEMBERSHIP, ROLE, TAKE } from '../../snapshot/snapshot.ts';
import type { UseOfEdges } from './edge-use.ts';
import type { KnownUse } from './known-use.ts';

const INHERITS = EDGE_KINDS.indexOf('INHERITS');

/**
 * `GRANTS`: some of the grants of a principal. `HOLDERS`: some of those who have a group or role, or may act as somebody. `ALL`: a
 * group or role, every way to which is stale. `ANY_GRANT` and `ANY_HOLDER`: the same as the first two where a recent use may have gone
 * over each, though it could have gone another way: any one of them may go, but not another one with it.
 */
export type StaleAbout = 'GRANTS' | 'HOLDERS' | 'ALL' | 'ANY_GRANT' | 'ANY_HOLDER';

/** True where not all stale edges may go together. */
export const isAnyOf = (about: StaleAbout): boolean => about === 'ANY_GRANT' || about === 'ANY_HOLDER';

export interface StaleDecision {
  readonly about: StaleAbout;
  readonly node: number;
  /** The stale edges that it settles: each is part of one decision only. In the order in which they were given. */
  readonly stale: readonly number[];
  /** The edges that would end it all; of `ANY_GRANT` and `ANY_HOLDER`, those of which one may go. */
  readonly ending: readonly number[];
  /** Of how many of the like these are: grants of the principal, or edges by which it is had. */
  readonly ofAll: number;
}

/** What may have been used though no use of a stale edge is recent. */
export interface Doubts extends Pick<UseOfEdges, 'mayCarry'>, Pick<KnownUse, 'givesUsed'> {}

/**
 * By the order of the first stale edge of each. All that ends one may go together: no recent use ends with it.
 *
 * O(edges of the nodes that stale edges join · log).
 *
 * @param stale each once; no recent use went over it alone
 */
export function staleDecisions(
  frame: Frame,
  stale: readonly number[],
  { mayCarry, givesUsed }: Doubts,
): readonly StaleDecision[] {
  const { snapshot } = frame;
  const { source, target } = snapshot;
  const certain = new Set(goingTogether(frame, stale, mayCarry));
  const heads = headsOf(frame, whollyStale(frame, certain, givesUsed));
  const decisions = new Map<string, { readonly about: StaleAbout; readonly node: number; readonly stale: number[] }>();
  for (const edge of stale) {
    const [from, to] = [source[edge]!, target[edge]!];
    const isGrant = classOf(snapshot, edge) === GRANT;
    const head = certain.has(edge) ? (heads.get(from) ?? (isGrant ? undefined : heads.get(to))) : undefined;
    const one = isGrant ? 'ANY_GRANT' : 'ANY_HOLDER';
    const some = isGrant ? 'GRANTS' : 'HOLDERS';
    const about = head !== undefined ? 'ALL' : certain.has(edge) ? some : one;
    const node = head ?? (isGrant ? from : to);
    const key = `${about} ${node}`;
    const known = decisions.get(key);
    if (known === undefined) decisions.set(key, { about, node, stale: [edge] });
    else known.stale.push(edge);
  }
  return [...decisions.values()].map((decision) => {
    const isOfGrants = decision.about === 'GRANTS' || decision.about === 'ANY_GRANT';
    const alike = isOfGrants ? grantsOf(frame, decision.node) : waysInto(frame, decision.node);
    return { ...decision, ending: decision.about === 'ALL' ? alike : decision.stale, ofAll: alike.length };
  });
}

/**
 * The stale edges that may all go. One that no recent use may have gone over does no harm to any. Nor does one of an identity that nobody
 * acts as, as long as the others leave the other ways of its uses: what carries them leaves it too, to somewhere else.
 */
function goingTogether(frame: Frame, stale: readonly number[], mayCarry: Uint8Array): readonly number[] {
  const { snapshot } = frame;
  const { source, target, nodeSpace } = snapshot;
  const met = new Set<number>();
  return stale.filter((edge) => {
    if (mayCarry[edge] === 0) return true;
    if (classOf(snapshot, edge) === GRANT || !isIdentity(snapshot, source[edge]!)) return false;
    const ends = source[edge]! * nodeSpace + target[edge]!;
    if (met.has(ends) || waysInto(frame, source[edge]!).length > 0) return false;
    met.add(ends);
    return true;
  });
}

/**
 * Groups and roles, every way into which is stale, or is the inclusion by a role of which that is so. Circles of roles that include
 * each other are left out, and what
 * gives something that somebody, nobody tells who, used.
 */
function whollyStale(frame: Frame, stale: ReadonlySet<number>, givesUsed: Uint8Array): ReadonlySet<number> {
  const { snapshot } = frame;
  const { target, space, edgeKind, adjacency } = snapshot;
  /** Ways into a node that are neither. */
  const others = new Map<number, number>();
  const othersInto = (node: number): number => {
    const known = others.get(node) ?? waysInto(frame, node).filter((edge) => !stale.has(edge)).length;
    others.set(node, known);
    return known;
  };
  const wholly = new Set<number>();
  const meet = (node: number): void => {
    const kind = space.kindIndexOf(node);
    if ((kind === GROUP || kind === ROLE) && givesUsed[node] === 0 && othersInto(node) === 0) wholly.add(node);
  };
  for (const edge of stale) if (classOf(snapshot, edge) !== GRANT) meet(target[edge]!);
  for (const node of wholly) {
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node)) {
      const to = target[edge]!;
      if (edgeKind[edge] !== INHERITS || !counts(frame, edge) || wholly.has(to)) continue;
      others.set(to, othersInto(to) - 1);
      meet(to);
    }
  }
  return wholly;
}

/** By node of some: the one of them that all ways into it pass first. O(edges into them · log). */
function headsOf(frame: Frame, nodes: ReadonlySet<number>): ReadonlyMap<number, number> {
  const list = [...nodes];
  // Place 0 is all the rest.
  const places = new Map(list.map((node, i) => [node, i + 1]));
  const [sources, targets]: [number[], number[]] = [[], []];
  for (const [i, node] of list.entries()) {
    for (const edge of waysInto(frame, node)) {
      sources.push(places.get(frame.snapshot.source[edge]!) ?? 0);
      targets.push(i + 1);
    }
  }
  const rows = arcRows(list.length + 1, Uint32Array.from(sources), Uint32Array.from(targets));
  const { immediate, order } = dominators(rows, 0);
  const head = new Uint32Array(list.length + 1).fill(NONE);
  for (const place of order) if (place !== 0) head[place] = immediate[place] === 0 ? place : head[immediate[place]!]!;
  return new Map(list.map((node, i) => [node, head[i + 1] === NONE ? node : list[head[i + 1]! - 1]!]));
}

/** The edges in force by which a principal is had or acted as by design. */
function waysInto(frame: Frame, node: number): readonly number[] {
  const { adjacency } = frame.snapshot;
  return [MEMBERSHIP, TAKE].flatMap((edgeClass) =>
    [...adjacency[edgeClass]!.into.of(node)].filter((edge) => counts(frame, edge)),
  );
}

/** The allowing grants in force of a principal. */
const grantsOf = (frame: Frame, node: number): readonly number[] =>
  [...frame.snapshot.adjacency[GRANT]!.out.of(node)].filter(
    (edge) => (frame.snapshot.flags[edge]! & DENY) === 0 && counts(frame, edge),
  );
