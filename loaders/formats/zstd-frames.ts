import type { ByteQueue } from './byte-queue.ts';

/**
 * The outer form of a zstd archive (RFC 8878): frames of blocks, each with its length in front. Reading it tells where
 * an archive was cut off, bounds what a frame can grow to before anything is decompressed, and finds the checksum.
 */

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const MAX_BLOCK = 128 * 1024;
/** The widest window that is taken, as by zstd's own tools: what decompressing must keep in memory. */
const MAX_WINDOW = 128 * 1024 * 1024;

/** What stands at the start of a frame. */
export interface FrameHead {
  readonly bytes: Buffer;
  readonly hasChecksum: boolean;
  /** Bytes of the content when the frame tells. */
  readonly contentSize?: number;
  /** The most bytes that one block decompresses to. */
  readonly maxBlock: number;
}

export interface Block {
  /** With its three bytes of head. */
  readonly bytes: Buffer;
  readonly last: boolean;
  /** The most bytes that it decompresses to. */
  readonly maxSize: number;
}

/** Why an archive cannot be read; the file is named by who catches it. */
export class ZstdFault extends Error {}

/** The head of the next frame; frames that only carry remarks are stepped over. Undefined at the end of the archive. */
export async function nextFrame(queue: ByteQueue): Promise<FrameHead | undefined> {
  for (;;) {
    const magic = await queue.take(4);
    if (magic.length === 0 && queue.taken > 0) return undefined;
    if (magic.length < 4) throw cutOff(queue);
    const mark = magic.readUInt32LE(0);
    if (mark === MAGIC) return readHead(queue, magic);
    if ((mark & 0xfffffff0) >>> 0 !== SKIPPABLE) throw noFrame(queue);
    const length = (await exactly(queue, 4)).readUInt32LE(0);
    await stepOver(queue, length);
  }
}

function noFrame(queue: ByteQueue): ZstdFault {
  const first = queue.taken === 4;
  return new ZstdFault(
    first
      ? 'the name ends in .zst but this is not a zstd archive; rename it or compress it again'
      : 'the zstd archive is damaged, or something else follows it; copy or download it again',
  );
}

async function stepOver(queue: ByteQueue, length: number): Promise<void> {
  for (let left = length; left > 0; left -= MAX_BLOCK) await exactly(queue, Math.min(left, MAX_BLOCK));
}

async function readHead(queue: ByteQueue, magic: Buffer): Promise<FrameHead> {
  const descriptor = (await exactly(queue, 1))[0]!;
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
  if ((descriptor & 8) !== 0) throw damaged();
  const rest = await exactly(queue, (single ? 0 : 1) + dictionaryBytes + sizeBytes);
  const contentSize = readSize(rest.subarray(rest.length - sizeBytes));
  const dictionary = rest.subarray(rest.length - sizeBytes - dictionaryBytes, rest.length - sizeBytes);
  if (dictionary.some((byte) => byte !== 0)) {
    throw new ZstdFault('the archive needs a zstd dictionary, which is not at hand; compress it again without one');
  }
  const window = single ? contentSize! : windowSize(rest[0]!);
  if (window > MAX_WINDOW) {
    throw new ZstdFault('the archive needs a window of more than 128 MiB; compress it again without --ultra or --long');
  }
  return {
    bytes: Buffer.concat([magic, Buffer.of(descriptor), rest]),
    hasChecksum: (descriptor & 4) !== 0,
    ...(contentSize === undefined ? {} : { contentSize }),
    maxBlock: Math.min(window, MAX_BLOCK),
  };
}

function readSize(bytes: Buffer): number | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes.length === 1) return bytes[0]!;
  if (bytes.length === 2) return bytes.readUInt16LE(0) + 256;
  if (bytes.length === 4) return bytes.readUInt32LE(0);
  return bytes.readUInt32LE(0) + bytes.readUInt32LE(4) * 0x100000000;
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** The next block of a frame. */
export async function nextBlock(queue: ByteQueue, frame: FrameHead): Promise<Block> {
  const head = await exactly(queue, 3);
  const value = head.readUIntLE(0, 3);
  const type = (value >> 1) & 3;
  const size = value >> 3;
  if (type === 3 || size > frame.maxBlock) throw damaged();
  const content = await exactly(queue, type === 1 ? 1 : size);
  return {
    bytes: Buffer.concat([head, content]),
    last: (value & 1) === 1,
    maxSize: type === 2 ? frame.maxBlock : size,
  };
}

/** The checksum that follows a frame's last block. */
export const frameChecksum = (queue: ByteQueue): Promise<Buffer> => exactly(queue, 4);

async function exactly(queue: ByteQueue, count: number): Promise<Buffer> {
  const bytes = await queue.take(count);
  if (bytes.length < count) throw cutOff(queue);
  return bytes;
}

const cutOff = (queue: ByteQueue): ZstdFault =>
  new ZstdFault(
    queue.taken === 0
      ? 'the archive is empty: it does not even hold the start of a zstd archive'
      : `the archive ends before its end: it was cut off after ${queue.taken} bytes; copy or download it again`,
  );

/** The fault of an archive whose bytes were changed. */
export const damaged = (cause?: unknown): ZstdFault =>
  new ZstdFault('the zstd archive is damaged; copy or download it again', { cause });
