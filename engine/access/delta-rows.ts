/** The first rows of what was gained or lost, in the order of lists: by identity, then resource. */
import { decisionOf } from '../model/index.ts';
import { compareNodes, sortNodes } from '../snapshot/order.ts';
import { kindIndexOf, type Snapshot } from '../snapshot/snapshot.ts';
import type { ClassDelta, PairDelta, PatternRows } from './access-delta.ts';
import type { AccessRow } from './questions.ts';

export type Side = 'gained' | 'lost' | 'altered';

/**
 * @param snapshot the version that has all nodes of both sides
 * @param most how many rows are wanted
 */
export function deltaRows(
  snapshot: Snapshot,
  classes: readonly ClassDelta[],
  side: Side,
  most: number,
): readonly AccessRow[] {
  const concerned = classes.filter(({ pairs }) => pairs.some((pair) => pair[side].length > 0));
  const classOf = new Map<number, ClassDelta>();
  for (const each of concerned) for (const identity of each.identities.members) classOf.set(identity, each);
  const cells = new Map<ClassDelta, readonly Cell[]>();
  const rows: AccessRow[] = [];
  for (const identity of byId(snapshot, [...classOf.keys()])) {
    if (rows.length >= most) break;
    const each = classOf.get(identity)!;
    let known = cells.get(each);
    if (known === undefined) {
      known = cellsOf(snapshot, each.pairs, side);
      cells.set(each, known);
    }
    addRows(snapshot, rows, identity, known, most);
  }
  return rows;
}

/** Rows of one resource. */
interface Cell {
  readonly resource: number;
  readonly rows: readonly PatternRows[];
}

function cellsOf(snapshot: Snapshot, pairs: readonly PairDelta[], side: Side): readonly Cell[] {
  const cells = pairs.flatMap((pair) =>
    pair[side].length === 0 ? [] : pair.resources.members.map((resource) => ({ resource, rows: pair[side] })),
  );
  return cells.sort((a, b) => compareNodes(snapshot, a.resource, b.resource));
}

function addRows({ ids }: Snapshot, into: AccessRow[], identity: number, cells: readonly Cell[], most: number): void {
  for (const { resource, rows } of cells) {
    for (const { actions, exceptions, rank } of rows) {
      if (into.length >= most) return;
      into.push({
        identity: ids.at(identity),
        resource: ids.at(resource),
        actions,
        exceptions,
        decision: decisionOf(rank) as AccessRow['decision'],
      });
    }
  }
}

/** Users and service accounts are each in order: two runs are merged by id. */
function* byId(snapshot: Snapshot, identities: readonly number[]): Iterable<number> {
  const { ids } = snapshot;
  const ordered = sortNodes(snapshot, Uint32Array.from(identities));
  let split = ordered.findIndex((node) => kindIndexOf(snapshot, node) > 0);
  if (split < 0) split = ordered.length;
  for (let u = 0, s = split; u < split || s < ordered.length; ) {
    const user = u < split && (s >= ordered.length || ids.at(ordered[u]!) < ids.at(ordered[s]!));
    yield ordered[user ? u++ : s++]!;
  }
}
