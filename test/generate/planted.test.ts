import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EdgeRecord,
  ESTATE_DAY,
  type EstateOptions,
  generateEstate,
  generateLines,
  type NodeRecord,
  type PlantedKind,
  plantedProblems,
} from '../../engine/index.ts';

const sizes = fc.record({ users: fc.integer({ min: 1, max: 2_500 }), seed: fc.integer() });

describe('planted problems', () => {
  it('are there as they are told', () => {
    fc.assert(fc.property(sizes, expectPlanted), { numRuns: 12, verbose: 1 });
  });

  it('come in every kind, one for each thousand people', () => {
    const kinds = [...plantedProblems({ users: 2_001, seed: 1 })].map(({ kind }) => kind);
    expect(kinds.length).toBe(3 * new Set(kinds).size);
    expect(new Set(kinds).size).toBe(12);
  });

  it('are told in the list alone', () => {
    for (const line of generateLines({ users: 200, seed: 1 }))
      expect(line).not.toMatch(/plant(?!-control)|problem|finding/i);
  });
});

function expectPlanted(options: EstateOptions): void {
  const graph = new Told(options);
  for (const { kind, ids } of plantedProblems(options)) CHECKS[kind](graph, ids as [string, string, string, string]);
}

type Ids = readonly [string, string, string, string];
const CHECKS: Readonly<Record<PlantedKind, (graph: Told, ids: Ids) => void>> = {
  DUPLICATE_ROLE: (graph, [copy, role]) => expect(graph.gives(copy)).toEqual(graph.gives(role)),
  SUBSUMED_ROLE: (graph, [small, large]) => {
    const more = graph.gives(large);
    for (const one of graph.gives(small)) expect(more).toContain(one);
    expect(more.length).toBeGreaterThan(graph.gives(small).length);
  },
  EMPTY_ROLE: (graph, [role]) => {
    expect(graph.gives(role)).toEqual([]);
    expect(graph.into(role, 'HAS_ROLE').length).toBeGreaterThan(0);
  },
  UNUSED_ROLE: (graph, [role]) => {
    expect(graph.gives(role).length).toBeGreaterThan(0);
    for (const kind of ['HAS_ROLE', 'INHERITS', 'CAN_ASSUME']) expect(graph.into(role, kind)).toEqual([]);
  },
  REDUNDANT_GRANT: (graph, [edge, user, folder]) => {
    const direct = graph.edges.get(edge)!;
    expect([direct.from, direct.to]).toEqual([user, folder]);
    const other = graph.out(user, 'MEMBER_OF').flatMap(({ to }) => graph.out(to, 'GRANTS'));
    const same = other.find(
      ({ to, effect, condition }) => to === folder && effect === 'ALLOW' && condition === undefined,
    );
    expect(same?.actions).toEqual(expect.arrayContaining([...direct.actions!]));
  },
  STALE_ACCESS: (graph, [edge, user]) => {
    const { from, lastUsedAt, validTo } = graph.edges.get(edge)!;
    expect(from).toBe(user);
    expect(validTo).toBeUndefined();
    expect(lastUsedAt).toBeLessThan(ESTATE_DAY - 500 * 86_400_000);
  },
  ORPHANED_ACCOUNT: (graph, [account]) => {
    expect(graph.into(account, 'OWNS')).toEqual([]);
    expect(graph.nodes.has(String(graph.nodes.get(account)!.attributes['owner']))).toBe(false);
  },
  SOD_VIOLATION: (graph, [user, prepare, release]) => {
    const roles = graph.out(user, 'HAS_ROLE').map(({ to }) => to);
    expect(roles).toEqual(expect.arrayContaining([prepare, release]));
  },
  OUTLIER: (graph, [user, app]) => {
    const direct = graph.out(user, 'GRANTS').filter(({ to }) => to === app);
    expect(direct.some(({ actions }) => actions!.includes('approve'))).toBe(true);
  },
  ESCALATION_PATH: (graph, [user, account, role, region]) => {
    expect(graph.out(user, 'CONTROLS').map(({ to }) => to)).toContain(account);
    expect(graph.out(account, 'CAN_ASSUME').map(({ to }) => to)).toContain(role);
    expect(graph.out(role, 'GRANTS').map(({ to }) => to)).toContain(region);
  },
  EXPIRED_GRANT: (graph, [edge]) => expect(graph.edges.get(edge)!.validTo).toBeLessThan(ESTATE_DAY),
  MEMBERSHIP_CYCLE: (graph, groups) => {
    groups.forEach((group, place) => {
      expect(graph.out(group, 'MEMBER_OF').map(({ to }) => to)).toContain(groups[(place + 1) % groups.length]);
    });
  },
};

/** An estate in maps, and what a role gives. */
class Told {
  readonly nodes = new Map<string, NodeRecord>();
  readonly edges = new Map<string, EdgeRecord>();
  readonly #from = new Map<string, EdgeRecord[]>();
  readonly #to = new Map<string, EdgeRecord[]>();

  constructor(options: EstateOptions) {
    for (const change of generateEstate(options)) {
      if (change.op === 'PUT_NODE') this.nodes.set(change.node.id, change.node);
      if (change.op !== 'PUT_EDGE') continue;
      this.edges.set(change.edge.id, change.edge);
      put(this.#from, change.edge.from, change.edge);
      put(this.#to, change.edge.to, change.edge);
    }
  }

  out(id: string, kind: string): EdgeRecord[] {
    return (this.#from.get(id) ?? []).filter((edge) => edge.kind === kind);
  }

  into(id: string, kind: string): EdgeRecord[] {
    return (this.#to.get(id) ?? []).filter((edge) => edge.kind === kind);
  }

  /** `action resource` of all grants of a role and of those it inherits, each once, sorted. */
  gives(role: string): string[] {
    const roles = new Set([role]);
    for (const one of roles) for (const { to } of this.out(one, 'INHERITS')) roles.add(to);
    const grants = [...roles].flatMap((one) => this.out(one, 'GRANTS'));
    return [...new Set(grants.flatMap(({ actions, to }) => actions!.map((action) => `${action} ${to}`)))].sort();
  }
}

function put(map: Map<string, EdgeRecord[]>, key: string, edge: EdgeRecord): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [edge]);
  else list.push(edge);
}
