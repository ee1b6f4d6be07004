import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GrantlensError } from '../../engine/model/index.ts';
import { unreadable } from './unreadable.ts';

/**
 * Decompresses a gzip archive of one or more members.
 *
 * @throws GrantlensError INPUT_UNREADABLE when it is cut off, damaged or not gzip at all
 */
export async function* ungzip(file: string, stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  /** Padding with zeros at the end is usual; anything else there would be left out in silence. */
  let lastNonZero = -1;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      const last = chunk.findLastIndex((byte) => byte !== 0);
      if (last >= 0) lastNonZero = size + last;
      size += chunk.length;
      yield chunk;
    }
    if (size === 0) throw unreadable(file, 'the archive is empty: it does not even hold the start of a gzip archive');
  };
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(counted()), gunzip, () => {});
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    if (lastNonZero >= gunzip.bytesWritten)
      throw unreadable(file, 'the gzip archive has something else behind its end');
  } catch (error) {
    throw error instanceof GrantlensError ? error : unreadable(file, whyNotGzip(error, size), {}, error);
  }
}

function whyNotGzip(error: unknown, size: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return `the archive ends before its end: it was cut off after ${size} bytes; copy or download it again`;
  }
  if (message === 'incorrect header check') {
    return 'the name ends in .gz but this is not (or not all of it is) a gzip archive; rename it or compress it again';
  }
  return `the gzip archive is damaged (${message}); copy or download it again`;
}
