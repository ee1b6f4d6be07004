/** Which of today's roles each new one is best taken for. */
import type { Biclique } from './cell-matrix.ts';
import { edits, NEW, type Shaping } from './shaping.ts';
import type { LiveRole } from './structure.ts';

/**
 * Pairs bicliques with the origins of roles that were taken out, the cheapest pair first; each origin once.
 *
 * @returns for each biclique a place in `Shaping.origins`, or `NEW`
 */
export function matched(shaping: Shaping, made: readonly Biclique[], out: readonly LiveRole[]): number[] {
  const origins = made.map(() => NEW);
  if (shaping.change === 0) return origins;
  const free = new Set(out.map((role) => role.origin).filter((origin) => origin !== NEW));
  const pairs: { readonly at: number; readonly origin: number; readonly saves: number }[] = [];
  made.forEach((biclique, at) => {
    const fresh = edits(shaping, biclique, NEW);
    for (const origin of free) {
      const saves = fresh - edits(shaping, biclique, origin);
      if (saves > 0) pairs.push({ at, origin, saves });
    }
  });
  pairs.sort((a, b) => b.saves - a.saves || a.at - b.at || a.origin - b.origin);
  for (const { at, origin } of pairs) if (origins[at] === NEW && free.delete(origin)) origins[at] = origin;
  return origins;
}
