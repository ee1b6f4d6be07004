/** What is remembered of a version, against asking each time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RememberedRecords } from '../../engine/store/neo4j/remembered-records.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

interface Thing {
  readonly name: string;
}

/** Every third number stands for nothing. */
const thingOf = (ref: number): Thing | undefined => (ref % 3 === 0 ? undefined : { name: `thing ${ref}` });

/** The slow twin: what is there among the refs. */
const plainly = (refs: readonly number[]): ReadonlyMap<number, Thing> =>
  new Map(refs.flatMap((ref) => (thingOf(ref) === undefined ? [] : [[ref, thingOf(ref)!]])));

/** Remembers things, and keeps a list of what was fetched. */
function remembering(mostBytes?: number, wait: () => Promise<void> = async () => {}) {
  const fetched: (readonly number[])[] = [];
  const things = new RememberedRecords<Thing>(async (refs) => {
    fetched.push([...refs]);
    await wait();
    return plainly(refs);
  }, mostBytes);
  return { things, fetched };
}

const refs = fc.array(fc.nat(40), { maxLength: 8 });
const turns = fc.array(fc.array(refs, { maxLength: 5 }), { maxLength: 12 });

describe('records of a version', () => {
  it('are those that asking each time gives, fetched at most once a turn, however many are remembered', async () => {
    const mostBytes = fc.constantFrom(0, 700, 2_000, 1_000_000);
    await fc.assert(
      fc.asyncProperty(turns, mostBytes, async (asked, most) => {
        const { things, fetched } = remembering(most);
        for (const turn of asked) {
          const before = fetched.length;
          expect(await Promise.all(turn.map((each) => things.get(each)))).toEqual(turn.map(plainly));
          expect(fetched.length - before).toBeLessThanOrEqual(1);
        }
        for (const each of fetched) expect(new Set(each).size).toBe(each.length);
      }),
      runs(300),
    );
  });

  it('are fetched once where there is room for all', async () => {
    await fc.assert(
      fc.asyncProperty(turns, async (asked) => {
        const { things, fetched } = remembering();
        for (const turn of asked) await Promise.all(turn.map((each) => things.get(each)));
        const found = fetched.flat().filter((ref) => thingOf(ref) !== undefined);
        expect(new Set(found).size).toBe(found.length);
        const again = fetched.length;
        await things.get(found);
        expect(fetched).toHaveLength(again);
      }),
      runs(200),
    );
  });

  it('are fetched together when they are asked for in one turn, also by what follows from promises', async () => {
    const { things, fetched } = remembering();
    const later = async (): Promise<unknown> => {
      for (let i = 0; i < 10; i++) await undefined;
      return things.get([4, 5]);
    };
    await Promise.all([things.get([1, 2]), things.get([2, 4]), later()]);
    expect(fetched).toEqual([[1, 2, 4, 5]]);
  });

  it('that are on their way are waited for', async () => {
    let arrive = (): void => {};
    const { things, fetched } = remembering(undefined, () => new Promise((resolve) => (arrive = resolve)));
    const first = things.get([1, 2]);
    await new Promise((resolve) => setImmediate(resolve));
    const second = things.get([2, 1]);
    await new Promise((resolve) => setImmediate(resolve));
    arrive();
    expect(await first).toEqual(plainly([1, 2]));
    expect(await second).toEqual(plainly([1, 2]));
    expect(fetched).toEqual([[1, 2]]);
  });

  it('are forgotten in the order in which they were used, the longest ago first', async () => {
    const { things, fetched } = remembering(750);
    for (const ref of [1, 2, 4]) await things.get([ref]);
    await things.get([1]);
    await things.get([5]);
    const before = fetched.length;
    await things.get([1, 4, 5]);
    expect(fetched).toHaveLength(before);
    await things.get([2]);
    expect(fetched.at(-1)).toEqual([2]);
  });

  it('that could not be fetched are fetched anew, and all who asked are told', async () => {
    let fails = true;
    const things = new RememberedRecords<Thing>(async (asked) => {
      if (fails) throw new Error('the line is down');
      return plainly(asked);
    });
    const outcomes = await Promise.allSettled([things.get([1]), things.get([1, 2])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await things.get([1, 2])).toEqual(plainly([1, 2]));
  });
});
