/** Graphs of a few hundred nodes from a number, for what small graphs do not show: long chains, shared answers, many rows. */
import {
  EDGE_ENDS,
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRecord,
  makeEdge,
  type NodeKind,
  type NodeRecord,
} from '../../engine/model/index.ts';
import type { OracleGraph } from './oracle/index.ts';
import { PATTERNS } from './random-graph.ts';

const COUNTS: Readonly<Record<NodeKind, number>> = {
  User: 60,
  ServiceAccount: 20,
  Group: 30,
  Role: 25,
  Resource: 90,
};
const EDGES: Readonly<Record<EdgeKind, number>> = {
  MEMBER_OF: 130,
  HAS_ROLE: 60,
  INHERITS: 20,
  GRANTS: 220,
  CONTAINS: 80,
  CAN_ASSUME: 14,
  CONTROLS: 8,
  BOUNDED_BY: 12,
  OWNS: 5,
};

/** Numbers in [0, 1) that follow from the seed: the generator mulberry32. */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function middlingGraph(seed: number): OracleGraph {
  const next = numbersFrom(seed);
  const pick = <T>(pool: readonly T[]): T => pool[Math.floor(next() * pool.length)]!;
  // As in real estates a few have most of it: principals with very many grants, groups with very many members.
  const pickUnevenly = <T>(pool: readonly T[]): T => pool[Math.floor(next() ** 4 * pool.length)]!;
  const nodes: NodeRecord[] = (Object.keys(COUNTS) as NodeKind[]).flatMap((kind) =>
    Array.from({ length: COUNTS[kind] }, (_, i) => ({
      kind,
      id: `${kind}/${i}`,
      source: 'main',
      attributes: next() < 0.05 ? { enabled: false } : {},
    })),
  );
  const edges = new Map<string, EdgeRecord>();
  for (const kind of EDGE_KINDS) {
    const [from, to] = [EDGE_ENDS[kind].from, EDGE_ENDS[kind].to].map((kinds) =>
      nodes.filter((node) => kinds.includes(node.kind)),
    );
    for (let i = 0; i < EDGES[kind]; i++) {
      const edge = makeEdge({
        kind,
        from: (kind === 'GRANTS' ? pickUnevenly : pick)(from!).id,
        to: (kind === 'MEMBER_OF' ? pickUnevenly : pick)(to!).id,
        source: next() < 0.1 ? 'alt' : 'main',
        ...(next() < 0.1 ? { condition: pick(['c1', 'c2', 'c3']) } : {}),
        ...(next() < 0.1 ? { validTo: 20 } : {}),
        ...(kind === 'GRANTS' ? grantOf(next, pick) : {}),
      });
      edges.set(edge.id, edge);
    }
  }
  return { nodes, edges: [...edges.values()] };
}

const grantOf = (next: () => number, pick: <T>(pool: readonly T[]) => T) =>
  ({
    actions: [pick(PATTERNS), pick(PATTERNS)],
    exceptActions: next() < 0.2 ? [pick(PATTERNS)] : [],
    effect: next() < 0.12 ? 'DENY' : 'ALLOW',
    inherit: next() >= 0.1,
  }) as const;
