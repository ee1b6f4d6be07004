import { isUtf8 } from 'node:buffer';
import type { GrantlensError } from '../../engine/model/index.ts';
import { type OpenOptions, openBytes, shownPath } from './open-bytes.ts';
import { unreadable } from './unreadable.ts';
import { firstBadByte, unfinishedTail } from './utf8.ts';

export type { OpenOptions } from './open-bytes.ts';
export { STDIN, shownPath } from './open-bytes.ts';

const NEWLINE = 10;
/** Bytes that must be there before the marks of encodings and archives can be told. */
const MARK_LENGTH = 4;

/**
 * The UTF-8 text of a file as chunks of bytes, each of them whole characters; decompressed as `openBytes` does. A
 * byte-order mark is dropped.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE with file, line and byte offset where the text is not UTF-8;
 *   InputError when there is more than `maxBytes` of it
 */
export async function* openText(path: string, options: OpenOptions = {}): AsyncGenerator<Buffer> {
  const reading = new TextReading(options.shownAs ?? shownPath(path));
  for await (const chunk of openBytes(path, options)) {
    const text = reading.take(chunk);
    if (text.length > 0) yield text;
  }
  const text = reading.end();
  if (text.length > 0) yield text;
}

/** Checks bytes as they come, and keeps count of where it is for messages. */
class TextReading {
  readonly #file: string;
  #held: Buffer = Buffer.alloc(0);
  #started = false;
  /** Bytes and line ends before the chunk at hand. */
  #offset = 0;
  #newlines = 0;

  constructor(file: string) {
    this.#file = file;
  }

  take(chunk: Buffer): Buffer {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (!this.#started && bytes.length < MARK_LENGTH) {
      this.#held = bytes;
      return Buffer.alloc(0);
    }
    return this.#check(this.#withoutMark(bytes), false);
  }

  end(): Buffer {
    return this.#check(this.#withoutMark(this.#held), true);
  }

  #withoutMark(bytes: Buffer): Buffer {
    if (this.#started) return bytes;
    this.#started = true;
    const wrong = foreignMark(bytes);
    if (wrong !== undefined) throw unreadable(this.#file, wrong);
    if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return bytes;
    this.#offset = 3;
    return bytes.subarray(3);
  }

  #check(bytes: Buffer, last: boolean): Buffer {
    const tail = last ? 0 : unfinishedTail(bytes);
    const text = bytes.subarray(0, bytes.length - tail);
    this.#held = bytes.subarray(bytes.length - tail);
    if (!isUtf8(text)) throw this.#notUtf8(text);
    const nul = text.indexOf(0);
    if (nul >= 0) throw this.#at(text, nul, 'a NUL byte; text files hold none (is it UTF-16, or a binary file?)');
    this.#offset += text.length;
    this.#newlines += countNewlines(text);
    return text;
  }

  #notUtf8(text: Buffer): GrantlensError {
    const { offset, incomplete } = firstBadByte(text);
    if (incomplete) return this.#at(text, offset, 'the file ends in the middle of a character; it was cut off');
    const byte = text[offset]!.toString(16).padStart(2, '0').toUpperCase();
    const what = `byte 0x${byte} is not UTF-8; convert the file (for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEWFILE)`;
    return this.#at(text, offset, what);
  }

  #at(text: Buffer, index: number, what: string): GrantlensError {
    const line = this.#newlines + countNewlines(text.subarray(0, index)) + 1;
    const byte = this.#offset + index;
    return unreadable(this.#file, `${what} (byte offset ${byte})`, { line, byte });
  }
}

/** What the first bytes give away when they are not those of a UTF-8 text. */
function foreignMark(bytes: Buffer): string | undefined {
  const starts = (...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    return 'is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8 FILE > NEWFILE';
  }
  if (starts(0x1f, 0x8b)) return 'is a gzip archive; give it a name that ends in .gz';
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'is a zstd archive; give it a name that ends in .zst';
  if (starts(0x50, 0x4b, 0x03, 0x04))
    return 'is a zip archive; give it a name that ends in .zip where the format reads archives, else unpack it first';
  return undefined;
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
