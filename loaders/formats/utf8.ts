/**
 * Where a text stops being UTF-8: the offset of the first byte of the first sequence that is not well-formed (Unicode
 * 15, table 3-7), or -1. `incomplete` tells a sequence that is only cut off by the end of the bytes from a wrong one.
 */
export function firstBadByte(bytes: Uint8Array): { readonly offset: number; readonly incomplete: boolean } {
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes[i]!);
    if (length === 0) return { offset: i, incomplete: false };
    for (let k = 1; k < length; k++) {
      if (i + k >= bytes.length) return { offset: i, incomplete: true };
      if (!mayFollow(bytes[i]!, bytes[i + k]!, k)) return { offset: i, incomplete: false };
    }
    i += length;
  }
  return { offset: -1, incomplete: false };
}

/** Bytes of the sequence that this byte leads, 0 when it leads none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Whether a byte may stand at a place of its sequence: no overlong forms, no surrogates, nothing above U+10FFFF. */
function mayFollow(lead: number, byte: number, place: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (place > 1) return true;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte <= 0x9f;
  if (lead === 0xf0) return byte >= 0x90;
  return lead !== 0xf4 || byte <= 0x8f;
}

/** How many bytes at the end belong to a sequence that goes on after them: 0 to 3. Looks at the last three bytes only. */
export function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}
