import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArrayFileDamaged, type NamedArray, readArrayFile, writeArrayFile } from '../../engine/snapshot/array-file.ts';
import { randomOf } from '../support/mutate.ts';
import { announceSeed, runs, SEED } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();
const FACTS = { who: 'Ünïcode', list: [1, 2, [3]] };

const whole = (name: string, array: NamedArray['array']): NamedArray => ({ name, array, used: array.length });
const ARRAYS: readonly NamedArray[] = [
  whole(
    'bytes',
    Uint8Array.from({ length: 1_001 }, (_, i) => i),
  ),
  whole('empty', new Uint32Array(0)),
  whole(
    'words',
    Uint16Array.from({ length: 77 }, (_, i) => i * 700),
  ),
  { name: 'roomy', array: Uint32Array.from({ length: 500 }, (_, i) => (i < 300 ? i * 1e6 : 9)), used: 300 },
  whole('reals', Float64Array.of(Number.NEGATIVE_INFINITY, 0.1, 1e300)),
];
const READ = new Map(
  ARRAYS.map(({ name, array, used }) => [name, array.map((value, i) => (i < used ? value : 0))] as const),
);

const readAll = (path: string) => readArrayFile(path, async () => true);

describe('a file of arrays', () => {
  const path = join(folder.path, 'arrays');

  it('gives back what was written, in memory that threads share, without what was not used', async () => {
    await writeArrayFile(path, FACTS, ARRAYS);
    const { facts, arrays } = (await readAll(path))!;
    expect(facts).toEqual(FACTS);
    expect(arrays).toEqual(READ);
    for (const array of arrays.values()) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(await readdir(folder.path)).toEqual(['arrays']);
  });

  it('is not read when its facts are not wanted', async () => {
    await writeArrayFile(path, FACTS, ARRAYS);
    const asked: unknown[] = [];
    expect(await readArrayFile(path, async (facts) => asked.push(facts) === 0)).toBeUndefined();
    expect(asked).toEqual([FACTS]);
  });

  it('is refused when a byte of it is flipped, or when it is cut or longer', async () => {
    await writeArrayFile(path, FACTS, ARRAYS);
    const bytes = readFileSync(path);
    const random = randomOf(SEED);
    for (let i = 0; i < runs(400).numRuns!; i++) {
      const damaged =
        i % 3 === 0
          ? bytes.subarray(0, random(bytes.length))
          : i % 3 === 1
            ? Buffer.concat([bytes, Buffer.alloc(1 + random(9))])
            : flipped(bytes, random(bytes.length), 1 << random(8));
      writeFileSync(path, damaged);
      await expect(readAll(path)).rejects.toBeInstanceOf(ArrayFileDamaged);
    }
  });

  it('stays as it was when the writing fails', async () => {
    await writeArrayFile(path, FACTS, ARRAYS);
    const endless: Record<string, unknown> = {};
    endless['itself'] = endless;
    await expect(writeArrayFile(path, endless, ARRAYS)).rejects.toThrow('circular');
    expect((await readAll(path))!.facts).toEqual(FACTS);
    expect(await readdir(folder.path)).toEqual(['arrays']);
  });

  it('takes away what a process that died midway left, and nothing else', async () => {
    // No process has this number.
    for (const name of ['arrays.4194999.new', `arrays.${process.ppid}.new`, 'arrays.other', 'more.4194999.new'])
      folder.file(name, 'x');
    await writeArrayFile(path, FACTS, ARRAYS);
    const left = ['arrays', `arrays.${process.ppid}.new`, 'arrays.other', 'more.4194999.new'].sort();
    expect((await readdir(folder.path)).sort()).toEqual(left);
  });

  it('tells of a file that is not there as the file system does', async () => {
    await expect(readAll(join(folder.path, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

function flipped(bytes: Buffer, at: number, bits: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= bits;
  return copy;
}
