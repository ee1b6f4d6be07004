/**
 * What the compiled rows of a principal hold, as one word. A walk asks of each principal it meets what that is a member of, whether
 * a membership needs a look at its window or condition, whether it can act as somebody, and whether a grant is about the resource
 * asked for: mostly no, and each no costs a line of memory or two somewhere else. The word of a principal is found when it is first
 * met, at what that walk would have cost anyway.
 */
import { GRANT, MEMBERSHIP, type Snapshot, TAKE } from '../snapshot/snapshot.ts';
import { SPECIAL } from './members.ts';

const KNOWN = 1;
export const MEMBERSHIPS = 2;
/** A membership in the row has a window, a condition, or is a take-over: edges are to be looked at one by one. */
export const SPECIAL_MEMBERSHIPS = 4;
export const TAKES = 8;
const GRANT_BITS = 28;

/**
 * The bit of the word that says: a grant may be on this resource. Resources share a bit, so it says so without need for one in
 * 28, and never wrongly that there is none.
 */
export const grantBit = (resource: number): number => 1 << (32 - GRANT_BITS + (resource % GRANT_BITS));

/** Only of compiled rows: those that changes have put in their place are to be asked for first. Rows that are compiled never change. */
export class RowMarks {
  /** Two words a node, of which the second is ours. */
  readonly #marks: Uint32Array;

  /** @param pairs two words a node; the second is to be zero */
  constructor(pairs: Uint32Array) {
    this.#marks = pairs;
  }

  /** @param node a compiled one */
  of(snapshot: Snapshot, node: number): number {
    const known = this.#marks[node * 2 + 1]!;
    return known !== 0 ? known : this.#look(snapshot, node);
  }

  #look({ adjacency, flags, target }: Snapshot, node: number): number {
    let marks = KNOWN;
    // Positions are edge numbers where edges leave their nodes.
    const memberships = adjacency[MEMBERSHIP]!.out.bounds;
    for (let edge = memberships[node]!; edge < memberships[node + 1]!; edge++)
      marks |= (flags[edge]! & SPECIAL) === 0 ? MEMBERSHIPS : MEMBERSHIPS | SPECIAL_MEMBERSHIPS;
    const takes = adjacency[TAKE]!.out.bounds;
    if (takes[node]! < takes[node + 1]!) marks |= TAKES;
    const grants = adjacency[GRANT]!.out.bounds;
    for (let edge = grants[node]!; edge < grants[node + 1]!; edge++) marks |= grantBit(target[edge]!);
    this.#marks[node * 2 + 1] = marks;
    return this.#marks[node * 2 + 1]!;
  }
}
