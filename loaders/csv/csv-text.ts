import { openBytes } from '../formats/open-bytes.ts';
import { type OpenOptions, openText, shownPath } from '../formats/open-text.ts';
import { unreadable } from '../formats/unreadable.ts';

/**
 * The text of a CSV file in pieces, every line end as `\n`, without a byte-order mark.
 *
 * @param encoding the name that `TextDecoder` gives to an encoding
 * @throws what `openText` throws; GrantlensError INPUT_UNREADABLE where the bytes are not of the encoding
 */
export async function* csvText(path: string, encoding: string, options: OpenOptions = {}): AsyncGenerator<string> {
  let heldReturn = '';
  for await (const piece of encoding === 'utf-8' ? utf8Text(path, options) : otherText(path, encoding, options)) {
    const text = heldReturn + piece;
    // A return at the end may have its newline in the next piece.
    heldReturn = text.endsWith('\r') ? '\r' : '';
    const whole = heldReturn === '' ? text : text.slice(0, -1);
    if (whole !== '') yield whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  }
  if (heldReturn !== '') yield '\n';
}

async function* utf8Text(path: string, options: OpenOptions): AsyncGenerator<string> {
  for await (const chunk of openText(path, options)) yield chunk.toString('utf8');
}

async function* otherText(path: string, encoding: string, options: OpenOptions): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of openBytes(path, options))
    yield decoded(path, encoding, () => decoder.decode(chunk, { stream: true }));
  yield decoded(path, encoding, () => decoder.decode());
}

function decoded(path: string, encoding: string, decode: () => string): string {
  let text: string;
  try {
    text = decode();
  } catch (error) {
    throw unreadable(
      shownPath(path),
      `holds bytes that are not ${encoding}; check "encoding" in the mapping`,
      {},
      error,
    );
  }
  if (text.includes('\0')) throw unreadable(shownPath(path), `holds a NUL character when read as ${encoding}`);
  return text;
}
