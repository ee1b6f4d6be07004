/**
 * Identities that stand alike towards some resources, in two versions: they have the same direct assignments, bounds and
 * grants among those that lead to a grant on one of the resources. What holds for one of them holds for all.
 */

import type { Pace } from '../snapshot/pace.ts';
import { BOUND, CONDITIONAL_EDGE, EDGE_CLASSES, GRANT, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { counts, type Frame } from './frame.ts';

export interface IdentityClass {
  readonly members: readonly number[];
  /** The number of the one member in the version before, where it is another. */
  readonly was?: number;
}

/** @param named what grants on the resources name */
export async function identityClasses(
  frames: readonly [Frame, Frame],
  identities: Iterable<number>,
  named: ReadonlySet<number>,
  pace: Pace,
): Promise<readonly IdentityClass[]> {
  const leads = new LeadsThere(frames, named);
  const grants = new GrantParts();
  const classes = new ClassesByParts();
  const parts: number[] = [];
  for (const identity of identities) {
    if (pace.isDue()) await pace.rest();
    parts.length = 0;
    addParts(frames, identity, { leads, grants, parts });
    if (parts.length > 0) classes.add(parts, identity);
  }
  return classes.all.map(({ members }) => ({ members }));
}

const ASSIGNED = [MEMBERSHIP, TAKE, BOUND] as const;

interface Standing {
  readonly leads: LeadsThere;
  readonly grants: GrantParts;
  /** Is filled with numbers that say how an identity stands; stays empty where it has nothing to do with the resources. */
  readonly parts: number[];
}

function addParts(frames: readonly [Frame, Frame], identity: number, { leads, grants, parts }: Standing): void {
  let bounds = 0;
  for (const [side, frame] of frames.entries()) {
    const { snapshot, reach } = frame;
    for (const edgeClass of ASSIGNED) {
      if (edgeClass === TAKE && reach === 'ENTITLED') continue;
      const { out } = snapshot.adjacency[edgeClass]!;
      const patch = out.patchOf(identity);
      for (let i = out.first(identity, patch), end = out.end(identity, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        const target = snapshot.target[edge]!;
        if (!counts(frame, edge)) continue;
        if (edgeClass === BOUND) bounds++;
        else if (!leads.from(target)) continue;
        const conditional = (snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0 ? 0 : 1;
        parts.push(((target * EDGE_CLASSES + edgeClass) * 2 + conditional) * 2 + side);
      }
    }
    const { out } = snapshot.adjacency[GRANT]!;
    const patch = out.patchOf(identity);
    for (let i = out.first(identity, patch), end = out.end(identity, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (!counts(frame, edge) || !leads.isNamed(snapshot.target[edge]!)) continue;
      parts.push(grants.part(snapshot.target[edge]!, snapshot.termsOf[edge]!, snapshot.flags[edge]!, side));
    }
  }
  // Bounds alone give nothing.
  if (bounds > 0 && !leads.any(frames, identity)) parts.length = 0;
}

/** Numbers for direct grants: negative, so that they are no assignment's. */
class GrantParts {
  readonly #known = new Map<string, number>();

  part(target: number, terms: number, flags: number, side: number): number {
    const text = `${target} ${terms} ${flags} ${side}`;
    const known = this.#known.get(text) ?? -1 - this.#known.size;
    this.#known.set(text, known);
    return known;
  }
}

interface Class {
  readonly parts: readonly number[];
  readonly members: number[];
}

/** Identities by lists of numbers: equal lists, one class. One look-up for a list, whatever its length. */
class ClassesByParts {
  /** In the order of their first members. */
  readonly all: Class[] = [];
  readonly #byHash = new Map<number, Class[]>();

  /** @param parts is copied. O(parts), and for each other list of the same hash as much again */
  add(parts: readonly number[], member: number): void {
    const hash = hashOf(parts);
    const same = this.#byHash.get(hash);
    const known = same?.find((one) => isEqual(one.parts, parts));
    if (known !== undefined) {
      known.members.push(member);
      return;
    }
    const made = { parts: parts.slice(), members: [member] };
    this.all.push(made);
    if (same === undefined) this.#byHash.set(hash, [made]);
    else same.push(made);
  }
}

/** FNV-1a over whole numbers instead of bytes: G. Fowler, L. C. Noll, K.-P. Vo, 1991. Below 2^30, as keys of maps are quickest. */
function hashOf(parts: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < parts.length; i++) hash = Math.imul(hash ^ parts[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** Which principals lead to a grant on the resources: by membership, by acting as another, or as bounds of those. */
class LeadsThere {
  readonly #frames: readonly [Frame, Frame];
  readonly #named: ReadonlySet<number>;
  readonly #known: Uint8Array;

  constructor(frames: readonly [Frame, Frame], named: ReadonlySet<number>) {
    this.#frames = frames;
    this.#named = named;
    this.#known = new Uint8Array(frames[0].snapshot.space.nodeRoom);
  }

  /** True for resources that grants on the resources in question name. */
  isNamed(resource: number): boolean {
    return this.#named.has(resource);
  }

  from(principal: number): boolean {
    const known = this.#known[principal]!;
    if (known !== UNKNOWN) return known === YES;
    const met = new Set([principal]);
    let found = false;
    for (const node of met) {
      if (this.#known[node] === NO) continue;
      found = this.#known[node] === YES || this.#frames.some((frame) => this.#hasGrant(frame, node));
      if (found) break;
      for (const frame of this.#frames) addAssigned(frame, node, met);
    }
    if (found) this.#known[principal] = YES;
    else for (const node of met) this.#known[node] = NO;
    return found;
  }

  /** True when an identity has anything to do with the resources beside its bounds. */
  any(frames: readonly [Frame, Frame], identity: number): boolean {
    return frames.some((frame) => {
      if (this.#hasGrant(frame, identity)) return true;
      const met = new Set<number>();
      addAssigned(frame, identity, met, [MEMBERSHIP, TAKE]);
      return [...met].some((node) => this.from(node));
    });
  }

  #hasGrant(frame: Frame, principal: number): boolean {
    const { snapshot } = frame;
    const { out } = snapshot.adjacency[GRANT]!;
    const patch = out.patchOf(principal);
    for (let i = out.first(principal, patch), end = out.end(principal, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (this.#named.has(snapshot.target[edge]!) && counts(frame, edge)) return true;
    }
    return false;
  }
}

function addAssigned(frame: Frame, node: number, into: Set<number>, classes: readonly number[] = ASSIGNED): void {
  const { snapshot, reach } = frame;
  for (const edgeClass of classes) {
    if (edgeClass === TAKE && reach === 'ENTITLED') continue;
    const { out } = snapshot.adjacency[edgeClass]!;
    const patch = out.patchOf(node);
    for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
      const edge = out.edge(i, patch);
      if (counts(frame, edge)) into.add(snapshot.target[edge]!);
    }
  }
}
