/**
 * Who was given what: identities x entitlements of a snapshot at an instant, both in classes of those that stand alike, so
 * that a hundred thousand people with hundreds of entitlements each are as many cells as they differ in.
 *
 * An entitlement is the actions and the resource of an allowing grant as it is written: it is not followed down CONTAINS,
 * and denials, conditions and bounds do not take it away. Disabled identities are left out. Where limits are told apart, what
 * is had under a condition or for a time is another entitlement than what is had for good, and a few rows may be alike.
 */
import type { Frame } from '../access/frame.ts';
import { Column } from '../snapshot/growable.ts';
import { nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import { isIdentity } from '../snapshot/snapshot.ts';
import { DistinctRows } from './distinct-rows.ts';
import { equalColumns } from './equal-columns.ts';
import { type Granted, grantedTogether } from './granted-sets.ts';
import { HeldSets, type LimitedSet } from './held-sets.ts';
import { mergedEqual, withLimited } from './limited-sets.ts';
import type { Limits } from './limits.ts';

export interface EntitlementMatrix {
  /** Row classes: identities that hold the same entitlements, at least one; in the order of their first identities. */
  readonly rows: number;
  /** Column classes: entitlements that the same identities hold, at least one; in the order of their first entitlements. */
  readonly columns: number;
  /** Identities by row class, as node numbers: those of class r are `identities[rowBounds[r]]` and so on, in order. */
  readonly identities: Uint32Array;
  readonly rowBounds: Uint32Array;
  /** Entitlements by column class: those of class c have the numbers `columnBounds[c]` to `columnBounds[c + 1]`, excluded. */
  readonly columnBounds: Uint32Array;
  /** Of each entitlement: index into the snapshot's `terms`, node number of the resource, 1 if it reaches down CONTAINS. */
  readonly terms: Uint32Array;
  readonly resources: Uint32Array;
  readonly inherits: Uint8Array;
  /** Of each entitlement the number of what limits it, see `Limits`; all 0 where limits are not told apart. */
  readonly limits: Uint32Array;
  /** What is held: column classes of row class r are `cells[cellBounds[r]]` and so on, ascending. */
  readonly cellBounds: Uint32Array;
  readonly cells: Uint32Array;
  /** Identities that are not disabled and hold nothing. */
  readonly without: Uint32Array;
}

export interface MatrixOptions {
  /** What limits holdings, where these are to be told apart. */
  readonly limits?: Limits | undefined;
  /** Identities that are looked at; default: all. */
  readonly among?: ((node: number) => boolean) | undefined;
}

/**
 * Time: grants, and for each identity what it is a member of and holds in classes. Space: the cells of distinct rows.
 *
 * @throws what the pace throws
 */
export async function entitlementMatrix(
  frame: Frame,
  pace: Pace,
  { limits, among = () => true }: MatrixOptions = {},
): Promise<EntitlementMatrix> {
  const given = await grantedTogether(frame, limits, pace);
  const { limited, ...held } = await heldRows(frame, given, { limits, among }, pace);
  const { granted, cellBounds, cells } = mergedEqual(withLimited(given, limited, limits), held);
  const { classOf, count } = equalColumns(cellBounds, cells, granted.sets);
  return { ...held, ...joined(cellBounds, cells, classOf, count), ...sortedInto(granted, classOf, count) };
}

/** How many identities a row class has. */
export const rowSize = ({ rowBounds }: EntitlementMatrix, row: number): number => rowBounds[row + 1]! - rowBounds[row]!;

/** How many entitlements a column class has. */
export const columnSize = ({ columnBounds }: EntitlementMatrix, column: number): number =>
  columnBounds[column + 1]! - columnBounds[column]!;

interface HeldRows
  extends Pick<EntitlementMatrix, 'rows' | 'identities' | 'rowBounds' | 'cellBounds' | 'cells' | 'without'> {
  /** Their numbers follow those of the sets. */
  readonly limited: readonly LimitedSet[];
}

/** Identities in classes of those that hold the same sets. */
async function heldRows(
  frame: Frame,
  given: Granted,
  { limits, among }: MatrixOptions & { readonly among: NonNullable<MatrixOptions['among']> },
  pace: Pace,
): Promise<HeldRows> {
  const { snapshot } = frame;
  const distinct = new DistinctRows(given.sets);
  const walk = new HeldSets(frame, given, limits);
  const members: number[][] = [];
  const without: number[] = [];
  for (const identity of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    if (!isIdentity(snapshot, identity) || snapshot.disabled[identity] !== 0 || !among(identity)) continue;
    const held = walk.setsHeldBy(identity);
    if (held.length === 0) without.push(identity);
    else {
      const row = distinct.numberOf(held);
      if (row === members.length) members.push([identity]);
      else members[row]!.push(identity);
    }
  }
  const rowBounds = new Uint32Array(members.length + 1);
  members.forEach((of, row) => {
    rowBounds[row + 1] = rowBounds[row]! + of.length;
  });
  return {
    rows: members.length,
    identities: Uint32Array.from(members.flat()),
    rowBounds,
    ...distinct.cells(),
    without: Uint32Array.from(without),
    limited: walk.limited,
  };
}

/** The cells in column classes: one for all columns of a class, since who holds one of them holds all. */
function joined(bounds: Uint32Array, cells: Uint32Array, classOf: Int32Array, columns: number) {
  const isFirst = new Uint8Array(classOf.length);
  const met = new Uint8Array(columns);
  classOf.forEach((of, set) => {
    if (of < 0 || met[of] === 1) return;
    met[of] = 1;
    isFirst[set] = 1;
  });
  const kept = new Column(Uint32Array);
  const cellBounds = new Uint32Array(bounds.length);
  for (let row = 0; row + 1 < bounds.length; row++) {
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) if (isFirst[cells[i]!] === 1) kept.push(classOf[cells[i]!]!);
    cellBounds[row + 1] = kept.length;
  }
  return { columns, cellBounds, cells: kept.values().slice() };
}

/** Entitlements that somebody holds, by column class. */
function sortedInto({ setOf, terms, resources, inherits, limits }: Granted, classOf: Int32Array, columns: number) {
  const columnBounds = new Uint32Array(columns + 1);
  for (const set of setOf) if (classOf[set]! >= 0) columnBounds[classOf[set]! + 1]!++;
  for (let c = 0; c < columns; c++) columnBounds[c + 1]! += columnBounds[c]!;
  const next = columnBounds.slice();
  const order = new Uint32Array(columnBounds[columns]!);
  setOf.forEach((set, entitlement) => {
    if (classOf[set]! >= 0) order[next[classOf[set]!]!++] = entitlement;
  });
  return {
    columnBounds,
    terms: order.map((e) => terms[e]!),
    resources: order.map((e) => resources[e]!),
    inherits: Uint8Array.from(order, (e) => inherits[e]!),
    limits: order.map((e) => limits[e]!),
  };
}
