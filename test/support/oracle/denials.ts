import type { EdgeRecord } from '../../../engine/model/index.ts';
import { type Asked, applying, opened } from './decide.ts';
import { type OracleGraph, worldAt } from './world.ts';

/** The denying grants that apply in any of the identity's contexts, with or without a condition, by id. */
export function denialsInForce(graph: OracleGraph, asked: Asked): readonly EdgeRecord[] {
  const { matter, contexts } = opened(worldAt(graph, asked.at ?? Date.now()), asked);
  const found = new Map<string, EdgeRecord>();
  for (const context of contexts.keys()) {
    for (const { edge, effect } of applying(matter, context)) if (effect === 'DENY') found.set(edge.id, edge);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
