/** Birthright rules, held against counting by hand on random companies. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodedAttributes } from '../../engine/peers/cluster-label.ts';
import type { EntitlementMatrix } from '../../engine/peers/entitlement-matrix.ts';
import { type Birthright, exceptionsOf, findBirthrights } from '../../engine/roles/meaning/birthrights.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

interface Person {
  readonly holds: readonly number[];
  /** Value of each attribute; -1 for none. */
  readonly codes: readonly number[];
}

const COLUMNS = 5;

/** Everybody with a row of her own; those without anything are in no matrix. */
function matrixOf(people: readonly Person[]): EntitlementMatrix {
  const holding = people.map((_, i) => i).filter((i) => people[i]!.holds.length > 0);
  const bounds = [0];
  const cells: number[] = [];
  for (const i of holding) {
    cells.push(...people[i]!.holds);
    bounds.push(cells.length);
  }
  const ascending = (length: number) => Uint32Array.from({ length }, (_, i) => i);
  return {
    rows: holding.length,
    columns: COLUMNS,
    identities: Uint32Array.from(holding),
    rowBounds: ascending(holding.length + 1),
    columnBounds: ascending(COLUMNS + 1),
    terms: new Uint32Array(COLUMNS),
    resources: ascending(COLUMNS),
    inherits: new Uint8Array(COLUMNS),
    limits: new Uint32Array(COLUMNS),
    cellBounds: Uint32Array.from(bounds),
    cells: Uint32Array.from(cells),
    without: new Uint32Array(),
  };
}

const attributesOf = (people: readonly Person[], values: number): CodedAttributes => ({
  nodes: Uint32Array.from(people.keys()),
  columns: ['department', 'site'].map((name, a) => ({
    name,
    values: Array.from({ length: values }, (_, v) => `${name} ${v}`),
    codes: Int32Array.from(people, ({ codes }) => codes[a]!),
  })),
});

const person: fc.Arbitrary<Person> = fc.record({
  holds: fc.uniqueArray(fc.nat(COLUMNS - 1), { maxLength: COLUMNS }).map((some) => some.sort((a, b) => a - b)),
  codes: fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 2 })),
});

const options = { leastShare: 0.8, leastPeople: 2 };

function membersOf(people: readonly Person[], { terms }: Birthright): readonly number[] {
  const has = ({ codes }: Person) =>
    terms.every(({ attribute, value }) => value === `${attribute} ${codes[attribute === 'department' ? 0 : 1]}`);
  return people.map((_, i) => i).filter((i) => people[i]!.holds.length > 0 && has(people[i]!));
}

describe('birthright rules', () => {
  it('hold of their group, miss nobody, and are told where nothing wider is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 14 }), async (people) => {
        const matrix = matrixOf(people);
        const rules = await findBirthrights(matrix, attributesOf(people, 3), options, new Pace());
        const everybody = new Set(
          rules.filter(({ terms }) => terms.length === 0).flatMap(({ columns }) => columns.map(({ column }) => column)),
        );
        for (const rule of rules) {
          const members = membersOf(people, rule);
          expect([...rule.people]).toEqual(members);
          expect(members.length).toBeGreaterThanOrEqual(options.leastPeople);
          for (const { column, holders } of rule.columns) {
            expect(holders).toBe(members.filter((i) => people[i]!.holds.includes(column)).length);
            expect(holders).toBeGreaterThanOrEqual(options.leastShare * members.length);
            if (rule.terms.length > 0) expect(everybody.has(column)).toBe(false);
          }
          const exceptions = [...exceptionsOf(matrix, rule)].map(({ identity, column }) => `${identity} ${column}`);
          const missing = rule.columns.flatMap(({ column }) =>
            members.filter((i) => !people[i]!.holds.includes(column)).map((i) => `${i} ${column}`),
          );
          expect(exceptions).toEqual(missing);
        }
        // What holds of a value and is told of nobody wider is told.
        for (const [a, name] of ['department', 'site'].entries())
          for (let value = 0; value < 3; value++) {
            const members = people
              .map((_, i) => i)
              .filter((i) => people[i]!.holds.length > 0 && people[i]!.codes[a] === value);
            if (members.length < options.leastPeople) continue;
            for (let column = 0; column < COLUMNS; column++) {
              const holders = members.filter((i) => people[i]!.holds.includes(column));
              if (holders.length < options.leastShare * members.length) continue;
              const told = rules.filter(
                (rule) => rule.terms.length < 2 && rule.columns.some((one) => one.column === column),
              );
              expect({ name, value, column, told: told.length > 0 }).toEqual({ name, value, column, told: true });
            }
          }
      }),
      runs(300),
    );
  });

  it('are none where there is nobody', async () => {
    expect(await findBirthrights(matrixOf([]), attributesOf([], 1), options, new Pace())).toEqual([]);
  });
});
