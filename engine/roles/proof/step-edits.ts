/** The changes of one step after the other as edits, each of the version that those before it lead to. */
import type { Change, EdgeRecord } from '../../model/index.ts';
import type { Edits } from '../../snapshot/extend.ts';
import { edgeEditOf } from '../../snapshot/follow.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { nodeEdits, type Supposition } from './supposed-edits.ts';

/** Makes a version with edits made. */
export type Suppose = (before: Snapshot, edits: Edits) => Snapshot;

export class StepEdits {
  /** Numbers of edges that steps touch, by id, as things stand; undefined for one that is not there. */
  readonly #numbers: Map<string, number | undefined>;

  /** @param whole all steps together, of the snapshot that they begin with */
  constructor(whole: Supposition) {
    this.#numbers = new Map(whole.numbers);
  }

  /** The version after a step. Steps are to be made in order. O(changes and the rows that they change). */
  made(before: Snapshot, changes: readonly Change[], suppose: Suppose): Snapshot {
    const last = new Map<string, EdgeRecord | undefined>();
    for (const change of changes) {
      if (change.op === 'PUT_EDGE') last.set(change.edge.id, change.edge);
      else if (change.op === 'REMOVE_EDGE') last.set(change.id, undefined);
    }
    const puts = [...last.values()].filter((edge) => edge !== undefined);
    const edgesGone = [...last.keys()].flatMap((id) => this.#numbers.get(id) ?? []);
    const { space } = before;
    const first = space.edgeCount;
    const edges = puts.map((edge) => edgeEditOf(edge, 0));
    const after = suppose(before, { version: before.version, ...nodeEdits(before, changes), edges, edgesGone });
    for (const id of last.keys()) this.#numbers.set(id, undefined);
    for (const [i, { id }] of puts.entries()) this.#numbers.set(id, numbered(after, first + i, id));
    return after;
  }
}

/** Edges are numbered in the order in which they come. */
function numbered({ space }: Snapshot, edge: number, id: string): number {
  if (space.laterEdgeId(edge) === id) return edge;
  throw new Error(`the edge ${id} has another number than the one that it was given.`);
}
