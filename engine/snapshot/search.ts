/** Search in a version: what was compiled is scanned as it is, what came or changed since is looked through beside it. */
import { NODE_KINDS, type NodeKind } from '../model/index.ts';
import { isThere } from './nodes.ts';
import { compareNodes } from './order.ts';
import { type Found, SearchTextBuilder, searchNodes } from './search-text.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Nodes of some kinds whose text holds every word of a query, in the order of nodes within each grade.
 *
 * @param query lower-cased words, separated by white space
 */
export function searchSnapshot(snapshot: Snapshot, query: string, kinds: readonly NodeKind[]): Found {
  const { space, searchText, retold, gone } = snapshot;
  const ranges = NODE_KINDS.flatMap((kind, k) =>
    kinds.includes(kind) ? [[space.kindStart[k]!, space.kindStart[k + 1]!] as const] : [],
  );
  const found = searchNodes(searchText, query, ranges);
  if (retold.size === 0 && gone.size === 0) return found;
  const later = searchRetold(snapshot, query, kinds);
  const byGrade = found.byGrade.map((nodes, grade) => {
    const kept = nodes.filter((node) => !gone.has(node) && !retold.has(node));
    const come = later[grade]!;
    return come.length === 0 ? kept : [...kept, ...come].sort((a, b) => compareNodes(snapshot, a, b));
  });
  return { total: byGrade.reduce((sum, nodes) => sum + nodes.length, 0), byGrade };
}

/** Found nodes by grade among those that came or changed. */
function searchRetold(snapshot: Snapshot, query: string, kinds: readonly NodeKind[]): readonly (readonly number[])[] {
  const { space, retold } = snapshot;
  const asked = new Set(kinds.map((kind) => NODE_KINDS.indexOf(kind)));
  const nodes = [...retold.keys()].filter((node) => isThere(snapshot, node) && asked.has(space.kindIndexOf(node)));
  const text = new SearchTextBuilder();
  for (const node of nodes) text.add(retold.get(node)!);
  const { byGrade } = searchNodes(text.finish(), query, [[0, nodes.length]]);
  return byGrade.map((places) => places.map((place) => nodes[place]!));
}
