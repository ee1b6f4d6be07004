import type { GraphView } from '../engine/index.ts';

/** How many are proposed, and how many are looked at for each word. */
const PROPOSED = 3;
const LOOKED_AT = 50;

/** Ids of nodes whose id or name is near a text that is no id: found by its words, ordered by how much would have to be typed anew. */
export async function nearIds(view: GraphView, text: string): Promise<readonly string[]> {
  const found = new Map<string, number>();
  for (const words of searches(text)) {
    const page = await view.search({ text: words, first: LOOKED_AT });
    for (const { id, name } of page.items) found.set(id, Math.min(distance(text, id), distance(text, name)));
    if (found.size >= LOOKED_AT) break;
  }
  const nearest = Math.min(...found.values());
  const limit = Math.min(Math.max(1, nearest * 2), Math.max(6, text.length * 0.7));
  const near = [...found].filter(([, apart]) => apart <= limit).sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  return near.slice(0, PROPOSED).map(([id]) => id);
}

/** The whole text; its words together; then each word alone, the longest first, and what it begins with for a slip at its end. */
function searches(text: string): string[] {
  const words = [...new Set(text.split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= 3);
  words.sort((a, b) => b.length - a.length);
  const stems = words.filter((word) => word.length >= 5).map((word) => word.slice(0, Math.ceil(word.length / 2)));
  return [...new Set([text.trim(), words.join(' '), ...words, ...stems])].filter((one) => one !== '');
}

/** Levenshtein's distance, letter case aside. Time: product of the lengths, which are cut to 200. */
export function distance(one: string, other: string): number {
  const a = one.slice(0, 200).toLowerCase();
  const b = other.slice(0, 200).toLowerCase();
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
