import { Decompress } from 'fzstd';
import { unreadable } from './unreadable.ts';

/**
 * Decompresses a zstd archive of one or more frames.
 *
 * @throws GrantlensError INPUT_UNREADABLE when it is cut off, damaged or not zstd at all
 */
export async function* unzstd(file: string, stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const out: Buffer[] = [];
  const machine = new Decompress((data) => out.push(Buffer.from(data)));
  for await (const chunk of stored) {
    push(file, machine, chunk, false);
    yield* out.splice(0);
  }
  push(file, machine, new Uint8Array(0), true);
  yield* out.splice(0);
}

function push(file: string, machine: Decompress, chunk: Uint8Array, last: boolean): void {
  try {
    machine.push(chunk, last);
  } catch (error) {
    throw unreadable(file, 'the zstd archive ends before its end or is damaged; copy or download it again', {}, error);
  }
}
