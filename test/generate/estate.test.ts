import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  changeOfLine,
  type EdgeRecord,
  type EstateOptions,
  generateEstate,
  generateLines,
  lineOfEdge,
  lineOfNode,
  lineOfUse,
  mayJoin,
  type NodeKind,
} from '../../engine/index.ts';

const sizes = fc.record({ users: fc.integer({ min: 1, max: 400 }), seed: fc.integer() });

describe('a generated estate', () => {
  it('is valid line by line and whole as a graph, at any size and seed', () => {
    fc.assert(fc.property(sizes, expectValid), { numRuns: 40, verbose: 1 });
  });

  it('says the same as changes and as lines', () => {
    const options = { users: 120, seed: 7 };
    const lines = [...generateLines(options)];
    const changes = [...generateEstate(options)];
    expect(lines).toEqual(changes.map(lineOfChange));
    expect(changes).toEqual(lines.map((line) => changeOfLine(JSON.parse(line), '', refuse)));
  });

  it('is the same for the same seed and another for another', () => {
    fc.assert(
      fc.property(sizes, ({ users, seed }) => {
        expect(digest({ users, seed })).toBe(digest({ users, seed }));
        expect(digest({ users, seed })).not.toBe(digest({ users, seed: seed + 1 }));
      }),
      { numRuns: 10, verbose: 1 },
    );
  });

  it('has not changed since it was first written: what is generated elsewhere is byte for byte this', () => {
    expect(digest({ users: 300, seed: 42 })).toMatchInlineSnapshot(
      `"e4de5a49da495178967d4f1c58c246739e7647709b87acd60b47cf5f2dbf2a59"`,
    );
  });

  it.each([
    { users: 100, nodes: [700, 1_000], edges: [1_500, 2_200] },
    { users: 5_000, nodes: [14_500, 16_500], edges: [40_000, 46_000] },
  ])('of $users users has the size that is promised', ({ users, nodes, edges }) => {
    const count = countOf({ users, seed: 1 });
    expect(count.nodes).toBeGreaterThan(nodes[0]!);
    expect(count.nodes).toBeLessThan(nodes[1]!);
    expect(count.edges).toBeGreaterThan(edges[0]!);
    expect(count.edges).toBeLessThan(edges[1]!);
    expect(count.users).toBe(users);
    expect([...count.kinds].sort()).toEqual([
      'BOUNDED_BY',
      'CAN_ASSUME',
      'CONTAINS',
      'CONTROLS',
      'GRANTS',
      'HAS_ROLE',
      'INHERITS',
      'MEMBER_OF',
      'OWNS',
    ]);
  });

  it('uses every feature of an edge', () => {
    const edges = edgesOf({ users: 1_000, seed: 3 });
    const some = (holds: (edge: EdgeRecord) => boolean) => expect(edges.some(holds)).toBe(true);
    some((edge) => edge.effect === 'DENY');
    some((edge) => edge.exceptActions !== undefined);
    some((edge) => edge.inherit === false);
    some((edge) => edge.condition !== undefined && edge.kind === 'HAS_ROLE');
    some((edge) => edge.condition !== undefined && edge.kind === 'GRANTS');
    some((edge) => edge.technique !== undefined);
    some((edge) => (edge.validTo ?? Infinity) < Date.UTC(2026, 0, 1));
    some((edge) => edge.validTo !== undefined && edge.validTo > Date.UTC(2030, 0, 1));
    some((edge) => edge.lastUsedAt !== undefined && edge.lastUsedAt < Date.UTC(2024, 0, 1));
  });

  it('comes from several sources, which tell of some people both', () => {
    const sources = new Set<string>();
    const people = new Map<string, number>();
    for (const change of generateEstate({ users: 1_000, seed: 3 })) {
      if (change.op !== 'PUT_NODE') continue;
      sources.add(change.node.source);
      people.set(change.node.id, (people.get(change.node.id) ?? 0) + 1);
    }
    expect([...sources].sort()).toEqual(['apps', 'cloud', 'directory', 'hr']);
    expect([...people.values()].filter((versions) => versions > 1).length).toBeGreaterThan(20);
  });

  it.each([
    { users: 0, seed: 1 },
    { users: 1.5, seed: 1 },
    { users: Number.NaN, seed: 1 },
    { users: 10, seed: 0.5 },
  ])('refuses $users users and seed $seed', (options) => {
    expect(() => [...generateLines(options)]).toThrow(RangeError);
  });
});

function expectValid(options: EstateOptions): void {
  const kinds = new Map<string, NodeKind>();
  const edges = new Map<string, EdgeRecord>();
  const nodes = new Set<string>();
  const uses = new Set<string>();
  for (const line of generateLines(options)) {
    const change = changeOfLine(JSON.parse(line), '', refuse)!;
    if (change.op === 'PUT_NODE') {
      if ((kinds.get(change.node.id) ?? change.node.kind) !== change.node.kind) refuse('node', change.node.id);
      kinds.set(change.node.id, change.node.kind);
      once(nodes, `${change.node.id} ${change.node.source}`);
    } else if (change.op === 'PUT_EDGE') {
      if (edges.has(change.edge.id)) refuse('edge', line);
      edges.set(change.edge.id, change.edge);
    } else if (change.op === 'PUT_USE') {
      once(uses, `${change.use.identity} ${change.use.action} ${change.use.resource}`);
    }
  }
  for (const { kind, from, to } of edges.values()) {
    if (!kinds.has(from) || !kinds.has(to) || !mayJoin(kind, kinds.get(from)!, kinds.get(to)!))
      refuse(kind, `${from} ${to}`);
  }
}

function once(seen: Set<string>, one: string): void {
  if (seen.has(one)) refuse('told twice', one);
  seen.add(one);
}

function refuse(field: string, message: string): never {
  throw new Error(`${field}: ${message}`);
}

function lineOfChange(change: Change): string {
  if (change.op === 'PUT_NODE') return JSON.stringify(lineOfNode(change.node));
  if (change.op === 'PUT_EDGE') return JSON.stringify(lineOfEdge(change.edge));
  return change.op === 'PUT_USE' ? JSON.stringify(lineOfUse(change.use)) : refuse('op', change.op);
}

function digest(options: EstateOptions): string {
  const sum = createHash('sha256');
  for (const line of generateLines(options)) sum.update(`${line}\n`);
  return sum.digest('hex');
}

const edgesOf = (options: EstateOptions): EdgeRecord[] =>
  [...generateEstate(options)].flatMap((change) => (change.op === 'PUT_EDGE' ? [change.edge] : []));

function countOf(options: EstateOptions) {
  const nodes = new Set<string>();
  const kinds = new Set<string>();
  let users = 0;
  let edges = 0;
  for (const change of generateEstate(options)) {
    if (change.op === 'PUT_NODE' && !nodes.has(change.node.id)) {
      nodes.add(change.node.id);
      if (change.node.kind === 'User') users += 1;
    }
    if (change.op === 'PUT_EDGE') {
      edges += 1;
      kinds.add(change.edge.kind);
    }
  }
  return { nodes: nodes.size, users, edges, kinds };
}
