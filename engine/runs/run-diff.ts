import { canonicalJson } from './canonical.ts';
import type { RunDiff, RunItem } from './questions.ts';

/** What two results differ in, by the keys of their items. O(items). @param first of each list */
export function differenceOf(
  from: readonly RunItem[],
  to: readonly RunItem[],
  first: number,
): Omit<RunDiff, 'from' | 'to'> {
  const before = new Map(from.map((item) => [item.key, item]));
  const after = new Set(to.map(({ key }) => key));
  const added = to.filter(({ key }) => !before.has(key));
  const removed = from.filter(({ key }) => !after.has(key));
  const changed = to.flatMap((item) => {
    const was = before.get(item.key);
    return was === undefined || canonicalJson(was) === canonicalJson(item) ? [] : [{ before: was, after: item }];
  });
  return {
    addedCount: added.length,
    removedCount: removed.length,
    changedCount: changed.length,
    added: added.slice(0, first),
    removed: removed.slice(0, first),
    changed: changed.slice(0, first),
  };
}
