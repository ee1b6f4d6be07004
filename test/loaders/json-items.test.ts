import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonItem, jsonItems, jsonShapeOf } from '../../loaders/formats/json-items.ts';
import { refusalOf } from '../support/refusal.ts';
import { announceSeed, runs } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
announceSeed();

async function read(text: string): Promise<{ shape: string; items: readonly JsonItem[] }> {
  const path = folder.file('items.json', text);
  const file = { path, options: {}, shownAs: 'items.json', name: 'items.json' };
  const shape = await jsonShapeOf(file);
  const items: JsonItem[] = [];
  for await (const some of jsonItems(file, shape, { lists: new Set(['roles']) })) items.push(...some);
  return { shape, items };
}
const values = async (text: string): Promise<unknown[]> => (await read(text)).items.map(({ value }) => value);

describe('values of a file', () => {
  it.each([
    ['an object', '{"a": 1, "b": [2, 3]}', 'object', [{ a: 1, b: [2, 3] }]],
    ['a list', '[{"a": 1}, 2]', 'list', [{ a: 1 }, 2]],
    ['an empty list', ' [ ] \n', 'list', []],
    ['a list in an object', '{"total": 2, "roles": [1, 2]}', 'object', [1, 2, { total: 2 }]],
    ['lines', '{"a": 1}\n\n{"a": "}{"}\r\n', 'lines', [{ a: 1 }, { a: '}{' }]],
    ['lists on lines', '[1, 2]\n[3]', 'lines', [1, 2, 3]],
    ['objects around lists on lines', '{"roles": [1], "n": 1}\n{"roles": []}', 'lines', [1, { n: 1 }, {}]],
    ['one line', '{"a": [1, {"b": "]"}]}', 'object', [{ a: [1, { b: ']' }] }]],
  ])('%s', async (_, text, shape, expected) => {
    expect([(await read(text)).shape, await values(text)]).toEqual([shape, expected]);
  });

  it('are told with the place where they start', async () => {
    const { items } = await read('{"a": 1}\n{"roles": [7, 8]}\n');
    expect(items.map(({ list, index, line, isRest }) => [list, index, line, isRest])).toEqual([
      [undefined, undefined, 1, false],
      ['roles', 0, 2, false],
      ['roles', 1, 2, false],
      [undefined, undefined, 2, true],
    ]);
  });

  it.each([
    ['{"a": 1}\n{"a": }', /items\.json:2: column 7: .*one on a line/],
    ['{"a": 1} x', /items\.json:1: column/],
    ['[1, 2', /ends in the middle/],
    ['7', /must be a JSON object or list/],
    ['', /is empty/],
  ])('%s is refused', async (text, message) => {
    expect((await refusalOf(() => read(text))).message).toMatch(message);
  });

  it('are those that were written, whichever way', async () => {
    // In one object, empty lists and repeated names are lost to streaming; values as services write them are taken here.
    const object = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(object, { minLength: 2, maxLength: 6 }), async (objects) => {
        const written = JSON.parse(JSON.stringify(objects)) as unknown[];
        expect(await values(JSON.stringify(objects))).toEqual(written);
        expect(await values(JSON.stringify(objects, undefined, 2))).toEqual(written);
        const lines = objects.map((one) => JSON.stringify(one)).join('\n');
        if (!lines.includes('"roles"')) expect(await values(lines)).toEqual(written);
      }),
      runs(200),
    );
  });
});
