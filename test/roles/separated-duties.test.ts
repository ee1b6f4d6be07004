/** Duties are kept apart: no role that is mined or planned joins two sides of a rule, whoever holds both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSodRules } from '../../engine/findings/duties/read-sod-rules.ts';
import { type EdgeRecord, makeEdge, type NodeRecord } from '../../engine/model/index.ts';
import { keptApart } from '../../engine/roles/duties/kept-apart.ts';
import { askMining } from '../../engine/roles/mining/ask-mining.ts';
import type { MinedEntitlement, PlanObjective } from '../../engine/roles/mining/questions.ts';
import { StorePlans } from '../../engine/roles/store-plans.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { planStoreOf } from '../support/plan-store.ts';
import { numbersFrom, picker } from '../support/role-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const RULES = `
version: 1
rules:
  - name: pay
    reach: ENTITLED
    left: [{ action: create, resource: vendors }]
    right: [{ action: release, resource: payments }, { role: treasury }]
`;
const sod = { rules: readSodRules(RULES, 'rules.yaml'), file: 'rules.yaml' };

const node = (kind: NodeRecord['kind'], id: string): NodeRecord => ({
  kind,
  id,
  name: id,
  source: 'main',
  attributes: {},
});
const grants = (from: string, to: string, action: string): EdgeRecord =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'main', actions: [action], effect: 'ALLOW' });
const has = (from: string, to: string): EdgeRecord => makeEdge({ kind: 'HAS_ROLE', from, to, source: 'main' });

/** Vendors lie in the app, payments too. */
const RESOURCES = [
  node('Resource', 'app'),
  ...['vendors', 'payments', 'cash', 'wiki'].map((id) => node('Resource', id)),
];
const SCOPES = ['vendors', 'payments'].map((to) => makeEdge({ kind: 'CONTAINS', from: 'app', to, source: 'main' }));

/** Who conveys a left and a right side by itself is on both. */
function sidesIn(entitlements: readonly Pick<MinedEntitlement, 'action' | 'resource'>[]): ReadonlySet<string> {
  const sides = new Set<string>();
  for (const { action, resource } of entitlements) {
    const onLeft = (action === 'create' || action === '*') && ['vendors', 'app'].includes(resource);
    const onRight =
      ((action === 'release' || action === '*') && ['payments', 'app'].includes(resource)) ||
      (action === 'wire' && resource === 'cash');
    if (onLeft !== onRight) sides.add(onLeft ? 'left' : 'right');
  }
  return sides;
}

function estate(seed: number) {
  const next = numbersFrom(seed);
  const pick = picker(next);
  const users = Array.from({ length: 6 }, (_, i) => `user${i}`);
  const roles = ['treasury', ...Array.from({ length: 4 }, (_, i) => `role${i}`)];
  const words = [
    ['create', 'vendors'],
    ['release', 'payments'],
    ['wire', 'cash'],
    ['read', 'wiki'],
    ['read', 'vendors'],
  ] as const;
  const edges: EdgeRecord[] = [...SCOPES, grants('treasury', 'cash', 'wire')];
  for (const role of roles.slice(1))
    for (const [action, to] of words) if (next() < 0.5) edges.push(grants(role, to, action));
  if (next() < 0.3) edges.push(grants('role0', 'app', '*'));
  for (const user of users) for (const role of roles) if (next() < 0.4) edges.push(has(user, role));
  edges.push(has(pick(users), 'treasury'));
  return {
    nodes: [...users.map((id) => node('User', id)), ...roles.map((id) => node('Role', id)), ...RESOURCES],
    // The same assignment may have been drawn twice.
    edges: [...new Map(edges.map((edge) => [edge.id, edge])).values()],
  };
}

describe('duties that are to be kept apart', () => {
  it(
    'are in no mined role together, and who holds both is told',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.constantFrom<PlanObjective>('FEWEST_ROLES', 'LEAST_COMPLEXITY', 'LEAST_CHANGE'),
          async (seed, objective) => {
            const { nodes, edges } = estate(seed);
            const reader = memoryReader(nodes, edges);
            const ground = { snapshot: await compileSnapshot(reader), reader, apart: undefined, sod };
            const { roles, duties } = await askMining(ground, { objective, iterations: 50, separateDuties: true });
            for (const { entitlements } of roles) expect(sidesIn(entitlements).size).toBeLessThan(2);
            const rolesOf = (user: string) => roles.filter(({ members }) => members.includes(user));
            const both = nodes.filter(({ kind, id }) => {
              if (kind !== 'User') return false;
              const all = rolesOf(id).flatMap(({ entitlements }) => entitlements);
              return sidesIn(all).size === 2 || all.some(({ resource }) => resource === 'app');
            });
            expect(duties.flatMap(({ holders }) => holders)).toEqual(both.map(({ id }) => id));
          },
        ),
        runs(60),
      ),
    LONG,
  );

  it(
    'are in no planned role together',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(), async (seed) => {
          const plans = new StorePlans({ ...(await planStoreOf(estate(seed))), apart: undefined as never, sod });
          const { plan } = await plans.make({ iterations: 50, separateDuties: true });
          for (const { fate, entitlements } of plan.roles)
            if (fate !== 'RETIRED')
              expect(
                sidesIn(
                  entitlements.flatMap(({ actions, resource }) => actions.map((action) => ({ action, resource }))),
                ).size,
              ).toBeLessThan(2);
        }),
        runs(30),
      ),
    LONG,
  );

  it('are asked for where there are rules', async () => {
    const { nodes, edges } = estate(1);
    const reader = memoryReader(nodes, edges);
    const ground = { snapshot: await compileSnapshot(reader), reader, apart: undefined };
    await expect(askMining(ground, { separateDuties: true })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('come to each pair once, less what is on both sides by itself', () => {
    const held = { rows: 2, bounds: Uint32Array.of(0, 2, 3), cells: Uint32Array.of(0, 1, 2) };
    expect(keptApart([[0], [1], [0, 1], [2], [3]], held)).toEqual({
      pairs: [
        [0, 1],
        [3, 4],
      ],
      undivided: [{ rule: 0, column: 2 }],
      held: [{ rule: 0, rows: [0, 1] }],
    });
  });
});
