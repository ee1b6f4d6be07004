/** What the steps of a plan put and take away, with what the edges that go say: their inverses tell it. */
import type { EdgeRecord, NodeRecord } from '../../model/index.ts';
import type { RolePlan } from '../plan.ts';

export type PlannedChange =
  | { readonly does: 'PUT' | 'REMOVE'; readonly edge: EdgeRecord; readonly node?: undefined }
  | { readonly does: 'PUT' | 'REMOVE'; readonly node: NodeRecord; readonly edge?: undefined };

/** In the order of the changes of each step. O(changes). */
export function plannedChanges({ steps }: RolePlan): readonly (readonly PlannedChange[])[] {
  return steps.map(({ changes, inverse }) => {
    const edges = new Map(
      inverse.flatMap((change) => (change.op === 'PUT_EDGE' ? [[change.edge.id, change.edge]] : [])),
    );
    const nodes = new Map(
      inverse.flatMap((change) => (change.op === 'PUT_NODE' ? [[keyOf(change.node), change.node] as const] : [])),
    );
    return changes.flatMap((change): readonly PlannedChange[] => {
      if (change.op === 'PUT_EDGE') return [{ does: 'PUT', edge: change.edge }];
      if (change.op === 'PUT_NODE') return [{ does: 'PUT', node: change.node }];
      if (change.op === 'REMOVE_EDGE') {
        const edge = edges.get(change.id) as EdgeRecord | undefined;
        return edge === undefined ? [] : [{ does: 'REMOVE', edge }];
      }
      const node = change.op === 'REMOVE_NODE' ? nodes.get(keyOf(change)) : undefined;
      return node === undefined ? [] : [{ does: 'REMOVE', node }];
    });
  });
}

const keyOf = ({ id, source }: { readonly id: string; readonly source: string }): string =>
  JSON.stringify([id, source]);
