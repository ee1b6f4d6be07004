import { closeSync, constants, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { GrantlensError } from '../../model/index.ts';
import { corrupt } from './sqlite.ts';

/** How far the store had got when a commit was last told to its caller. */
export interface Head {
  readonly sequence: number;
  readonly version: number;
  readonly chain: string;
}

/** Far enough apart that no torn write of a disk sector touches both. */
const SLOT_DISTANCE = 4_096;
const SLOT_BYTES = 128;
const MAGIC = 'grantlens head';

/**
 * A file beside the database that says what the database must at least hold. SQLite alone opens with fewer commits than
 * were acknowledged when its log is cut or its end does not match its sums, and says nothing.
 * Two slots are written in turn, so one of them is whole at any moment.
 */
export class HeadFile {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  static open(path: string): HeadFile {
    return new HeadFile(fileCall(() => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644)));
  }

  /** Durable when it returns. */
  write(head: Head): void {
    const slot = Buffer.alloc(SLOT_BYTES);
    slot.write(MAGIC, 0, 'latin1');
    slot.writeDoubleLE(head.sequence, 16);
    slot.writeDoubleLE(head.version, 24);
    slot.write(head.chain, 32, 'hex');
    slot.writeUInt32LE(crc32(slot.subarray(0, SLOT_BYTES - 4)), SLOT_BYTES - 4);
    fileCall(() => {
      writeSync(this.#descriptor, slot, 0, SLOT_BYTES, (head.sequence % 2) * SLOT_DISTANCE);
      fdatasyncSync(this.#descriptor);
    });
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** The head as last written; undefined where there is no such file. */
export function readHead(path: string): Head | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = fileCall(() => readFileSync(path));
  const heads = [slotAt(bytes, 0), slotAt(bytes, SLOT_DISTANCE)].filter((head) => head !== undefined);
  if (heads.length === 0) throw corrupt('its HEAD file is not readable');
  return heads.reduce((a, b) => (a.sequence > b.sequence ? a : b));
}

function slotAt(bytes: Buffer, at: number): Head | undefined {
  const slot = bytes.subarray(at, at + SLOT_BYTES);
  if (slot.length < SLOT_BYTES || slot.readUInt32LE(SLOT_BYTES - 4) !== crc32(slot.subarray(0, SLOT_BYTES - 4))) {
    return undefined;
  }
  if (!slot.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC, 'latin1'))) return undefined;
  return { sequence: slot.readDoubleLE(16), version: slot.readDoubleLE(24), chain: slot.toString('hex', 32, 64) };
}

/** Turns what the file system throws into errors of this product. */
export function fileCall<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof GrantlensError) throw error;
    throw new GrantlensError(
      'STORE_FAILED',
      `The store's files cannot be used: ${(error as Error).message}.`,
      {},
      error,
    );
  }
}
