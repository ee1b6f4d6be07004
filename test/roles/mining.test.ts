/** Mined roles give everybody exactly what he has: held against walking the records, on graphs that use everything at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEdge, type NodeKind, type NodeRecord, REACHES } from '../../engine/model/index.ts';
import { askBirthrights } from '../../engine/roles/mining/ask-birthrights.ts';
import { askMining } from '../../engine/roles/mining/ask-mining.ts';
import {
  type MinedEntitlement,
  PLAN_OBJECTIVES,
  type RoleMiningQuestion,
} from '../../engine/roles/mining/questions.ts';
import { foldCase, overlap } from '../../engine/snapshot/action-pattern.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { obviousLimited, textOfLimit } from '../support/obvious-holdings.ts';
import type { OracleGraph } from '../support/oracle/index.ts';
import { INSTANTS, randomGraph } from '../support/random-graph.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

async function mined({ nodes, edges }: Pick<OracleGraph, 'nodes' | 'edges'>, question: RoleMiningQuestion) {
  const reader = memoryReader(nodes, edges);
  const ground = { snapshot: await compileSnapshot(reader), reader, apart: undefined };
  return { ground, answer: await askMining(ground, question) };
}

/** Everything that an oracle's texts come to, one action at a time. */
function splitTexts(texts: Iterable<string>): ReadonlySet<string> {
  const split = new Set<string>();
  for (const text of texts) {
    const end = text.indexOf('] [') + 1;
    const [resource, actions, except, inherits] = JSON.parse(text.slice(0, end)) as [
      string,
      string[],
      string[],
      boolean,
    ];
    for (const action of actions) {
      const own = except.map(foldCase).filter((one) => overlap(foldCase(action), one));
      split.add(JSON.stringify([resource, foldCase(action), own.sort(), inherits, text.slice(end + 1)]));
    }
  }
  return split;
}

function textOf({
  action,
  exceptActions,
  resource,
  inherits,
  conditions,
  validFrom,
  validTo,
}: MinedEntitlement): string {
  const from = validFrom ?? Number.NEGATIVE_INFINITY;
  const limit = textOfLimit({ conditions: [...conditions].sort(), from, to: validTo ?? Number.POSITIVE_INFINITY });
  return JSON.stringify([resource, foldCase(action), exceptActions.map(foldCase).sort(), inherits, limit]);
}

const sorted = (held: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...held].map(([id, own]) => [id, [...own].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1));

describe('mined roles', () => {
  it.each(PLAN_OBJECTIVES)(
    'of %s give exactly what is held',
    async (objective) => {
      await fc.assert(
        fc.asyncProperty(
          randomGraph(),
          fc.constantFrom(...REACHES),
          fc.constantFrom(...INSTANTS),
          fc.constantFrom(0, 0.3),
          async (graph, reach, at, exceptionShare) => {
            const question = { objective, reach, at, exceptionShare, iterations: 20, seed: 3 };
            const { answer } = await mined(graph, question);
            const { roles, direct, lowerBound } = answer;
            const held = new Map<string, Set<string>>();
            const give = (id: string, some: readonly MinedEntitlement[]): void => {
              const own = held.get(id) ?? new Set();
              for (const one of some) own.add(textOf(one));
              held.set(id, own);
            };
            for (const { members, entitlements } of roles) for (const id of members) give(id, entitlements);
            for (const { identity, entitlement } of direct) give(identity, [entitlement]);
            const obvious = new Map<string, ReadonlySet<string>>();
            for (const [id, texts] of obviousLimited(graph, reach, at))
              if (texts.size > 0) obvious.set(id, splitTexts(texts));
            expect(sorted(held)).toEqual(sorted(obvious));
            expect(answer.identities).toBe(obvious.size);
            expect(answer.holdings).toBe([...obvious.values()].reduce((sum, own) => sum + own.size, 0));
            expect(new Set(roles.map(({ name }) => name)).size).toBe(roles.length);
            if (direct.length === 0) expect(lowerBound).toBeLessThanOrEqual(roles.length);
            expect(direct.length).toBeLessThanOrEqual(exceptionShare * answer.holdings);
          },
        ),
        runs(150),
      );
    },
    LONG,
  );
});

const node = (kind: NodeKind, id: string, attributes = {}): NodeRecord => ({ kind, id, source: 'test', attributes });
const grant = (from: string, to: string, actions = ['use']) =>
  makeEdge({ kind: 'GRANTS', from, to, source: 'test', actions, effect: 'ALLOW' });
const has = (from: string, to: string) => makeEdge({ kind: 'HAS_ROLE', from, to, source: 'test' });

/** Two departments of eight with two applications each, which come to them by three roles. */
function company() {
  const nodes = [
    ...[0, 1, 2, 3].map((i) => node('Resource', `app:${i}`)),
    ...[0, 1, 2].map((i) => node('Role', `role:${i}`)),
    ...Array.from({ length: 16 }, (_, i) => node('User', `user:${i}`, { department: i < 8 ? 'Finance' : 'Sales' })),
  ];
  const edges = [
    grant('role:0', 'app:0'),
    grant('role:0', 'app:1'),
    grant('role:1', 'app:2'),
    grant('role:2', 'app:2'),
    grant('role:2', 'app:3'),
    ...Array.from({ length: 8 }, (_, i) => has(`user:${i}`, 'role:0')),
    ...Array.from({ length: 8 }, (_, i) => has(`user:${i + 8}`, 'role:2')),
    has('user:8', 'role:1'),
  ];
  return { nodes, edges };
}

describe('mining', () => {
  it('finds planted roles again, and calls them by who has them', async () => {
    const { answer } = await mined(company(), { objective: 'FEWEST_ROLES', at: 0, firmness: true });
    expect(answer).toMatchObject({ provenOptimal: true, lowerBound: 2, gap: 0, structuralComplexity: 22, exact: true });
    expect(answer.roles.map(({ name }) => name)).toEqual(['Finance', 'Sales']);
    expect(answer.roles[0]!.entitlements.map(({ resource }) => resource)).toEqual(['app:0', 'app:1']);
    expect(answer.roles[0]!.rationale).toBe(
      '8 of its 8 members have department Finance, out of 8 who do. Nobody else holds use on app:0.',
    );
    expect(answer.roles.map(({ stability }) => stability)).toEqual([1, 1]);
    // Each holds one class of entitlements: there is nothing to hide half of.
    expect(answer.generalisation).toBeNull();
  });

  it('is the same for the same seed', async () => {
    const ask = async () => {
      const { answer } = await mined(company(), { at: 0, iterations: 200, seed: 9 });
      return { ...answer, seconds: 0 };
    };
    expect(await ask()).toEqual(await ask());
  });

  it('keeps to what is in scope, and to roles that stay', async () => {
    const ofSome = await mined(company(), { at: 0, scope: ['role:0', 'app:1'], iterations: 50 });
    expect(ofSome.answer).toMatchObject({ identities: 8, entitlements: 1, holdings: 8 });
    const { answer } = await mined(company(), { at: 0, keep: ['role:1'], objective: 'FEWEST_ROLES' });
    const kept = answer.roles.find(({ basedOn }) => basedOn === 'role:1')!;
    expect(kept).toMatchObject({ name: 'role:1', members: ['user:8'] });
    expect(answer.roles).toHaveLength(3);
  });

  it('stays near the roles of today where change is to be least', async () => {
    const { answer } = await mined(company(), { at: 0, objective: 'LEAST_CHANGE', iterations: 500 });
    const based = answer.roles.map(({ basedOn }) => basedOn);
    expect(based).toContain('role:0');
    expect(based).toContain('role:2');
    expect(answer.roles.find(({ basedOn }) => basedOn === 'role:2')!.members).toHaveLength(8);
  });

  it('says what contradicts what', async () => {
    const refused = (question: RoleMiningQuestion) => refusalOf(() => mined(company(), { at: 0, ...question }));
    expect(await refused({ maxRolesPerIdentity: 1, maxEntitlementsPerRole: 1 })).toMatchObject({
      code: 'NO_SUCH_ROLES',
    });
    expect(await refused({ keep: ['role:0'], maxEntitlementsPerRole: 1 })).toMatchObject({
      code: 'NO_SUCH_ROLES',
      message: expect.stringContaining('role:0'),
    });
    expect(await refused({ scope: [] })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refused({ scope: ['user:99'] })).toMatchObject({ code: 'NODE_NOT_FOUND' });
    expect(await refused({ keep: ['user:1'] })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refused({ deadline: -1 })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refused({ exceptionShare: 2 })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refused({ maxRolesPerIdentity: 0 })).toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await refused({ weights: { role: -1 } })).toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('is exact with no time at all, of nobody, of one, and of all who hold the same', async () => {
    for (const objective of PLAN_OBJECTIVES) {
      expect((await mined(company(), { at: 0, objective, deadline: 0 })).answer.holdings).toBe(32);
      const { answer } = await mined({ nodes: [], edges: [] }, { at: 0, objective });
      expect(answer).toMatchObject({ roles: [], because: 'no enabled identity in scope holds anything' });
      const one = { nodes: [node('User', 'u'), node('Resource', 'r')], edges: [grant('u', 'r', ['a', 'b'])] };
      expect((await mined(one, { at: 0, objective, deadline: 0 })).answer.roles).toHaveLength(1);
    }
  });

  it('tells what everybody of a department has, and who has it not', async () => {
    const { nodes, edges } = company();
    const { ground } = await mined({ nodes, edges: edges.slice(0, -2) }, { at: 0, deadline: 0 });
    const { rules, people } = await askBirthrights(ground, { at: 0, leastShare: 0.8 });
    expect(people).toBe(15);
    expect(rules.map(({ terms, people: of }) => [terms[0]!.value, of])).toEqual([
      ['Finance', 8],
      ['Sales', 7],
    ]);
    expect(rules[0]).toMatchObject({ exceptionCount: 0, exceptions: [] });
    expect(rules[0]!.entitlements.map(({ entitlement, holders }) => [entitlement.resource, holders])).toEqual([
      ['app:0', 8],
      ['app:1', 8],
    ]);
    expect(await refusalOf(() => askBirthrights(ground, { leastShare: 0.4 }))).toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
