/** The text of a SID in its binary form (MS-DTYP 2.4.2.2); undefined where the bytes are none. */
export function sidText(bytes: Buffer): string | undefined {
  if (bytes.length < 8 || bytes[0] !== 1 || bytes.length !== 8 + 4 * bytes[1]!) return undefined;
  const parts = [bytes.readUIntBE(2, 6)];
  for (let at = 8; at < bytes.length; at += 4) parts.push(bytes.readUInt32LE(at));
  return `S-1-${parts.join('-')}`;
}
