import { createReadStream } from 'node:fs';
import { ungzip } from './gzip.ts';
import { inBytes } from './size.ts';
import { aboutPath, inputError } from './unreadable.ts';
import { unzstd } from './zstd.ts';

/** Standard input, where a path is asked for. */
export const STDIN = '-';

/** Bytes handed on at a time: what is made of them is short-lived, and larger pieces would outlive the young generation. */
const CHUNK = 64 * 1024;

/** Decompressed bytes that are taken from one file: far more than any estate, far less than a decompression bomb makes. */
export const MAX_BYTES = 64 * 1024 ** 3;

export interface OpenOptions {
  /** How many bytes are taken, counted after decompression. Default 64 GiB. */
  readonly maxBytes?: number | undefined;
  /** How the file is named in messages; default: as `shownPath` names its path. */
  readonly shownAs?: string | undefined;
  /** Where the bytes come from when they do not lie under the path themselves: an entry of an archive. */
  readonly bytes?: (() => AsyncIterable<Buffer>) | undefined;
}

/**
 * The bytes of a file, decompressed when its name ends in `.gz` or `.zst`; `-` is standard input.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE (also for a truncated or damaged archive);
 *   InputError when there is more than `maxBytes` of it
 */
export function openBytes(path: string, options: OpenOptions = {}): AsyncIterable<Buffer> {
  const file = options.shownAs ?? shownPath(path);
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const stored = options.bytes?.() ?? storedBytes(path, file);
  if (path.endsWith('.gz')) return atMost(file, ungzip(file, stored), maxBytes);
  if (path.endsWith('.zst')) return atMost(file, unzstd(file, stored), maxBytes);
  return atMost(file, stored, maxBytes);
}

async function* storedBytes(path: string, file: string): AsyncGenerator<Buffer> {
  const stream = path === STDIN ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw aboutPath(file, error);
  }
}

async function* atMost(file: string, chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let taken = 0;
  for await (const chunk of chunks) {
    taken += chunk.length;
    if (taken > maxBytes) throw inputError(file, undefined, tooLarge(file, maxBytes));
    for (let at = 0; at < chunk.length; at += CHUNK) yield chunk.subarray(at, at + CHUNK);
  }
}

function tooLarge(file: string, maxBytes: number): string {
  const unpacked = /\.(gz|zst)$/.test(file) ? ' when it is decompressed' : '';
  return `is larger than ${inBytes(maxBytes)}${unpacked}, which is the most that is taken; split it into smaller files`;
}

/** How a path is named in messages. */
export const shownPath = (path: string): string => (path === STDIN ? 'stdin' : path);
