/** When anything of a graph begins or ends. Between two such instants every decision is the same. */
import type { Instant } from '../../model/index.ts';
import { type Snapshot, TIMED } from '../../snapshot/snapshot.ts';

export interface Instants {
  /** The first one asked about, then those that were chosen, ascending. */
  readonly chosen: readonly Instant[];
  /** How many there are from the first one on, chosen or not. */
  readonly inAll: number;
}

/**
 * An instant and those after it at which an edge of a version begins or ends; of more than `most` the ones that `first`
 * names, then others spread evenly. O(edges).
 */
export function turningInstants(
  { edgeSpace, flags, windowOf, validFrom, validTo }: Snapshot,
  at: Instant,
  first: readonly Instant[],
  most: number,
): Instants {
  const windows = new Set<number>();
  for (let edge = 0; edge < edgeSpace; edge++) if ((flags[edge]! & TIMED) !== 0) windows.add(windowOf[edge]!);
  const later = (instant: number): boolean => instant > at && Number.isFinite(instant);
  const named = new Set(first.filter(later));
  const turns = new Set([...named, ...[...windows].flatMap((w) => [validFrom[w]!, validTo[w]!]).filter(later)]);
  const ordered = [...turns].sort((a, b) => a - b);
  const chosen = ordered.length < most ? ordered : spread(ordered, named, most - 1);
  return { chosen: [at, ...chosen], inAll: ordered.length + 1 };
}

function spread(all: readonly Instant[], named: ReadonlySet<Instant>, most: number): readonly Instant[] {
  const first = [...named].sort((a, b) => a - b).slice(0, most);
  const others = all.filter((instant) => !named.has(instant));
  const left = most - first.length;
  const some = Array.from(
    { length: Math.min(left, others.length) },
    (_, i) => others[Math.floor((i * others.length) / left)]!,
  );
  return [...new Set([...first, ...some])].sort((a, b) => a - b);
}
