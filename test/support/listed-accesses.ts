/** Two lists of accesses compared one by one: what a difference between two versions is held against. */
import { expect } from 'vitest';
import type { AccessDelta, AccessRow, GraphView } from '../../engine/access/questions.ts';
import type { Instant, Reach } from '../../engine/model/index.ts';
import { fold } from './oracle/index.ts';
import { whole } from './paged.ts';

/** The strongest row of a pattern, and all that is said of the pattern. */
type ListedRow = AccessRow & { readonly said: unknown[] };
export type Listed = ReadonlyMap<string, ListedRow>;

/** What is listed of each (identity, resource, pattern); patterns that differ in the case of letters are one. */
export async function listed(
  view: GraphView,
  identities: readonly string[],
  frame: { readonly reach: Reach; readonly at: Instant },
): Promise<Listed> {
  const found = new Map<string, ListedRow>();
  for (const identity of identities) {
    const rows = await whole((page) => view.accessOf({ identity, ...frame, ...page })).catch(() => []);
    for (const row of rows)
      for (const action of row.actions) {
        const key = keyOf(identity, row.resource, action);
        // ALLOWED comes first.
        if (!found.has(key)) found.set(key, { ...row, said: [] });
        found.get(key)!.said.push([row.decision, row.exceptions.map(fold).sort()]);
      }
  }
  return found;
}

const keyOf = (identity: string, resource: string, action: string): string =>
  JSON.stringify([identity, resource, fold(action)]);

const strength = (row: AccessRow | undefined): number => (row === undefined ? 0 : row.decision === 'ALLOWED' ? 2 : 1);
const keysOf = (rows: readonly AccessRow[]): readonly string[] =>
  rows.flatMap(({ identity, resource, actions }) => actions.map((action) => keyOf(identity, resource, action)));

/** @param isInScope whether a resource and an identity are looked at; default: all are */
export function expectDifference(
  delta: AccessDelta,
  was: Listed,
  is: Listed,
  isInScope: (row: AccessRow) => boolean = () => true,
): void {
  const all = [...new Set([...was.keys(), ...is.keys()])].filter((key) => isInScope((was.get(key) ?? is.get(key))!));
  const gained = all.filter((key) => strength(is.get(key)) > strength(was.get(key)));
  const lost = all.filter((key) => strength(is.get(key)) < strength(was.get(key)));
  const altered = all.filter(
    (key) =>
      strength(is.get(key)) === strength(was.get(key)) &&
      JSON.stringify(is.get(key)!.said) !== JSON.stringify(was.get(key)!.said),
  );
  expect([delta.gainedCount, delta.lostCount, delta.alteredCount, delta.complete]).toEqual([
    gained.length,
    lost.length,
    altered.length,
    true,
  ]);
  expect([...keysOf(delta.gained)].sort()).toEqual(gained.sort());
  expect([...keysOf(delta.lost)].sort()).toEqual(lost.sort());
  expect([...keysOf(delta.altered)].sort()).toEqual(altered.sort());
  expectOrder(delta.gained);
  expectOrder(delta.lost);
}

function expectOrder(rows: readonly AccessRow[]): void {
  const places = rows.map(({ identity, resource }) => [identity, resource] as const);
  expect(places).toEqual(
    [...places].sort(([a, b], [c, d]) => (a < c || (a === c && b < d) ? -1 : a === c && b === d ? 0 : 1)),
  );
}
