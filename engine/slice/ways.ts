/** The slice for ways from an identity to a resource, and what a cursor of an older version may add to it. */
import type { Ground } from '../access/ground.ts';
import type { AccessPathsQuestion } from '../access/questions.ts';
import { EDGE_KINDS, type EdgeRecord } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { reachOf } from './asked.ts';
import { gatherWays } from './parts.ts';
import type { Slices } from './slices.ts';

type Ways = Pick<AccessPathsQuestion, 'identity' | 'resource' | 'reach'>;

export function waysIn(slices: Slices, asked: Ways): Promise<Ground> {
  const { identity, resource } = asked;
  const reach = reachOf(asked.reach);
  return slices.get(['ways', identity, resource, reach], (part) => gatherWays(part, identity, resource, reach));
}

/**
 * Ends of edges that a cursor names, that are in the graph and not in the slice. Ways go on after such an edge too: where,
 * follows from its place in the order of all edges.
 */
export async function endsOfStrangers(ground: Ground, ids: readonly string[]): Promise<readonly string[]> {
  const records = await Promise.all(ids.map((id) => ground.reader.edgeById(id)));
  const strangers = records.filter((record) => record !== undefined && !hasEdgeLike(ground.snapshot, record));
  return [...new Set(strangers.flatMap((record) => [record!.from, record!.to]))];
}

/** True when the slice has edges of this kind between these ends: it then has all of them. */
function hasEdgeLike(snapshot: Snapshot, { kind, from, to }: EdgeRecord): boolean {
  const [source, target] = [snapshot.index.find(from), snapshot.index.find(to)];
  if (source < 0 || target < 0) return false;
  return snapshot.adjacency.some(({ out }) =>
    out.of(source).some((edge) => snapshot.target[edge] === target && EDGE_KINDS[snapshot.edgeKind[edge]!] === kind),
  );
}
