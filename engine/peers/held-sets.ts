/** Which sets of entitlements an identity comes to hold, for good and by ways that are limited. */
import { counts, type Frame } from '../access/frame.ts';
import { MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import type { Granted } from './granted-sets.ts';
import { type Limits, NO_LIMIT } from './limits.ts';

/** A set as it is had by ways that are limited. */
export interface LimitedSet {
  readonly set: number;
  readonly limit: number;
}

/**
 * Finds what identities come to hold. Marks are round numbers, so that nothing is cleared between two of them. First goes what
 * is reached for good, then what is reached by limited ways only.
 */
export class HeldSets {
  /** Sets as they were met by limited ways. */
  readonly limited: LimitedSet[] = [];
  readonly #frame: Frame;
  readonly #given: Granted;
  readonly #limits: Limits | undefined;
  readonly #ways: readonly number[];
  readonly #seen: Uint32Array;
  readonly #taken: Uint32Array;
  readonly #numbers = new Map<string, number>();
  #round = 0;

  constructor(frame: Frame, given: Granted, limits: Limits | undefined) {
    this.#frame = frame;
    this.#given = given;
    this.#limits = limits;
    this.#ways = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
    this.#seen = new Uint32Array(frame.snapshot.nodeSpace);
    this.#taken = new Uint32Array(given.sets);
  }

  /** Each once, in no order. */
  setsHeldBy(identity: number): readonly number[] {
    const round = ++this.#round;
    const met = [identity];
    const held: number[] = [];
    const limited: { readonly node: number; readonly limit: number }[] = [];
    this.#seen[identity] = round;
    for (let head = 0; head < met.length; head++) {
      const node = met[head]!;
      for (const set of this.#given.setsOf.get(node) ?? []) {
        if (this.#taken[set] === round) continue;
        this.#taken[set] = round;
        held.push(set);
      }
      this.#eachNext(node, (next, edge) => {
        if (this.#seen[next] === round) return;
        const limit = this.#limits?.ofEdge(edge) ?? NO_LIMIT;
        if (limit !== NO_LIMIT) {
          limited.push({ node: next, limit });
          return;
        }
        this.#seen[next] = round;
        met.push(next);
      });
    }
    if (limited.length > 0) this.#addLimited(limited, held, round);
    return held;
  }

  /** What is had for good is not told again under a limit. */
  #addLimited(start: { readonly node: number; readonly limit: number }[], held: number[], round: number): void {
    const seen = new Set<string>();
    const taken = new Set<number>();
    const queue: typeof start = [];
    const reach = (node: number, limit: number): void => {
      const key = `${node} ${limit}`;
      if (this.#seen[node] === round || seen.has(key)) return;
      seen.add(key);
      queue.push({ node, limit });
    };
    for (const { node, limit } of start) reach(node, limit);
    for (const { node, limit } of queue) {
      for (const set of this.#given.setsOf.get(node) ?? []) {
        if (this.#taken[set] === round) continue;
        const number = this.#numberOf(set, limit);
        if (taken.has(number)) continue;
        taken.add(number);
        held.push(number);
      }
      this.#eachNext(node, (next, edge) => reach(next, this.#limits!.joined(limit, this.#limits!.ofEdge(edge))));
    }
  }

  #numberOf(set: number, limit: number): number {
    const key = `${set} ${limit}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#given.sets + this.limited.push({ set, limit }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  #eachNext(node: number, visit: (next: number, edge: number) => void): void {
    const { snapshot } = this.#frame;
    for (const way of this.#ways) {
      const { out } = snapshot.adjacency[way]!;
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        if (counts(this.#frame, edge)) visit(snapshot.target[edge]!, edge);
      }
    }
  }
}
