import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonElement, jsonElements } from '../../loaders/formats/json-elements.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

/** The elements of a text that comes in pieces of so many bytes. */
async function elementsOf(text: string, size = 7, options = {}): Promise<JsonElement[]> {
  async function* bytes(): AsyncGenerator<Buffer> {
    const whole = Buffer.from(text);
    for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
  }
  const found: JsonElement[] = [];
  for await (const some of jsonElements('x.json', { bytes, shownAs: 'x.json', ...options })) found.push(...some);
  return found;
}

/** The same by parsing the whole. */
function obvious(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.map((item, index) => ['', index, item]);
  return Object.entries(value as object).flatMap(([key, inner]) =>
    Array.isArray(inner) ? inner.map((item, index) => [key, index, item]) : [[key, undefined, inner]],
  );
}

describe('elements of JSON', () => {
  it('are also those of an object that is entered, however it is cut', async () => {
    const inner = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), inner, fc.nat(9), async (outer, graph, size) => {
        const document = { ...outer, graph, z: 1 };
        const found = await elementsOf(JSON.stringify(document, null, 1), size + 1, { into: 'graph' });
        const { graph: _, ...rest } = document;
        const plain = obvious(rest);
        const entered = (obvious(graph) as [string, unknown, unknown][]).map(([key, ...more]) => [
          `graph.${key}`,
          ...more,
        ]);
        const told = found.map(({ member, index, value }) => [member, index, value]);
        const sorted = (list: unknown[]) => list.map((one) => JSON.stringify(one)).sort();
        expect(sorted(told)).toEqual(sorted([...plain, ...entered]));
      }),
      runs(200),
    );
  });

  it('are those of the parsed whole, however it is cut and spaced', async () => {
    const document = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.oneof(fc.integer({ min: 4, max: 40 }), fc.constant(4_000)),
        fc.constantFrom(0, 1, 3),
        async (value, size, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          const found = await elementsOf(text, size);
          expect(found.map(({ member, index, value: inner }) => [member, index, inner])).toEqual(
            obvious(JSON.parse(text)),
          );
        },
      ),
      runs(300),
    );
  });

  it('are refused alike, parsed together or one by one', async () => {
    const item = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({ a: [1, 'x"\\'] }));
    const told = async (text: string, size: number): Promise<unknown> => {
      try {
        return await elementsOf(text, size);
      } catch (error) {
        return (error as Error).message;
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'x', '1', ' ', '\n', '\u0001'),
        fc.constantFrom(0, 1),
        async (items, place, byte, gone) => {
          const text = JSON.stringify({ all: items, more: items }, undefined, 1);
          const at = place % text.length;
          const spoilt = text.slice(0, at) + byte + text.slice(at + gone);
          expect(await told(spoilt, 4_000)).toEqual(await told(spoilt, 1));
        },
      ),
      runs(500),
    );
  });

  it('that are no JSON are told before what is wrong after them', async () => {
    const refusal = await refusalOf(() => elementsOf('{"a": [\n {"x": 1},\n {"x": tru},\n 3 4]}', 1_000));
    expect(refusal.message).toMatch(/x\.json:3.*a\[1\]/);
  });

  it('come with the line where they start', async () => {
    const found = await elementsOf('{\n "a": [\n  {"x":\n 1},\n  2\n ],\n "b": 3}\n');
    expect(found.map(({ line }) => line)).toEqual([3, 5, 7]);
  });

  it('of members that are passed over are counted', async () => {
    const found = await elementsOf('{"data": [{"a": 1}, 2], "meta": 3}', 5, { passOver: new Set(['data']) });
    expect(found.map(({ member, value }) => [member, value])).toEqual([
      ['data', undefined],
      ['data', undefined],
      ['meta', 3],
    ]);
  });

  it.each([
    ['', /the file is empty/],
    ['7', /must be a JSON object or list; it starts with "7"/],
    ['{"a": [1, 2}', /a comma or "]" is expected, not "}"|is expected/],
    ['{"a": [1,, 2]}', /a value is expected, not ","/],
    ['{"a": [1,]}', /a value is expected, not "]"/],
    ['{"a" 1}', /a colon is expected, not "1"/],
    ['{a: 1}', /a key in double quotes is expected, not "a"/],
    ['{"a": 1} x', /text follows the end of the document/],
    ['{"a": [{"b": 1', /ends in the middle of the document/],
    ['{"a": [1]', /ends in the middle of the document/],
    ['{"a": [\n{"b": tru}]}', /:2: a\[0\]/],
    ['{"a": [{"b": 1]]}', /:1: a\[0\]/],
  ])('of %s are refused', async (text, message) => {
    expect((await refusalOf(() => elementsOf(text))).message).toMatch(message);
  });

  it('that are too large are refused', async () => {
    const error = await refusalOf(() => elementsOf(`{"a": ["${'x'.repeat(100)}"]}`, 7, { maxElement: 50 }));
    expect(error.message).toMatch(/a\[0\] is larger than 50 bytes/);
  });
});
