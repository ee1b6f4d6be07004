/** The table against the definition, on random rules, resources and grants. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity, NodeRecord } from '../../engine/model/index.ts';
import { DEFAULT_RULES } from '../../engine/sensitivity/default-rules.ts';
import { readSensitivity } from '../../engine/sensitivity/read-sensitivity.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import {
  conveyed,
  greatestOf,
  isAnythingKnown,
  rulesUsed,
  weightOf,
} from '../../engine/sensitivity/sensitivity-table.ts';
import { makeTerms } from '../../engine/snapshot/action-terms.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { obviousWeight } from '../support/obvious-sensitivity.ts';
import { actionsToldApart, matches } from '../support/oracle/index.ts';
import { PATTERNS } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

const pattern = fc.constantFrom(...PATTERNS);
const weight = fc.constantFrom(0, 0.1, 0.5, 0.5, 0.9, 1);
const name = fc.constantFrom('*', 'r*', 'r1', 'R2', '*2', 'x');
const rule: fc.Arbitrary<SensitivityRule> = fc
  .record({
    name: fc.constantFrom('one', 'two'),
    resource: fc.record(
      { type: name, id: name, attributes: fc.dictionary(fc.constantFrom('tag', 'toString'), name, { maxKeys: 2 }) },
      { requiredKeys: [] },
    ),
    actions: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    everyAction: fc.nat(4),
    weight,
  })
  .map(({ everyAction, actions, ...each }) => (everyAction === 0 ? each : { ...each, actions }));
const resource = (id: string): fc.Arbitrary<NodeRecord> =>
  fc.record(
    {
      kind: fc.constant('Resource' as const),
      id: fc.constant(id),
      source: fc.constant('main'),
      resourceType: fc.constantFrom('r1', 'r2', 'other'),
      sensitivity: weight,
      attributes: fc.constantFrom(
        {},
        { tag: 'r1' },
        { tag: ['x', 'r2', ['r1']] },
        { tag: 1 },
        { tag: null },
        { tag: { r1: 1 } },
      ),
    },
    { requiredKeys: ['kind', 'id', 'source', 'attributes'] },
  );

async function tableOf(nodes: readonly NodeRecord[], rules?: readonly SensitivityRule[]) {
  const reader = memoryReader(nodes, []);
  const snapshot = await compileSnapshot(reader);
  const table = await readSensitivity(snapshot, reader, rules, new Pace());
  const entities = await reader.entities([...nodes.keys()].map((i) => i + 1));
  return { snapshot, reader, table, entities: entities as readonly Entity[] };
}

describe('the table says what the rules say', () => {
  it(
    'of every action, of the greatest one, of what grants convey, of the rules used',
    async () => {
      const drawn = fc.record({
        rules: fc.array(rule, { maxLength: 5 }),
        nodes: fc.tuple(resource('r1'), resource('R2'), resource('x')),
        actions: fc.array(pattern, { minLength: 1, maxLength: 3 }),
        except: fc.array(pattern, { maxLength: 2 }),
      });
      await fc.assert(
        fc.asyncProperty(drawn, async ({ rules, nodes, actions, except }) => {
          const { snapshot, table, entities } = await tableOf(nodes, rules);
          const apart = actionsToldApart([...rules.flatMap((each) => each.actions ?? []), ...actions, ...except]);
          const terms = makeTerms(actions, except);
          const given = apart.filter(
            (action) => actions.some((each) => matches(each, action)) && !except.some((each) => matches(each, action)),
          );
          for (const entity of entities) {
            const node = snapshot.index.find(entity.id);
            const weights = (of: readonly string[]) => of.map((action) => obviousWeight(rules, entity, action));
            for (const action of apart)
              expect(weightOf(table, node, action)).toBe(obviousWeight(rules, entity, action));
            expect(greatestOf(table, node)).toBe(Math.max(...weights(apart)));
            expect(conveyed(table, terms, node)).toBe(Math.max(0, ...weights(given)));
          }
          expect(isAnythingKnown(table)).toBe(
            entities.some((entity) => apart.some((action) => obviousWeight(rules, entity, action) > 0)),
          );
        }),
        runs(1_500),
      );
    },
    LONG,
  );
});

describe('rules that are used', () => {
  const node = (id: string, resourceType: string): NodeRecord => ({
    kind: 'Resource',
    id,
    source: 'main',
    resourceType,
    attributes: {},
  });
  const first = { name: 'first', resource: { type: 'a' }, actions: ['read', 'w*'], weight: 0.5 };
  const rules = [
    first,
    { name: 'shadowed', resource: { type: 'a' }, actions: ['write'], weight: 1 },
    { name: 'last', resource: { type: '*' }, weight: 0.2 },
    { name: 'never', resource: { type: '*' }, weight: 0.9 },
  ];

  it('are those that decide some action, with how many resources', async () => {
    const { table } = await tableOf([node('r1', 'a'), node('r2', 'a'), node('r3', 'b')], rules);
    expect(rulesUsed(table)).toEqual([
      { name: 'first', builtIn: false, weight: 0.5, resources: 2 },
      { name: 'last', builtIn: false, weight: 0.2, resources: 3 },
    ]);
  });

  it('a table goes from thread to thread and says the same', async () => {
    const { table, snapshot } = await tableOf([node('r1', 'a')], rules);
    const copy = structuredClone(table);
    expect(copy).toEqual(table);
    expect(weightOf(copy, snapshot.index.find('r1'), 'WRITE')).toBe(0.5);
    expect(greatestOf(copy, 1_000_000)).toBe(0);
  });

  it('are remembered for a version and a list of rules', async () => {
    const { table, snapshot, reader } = await tableOf([node('r1', 'a')], rules);
    expect(await readSensitivity(snapshot, reader, rules, new Pace())).toBe(table);
    expect(await readSensitivity(snapshot, reader, [first], new Pace())).not.toBe(table);
  });

  it('nothing is known of a graph without resources, or whose resources say nothing', async () => {
    expect(isAnythingKnown((await tableOf([])).table)).toBe(false);
    expect(isAnythingKnown((await tableOf([node('r1', 'host')])).table)).toBe(false);
  });

  it('a store that has lost a resource is told of', async () => {
    const { snapshot, reader } = await tableOf([node('r1', 'a')], rules);
    const entities = async (refs: readonly number[]) => refs.map(() => undefined);
    await expect(readSensitivity(snapshot, { ...reader, entities }, [], new Pace())).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    });
  });
});

it('every built-in rule has a name of its own, a reason, and a weight in range', () => {
  expect(new Set(DEFAULT_RULES.map((each) => each.name)).size).toBe(DEFAULT_RULES.length);
  for (const each of DEFAULT_RULES) {
    expect(each.because).toMatch(/\.$/);
    expect(each.weight).toBeGreaterThan(0);
    expect(each.weight).toBeLessThanOrEqual(1);
  }
});
