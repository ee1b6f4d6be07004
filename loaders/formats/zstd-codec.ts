import * as zlib from 'node:zlib';
import { Xxh64 } from './xxh64.ts';

/** zlib's part for zstd, there from Node 22.15 on. */
interface BuiltIn {
  readonly constants: { readonly ZSTD_c_checksumFlag?: number };
  readonly zstdCompressSync?: (bytes: Uint8Array, options: { readonly params: Record<number, number> }) => Uint8Array;
  readonly zstdDecompressSync?: (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;
}

/** Compression and decompression of single zstd frames in memory. */
export interface ZstdCodec {
  /** One frame that tells its size and carries a checksum. */
  compress(bytes: Uint8Array): Uint8Array;
  /**
   * The content of exactly one frame, its checksum verified.
   *
   * @param maxSize an upper bound of the content's bytes
   * @throws any error for a damaged frame
   */
  decompress(frame: Uint8Array, maxSize: number): Uint8Array;
}

/** The runtime's own codec where it has one, else libzstd as WebAssembly, loaded when it is first needed. */
export function zstdCodec(): Promise<ZstdCodec> {
  return builtInCodec() ?? wasmCodec();
}

/** The runtime's own codec, if it has one. */
export function builtInCodec(): Promise<ZstdCodec> | undefined {
  const { constants, zstdCompressSync, zstdDecompressSync } = zlib as unknown as BuiltIn;
  if (zstdCompressSync === undefined || zstdDecompressSync === undefined) return undefined;
  const params = { [constants.ZSTD_c_checksumFlag!]: 1 };
  return Promise.resolve({
    compress: (bytes) => zstdCompressSync(bytes, { params }),
    decompress: (frame, maxSize) => zstdDecompressSync(frame, { maxOutputLength: Math.max(1, maxSize) }),
  });
}

let wasm: Promise<ZstdCodec> | undefined;

/** libzstd as WebAssembly. Started once: a second start would mix the memories of the two. */
export function wasmCodec(): Promise<ZstdCodec> {
  wasm ??= startWasm();
  return wasm;
}

async function startWasm(): Promise<ZstdCodec> {
  const zstd = await import('@bokuweb/zstd-wasm');
  await zstd.init();
  return {
    compress: (bytes) => withChecksum(zstd.compress(bytes as Buffer, 3), bytes),
    decompress: (frame, maxSize) => zstd.decompress(frame as Buffer, { defaultHeapSize: Math.max(1, maxSize) }),
  };
}

/** The WebAssembly build writes frames without a checksum: the flag is bit 2 of the fifth byte, the sum follows the frame. */
function withChecksum(frame: Uint8Array, content: Uint8Array): Uint8Array {
  const hash = new Xxh64();
  hash.update(content);
  const sealed = Buffer.alloc(frame.length + 4);
  sealed.set(frame);
  sealed[4] = sealed[4]! | 4;
  sealed.writeUInt32LE(hash.low32(), frame.length);
  return sealed;
}
