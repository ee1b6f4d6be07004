/**
 * What a plan may rearrange, read from a version of the graph: who holds what through which roles. Holders keep what they
 * hold; roles are what it comes through. See docs/restructure.md.
 */
import type { Instant, NodeKind } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { AnchorReason } from './anchors.ts';
import type { Atom } from './atom.ts';
import { edgesJoining, type Links, rightsOf } from './links.ts';

/** A holder as it is assigned to roles: one that has some for good and some for a time is several rows. */
export interface Row {
  /** Node number of an identity, a group or a role that stays. */
  readonly anchor: number;
  readonly id: string;
  readonly kind: NodeKind;
  /** Text of the condition of its assignments; absent for none. */
  readonly condition?: string;
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
  /** Only of rows in scope may assignments and direct grants change. */
  readonly inScope: boolean;
}

/** A role that may be rearranged. */
export interface PresentRole {
  readonly node: number;
  readonly id: string;
  readonly name: string;
  /** Sources that vouch for it, in order of precedence. */
  readonly sources: readonly string[];
}

/** Rows, roles and atoms are numbers: places in the lists. */
export interface RoleState {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly at: Instant;
  /** Those in play: held by a row in scope, or above or below such a role. By id. */
  readonly roles: readonly PresentRole[];
  readonly rows: readonly Row[];
  readonly atoms: readonly Atom[];
  /** Role → atoms that it grants itself. */
  readonly atomsOf: Links;
  /** Role → roles that it includes itself. */
  readonly juniorsOf: Links;
  /** Row → roles that it is assigned. */
  readonly rolesOf: Links;
  /** The same, seen from roles. */
  readonly rowsOf: Links;
  /** Row → atoms that the holder is granted directly. */
  readonly directOf: Links;
  /** Row → atoms that may be given and need not be, whether it holds them or not: what was agreed. Ascending. */
  readonly optionalOf: (row: number) => readonly number[];
  /** Role → atoms that it gives, with those of all that it includes. Ascending. */
  readonly given: readonly Uint32Array[];
  /** Roles of the graph that stay as they are, by node number, and why. */
  readonly anchored: ReadonlyMap<number, AnchorReason>;
}

/** Atoms that a row has to hold: through roles, and granted directly. Ascending. O(what its roles give). */
export function requiredOf({ rolesOf, directOf, given }: RoleState, row: number): readonly number[] {
  const held = new Set(rightsOf(directOf, row));
  for (const role of rightsOf(rolesOf, row)) for (const atom of given[role]!) held.add(atom);
  return [...held].sort((a, b) => a - b);
}

/** Atoms that a row has to hold afterwards too: what it holds, but for what may be lost. Ascending. */
export function neededOf(state: RoleState, row: number): readonly number[] {
  const optional = state.optionalOf(row);
  if (optional.length === 0) return requiredOf(state, row);
  const out = new Set(optional);
  return requiredOf(state, row).filter((atom) => !out.has(atom));
}

/** True for a row of assignments that hold always: the one that direct grants belong to. */
export const isPlain = ({ condition, validFrom, validTo }: Row): boolean =>
  condition === undefined && validFrom === undefined && validTo === undefined;

/** Edges by which a row has a role. */
export const assignmentEdges = ({ rolesOf }: RoleState, row: number, role: number): readonly number[] =>
  edgesJoining(rolesOf, row, role);
