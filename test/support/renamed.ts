import { type Change, makeEdge } from '../../engine/model/index.ts';
import type { ListedBatch } from './naive-graph.ts';

/** The same batch among other ids and sources, so that many graphs fit into one without touching each other. */
export function renamedBatch(batch: ListedBatch, prefix: string): ListedBatch {
  const to = (text: string): string => `${prefix}${text}`;
  return {
    id: to(batch.id),
    source: to(batch.source),
    complete: batch.complete.map(to),
    changes: withRenamedEdges(batch.changes, to),
  };
}

type Rename = (text: string) => string;

/** The id of an edge follows from its ends, so that removals need to know the edges. */
function withRenamedEdges(changes: readonly Change[], to: Rename): readonly Change[] {
  return changes.flatMap((change): readonly Change[] => {
    switch (change.op) {
      case 'PUT_NODE':
        return [{ ...change, node: { ...change.node, id: to(change.node.id), source: to(change.node.source) } }];
      case 'REMOVE_NODE':
        return [{ ...change, id: to(change.id), source: to(change.source) }];
      case 'PUT_EDGE': {
        const { from, to: end, source } = change.edge;
        return [{ ...change, edge: makeEdge({ ...change.edge, from: to(from), to: to(end), source: to(source) }) }];
      }
      case 'PUT_USE': {
        const { identity, resource, source } = change.use;
        return [
          { ...change, use: { ...change.use, identity: to(identity), resource: to(resource), source: to(source) } },
        ];
      }
      default:
        return [];
    }
  });
}
