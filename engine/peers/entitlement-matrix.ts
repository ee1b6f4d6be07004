/**
 * Who was given what: identities x entitlements of a snapshot at an instant, both in classes of those that stand alike, so
 * that a hundred thousand people with hundreds of entitlements each are as many cells as they differ in.
 *
 * An entitlement is the actions and the resource of an allowing grant as it is written: it is not followed down CONTAINS,
 * and denials, conditions and bounds do not take it away. Disabled identities are left out. Where limits are told apart, what
 * is had under a condition or for a time is another entitlement than what is had for good, and a few rows may be alike.
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
import { DistinctRows } from './distinct-rows.ts';
import { equalColumns } from './equal-columns.ts';
import { type Limits, NO_LIMIT } from './limits.ts';

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
  readonly limits: readonly number[];
}

async function grantedTogether(frame: Frame, limits: Limits | undefined, pace: Pace): Promise<Granted> {
  const { snapshot } = frame;
  const { into } = snapshot.adjacency[GRANT]!;
  const termsAs = firstOfEqualTerms(snapshot);
  const numbers = new Map<string, number>();
  const setsOf = new Map<number, number[]>();
  const setOf: number[] = [];
  const terms: number[] = [];
  const resources: number[] = [];
  const inherits: number[] = [];
  const limitOf: number[] = [];
  for (const resource of nodesInOrder(snapshot)) {
    if (pace.isDue()) await pace.rest();
    if (!isResource(snapshot, resource)) continue;
    for (const [what, granted] of grantsOn(frame, into.of(resource), termsAs, limits)) {
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
      const plain = what % (2 * snapshot.terms.all.length);
      terms.push(plain >>> 1);
      resources.push(resource);
      inherits.push(plain & 1);
      limitOf.push(Math.floor(what / (2 * snapshot.terms.all.length)));
    }
  }
  return { sets: numbers.size, setsOf, setOf, terms, resources, inherits, limits: limitOf };
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

/** Principals that are granted something on a resource, by terms, whether it inherits (in the lowest bit) and limit (the highest part). */
function grantsOn(
  frame: Frame,
  edges: Uint32Array,
  termsAs: Uint32Array,
  limits: Limits | undefined,
): ReadonlyMap<number, ReadonlySet<number>> {
  const { snapshot } = frame;
  const found = new Map<number, Set<number>>();
  for (const edge of edges) {
    const flags = snapshot.flags[edge]!;
    if ((flags & DENY) !== 0 || !counts(frame, edge)) continue;
    const limit = limits?.ofEdge(edge) ?? NO_LIMIT;
    const plain = termsAs[snapshot.termsOf[edge]!]! * 2 + ((flags & NO_INHERIT) === 0 ? 1 : 0);
    const what = limit * 2 * snapshot.terms.all.length + plain;
    const known = found.get(what);
    if (known === undefined) found.set(what, new Set([snapshot.source[edge]!]));
    else known.add(snapshot.source[edge]!);
  }
  return found;
}

/** A set as it is had by ways that are limited. */
interface LimitedSet {
  readonly set: number;
  readonly limit: number;
}

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
  const walk = new Walk(frame, given, limits);
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

/** The entitlements of limited sets beside those of the others. */
function withLimited(given: Granted, limited: readonly LimitedSet[], limits: Limits | undefined): Granted {
  if (limited.length === 0) return given;
  const inSet = Array.from({ length: given.sets }, (): number[] => []);
  given.setOf.forEach((set, entitlement) => void inSet[set]!.push(entitlement));
  const [setOf, terms, resources] = [[...given.setOf], [...given.terms], [...given.resources]];
  const [inherits, limitOf] = [[...given.inherits], [...given.limits]];
  limited.forEach(({ set, limit }, i) => {
    for (const entitlement of inSet[set]!) {
      setOf.push(given.sets + i);
      terms.push(given.terms[entitlement]!);
      resources.push(given.resources[entitlement]!);
      inherits.push(given.inherits[entitlement]!);
      limitOf.push(limits!.joined(given.limits[entitlement]!, limit));
    }
  });
  return { ...given, sets: given.sets + limited.length, setOf, terms, resources, inherits, limits: limitOf };
}

/**
 * What is granted for a time, and what is had for the same time by a way that ends, is one entitlement: it becomes a set of its
 * own, had by whoever has one of the sets that it was in.
 */
function mergedEqual(granted: Granted, { cellBounds, cells }: Pick<HeldRows, 'cellBounds' | 'cells'>) {
  const { setOf, terms, resources, inherits, limits } = granted;
  const byKey = new Map<string, number[]>();
  setOf.forEach((_, e) => {
    if (limits[e] === NO_LIMIT) return;
    const key = `${terms[e]} ${resources[e]} ${inherits[e]} ${limits[e]}`;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [e]);
    else same.push(e);
  });
  const several = [...byKey.values()].filter((same) => same.length > 1);
  if (several.length === 0) return { granted, cellBounds, cells };
  const dropped = new Set(several.flatMap((same) => same.slice(1)));
  const merged = [...setOf];
  const mergedOf = new Map<number, number[]>();
  several.forEach((same, i) => {
    const own = granted.sets + i;
    for (const set of new Set(same.map((e) => setOf[e]!))) mergedOf.set(set, [...(mergedOf.get(set) ?? []), own]);
    merged[same[0]!] = own;
  });
  const order = Array.from(merged.keys()).filter((e) => !dropped.has(e));
  const left = new Set(order.map((e) => merged[e]!));
  const of = <T>(values: readonly T[]): T[] => order.map((e) => values[e]!);
  return {
    granted: {
      ...granted,
      sets: granted.sets + several.length,
      setOf: of(merged),
      terms: of(terms),
      resources: of(resources),
      inherits: of(inherits),
      limits: of(limits),
    },
    ...withMerged(cellBounds, cells, mergedOf, left),
  };
}

/** Rows with the merged sets of those that they have, which come after all others, and without sets of which nothing is left. */
function withMerged(
  bounds: Uint32Array,
  cells: Uint32Array,
  mergedOf: ReadonlyMap<number, readonly number[]>,
  left: ReadonlySet<number>,
) {
  const all = new Column(Uint32Array);
  const cellBounds = new Uint32Array(bounds.length);
  for (let row = 0; row + 1 < bounds.length; row++) {
    const own = new Set<number>();
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
      if (left.has(cells[i]!)) all.push(cells[i]!);
      for (const set of mergedOf.get(cells[i]!) ?? []) own.add(set);
    }
    for (const set of Uint32Array.from(own).sort()) all.push(set);
    cellBounds[row + 1] = all.length;
  }
  return { cellBounds, cells: all.values().slice() };
}

/**
 * Finds what identities come to hold. Marks are round numbers, so that nothing is cleared between two of them. First goes what
 * is reached for good, then what is reached by limited ways only.
 */
class Walk {
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
