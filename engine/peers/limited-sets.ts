/** Entitlements that are had by limited ways, told apart from those had for good and each told once. */
import { Column } from '../snapshot/growable.ts';
import type { Granted } from './granted-sets.ts';
import type { LimitedSet } from './held-sets.ts';
import { type Limits, NO_LIMIT } from './limits.ts';

/** What rows hold: the sets of row r are `cells[cellBounds[r]]` and so on, ascending. */
export interface RowCells {
  readonly cellBounds: Uint32Array;
  readonly cells: Uint32Array;
}

/** The entitlements of limited sets beside those of the others. */
export function withLimited(given: Granted, limited: readonly LimitedSet[], limits: Limits | undefined): Granted {
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
export function mergedEqual(granted: Granted, { cellBounds, cells }: RowCells) {
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
