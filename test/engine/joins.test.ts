/** Joins of people to accounts against every pair compared. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, type Engine, type JoinRule, type JsonValue, openEngine } from '../../engine/index.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const temporary = temporaryFolder();
let made = 0;

interface Told {
  readonly id: string;
  readonly source: string;
  readonly kind?: 'User' | 'ServiceAccount';
  readonly mail?: JsonValue;
  readonly number?: JsonValue;
}

const RULE: JoinRule = {
  name: 'people',
  people: 'hr',
  accounts: ['ad', 'aws'].map((source) => ({
    source,
    match: [
      { account: 'mail', person: 'mail', as: 'email' },
      { account: 'number', person: 'number', as: 'text' },
    ],
    kinds: ['User'],
  })),
  domains: { 'corp.x': 'x' },
};

const putOf = ({ id, source, kind = 'User', mail, number }: Told): Change => {
  const attributes = { ...(mail === undefined ? {} : { mail }), ...(number === undefined ? {} : { number }) };
  return { op: 'PUT_NODE', node: { kind, id, source, attributes } };
};

async function withNodes<T>(told: readonly Told[], use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({ data: join(temporary.path, `store-${made++}`), mode: 'write' });
  try {
    await put(engine, told);
    return await use(engine);
  } finally {
    await engine.close();
  }
}

const put = (engine: Engine, told: readonly Told[]) =>
  engine.apply({ id: `batch ${made++}`, source: 'test', complete: ['hr', 'ad', 'aws'], changes: told.map(putOf) });

/** `person account` of every edge that a join made. */
async function edgesOf(engine: Engine): Promise<readonly string[]> {
  const view = await engine.view();
  const edges: string[] = [];
  for await (const line of view.exportLines()) {
    const { edge, from, to, source, technique } = JSON.parse(line) as Record<string, string>;
    if (edge === undefined) continue;
    expect([edge, source, technique]).toEqual(['CAN_ASSUME', 'join:people', 'same person']);
    edges.push(`${from} ${to}`);
  }
  view.release();
  return edges.sort();
}

const values = (value: JsonValue | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) =>
    one === undefined ? [] : [String(one).trim().toLowerCase()],
  );
const address = (text: string): string => text.replace(/@corp\.x$/, '@x');
const share = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => one !== '' && b.includes(one));
const mails = (one: Told): readonly string[] =>
  values(one.mail)
    .filter((text) => /.@./.test(text))
    .map(address);

/** Compares each account with each person. */
function obviousEdges(told: readonly Told[]): readonly string[] {
  const people = told.filter(({ source, kind }) => source === 'hr' && kind !== 'ServiceAccount');
  const edges: string[] = [];
  for (const id of new Set(told.map((one) => one.id))) {
    const versions = told.filter((one) => one.id === id && one.source !== 'hr' && one.kind !== 'ServiceAccount');
    const found = people.filter((person) =>
      versions.some((one) => share(mails(one), mails(person)) || share(values(one.number), values(person.number))),
    );
    const ids = new Set(found.map((person) => person.id));
    if (ids.size === 1 && !ids.has(id)) edges.push(`${[...ids][0]} ${id}`);
  }
  return edges.sort();
}

const mail = fc.constantFrom('ada@x', ' Ada@X ', 'ada@corp.x', 'ben@x', 'ben@y', 'nobody', '@x', '');
const told: fc.Arbitrary<Told> = fc
  .record({
    id: fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5', 'n6'),
    source: fc.constantFrom('hr', 'hr', 'ad', 'aws'),
    mail: fc.option(fc.oneof(mail, fc.array(mail, { maxLength: 2 })), { nil: undefined }),
    number: fc.option(fc.constantFrom<JsonValue>(7, '7', '8', ' 8'), { nil: undefined }),
  })
  // A node has one kind.
  .map((one) => ({ ...one, kind: one.id === 'n6' ? 'ServiceAccount' : 'User' }) as Told);

describe('a join', () => {
  it(
    'joins whom a comparison of all with all would join, also after everything changed',
    () => {
      const estate = fc.uniqueArray(told, { selector: ({ id, source }) => `${id} ${source}`, maxLength: 12 });
      return fc.assert(
        fc.asyncProperty(estate, estate, (first, second) =>
          withNodes(first, async (engine) => {
            await engine.join(RULE);
            expect(await edgesOf(engine)).toEqual(obviousEdges(first));
            await put(engine, second);
            const report = await engine.join(RULE);
            const edges = obviousEdges(second);
            expect(await edgesOf(engine)).toEqual(edges);
            for (const one of report.sources) {
              const { accounts, joined, same, ambiguous, unmatched, withoutKey } = one;
              expect(joined + same + ambiguous.count + unmatched.count + withoutKey.count).toBe(accounts);
            }
            expect(await engine.join(RULE)).toMatchObject({ added: 0, changed: 0, removed: 0 });
          }),
        ),
        runs(60),
      );
    },
    LONG,
  );

  it('lists what it leaves alone, and guesses nothing', () =>
    withNodes(
      [
        { id: 'p1', source: 'hr', mail: 'tom@x', number: 1 },
        { id: 'p2', source: 'hr', mail: 'tom@x', number: 2 },
        { id: 'p3', source: 'hr', mail: 'eve@x', number: 3 },
        { id: 'ad1', source: 'ad', mail: 'tom@x' },
        // The address says one, the number another.
        { id: 'ad2', source: 'ad', mail: 'eve@x', number: '2' },
        { id: 'ad3', source: 'ad', mail: 'zoe@x' },
        { id: 'ad4', source: 'ad' },
        { id: 'ad5', source: 'ad', number: ' 3 ' },
        { id: 'svc', source: 'ad', kind: 'ServiceAccount', mail: 'eve@x' },
      ],
      async (engine) => {
        const report = await engine.join(RULE);
        expect(report).toMatchObject({ name: 'people', source: 'join:people', people: 3, added: 1 });
        expect(report.sources[0]).toEqual({
          source: 'ad',
          accounts: 5,
          joined: 1,
          same: 0,
          withoutKey: { count: 1, some: ['ad4'] },
          unmatched: { count: 1, some: ['ad3'] },
          ambiguous: {
            count: 2,
            some: [
              { account: 'ad1', people: ['p1', 'p2'] },
              { account: 'ad2', people: ['p2', 'p3'] },
            ],
          },
        });
        expect(await edgesOf(engine)).toEqual(['p3 ad5']);
        const accounts = RULE.accounts.map((one) => ({ ...one, kinds: ['ServiceAccount'] as const }));
        await engine.join({ ...RULE, accounts });
        expect(await edgesOf(engine)).toEqual(['p3 svc']);
      },
    ));

  it('stops where its keys have gone, as a load does', () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ id: `p${i}`, source: 'hr', number: i }));
    const accounts = people.map(({ number }) => ({ id: `a${number}`, source: 'ad', number }));
    return withNodes([...people, ...accounts], async (engine) => {
      await engine.join(RULE, { maxWithdrawn: 0.2 });
      await put(engine, [...people, ...accounts.map(({ id, source }) => ({ id, source }))]);
      await expect(engine.join(RULE, { maxWithdrawn: 0.2 })).rejects.toMatchObject({ code: 'WITHDRAWAL_TOO_LARGE' });
      expect(await edgesOf(engine)).toHaveLength(20);
    });
  });
});
