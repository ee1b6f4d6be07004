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
  const keys = new Keys();
  const classes = new Map<number, number[]>();
  for (const identity of identities) {
    if (pace.isDue()) await pace.rest();
    const key = keyOf(frames, identity, leads, keys);
    if (key === NOTHING) continue;
    const known = classes.get(key);
    if (known === undefined) classes.set(key, [identity]);
    else known.push(identity);
  }
  return [...classes.values()].map((members) => ({ members }));
}

/** Has nothing to do with the resources. */
const NOTHING = 0;
const ASSIGNED = [MEMBERSHIP, TAKE, BOUND] as const;

function keyOf(frames: readonly [Frame, Frame], identity: number, leads: LeadsThere, keys: Keys): number {
  let key = NOTHING;
  let bounds = 0;
  frames.forEach((frame, side) => {
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
        key = keys.with(key, ((target * EDGE_CLASSES + edgeClass) * 2 + conditional) * 2 + side);
      }
    }
    const { out } = snapshot.adjacency[GRANT]!;
    for (const edge of out.of(identity)) {
      if (!counts(frame, edge) || !leads.isNamed(snapshot.target[edge]!)) continue;
      key = keys.with(key, keys.grant(snapshot.target[edge]!, snapshot.termsOf[edge]!, snapshot.flags[edge]!, side));
    }
  });
  // Bounds alone give nothing.
  return bounds > 0 && !leads.any(frames, identity) ? NOTHING : key;
}

/** Lists of small numbers as one number: equal lists, equal numbers. */
class Keys {
  readonly #next: Map<number, number>[] = [new Map()];
  readonly #grants = new Map<string, number>();

  with(key: number, part: number): number {
    const next = this.#next[key]!;
    const known = next.get(part);
    if (known !== undefined) return known;
    const made = this.#next.push(new Map()) - 1;
    next.set(part, made);
    return made;
  }

  /** A part for a direct grant: negative, so that it is no assignment's. */
  grant(target: number, terms: number, flags: number, side: number): number {
    const text = `${target} ${terms} ${flags} ${side}`;
    const known = this.#grants.get(text) ?? -1 - this.#grants.size;
    this.#grants.set(text, known);
    return known;
  }
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
