/**
 * Reads zip archives (PKWARE APPNOTE 6.3.10; stored and deflated entries, Zip64) by their central directory, as untrusted
 * input: entries, bytes and the ratio of both sizes are capped, names that lead out of the archive and entries that share
 * bytes are refused, and sizes and checksums are held against what comes out.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { inBytes } from './size.ts';
import { aboutPath, inputError, unreadable } from './unreadable.ts';

export interface ZipLimits {
  /** Default 10,000. */
  readonly maxEntries?: number | undefined;
  /** Over all entries, decompressed. Default 16 GiB. */
  readonly maxBytes?: number | undefined;
  /** How much larger than its compressed form an entry may be, beyond its first mebibyte. Default 200; JSON has some 10 to 60. */
  readonly maxRatio?: number | undefined;
}

export interface ZipEntry {
  /** As the archive has it, with `/` between folders. */
  readonly name: string;
  /** Decompressed, as the archive claims. */
  readonly size: number;
  /** Its bytes, decompressed; may be called again. */
  bytes(): AsyncGenerator<Buffer>;
}

const MEBIBYTE = 1024 * 1024;
const MAX_ENTRIES = 10_000;
const MAX_TOTAL = 16 * 1024 ** 3;
const MAX_RATIO = 200;
const CHUNK = 64 * 1024;

const END_MARK = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;
const WIDE_END_MARK = 0x06064b50;
const WIDE_LOCATOR_MARK = 0x07064b50;
const WIDE_LOCATOR_LENGTH = 20;
const WIDE_END_LENGTH = 56;
const DIRECTORY_MARK = 0x02014b50;
const DIRECTORY_LENGTH = 46;
const LOCAL_MARK = 0x04034b50;
const LOCAL_LENGTH = 30;
const WIDE = 0xffffffff;
const WIDE_EXTRA = 1;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** The bytes of the directory that are read at most: its entries at their cap with long names. */
const MAX_DIRECTORY = 64 * MEBIBYTE;

/**
 * The files in an archive, in its order; folders are left out.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE for what is no archive or a damaged or encrypted one; InputError
 *   where it is beyond the limits or an entry's name leads out of it. Reading an entry throws the same.
 */
export async function zipEntries(path: string, limits: ZipLimits = {}): Promise<readonly ZipEntry[]> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const directory = await directoryOf(path, file, size, limits.maxEntries ?? MAX_ENTRIES);
    const listed = [...entriesIn(path, directory)];
    checkListed(path, listed, size, limits);
    const files = listed.filter(({ name }) => !name.endsWith('/'));
    return files.map((entry) => ({
      name: entry.name,
      size: entry.size,
      bytes: () => entryBytes(path, entry),
    }));
  });
}

interface Listed {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

interface Directory {
  readonly bytes: Buffer;
  readonly count: number;
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    return await use(file);
  } catch (error) {
    throw aboutPath(path, error);
  } finally {
    await file?.close();
  }
}

async function bytesAt(path: string, file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead < length) throw damaged(path, 'it is cut off');
  return bytes;
}

const damaged = (path: string, why: string): Error =>
  unreadable(path, `is not a whole zip archive: ${why}; copy or export it again`);

async function directoryOf(path: string, file: FileHandle, size: number, maxEntries: number): Promise<Directory> {
  const tailLength = Math.min(size, END_LENGTH + MAX_COMMENT);
  const tail = await bytesAt(path, file, size - tailLength, tailLength);
  const at = endRecordIn(tail);
  if (at < 0) throw damaged(path, 'its directory is missing');
  let count = tail.readUInt16LE(at + 10);
  let length = tail.readUInt32LE(at + 12);
  let offset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || length === WIDE || offset === WIDE) {
    const wide = await wideEnd(path, file, size - tailLength + at);
    if (wide !== undefined) ({ count, length, offset } = wide);
  }
  if (count > maxEntries) throw inputError(path, undefined, `holds ${count} entries; at most ${maxEntries} are taken`);
  if (offset + length > size) throw damaged(path, 'its directory lies outside of it');
  if (length > MAX_DIRECTORY)
    throw inputError(path, undefined, `its directory has ${inBytes(length)}; that is too much`);
  return { bytes: await bytesAt(path, file, offset, length), count };
}

/** The offset of the last end record whose comment ends with the file; -1 where there is none. */
function endRecordIn(tail: Buffer): number {
  for (let at = tail.length - END_LENGTH; at >= 0; at--) {
    const ends = tail.readUInt32LE(at) === END_MARK && at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length;
    if (ends) return at;
  }
  return -1;
}

async function wideEnd(path: string, file: FileHandle, endAt: number) {
  if (endAt < WIDE_LOCATOR_LENGTH) return undefined;
  const locator = await bytesAt(path, file, endAt - WIDE_LOCATOR_LENGTH, WIDE_LOCATOR_LENGTH);
  if (locator.readUInt32LE(0) !== WIDE_LOCATOR_MARK) return undefined;
  const end = await bytesAt(path, file, wideNumber(path, locator, 8), WIDE_END_LENGTH);
  if (end.readUInt32LE(0) !== WIDE_END_MARK) throw damaged(path, 'its directory is missing');
  return { count: wideNumber(path, end, 32), length: wideNumber(path, end, 40), offset: wideNumber(path, end, 48) };
}

function wideNumber(path: string, bytes: Buffer, at: number): number {
  const number = bytes.readBigUInt64LE(at);
  if (number > BigInt(2 ** 48)) throw damaged(path, 'its directory lies outside of it');
  return Number(number);
}

function* entriesIn(path: string, { bytes, count }: Directory): Generator<Listed> {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_LENGTH > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_MARK)
      throw damaged(path, `entry ${i + 1} of its directory is missing`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + DIRECTORY_LENGTH + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw damaged(path, `entry ${i + 1} of its directory is cut off`);
    yield listedAt(path, bytes, at, nameLength, extraLength);
    at = next;
  }
}

function listedAt(path: string, bytes: Buffer, at: number, nameLength: number, extraLength: number): Listed {
  const nameAt = at + DIRECTORY_LENGTH;
  const entry = {
    name: bytes.toString('utf8', nameAt, nameAt + nameLength).replaceAll('\\', '/'),
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
  const extra = bytes.subarray(nameAt + nameLength, nameAt + nameLength + extraLength);
  const isWide = entry.size === WIDE || entry.packed === WIDE || entry.offset === WIDE;
  return isWide ? { ...entry, ...wideFields(path, entry, extra) } : entry;
}

/** The fields that stand in the Zip64 extra field, in their fixed order, for those that are too small in the entry. */
function wideFields(path: string, entry: Pick<Listed, 'name' | 'size' | 'packed' | 'offset'>, extra: Buffer) {
  const wide = { size: entry.size, packed: entry.packed, offset: entry.offset };
  const missing = new Set((['size', 'packed', 'offset'] as const).filter((field) => wide[field] === WIDE));
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== WIDE_EXTRA) continue;
    let from = at + 4;
    const end = Math.min(from + extra.readUInt16LE(at + 2), extra.length);
    for (const field of missing) {
      if (from + 8 > end) break;
      wide[field] = wideNumber(path, extra, from);
      missing.delete(field);
      from += 8;
    }
  }
  if (missing.size > 0) throw damaged(path, `the entry ${JSON.stringify(entry.name)} lacks its Zip64 sizes`);
  return wide;
}

function checkListed(path: string, listed: readonly Listed[], size: number, limits: ZipLimits): void {
  const maxBytes = limits.maxBytes ?? MAX_TOTAL;
  let total = 0;
  for (const entry of listed) {
    checkEntry(path, entry, limits.maxRatio ?? MAX_RATIO);
    total += entry.size;
  }
  if (total > maxBytes) {
    const most = `at most ${inBytes(maxBytes)} are taken`;
    throw inputError(path, undefined, `holds ${inBytes(total)} when it is decompressed; ${most}`);
  }
  checkApart(path, listed, size);
}

function checkEntry(path: string, { name, flags, method, packed, size }: Listed, maxRatio: number): void {
  const where = `${path}!${name}`;
  if (leadsOut(name)) throw inputError(path, undefined, `the entry ${JSON.stringify(name)} leads out of the archive`);
  if ((flags & ENCRYPTED) !== 0) throw unreadable(where, 'is encrypted; unpack the archive with its password first');
  if (method !== STORED && method !== DEFLATED)
    throw unreadable(where, `is compressed by method ${method}; only "stored" and "deflate" are read`);
  if (size - MEBIBYTE > packed * maxRatio) {
    const message = `grows from ${inBytes(packed)} to ${inBytes(size)}, more than ${maxRatio} times: is it a decompression bomb?`;
    throw inputError(where, undefined, message);
  }
}

/** Names that a program which writes them to disk would put elsewhere: nothing honest has one. */
function leadsOut(name: string): boolean {
  return name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split('/').includes('..') || name.includes('\0');
}

/** Entries that share bytes are how small archives unpack to petabytes. */
function checkApart(path: string, listed: readonly Listed[], size: number): void {
  const byOffset = [...listed].sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const { name, offset, packed } of byOffset) {
    if (offset < end) throw inputError(path, undefined, `the entry ${JSON.stringify(name)} shares bytes with another`);
    end = offset + LOCAL_LENGTH + packed;
    if (end > size) throw damaged(path, `the entry ${JSON.stringify(name)} lies outside of it`);
  }
}

async function* entryBytes(path: string, entry: Listed): AsyncGenerator<Buffer> {
  const where = `${path}!${entry.name}`;
  const start = await dataStart(path, entry);
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const packed = packedBytes(path, file, start, entry.packed);
    yield* checked(where, entry, entry.method === STORED ? packed : inflated(where, packed));
  } catch (error) {
    throw aboutPath(where, error);
  } finally {
    await file?.close();
  }
}

const dataStart = (path: string, { name, offset }: Listed): Promise<number> =>
  withFile(path, async (file) => {
    const head = await bytesAt(path, file, offset, LOCAL_LENGTH);
    if (head.readUInt32LE(0) !== LOCAL_MARK)
      throw damaged(path, `the entry ${JSON.stringify(name)} is not where it should be`);
    return offset + LOCAL_LENGTH + head.readUInt16LE(26) + head.readUInt16LE(28);
  });

async function* packedBytes(path: string, file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += CHUNK)
    yield await bytesAt(path, file, start + done, Math.min(CHUNK, length - done));
}

async function* inflated(where: string, packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  const feeding = feed(inflate, packed);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    if (isZlibFault(error)) throw damagedEntry(where);
    throw error;
  } finally {
    inflate.destroy();
    await feeding.catch(() => undefined);
  }
}

async function feed(inflate: ReturnType<typeof createInflateRaw>, packed: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const chunk of packed) {
      if (inflate.destroyed) return;
      if (!inflate.write(chunk)) await drained(inflate);
    }
    inflate.end();
  } catch (error) {
    inflate.destroy(error as Error);
  }
}

/** Resolves when the stream takes more, or is over. */
const drained = (inflate: ReturnType<typeof createInflateRaw>): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'end', 'error']) inflate.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'end', 'error']) inflate.on(event, done);
  });

const isZlibFault = (error: unknown): boolean => String((error as NodeJS.ErrnoException)?.code).startsWith('Z_');

const damagedEntry = (where: string): Error => unreadable(where, 'is damaged in the archive; copy or export it again');

/** The bytes of an entry, as many as the archive claims and no more, of the checksum that it claims. */
async function* checked(where: string, entry: Listed, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let crc = 0;
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > entry.size) throw damagedEntry(where);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (length !== entry.size || crc !== entry.crc) throw damagedEntry(where);
}
