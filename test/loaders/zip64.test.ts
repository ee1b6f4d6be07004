import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipEntries } from '../../loaders/formats/zip.ts';
import { refusalOf } from '../support/refusal.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder();
let files = 0;

async function read(bytes: Buffer): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await zipEntries(folder.file(`w${files++}.zip`, bytes))) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.bytes()) chunks.push(chunk);
    found[entry.name] = Buffer.concat(chunks).toString();
  }
  return found;
}

const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number | bigint): Buffer => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);

type Field = 'size' | 'packed' | 'offset';
interface Wide {
  /** Which fields of an entry stand in its extra field. */
  readonly fields?: readonly Field[];
  /** Another extra field in front. */
  readonly before?: Buffer;
  /** What stands in place of the extra field; undefined for the true one. */
  readonly extra?: Buffer;
  /** Whether the end of the directory is told in its wide form. */
  readonly end?: boolean;
  readonly comment?: string;
  /** In place of the place of the wide end, its mark, its count, its length and its offset. */
  readonly endAt?: bigint;
  readonly mark?: number;
  readonly count?: bigint;
  readonly length?: bigint;
  readonly offset?: bigint;
}

const ALL: readonly Field[] = ['size', 'packed', 'offset'];
const CONTENT = { 'a.json': 'first '.repeat(50), 'folder/b.json': 'second' };

/** Field by field as APPNOTE 6.3.10 has it: 4.3.7, 4.3.12, 4.3.14, 4.3.15, 4.3.16, 4.5.3. */
function wideZip(wide: Wide = {}): Buffer {
  const { fields = ALL, before = Buffer.alloc(0), end = true, comment = '' } = wide;
  let body = Buffer.alloc(0);
  let directory = Buffer.alloc(0);
  for (const [name, text] of Object.entries(CONTENT)) {
    const packed = deflateRawSync(text);
    const sum = crc32(text);
    const numbers = { size: text.length, packed: packed.length, offset: body.length };
    const narrow = (field: Field): Buffer => u32(fields.includes(field) ? 0xffffffff : numbers[field]);
    const told = ALL.filter((field) => fields.includes(field)).map((field) => u64(numbers[field]));
    const whole = Buffer.concat([before, u16(1), u16(told.length * 8), ...told]);
    const extra = wide.extra ?? (told.length === 0 ? before : whole);
    // A writer that does not know the sizes beforehand leaves room for them here.
    const local = Buffer.concat([u16(1), u16(16), u64(numbers.size), u64(numbers.packed)]);
    body = Buffer.concat([
      ...[body, u32(0x04034b50), u16(45), u16(0), u16(8), u32(0), u32(sum), u32(0xffffffff), u32(0xffffffff)],
      ...[u16(name.length), u16(local.length), Buffer.from(name), local, packed],
    ]);
    directory = Buffer.concat([
      ...[directory, u32(0x02014b50), u16(45), u16(45), u16(0), u16(8), u32(0), u32(sum)],
      ...[narrow('packed'), narrow('size'), u16(name.length), u16(extra.length), u16(0), u16(0), u16(0), u32(0)],
      ...[narrow('offset'), Buffer.from(name), extra],
    ]);
  }
  const count = Object.keys(CONTENT).length;
  const wideEnd = Buffer.concat([
    ...[u32(wide.mark ?? 0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(count), u64(wide.count ?? count)],
    ...[u64(wide.length ?? directory.length), u64(wide.offset ?? body.length)],
    ...[u32(0x07064b50), u32(0), u64(wide.endAt ?? body.length + directory.length), u32(1)],
  ]);
  const narrowEnd = Buffer.concat([
    ...[u32(0x06054b50), u16(0), u16(0), u16(end ? 0xffff : count), u16(end ? 0xffff : count)],
    ...[u32(end ? 0xffffffff : directory.length), u32(end ? 0xffffffff : body.length)],
    ...[u16(comment.length), Buffer.from(comment)],
  ]);
  return Buffer.concat([body, directory, ...(end ? [wideEnd] : []), narrowEnd]);
}

describe('Zip64 archives', () => {
  it.each<[string, Wide]>([
    ['with all numbers wide', {}],
    ['with the size wide', { fields: ['size'] }],
    ['with the packed size wide', { fields: ['packed'] }],
    ['with the offset wide', { fields: ['offset'] }],
    ['with size and offset wide', { fields: ['size', 'offset'] }],
    ['with no number of an entry wide', { fields: [] }],
    ['with other extra fields', { before: Buffer.concat([u16(0x5455), u16(5), Buffer.alloc(5, 1)]) }],
    ['with entries wide and a narrow end', { end: false }],
    ['with a comment', { comment: 'made by hand' }],
  ])('%s are read', async (_, wide) => {
    expect(await read(wideZip(wide))).toEqual(CONTENT);
  });

  it.each<[string, Wide, RegExp]>([
    ['without the field they need', { extra: Buffer.alloc(0) }, /"a\.json" lacks its Zip64 sizes/],
    ['with a field that is too short', { extra: Buffer.concat([u16(1), u16(8), u64(5)]) }, /lacks its Zip64 sizes/],
    ['with a field that is cut off', { extra: Buffer.concat([u16(1), u16(24), u64(5)]) }, /lacks its Zip64 sizes/],
    [
      'of sizes that no file has',
      { extra: Buffer.concat([u16(1), u16(24), u64(2n ** 63n), u64(1), u64(0)]) },
      /lies outside/,
    ],
    ['whose end is outside', { endAt: 1_000_000n }, /is cut off/],
    ['whose end is somewhere else', { endAt: 0n }, /its directory is missing/],
    ['whose end is far outside', { endAt: 2n ** 60n }, /lies outside/],
    ['whose end is none', { mark: 1 }, /its directory is missing/],
    ['with a directory outside', { offset: 1_000_000n }, /lies outside/],
    ['with a directory that is too long', { length: 2n ** 40n }, /lies outside/],
    ['with too many entries', { count: 2n ** 40n }, /at most 10000 are taken/],
    ['with fewer entries than they say', { count: 3n }, /entry 3 of its directory is missing/],
  ])('%s are refused', async (_, wide, message) => {
    const refusal = await refusalOf(() => read(wideZip(wide)));
    expect(refusal.message).toMatch(message);
  });

  it('cut off anywhere are refused in words', async () => {
    const whole = wideZip();
    for (let length = 0; length < whole.length; length += 3) await refusalOf(() => read(whole.subarray(0, length)));
  });
});
