import { constants } from 'node:buffer';
import { type OpenOptions, openText, shownPath } from './open-text.ts';
import { inputError } from './unreadable.ts';

/** The largest document that is taken whole, in bytes: 512 MiB, or what the runtime can hold as one text if that is less. */
export const MAX_DOCUMENT = Math.min(512 * 1024 * 1024, constants.MAX_STRING_LENGTH);

/**
 * A text file as one string, without its byte-order mark.
 *
 * @param options `maxBytes`: default 512 MiB
 * @throws what `openText` throws; InputError when the file is empty or holds only white space
 */
export async function readWholeText(path: string, options: OpenOptions = {}): Promise<string> {
  const chunks: Buffer[] = [];
  const maxBytes = Math.min(options.maxBytes ?? MAX_DOCUMENT, constants.MAX_STRING_LENGTH);
  for await (const chunk of openText(path, { ...options, maxBytes })) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  if (/^\s*$/.test(text)) throw emptyFile(options.shownAs ?? shownPath(path));
  return text;
}

/** The error for a file with nothing in it. */
export const emptyFile = (file: string): Error =>
  inputError(file, undefined, 'the file is empty; check that the export that wrote it came to its end');
