/** Small graphs that are full of roles, from a number: overlapping and nested ones, assigned for a time or under a condition. */
import { type EdgeKind, type EdgeRecord, makeEdge, type NodeKind, type NodeRecord } from '../../engine/model/index.ts';
import type { OracleGraph } from './oracle/index.ts';

const COUNTS: Readonly<Record<NodeKind, number>> = { User: 4, ServiceAccount: 1, Group: 2, Role: 7, Resource: 3 };
const ACTIONS = ['a', 'ab', 'a*', '*', 'b'] as const;
const WINDOWS = [{}, {}, {}, { validTo: 20 }, { validFrom: 20 }, { validFrom: 10, validTo: 30 }] as const;

/** Numbers in [0, 1) that follow from the seed: the generator mulberry32. */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const picker =
  (next: () => number) =>
  <T>(pool: readonly T[]): T =>
    pool[Math.floor(next() * pool.length)]!;

/** How often each edge is tried; most graphs have few that keep a role in its place. */
function tries(next: () => number): Readonly<Record<EdgeKind, number>> {
  const special = next() < 0.5 ? 0 : 2;
  return {
    MEMBER_OF: 4,
    HAS_ROLE: 6 + Math.floor(next() * 16),
    INHERITS: Math.floor(next() * 9),
    GRANTS: 10 + Math.floor(next() * 14),
    CONTAINS: 2,
    CAN_ASSUME: special,
    CONTROLS: special,
    BOUNDED_BY: special,
    OWNS: 1,
  };
}

const ENDS: Readonly<Record<EdgeKind, readonly [readonly NodeKind[], readonly NodeKind[]]>> = {
  MEMBER_OF: [['User', 'ServiceAccount', 'Group'], ['Group']],
  HAS_ROLE: [['User', 'User', 'ServiceAccount', 'Group'], ['Role']],
  INHERITS: [['Role'], ['Role']],
  GRANTS: [['Role', 'Role', 'Role', 'User', 'Group'], ['Resource']],
  CONTAINS: [['Resource'], ['Resource']],
  CAN_ASSUME: [
    ['User', 'Group', 'Role'],
    ['ServiceAccount', 'Role', 'User'],
  ],
  CONTROLS: [
    ['User', 'Group', 'Role'],
    ['Group', 'Role', 'User', 'Resource'],
  ],
  BOUNDED_BY: [['User', 'ServiceAccount', 'Role'], ['Role']],
  OWNS: [['User'], ['Role']],
};

export function roleGraph(seed: number): OracleGraph {
  const next = numbersFrom(seed);
  const pick = picker(next);
  const sources = next() < 0.6 ? ['main'] : ['main', 'main', 'alt'];
  const [conditions, windows] = [next() < 0.5, next() < 0.5];
  const nodes: NodeRecord[] = (Object.keys(COUNTS) as NodeKind[]).flatMap((kind) =>
    Array.from({ length: COUNTS[kind] }, (_, i) => ({ kind, id: `${kind}/${i}`, source: 'main', attributes: {} })),
  );
  const edges = new Map<string, EdgeRecord>();
  for (const [kind, count] of Object.entries(tries(next)) as [EdgeKind, number][]) {
    const [from, to] = ENDS[kind].map((kinds) => kinds.flatMap((one) => nodes.filter((node) => node.kind === one)));
    for (let i = 0; i < count; i++) {
      const rare = next() < 0.15;
      const edge = makeEdge({
        kind,
        from: pick(from!).id,
        to: pick(to!).id,
        source: pick(sources),
        ...(next() < 0.2 ? { key: pick(['k', 'k2']) } : {}),
        ...(conditions && rare ? { condition: pick(['c1', 'c2']) } : {}),
        ...(windows && next() < (kind === 'INHERITS' ? 0.1 : 0.4) ? pick(WINDOWS) : {}),
        ...(kind === 'GRANTS' ? grant(next, pick) : {}),
      });
      if (edge.from !== edge.to || next() < 0.1) edges.set(edge.id, edge);
    }
  }
  // One node is missing now and then: its edges wait for it.
  const missing = next() < 0.15 ? pick(nodes).id : '';
  return { nodes: nodes.filter(({ id }) => id !== missing), edges: [...edges.values()] };
}

const grant = (next: () => number, pick: <T>(pool: readonly T[]) => T) =>
  ({
    actions: [pick(ACTIONS)],
    exceptActions: next() < 0.1 ? [pick(ACTIONS)] : [],
    effect: next() < 0.05 ? 'DENY' : 'ALLOW',
    inherit: next() >= 0.1,
  }) as const;
