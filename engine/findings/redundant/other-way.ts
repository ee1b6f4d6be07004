/**
 * What makes an edge redundant: other edges that give whoever has its source the same, for as long, as widely and as
 * certainly. Edges found redundant before are not counted on, so that all of them may go together: what was counted on and
 * goes later is given by what it is found redundant for.
 */
import type { Instant } from '../../model/index.ts';
import { covers } from '../../snapshot/action-pattern.ts';
import {
  CONDITIONAL_EDGE,
  CONTAINMENT,
  DENY,
  GRANT,
  MEMBERSHIP,
  NO_INHERIT,
  type Snapshot,
  TAKE,
  TAKEOVER,
  TIMED,
} from '../../snapshot/snapshot.ts';
import { alwaysIncluded } from '../role-gives.ts';
import { isAsCertain, lastsAsLong } from './as-long.ts';

export class OtherWays {
  readonly #snapshot: Snapshot;
  readonly #at: Instant;
  readonly #conditions: Uint32Array;
  /** Found redundant so far. */
  readonly #gone = new Set<number>();
  readonly #included = new Map<number, ReadonlySet<number>>();
  readonly #containers = new Map<number, ReadonlySet<number>>();

  /** @param conditions see `GraphFacts` */
  constructor(snapshot: Snapshot, at: Instant, conditions: Uint32Array) {
    this.#snapshot = snapshot;
    this.#at = at;
    this.#conditions = conditions;
  }

  /** The edges that make one redundant, which is then counted on no more; undefined where it is not. */
  for(edge: number, edgeClass: number): readonly number[] | undefined {
    const others = this.#find(edge, edgeClass);
    if (others !== undefined) this.#gone.add(edge);
    return others;
  }

  #find(edge: number, edgeClass: number): readonly number[] | undefined {
    switch (edgeClass) {
      case GRANT:
        return this.#otherGrants(edge);
      case TAKE:
        return this.#otherAssumption(edge);
      case MEMBERSHIP:
        return this.#otherMembership(edge);
      default:
        return undefined;
    }
  }

  /** True for an edge that may stand in for another from the same node. */
  #standsIn(other: number, edge: number): boolean {
    const snapshot = this.#snapshot;
    if (other === edge || this.#gone.has(other)) return false;
    return lastsAsLong(snapshot, other, edge, this.#at) && isAsCertain(snapshot, other, edge, this.#conditions);
  }

  /** What a node includes by memberships that always hold. */
  #includedBy(node: number): ReadonlySet<number> {
    const known = this.#included.get(node) ?? alwaysIncluded(this.#snapshot, node, this.#at);
    this.#included.set(node, known);
    return known;
  }

  #otherMembership(edge: number): readonly number[] | undefined {
    const { source, target, adjacency } = this.#snapshot;
    const [from, to] = [source[edge]!, target[edge]!];
    for (const other of adjacency[MEMBERSHIP]!.out.of(from)) {
      if (!this.#standsIn(other, edge)) continue;
      if (target[other] === to) return [other];
      if (!this.#isCertain(other)) continue;
      const included = this.#includedBy(target[other]!);
      // A way that comes back here may be this very edge.
      if (included.has(to) && !included.has(from)) return [other];
    }
    return undefined;
  }

  #isCertain(edge: number): boolean {
    return (this.#snapshot.flags[edge]! & CONDITIONAL_EDGE) === 0;
  }

  #otherAssumption(edge: number): readonly number[] | undefined {
    const { source, target, flags, adjacency } = this.#snapshot;
    for (const node of this.#includedBy(source[edge]!)) {
      for (const other of adjacency[TAKE]!.out.of(node)) {
        if (target[other] !== target[edge] || !this.#standsIn(other, edge)) continue;
        // A take-over counts in one reach only.
        if ((flags[other]! & TAKEOVER) === 0 || (flags[edge]! & TAKEOVER) !== 0) return [other];
      }
    }
    return undefined;
  }

  /** Every pattern of the grant must be given as it is written: what lists tell stays the same too. */
  #otherGrants(edge: number): readonly number[] | undefined {
    const { source, terms, termsOf } = this.#snapshot;
    const left = new Set(terms.all[termsOf[edge]!]!.actions);
    const found: number[] = [];
    for (const node of this.#includedBy(source[edge]!)) {
      for (const other of this.#snapshot.adjacency[GRANT]!.out.of(node)) {
        if (!this.#givesThere(other, edge)) continue;
        const before = left.size;
        for (const action of this.#toldBy(other)) left.delete(action);
        if (left.size < before || terms.all[termsOf[edge]!]!.actions.length === 0) found.push(other);
        if (left.size === 0 && found.length > 0) return found;
      }
    }
    return undefined;
  }

  /** The patterns of a grant that lists tell: of a denial not those that another of its patterns covers. */
  #toldBy(grant: number): readonly string[] {
    const { flags, terms, termsOf } = this.#snapshot;
    const { actions, foldedActions } = terms.all[termsOf[grant]!]!;
    if ((flags[grant]! & DENY) === 0) return actions;
    return actions.filter((_, i) => !foldedActions.some((pattern, j) => j !== i && covers(pattern, foldedActions[i]!)));
  }

  /** True for a grant of the same effect that reaches all that the other does, and takes out the same. */
  #givesThere(other: number, edge: number): boolean {
    const { target, flags, edgeKind, terms, termsOf } = this.#snapshot;
    const [its, own] = [flags[other]!, flags[edge]!];
    if (edgeKind[other] !== edgeKind[edge] || ((its ^ own) & (DENY | TAKEOVER)) !== 0) return false;
    if (target[other] !== target[edge]) {
      if ((its & NO_INHERIT) !== 0 || !this.#containersOf(target[edge]!).has(target[other]!)) return false;
    } else if ((its & NO_INHERIT) !== 0 && (own & NO_INHERIT) === 0) return false;
    const [taken, itsTaken] = [terms.all[termsOf[edge]!]!.exceptActions, terms.all[termsOf[other]!]!.exceptActions];
    if (itsTaken.length !== taken.length || !itsTaken.every((pattern) => taken.includes(pattern))) return false;
    return this.#standsIn(other, edge);
  }

  /** What contains a resource at all times. */
  #containersOf(resource: number): ReadonlySet<number> {
    const known = this.#containers.get(resource);
    if (known !== undefined) return known;
    const { source, flags, adjacency } = this.#snapshot;
    const containers = new Set<number>([resource]);
    for (const each of containers)
      for (const edge of adjacency[CONTAINMENT]!.into.of(each))
        if ((flags[edge]! & TIMED) === 0) containers.add(source[edge]!);
    containers.delete(resource);
    this.#containers.set(resource, containers);
    return containers;
  }
}
