/**
 * What a scope means. It names principals, roles and resources; what moves is the assignments and direct grants of holders:
 * of a principal that is named, of whoever belongs to a group that is named, of whoever has a role that is named, and of
 * whoever has a role or a grant on a resource that is named or on what that contains.
 */
import { GrantlensError } from '../model/index.ts';
import {
  CONTAINMENT,
  DENY,
  GRANT,
  isResource,
  kindIndexOf,
  MEMBERSHIP,
  ROLE,
  type Snapshot,
  TAKEOVER,
} from '../snapshot/snapshot.ts';
import type { AnchorReason } from './anchors.ts';

/** Ids that one scope may name. */
export const MOST_IN_SCOPE = 100_000;

/** Holders whose assignments may change, and roles that are looked at though nobody has them. */
export interface Scope {
  readonly holders: ReadonlySet<number>;
  readonly roles: ReadonlySet<number>;
}

/** @throws GrantlensError ARGUMENT_INVALID for a list that is empty or too long; NODE_NOT_FOUND with all that are unknown */
export function scopeNodes(snapshot: Snapshot, ids: readonly string[], argument = 'scope'): readonly number[] {
  if (ids.length > MOST_IN_SCOPE)
    throw new GrantlensError('LIMIT_EXCEEDED', `${argument} names at most ${MOST_IN_SCOPE} nodes, not ${ids.length}.`);
  const nodes = ids.map((id) => (typeof id === 'string' ? snapshot.index.find(id) : -1));
  const unknown = ids.filter((_, i) => nodes[i]! < 0);
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 10).map((id) => JSON.stringify(id));
    const more = unknown.length > 10 ? ` and ${unknown.length - 10} more` : '';
    throw new GrantlensError(
      'NODE_NOT_FOUND',
      `No node has the id ${shown.join(', ')}${more}, which ${argument} names.`,
      {
        ids: unknown.slice(0, 100),
      },
    );
  }
  return nodes;
}

/** O(what is below the groups and resources that are named, and above the roles). */
export function scopeOf(
  snapshot: Snapshot,
  ids: readonly string[],
  anchored: ReadonlyMap<number, AnchorReason>,
): Scope {
  if (ids.length === 0)
    throw new GrantlensError('ARGUMENT_INVALID', 'scope names nobody; leave it out for all of the graph.', {
      argument: 'scope',
    });
  const named = scopeNodes(snapshot, ids);
  const gathering = new Gathering(snapshot, anchored);
  for (const node of named) gathering.add(node);
  return gathering;
}

class Gathering implements Scope {
  readonly holders = new Set<number>();
  readonly roles = new Set<number>();
  readonly #snapshot: Snapshot;
  readonly #anchored: ReadonlyMap<number, AnchorReason>;
  readonly #resources = new Set<number>();
  /** Who was gone behind: of a role its holders, of a group its members too. */
  readonly #behindRoles = new Set<number>();
  readonly #behindGroups = new Set<number>();

  constructor(snapshot: Snapshot, anchored: ReadonlyMap<number, AnchorReason>) {
    this.#snapshot = snapshot;
    this.#anchored = anchored;
  }

  add(node: number): void {
    if (isResource(this.#snapshot, node)) this.#addResource(node);
    else this.#addPrincipal(node);
  }

  #isMovable(node: number): boolean {
    return kindIndexOf(this.#snapshot, node) === ROLE && !this.#anchored.has(node);
  }

  #addPrincipal(start: number): void {
    const { adjacency, source } = this.#snapshot;
    const found = [start];
    const into = adjacency[MEMBERSHIP]!.into;
    const isRole = kindIndexOf(this.#snapshot, start) === ROLE;
    const walked = isRole ? this.#behindRoles : this.#behindGroups;
    while (found.length > 0) {
      const node = found.pop()!;
      if (walked.has(node)) continue;
      walked.add(node);
      const movable = this.#isMovable(node);
      (movable ? this.roles : this.holders).add(node);
      // Behind a role stands whoever is assigned it; behind a group that is named, its members.
      if (movable || !isRole) for (const edge of into.of(node)) found.push(source[edge]!);
    }
  }

  #addResource(start: number): void {
    const { adjacency, source, target, flags } = this.#snapshot;
    const found = [start];
    while (found.length > 0) {
      const resource = found.pop()!;
      if (this.#resources.has(resource)) continue;
      this.#resources.add(resource);
      for (const edge of adjacency[CONTAINMENT]!.out.of(resource)) found.push(target[edge]!);
      for (const edge of adjacency[GRANT]!.into.of(resource))
        if ((flags[edge]! & (DENY | TAKEOVER)) === 0) this.#addGranted(source[edge]!);
    }
  }

  /** A group that is granted something is in scope, its members are not for that. */
  #addGranted(principal: number): void {
    if (this.#isMovable(principal)) this.#addPrincipal(principal);
    else this.holders.add(principal);
  }
}
