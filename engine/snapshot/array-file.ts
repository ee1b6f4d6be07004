/**
 * A file of arrays: a header that says what is in it, and the arrays one after the other, each with its CRC-32. It is read
 * straight into memory that threads share, some megabytes at a time. What is cut or flipped is noticed; nothing is mended.
 */
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { shared8, shared16, shared32, shared64 } from './shared-arrays.ts';

export type Stored = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const KINDS = { u8: shared8, u16: shared16, u32: shared32, f64: shared64 } as const;
type Kind = keyof typeof KINDS;

export interface NamedArray {
  readonly name: string;
  readonly array: Stored;
  /** So many elements are written; when read, the rest is zero. */
  readonly used: number;
}

interface Section {
  readonly name: string;
  readonly kind: Kind;
  readonly length: number;
  readonly used: number;
  readonly crc: number;
}

interface Header<Facts> {
  readonly endianness: string;
  readonly sections: readonly Section[];
  readonly facts: Facts;
}

/** The form of the file is part of it: a program that writes another one passes over it. */
const MAGIC = Buffer.from('grantlens arrays 1\n', 'latin1');
/** Length of the header, and its CRC-32. */
const PREAMBLE = MAGIC.length + 8;
const CHUNK = 1 << 22;

/** Thrown for a file that is not what was written. */
export class ArrayFileDamaged extends Error {}

/**
 * Writes a file in place of the one that may be there, at once for whoever reads it.
 *
 * @param facts plain values, kept as JSON
 */
export async function writeArrayFile(path: string, facts: unknown, arrays: readonly NamedArray[]): Promise<void> {
  const besides = `${path}.${process.pid}.new`;
  await removeLeft(path);
  try {
    const file = await open(besides, 'w', 0o600);
    try {
      await writeAll(file, facts, arrays);
    } finally {
      await file.close();
    }
    await rename(besides, path);
  } catch (error) {
    await rm(besides, { force: true });
    throw error;
  }
}

/** Removes what processes that died midway left behind. */
async function removeLeft(path: string): Promise<void> {
  const name = basename(path);
  for (const other of await readdir(dirname(path))) {
    const pid = other.startsWith(`${name}.`) && /^\.(\d+)\.new$/.exec(other.slice(name.length))?.[1];
    if (pid && !isRunning(Number(pid))) await rm(join(dirname(path), other), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeAll(file: FileHandle, facts: unknown, arrays: readonly NamedArray[]): Promise<void> {
  const sections: Section[] = [];
  for (const { name, array, used } of arrays) {
    let crc = 0;
    for (const part of partsOf(array, used)) {
      crc = crc32(part, crc);
      // Others have a turn.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    sections.push({ name, kind: kindOf(array), length: array.length, used, crc });
  }
  const header: Header<unknown> = { endianness: endianness(), sections, facts };
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const preamble = Buffer.alloc(PREAMBLE);
  MAGIC.copy(preamble);
  preamble.writeUInt32LE(text.length, MAGIC.length);
  preamble.writeUInt32LE(crc32(text), MAGIC.length + 4);
  await writeWhole(file, preamble);
  await writeWhole(file, text);
  for (const { array, used } of arrays) {
    for (const part of partsOf(array, used)) await writeWhole(file, part);
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; ) from += (await file.write(bytes, from)).bytesWritten;
}

/** The bytes of the first elements, some megabytes at a time. */
function* partsOf({ buffer, byteOffset, BYTES_PER_ELEMENT }: Stored, used: number): Iterable<Uint8Array> {
  const size = used * BYTES_PER_ELEMENT;
  for (let from = 0; from < size; from += CHUNK)
    yield new Uint8Array(buffer, byteOffset + from, Math.min(CHUNK, size - from));
}

const kindOf = (array: Stored): Kind =>
  array instanceof Float64Array
    ? 'f64'
    : array instanceof Uint32Array
      ? 'u32'
      : array instanceof Uint16Array
        ? 'u16'
        : 'u8';

export interface ArrayFile<Facts> {
  readonly facts: Facts;
  readonly arrays: ReadonlyMap<string, Stored>;
}

/**
 * @param wanted told the facts first: false leaves the arrays unread
 * @returns undefined where they are not wanted
 * @throws ArrayFileDamaged; what the file system throws
 */
export async function readArrayFile<Facts>(
  path: string,
  wanted: (facts: Facts) => Promise<boolean>,
): Promise<ArrayFile<Facts> | undefined> {
  const file = await open(path, 'r');
  try {
    const { facts, sections } = await readHeader<Facts>(file);
    if (!(await wanted(facts))) return undefined;
    const arrays = new Map<string, Stored>();
    for (const section of sections) arrays.set(section.name, await readSection(file, section));
    if ((await file.read(Buffer.alloc(1))).bytesRead > 0) throw new ArrayFileDamaged('there is more than was written');
    return { facts, arrays };
  } finally {
    await file.close();
  }
}

async function readHeader<Facts>(file: FileHandle): Promise<Header<Facts>> {
  const preamble = await readWhole(file, Buffer.alloc(PREAMBLE));
  if (!preamble.subarray(0, MAGIC.length).equals(MAGIC)) throw new ArrayFileDamaged('it is no file of arrays');
  const length = preamble.readUInt32LE(MAGIC.length);
  const { size } = await file.stat();
  if (length > size) throw new ArrayFileDamaged('it is cut');
  const text = await readWhole(file, Buffer.alloc(length));
  if (crc32(text) !== preamble.readUInt32LE(MAGIC.length + 4)) throw new ArrayFileDamaged('its header is damaged');
  const header = JSON.parse(text.toString('utf8')) as Header<Facts>;
  if (header.endianness !== endianness()) throw new ArrayFileDamaged('another kind of machine wrote it');
  return header;
}

async function readSection(file: FileHandle, { name, kind, length, used, crc }: Section): Promise<Stored> {
  const array = KINDS[kind](length);
  let sum = 0;
  for (const part of partsOf(array, used)) sum = crc32(await readWhole(file, part), sum);
  if (sum !== crc) throw new ArrayFileDamaged(`its ${name} are damaged`);
  return array;
}

/** Fills the bytes. */
async function readWhole<B extends Uint8Array>(file: FileHandle, bytes: B): Promise<B> {
  for (let from = 0; from < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, from, bytes.length - from);
    if (bytesRead === 0) throw new ArrayFileDamaged('it is cut');
    from += bytesRead;
  }
  return bytes;
}
