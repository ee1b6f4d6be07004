import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { constants, createGzip } from 'node:zlib';
import { GrantlensError } from '../../engine/model/index.ts';
import { zstdCodec } from './zstd-codec.ts';

/** Text gathered before it is compressed and written, in UTF-16 units. */
const GATHERED = 1024 * 1024;

/** A text file that is being written. It appears under its name when `close` resolves, whole or not at all. */
export interface TextSink {
  /** Resolves when there is room for more; undefined when there still is. `await sink.write(text)` is right for both. */
  write(text: string): Promise<void> | undefined;
  /** Writes what is left, makes it durable and gives the file its name. */
  close(): Promise<void>;
  /** Gives up: nothing is left behind. Does nothing after `close`. */
  discard(): Promise<void>;
}

/** Turns chunks into what is stored of them; `undefined` stands for the end. */
type Packer = (chunk: Buffer | undefined) => Promise<Uint8Array>;

/**
 * Opens a text file for writing: compressed when its name ends in `.gz` or `.zst` (as frames one after the other). It is
 * written under a temporary name beside the path and renamed at the end. Equal text gives equal bytes.
 *
 * @throws GrantlensError ARGUMENT_INVALID when the place cannot be written to
 */
export async function createTextSink(path: string): Promise<TextSink> {
  const pack = await packerFor(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  const file = await about(path, () => open(temporary, 'wx'));
  return new FileSink(path, temporary, file, pack);
}

class FileSink implements TextSink {
  readonly #path: string;
  readonly #temporary: string;
  readonly #file: FileHandle;
  readonly #pack: Packer;
  #text = '';
  #writing: Promise<void> = Promise.resolve();
  #open = true;

  constructor(path: string, temporary: string, file: FileHandle, pack: Packer) {
    this.#path = path;
    this.#temporary = temporary;
    this.#file = file;
    this.#pack = pack;
  }

  write(text: string): Promise<void> | undefined {
    this.#text += text;
    return this.#text.length < GATHERED ? undefined : this.#flush();
  }

  /** One flush after the other: a second waits for the first. */
  #flush(): Promise<void> {
    const chunk = Buffer.from(this.#text);
    this.#text = '';
    this.#writing = this.#writing.then(() => this.#store(chunk));
    return this.#writing;
  }

  async #store(chunk: Buffer | undefined): Promise<void> {
    const packed = await this.#pack(chunk);
    if (packed.length > 0) await about(this.#path, () => this.#file.writeFile(packed));
  }

  async close(): Promise<void> {
    try {
      if (this.#text.length > 0) await this.#flush();
      await this.#writing;
      await this.#store(undefined);
      await about(this.#path, () => this.#file.sync());
      await this.#file.close();
      this.#open = false;
      await about(this.#path, () => rename(this.#temporary, this.#path));
    } catch (error) {
      await this.discard();
      await rm(this.#temporary, { force: true });
      throw error;
    }
  }

  async discard(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#writing.catch(() => {});
    await this.#file.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }
}

async function packerFor(path: string): Promise<Packer> {
  if (path.endsWith('.gz')) return gzipPacker();
  if (path.endsWith('.zst')) return zstdPacker();
  return async (chunk) => chunk ?? Buffer.alloc(0);
}

async function zstdPacker(): Promise<Packer> {
  const codec = await zstdCodec();
  let frames = 0;
  return async (chunk) => {
    if (chunk === undefined && frames > 0) return Buffer.alloc(0);
    frames += 1;
    return codec.compress(chunk ?? Buffer.alloc(0));
  };
}

function gzipPacker(): Packer {
  const gzip = createGzip();
  const out: Buffer[] = [];
  gzip.on('data', (data: Buffer) => out.push(data));
  return (chunk) =>
    new Promise((resolve, reject) => {
      gzip.once('error', reject);
      const done = (): void => {
        gzip.off('error', reject);
        resolve(Buffer.concat(out.splice(0)));
      };
      if (chunk === undefined) gzip.once('end', done).end();
      else gzip.write(chunk, () => gzip.flush(constants.Z_NO_FLUSH, done));
    });
}

async function about<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const why = code === 'ENOENT' ? 'its folder does not exist' : `it cannot be written (${code})`;
    throw new GrantlensError('ARGUMENT_INVALID', `${path}: ${why}`, { file: path, code }, error);
  }
}
