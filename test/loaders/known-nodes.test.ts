import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODE_KINDS, type NodeKind } from '../../engine/model/index.ts';
import { type KnownNode, KnownNodes } from '../../loaders/declared/known-nodes.ts';
import { LeftAside } from '../../loaders/declared/left-aside.ts';
import type { LoadReport } from '../../loaders/loader.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** The slow and obvious twin. */
class ObviousNodes {
  readonly #nodes = new Map<string, NodeKind>();
  readonly #put = new Set<string>();
  readonly #names = new Map<string, Set<string>>();

  describe(id: string, kind: NodeKind): NodeKind | undefined {
    const before = this.#nodes.get(id);
    if (before === undefined) this.#nodes.set(id, kind);
    return before;
  }

  get(id: string): KnownNode | undefined {
    const kind = this.#nodes.get(id);
    return kind === undefined ? undefined : { id, kind };
  }

  put(id: string): boolean {
    const isFirst = !this.#put.has(id);
    this.#put.add(id);
    return isFirst;
  }

  name(list: string, name: string, id: string): void {
    const key = JSON.stringify([list, name]);
    this.#names.set(key, (this.#names.get(key) ?? new Set()).add(id));
  }

  named(list: string, name: string): KnownNode | null | undefined {
    const ids = [...(this.#names.get(JSON.stringify([list, name])) ?? [])];
    return ids.length > 1 ? null : ids.length === 0 ? undefined : this.get(ids[0]!);
  }
}

// Few, so that they meet again: of one byte and two, half a pair, with NUL, of every length modulo four, longer than most.
const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'a\0',
  'abc',
  'abcd',
  'abcde',
  'ÿ',
  'Ā',
  'ÿÿ',
  'aĀ',
  '名',
  '\ud800',
  '\ud801',
  '😀',
  'uid=a,dc=b',
  'x'.repeat(5_000),
  `${'x'.repeat(5_000)}名`,
];
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 6 }));
const step = fc.record({
  does: fc.constantFrom('describe', 'get', 'put', 'name', 'named'),
  id: text,
  other: text,
  list: fc.constantFrom('uid', 'SID'),
  kind: fc.constantFrom(...NODE_KINDS),
});

describe('nodes that a load describes', () => {
  it('are told as two maps and a set would', () => {
    const steps = fc.array(step, { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        const [one, twin] = [new KnownNodes(), new ObviousNodes()];
        for (const { does, id, other, list, kind } of all) {
          if (does === 'describe') expect(one.describe(id, kind)).toBe(twin.describe(id, kind));
          else if (does === 'get') expect(one.get(id)).toEqual(twin.get(id));
          else if (does === 'named') expect(one.named(list, other)).toEqual(twin.named(list, other));
          else if (twin.get(id) === undefined) expect(one.get(id)).toBeUndefined();
          else if (does === 'put') expect(one.put(id)).toBe(twin.put(id));
          else {
            one.name(list, other, id);
            twin.name(list, other, id);
          }
        }
      }),
      runs(300),
    );
  });

  it('are found among a hundred thousand, and so are texts larger than a piece of memory', () => {
    const nodes = new KnownNodes();
    const id = (i: number): string =>
      i % 1_000 === 7 ? `${i}${'é'.repeat(2_000)}` : i % 3 === 0 ? `名${i}` : `id-${i}`;
    const huge = ['y'.repeat(3_000_000), `名${'z'.repeat(900_000)}`];
    for (let i = 0; i < 100_000; i++) {
      nodes.describe(id(i), NODE_KINDS[i % 5]!);
      nodes.name('number', `#${i >> 1}`, id(i & ~(i % 4 === 1 ? 1 : 0)));
      if (i === 50_000) for (const one of huge) nodes.describe(one, 'Role');
    }
    const wrong = Array.from({ length: 100_000 }, (_, i) => i).filter((i) => {
      const [known, named] = [nodes.get(id(i)), nodes.named('number', `#${i >> 1}`)];
      if (known?.id !== id(i) || known.kind !== NODE_KINDS[i % 5]) return true;
      return i % 4 < 2 ? named?.id !== id(i & ~1) || named.kind !== NODE_KINDS[(i & ~1) % 5] : named !== null;
    });
    expect(wrong).toEqual([]);
    for (const one of huge) expect(nodes.get(one)).toEqual({ id: one, kind: 'Role' });
    expect(nodes.get(`${huge[0]}y`)).toBeUndefined();
  });

  it('take memory by their ids and names alone, outside the heap', () => {
    const nodes = new KnownNodes();
    for (let i = 0; i < 50_000; i++) {
      nodes.describe(`uid=person${i},dc=acme,dc=test`, 'User');
      nodes.name('distinguished name', `uid=person${i},dc=acme,dc=test`, `uid=person${i},dc=acme,dc=test`);
    }
    const { bytes } = nodes;
    // The id once (36 bytes with its head), a slot and a half for each of two lists, its place and kind.
    expect(bytes).toBeLessThan(50_000 * 150);
    for (let i = 0; i < 50_000; i++) {
      nodes.put(`uid=person${i},dc=acme,dc=test`);
      nodes.named('distinguished name', `uid=nobody${i},dc=acme,dc=test`);
      nodes.get(`uid=nobody${i}`);
    }
    expect(nodes.bytes).toBe(bytes);
  });
});

describe('the account of what a load left aside', () => {
  it('is bounded, and counts what it does not name', () => {
    const report: LoadReport = { unresolved: [], skipped: [] };
    const aside = new LeftAside(report);
    for (let i = 0; i < 12_000; i++) {
      aside.count(`a.ldif:${i}`, `uid "${i}" is that of several`);
      aside.unresolved(`uid ${i}`);
    }
    aside.count('a.ldif:1', 'uid "1" is that of several');
    aside.finish();
    expect(report.unresolved).toHaveLength(10_000);
    expect(report.skipped).toHaveLength(10_002);
    expect(report.skipped).toContainEqual({
      where: 'a.ldif:1',
      why: 'uid "1" is that of several (2 times; this is the first)',
    });
    expect(report.skipped.at(-1)).toEqual({ where: 'all files', why: '2000 more things left aside, not named' });
  });
});
