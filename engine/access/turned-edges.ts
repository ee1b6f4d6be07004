/** Edges whose window of time opened or closed between two instants: to questions they came and went. */
import type { EdgeDifference } from '../snapshot/difference.ts';
import type { Pace } from '../snapshot/pace.ts';
import { TIMED } from '../snapshot/snapshot.ts';
import { counts, type Frame } from './frame.ts';

/** Cost is that of the windows; of all edges where one of them turned. */
export async function turnedEdges(before: Frame, after: Frame, pace: Pace): Promise<EdgeDifference> {
  const turned = turnedWindows(before, after);
  if (turned.size === 0) return { removed: [], added: [] };
  return { removed: await edgesIn(before, turned, pace), added: await edgesIn(after, turned, pace) };
}

function turnedWindows({ snapshot, at: then }: Frame, { at: now }: Frame): ReadonlySet<number> {
  const { from, to, count } = snapshot.space.windows;
  const turned = new Set<number>();
  for (let window = 1; window < count; window++) {
    const open = (at: number): boolean => at >= from[window]! && at < to[window]!;
    if (open(then) !== open(now)) turned.add(window);
  }
  return turned;
}

/** Edges of a version that count and are in one of the windows. */
async function edgesIn(frame: Frame, windows: ReadonlySet<number>, pace: Pace): Promise<readonly number[]> {
  const { adjacency, nodeSpace, flags, windowOf } = frame.snapshot;
  const found: number[] = [];
  for (const { out } of adjacency) {
    for (let node = 0; node < nodeSpace; node++) {
      if ((node & 1023) === 0 && pace.isDue()) await pace.rest();
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        if ((flags[edge]! & TIMED) !== 0 && windows.has(windowOf[edge]!) && counts(frame, edge)) found.push(edge);
      }
    }
  }
  return found;
}

/** The first instant after one at which some window opens or closes; Infinity where none does. */
export function nextTurn({ snapshot, at }: Frame): number {
  const { from, to, count } = snapshot.space.windows;
  let next = Number.POSITIVE_INFINITY;
  for (let window = 1; window < count; window++) {
    for (const turn of [from[window]!, to[window]!]) if (turn > at && turn < next) next = turn;
  }
  return next;
}
