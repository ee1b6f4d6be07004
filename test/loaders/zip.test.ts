import { describe, expect, it } from 'vitest';
import { zipEntries } from '../../loaders/formats/zip.ts';
import { refusalOf } from '../support/refusal.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type ZipPart, zipOf } from '../support/zip.ts';

const folder = temporaryFolder();
let files = 0;
const written = (bytes: Buffer): string => folder.file(`z${files++}.zip`, bytes);

async function read(bytes: Buffer, limits = {}): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await zipEntries(written(bytes), limits)) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.bytes()) chunks.push(chunk);
    found[entry.name] = Buffer.concat(chunks).toString();
  }
  return found;
}

const some: readonly ZipPart[] = [
  { name: 'a.json', content: 'first' },
  { name: 'folder/', content: '', stored: true },
  { name: 'folder\\b.json', content: 'x'.repeat(300_000) },
  { name: 'empty.json', content: '', stored: true },
];

describe('zip archives', () => {
  it('are read entry by entry, as often as wanted', async () => {
    expect(await read(zipOf(some))).toEqual({
      'a.json': 'first',
      'folder/b.json': 'x'.repeat(300_000),
      'empty.json': '',
    });
  });

  it.each<[string, Buffer, RegExp, object?]>([
    ['that are none', Buffer.from('hello'), /its directory is missing/],
    ['that are empty files', Buffer.alloc(0), /its directory is missing/],
    ['cut off', zipOf(some).subarray(0, 200), /its directory is missing/],
    ['with a name that leads out', zipOf([{ name: '../../etc/passwd', content: 'x' }]), /leads out of the archive/],
    ['with an absolute name', zipOf([{ name: '/etc/passwd', content: 'x' }]), /leads out of the archive/],
    ['with a drive', zipOf([{ name: 'C:\\x.json', content: 'x' }]), /leads out of the archive/],
    ['encrypted', zipOf([{ name: 'a', content: 'x', claims: { flags: 1 } }]), /is encrypted/],
    ['of another method', zipOf([{ name: 'a', content: 'x', claims: { method: 14 } }]), /compressed by method 14/],
    ['with a wrong checksum', zipOf([{ name: 'a', content: 'x', claims: { crc: 1 } }]), /is damaged in the archive/],
    [
      'longer than they claim',
      zipOf([{ name: 'a', content: 'xyz', claims: { size: 2 } }]),
      /is damaged in the archive/,
    ],
    [
      'shorter than they claim',
      zipOf([{ name: 'a', content: 'xyz', claims: { size: 4 } }]),
      /is damaged in the archive/,
    ],
    ['that grow too much', zipOf([{ name: 'a', content: Buffer.alloc(8 << 20) }]), /more than 200 times/],
    ['with too many entries', zipOf(some), /holds 4 entries; at most 3/, { maxEntries: 3 }],
    ['with too many bytes', zipOf(some), /at most 1000 bytes are taken/, { maxBytes: 1000 }],
  ])('%s are refused', async (_, bytes, message, limits) => {
    expect((await refusalOf(() => read(bytes, limits))).message).toMatch(message);
  });

  it('whose entries share bytes are refused', async () => {
    const bytes = zipOf([some[0]!, { name: 'b.json', content: 'second' }]);
    const second = bytes.lastIndexOf('b.json') - 46;
    bytes.writeUInt32LE(0, second + 42);
    expect((await refusalOf(() => read(bytes))).message).toMatch(/"b.json" shares bytes with another/);
  });
});
