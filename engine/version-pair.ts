/** Two versions as snapshots of one space, so that they can be compared at the cost of what differs. */
import type { Room } from './snapshot/assemble.ts';
import { roomForChanges } from './snapshot/assemble.ts';
import { compileSnapshot } from './snapshot/compile.ts';
import { renumberedNodes } from './snapshot/difference.ts';
import { followed, type Touched, touchedBy } from './snapshot/follow.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import type { GraphStore, StoreReader } from './store/port.ts';

export interface Version {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

/** What batches touched between two versions, whichever is the older one. */
export async function touchedBetween(store: GraphStore, one: number, other: number): Promise<Touched> {
  const [older, newer] = one < other ? [one, other] : [other, one];
  const touched = await touchedBy(store.batches(older), newer, Number.POSITIVE_INFINITY);
  return touched!;
}

/**
 * The snapshots of two versions in one space: as they are where they share one already, else one is followed to the other. Where
 * there is no room for that it is compiled anew first, with room for all that may come.
 *
 * @throws GrantlensError VERSION_NOT_FOUND when the journal between the two was cut
 */
export async function inOneSpace(
  store: GraphStore,
  one: Version,
  other: Version,
): Promise<readonly [Snapshot, Snapshot]> {
  if (haveSameNumbers(one.snapshot, other.snapshot)) return [one.snapshot, other.snapshot];
  const touched = await touchedBetween(store, one.reader.version, other.reader.version);
  const near = await followed(one.snapshot, one.reader, other.reader, touched);
  if (near !== undefined) return [one.snapshot, near];
  const { total: waiting } = await one.reader.danglingEdges(0);
  const anew = await compileSnapshot(one.reader, roomFor(touched, waiting));
  return [anew, (await followed(anew, one.reader, other.reader, touched))!];
}

/** Of one space, where no node came to both versions independently. One that changed its kind has two numbers anywhere. */
function haveSameNumbers(one: Snapshot, other: Snapshot): boolean {
  if (one.space !== other.space) return false;
  const kindOf = (node: number): number => one.space.kindIndexOf(node);
  return ![...renumberedNodes(one, other)].some(([was, is]) => kindOf(was) === kindOf(is));
}

/**
 * Beside what was touched, edges may come again whose ends change their kind, and those that wait for an end: no more than
 * there are.
 */
const roomFor =
  ({ nodes, edges }: Touched, waiting: number) =>
  (nodeCount: number, edgeCount: number): Room => {
    const usual = roomForChanges(nodeCount, edgeCount);
    return {
      nodes: Math.max(usual.nodes, nodes.size),
      edges: Math.max(usual.edges, edges.size + waiting + (nodes.size === 0 ? 0 : edgeCount)),
    };
  };
