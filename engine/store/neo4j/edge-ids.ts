import { EDGE_KINDS, type EdgeKind } from '../../model/index.ts';
import type { EdgeEntry } from './journal-chunk.ts';

/** Ids of edges by their kind, in the order of EDGE_KINDS. */
export function idsByKind(edges: readonly EdgeEntry[]): readonly (readonly [EdgeKind, readonly string[]])[] {
  return EDGE_KINDS.map((kind) => [kind, idsOfKind(edges, kind)] as const).filter(([, ids]) => ids.length > 0);
}

const idsOfKind = (edges: readonly EdgeEntry[], kind: EdgeKind): string[] =>
  edges.flatMap(({ before, after }) => {
    const edge = before ?? after!;
    return edge.kind === kind ? [edge.id] : [];
  });
