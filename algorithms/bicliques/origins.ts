/** Which of today's roles each new one is best taken for. */
import type { Biclique, CellMatrix } from './cell-matrix.ts';
import { edits, NEW, type Origin, type Shaping, shapingOf } from './shaping.ts';
import type { LiveRole } from './structure.ts';

/**
 * Pairs bicliques with the origins of roles that were taken out, the cheapest pair first; each origin once.
 *
 * @returns for each biclique a place in `Shaping.origins`, or `NEW`
 */
export function matched(shaping: Shaping, made: readonly Biclique[], out: readonly LiveRole[]): number[] {
  if (shaping.change === 0) return made.map(() => NEW);
  const free = new Set(out.map((role) => role.origin).filter((origin) => origin !== NEW));
  return cheapestPairs(shaping, made, free, () => free);
}

/**
 * The same for whole structures: roles are taken for those of today that they share an assignment with.
 *
 * @returns for each role a place in `today`, or `NEW`
 */
export function matchedToToday(roles: readonly Biclique[], today: readonly Origin[], matrix: CellMatrix): number[] {
  const ofRow = new Map<number, number[]>();
  today.forEach(({ rows }, at) => {
    for (const row of rows) {
      const list = ofRow.get(row);
      if (list === undefined) ofRow.set(row, [at]);
      else list.push(at);
    }
  });
  const near = ({ rows }: Biclique): Set<number> => new Set(Array.from(rows, (row) => ofRow.get(row) ?? []).flat());
  return cheapestPairs(shapingOf(matrix, { origins: today }), roles, new Set(today.keys()), near);
}

function cheapestPairs(
  shaping: Shaping,
  made: readonly Biclique[],
  free: Set<number>,
  near: (biclique: Biclique) => ReadonlySet<number>,
): number[] {
  const origins = made.map(() => NEW);
  const pairs: { readonly at: number; readonly origin: number; readonly saves: number }[] = [];
  made.forEach((biclique, at) => {
    const fresh = edits(shaping, biclique, NEW);
    for (const origin of near(biclique)) {
      const saves = fresh - edits(shaping, biclique, origin);
      if (saves > 0) pairs.push({ at, origin, saves });
    }
  });
  pairs.sort((a, b) => b.saves - a.saves || a.at - b.at || a.origin - b.origin);
  for (const { at, origin } of pairs) if (origins[at] === NEW && free.delete(origin)) origins[at] = origin;
  return origins;
}
