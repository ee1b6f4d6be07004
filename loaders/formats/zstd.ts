import { Decompress } from 'fzstd';
import { ByteQueue } from './byte-queue.ts';
import { unreadable } from './unreadable.ts';
import { Xxh64 } from './xxh64.ts';
import { type ZstdCodec, zstdCodec } from './zstd-codec.ts';
import { damaged, type FrameHead, frameChecksum, nextBlock, nextFrame, ZstdFault } from './zstd-frames.ts';

/** Frames that can grow no larger than this are decompressed whole; larger ones block by block, in bounded memory. */
export const WHOLE_FRAME = 64 * 1024 * 1024;

/**
 * Decompresses a zstd archive of one or more frames. Checksums are verified where the archive has them.
 *
 * @param wholeFrame see `WHOLE_FRAME`
 * @throws GrantlensError INPUT_UNREADABLE when it is cut off, damaged or not zstd at all
 */
export async function* unzstd(
  file: string,
  stored: AsyncIterable<Buffer>,
  wholeFrame: number = WHOLE_FRAME,
): AsyncGenerator<Buffer> {
  const queue = new ByteQueue(stored);
  try {
    const codec = await zstdCodec();
    for (;;) {
      const frame = await nextFrame(queue);
      if (frame === undefined) return;
      yield* contentOf(frame, queue, codec, wholeFrame);
    }
  } catch (error) {
    if (error instanceof ZstdFault) throw unreadable(file, error.message, {}, error);
    throw error;
  } finally {
    await queue.close();
  }
}

/** Gathers the frame; goes over to streaming when it may grow too large. */
async function* contentOf(
  frame: FrameHead,
  queue: ByteQueue,
  codec: ZstdCodec,
  wholeFrame: number,
): AsyncGenerator<Buffer> {
  const parts = [frame.bytes];
  let bound = 0;
  let gathered = 0;
  while (Math.min(bound, frame.contentSize ?? bound) <= wholeFrame && gathered <= 2 * wholeFrame) {
    const block = await nextBlock(queue, frame);
    parts.push(block.bytes);
    bound += block.maxSize;
    gathered += block.bytes.length;
    if (!block.last) continue;
    if (frame.hasChecksum) parts.push(await frameChecksum(queue));
    // No frame holds more than its blocks can; libzstd as WebAssembly would take the frame's word for it.
    if (frame.contentSize !== undefined && frame.contentSize > bound) throw damaged();
    yield whole(codec, Buffer.concat(parts), frame.contentSize ?? bound);
    return;
  }
  yield* streamed(frame, parts, queue);
}

function whole(codec: ZstdCodec, frame: Buffer, maxSize: number): Buffer {
  try {
    const content = codec.decompress(frame, maxSize);
    return Buffer.from(content.buffer, content.byteOffset, content.length);
  } catch (error) {
    throw damaged(error);
  }
}

/** Block by block, in the memory of the frame's window. */
async function* streamed(frame: FrameHead, gathered: readonly Buffer[], queue: ByteQueue): AsyncGenerator<Buffer> {
  const machine = new BlockMachine();
  for (const part of gathered) yield* machine.push(part);
  for (let last = false; !last; ) {
    const block = await nextBlock(queue, frame);
    last = block.last;
    yield* machine.push(block.bytes);
  }
  if (!frame.hasChecksum) return;
  const told = (await frameChecksum(queue)).readUInt32LE(0);
  if (told !== machine.hash.low32()) throw damaged();
}

class BlockMachine {
  readonly hash = new Xxh64();
  readonly #out: Buffer[] = [];
  readonly #decompress = new Decompress((data) => this.#out.push(Buffer.from(data)));

  push(bytes: Buffer): readonly Buffer[] {
    try {
      this.#decompress.push(bytes, false);
    } catch (error) {
      throw damaged(error);
    }
    const out = this.#out.splice(0);
    for (const part of out) this.hash.update(part);
    return out;
  }
}
