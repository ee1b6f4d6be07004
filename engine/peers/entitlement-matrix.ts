/**
 * Who was given what: identities x entitlements of a snapshot at an instant, both in classes of those that stand alike, so
 * that a hundred thousand people with hundreds of entitlements each are as many cells as they differ in.
 *
 * An entitlement is the actions and the resource of an allowing grant as it is written: it is not followed down CONTAINS,
 * and denials, conditions and bounds do not take it away. Disabled identities are left out.
 */
import { counts, type Frame } from '../access/frame.ts';
import { Column } from '../snapshot/growable.ts';
import { nodesInOrder } from '../snapshot/nodes.ts';
import type { Pace } from '../snapshot/pace.ts';
import {
  DENY,
  GRANT,
  isIdentity,
  isResource,
  MEMBERSHIP,
  NO_INHERIT,
  type Snapshot,
  TAKE,
} from '../snapshot/snapshot.ts';
import { equalColumns } from './equal-columns.ts';

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
  /** What is held: column classes of row class r are `cells[cellBounds[r]]` and so on, ascending. */
  readonly cellBounds: Uint32Array;
  readonly cells: Uint32Array;
  /** Identities that are not disabled and hold nothing. */
  readonly without: Uint32Array;
}

/**
 * Time: grants, and for each identity what it is a member of and holds in classes. Space: the cells of distinct rows.
 *
 * @throws what the pace throws
 */
export async function entitlementMatrix(frame: Frame, pace: Pace): Promise<EntitlementMatrix> {
  const given = await grantedTogether(frame, pace);
  const held = await heldRows(frame, given, pace);
  const { classOf, count } = equalColumns(held.cellBounds, held.cells, given.sets);
  return { ...held, ...joined(held.cellBounds, held.cells, classOf, count), ...sortedInto(given, classOf, count) };
}

/** How many identities a row class has. */
export const rowSize = ({ rowBounds }: EntitlementMatrix, row: number): number => rowBounds[row + 1]! - rowBounds[row]!;

/** How many entitlements a column class has. */
export const columnSize = ({ columnBounds }: EntitlementMatrix, column: number): number =>
  columnBounds[column + 1]! - columnBounds[column]!;

/** Entitlements by the set of principals that are granted them: equal sets are held by the same identities, whoever these are. */
interface Granted {
  readonly sets: number;
  /** Sets that a principal is in. */
  readonly setsOf: ReadonlyMap<number, readonly number[]>;
  /** By entitlement. */
  readonly setOf: readonly number[];
  readonly terms: readonly number[];
  readonly resources: readonly number[];
  readonly inherits: readonly number[];
}

async function grantedTogether(frame: Frame, pace: Pace): Promise<Granted> {
  const { snapshot } = frame;
  const { into } = snapshot.adjacency[GRANT]!;
  const termsAs = firstOfEqualTerms(snapshot);
  const numbers = new Map<string, number>();
  const setsOf = new Map<number, number[]>();
  const setOf: number[] = [];
  const terms: number[] = [];
  const resources: number[] = [];
  const inherits: number[] = [];
  for (const resource of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    if (!isResource(snapshot, resource)) continue;
    for (const [what, granted] of grantsOn(frame, into.of(resource), termsAs)) {
      const principals = [...granted].sort((a, b) => a - b);
      const key = principals.join();
      let set = numbers.get(key);
      if (set === undefined) {
        set = numbers.size;
        numbers.set(key, set);
        for (const principal of principals) {
          const known = setsOf.get(principal);
          if (known === undefined) setsOf.set(principal, [set]);
          else known.push(set);
        }
      }
      setOf.push(set);
      terms.push(what >>> 1);
      resources.push(resource);
      inherits.push(what & 1);
    }
  }
  return { sets: numbers.size, setsOf, setOf, terms, resources, inherits };
}

/** By number of terms, the least number of equal ones: "every action" has one of its own for take-overs, and one as granted. */
function firstOfEqualTerms({ terms }: Snapshot): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(terms.all, ({ key }, number) => {
    const known = numbers.get(key) ?? number;
    numbers.set(key, known);
    return known;
  });
}

/** Principals that are granted something on a resource, by terms and whether it inherits (in the lowest bit). */
function grantsOn(frame: Frame, edges: Uint32Array, termsAs: Uint32Array): ReadonlyMap<number, ReadonlySet<number>> {
  const { snapshot } = frame;
  const found = new Map<number, Set<number>>();
  for (const edge of edges) {
    const flags = snapshot.flags[edge]!;
    if ((flags & DENY) !== 0 || !counts(frame, edge)) continue;
    const what = termsAs[snapshot.termsOf[edge]!]! * 2 + ((flags & NO_INHERIT) === 0 ? 1 : 0);
    const known = found.get(what);
    if (known === undefined) found.set(what, new Set([snapshot.source[edge]!]));
    else known.add(snapshot.source[edge]!);
  }
  return found;
}

type HeldRows = Pick<EntitlementMatrix, 'rows' | 'identities' | 'rowBounds' | 'cellBounds' | 'cells' | 'without'>;

/** Identities in classes of those that hold the same sets. */
async function heldRows(frame: Frame, given: Granted, pace: Pace): Promise<HeldRows> {
  const { snapshot } = frame;
  const distinct = new DistinctRows(given.sets);
  const walk = new Walk(frame, given);
  const members: number[][] = [];
  const without: number[] = [];
  for (const identity of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    if (!isIdentity(snapshot, identity) || snapshot.disabled[identity] !== 0) continue;
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
  };
}

/** Finds what identities come to hold. Marks are round numbers, so that nothing is cleared between two of them. */
class Walk {
  readonly #frame: Frame;
  readonly #given: Granted;
  readonly #ways: readonly number[];
  readonly #seen: Uint32Array;
  readonly #taken: Uint32Array;
  #round = 0;

  constructor(frame: Frame, given: Granted) {
    this.#frame = frame;
    this.#given = given;
    this.#ways = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
    this.#seen = new Uint32Array(frame.snapshot.nodeSpace);
    this.#taken = new Uint32Array(given.sets);
  }

  /** Each once, in no order. */
  setsHeldBy(identity: number): readonly number[] {
    const { snapshot } = this.#frame;
    const round = ++this.#round;
    const met = [identity];
    const held: number[] = [];
    this.#seen[identity] = round;
    for (let head = 0; head < met.length; head++) {
      const node = met[head]!;
      for (const set of this.#given.setsOf.get(node) ?? []) {
        if (this.#taken[set] === round) continue;
        this.#taken[set] = round;
        held.push(set);
      }
      for (const way of this.#ways) {
        const { out } = snapshot.adjacency[way]!;
        const patch = out.patchOf(node);
        for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
          const edge = out.edge(i, patch);
          const next = snapshot.target[edge]!;
          if (this.#seen[next] === round || !counts(this.#frame, edge)) continue;
          this.#seen[next] = round;
          met.push(next);
        }
      }
    }
    return held;
  }
}

/** Rows that differ, each kept once. Found by a hash that does not hang on the order of cells, and then compared. */
class DistinctRows {
  readonly #bounds = new Column(Uint32Array);
  readonly #cells = new Column(Uint32Array);
  readonly #byHash = new Map<number, number[]>();
  readonly #marks: Uint32Array;
  #round = 0;

  constructor(columns: number) {
    this.#marks = new Uint32Array(columns);
    this.#bounds.push(0);
  }

  /** @returns the number of an equal row, or the next number for one that is new */
  numberOf(row: readonly number[]): number {
    let hash = row.length;
    for (const cell of row) hash = (hash + scattered(cell)) | 0;
    const alike = this.#byHash.get(hash);
    const known = alike?.find((other) => this.#equals(other, row));
    if (known !== undefined) return known;
    const made = this.#bounds.length - 1;
    for (const cell of Uint32Array.from(row).sort()) this.#cells.push(cell);
    this.#bounds.push(this.#cells.length);
    if (alike === undefined) this.#byHash.set(hash, [made]);
    else alike.push(made);
    return made;
  }

  cells(): { readonly cellBounds: Uint32Array; readonly cells: Uint32Array } {
    return { cellBounds: this.#bounds.values().slice(), cells: this.#cells.values().slice() };
  }

  #equals(known: number, row: readonly number[]): boolean {
    const bounds = this.#bounds.values();
    const [first, end] = [bounds[known]!, bounds[known + 1]!];
    if (end - first !== row.length) return false;
    const round = ++this.#round;
    for (const cell of row) this.#marks[cell] = round;
    const cells = this.#cells.values();
    for (let i = first; i < end; i++) if (this.#marks[cells[i]!] !== round) return false;
    return true;
  }
}

/** The finisher of MurmurHash3: unlike numbers for numbers that are near. */
function scattered(value: number): number {
  let bits = value + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
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
function sortedInto({ setOf, terms, resources, inherits }: Granted, classOf: Int32Array, columns: number) {
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
  };
}
