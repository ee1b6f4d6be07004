import { Problems } from '../../engine/model/index.ts';
import { JsonScanner, placeOf } from './json-scan.ts';
import { type OpenOptions, shownPath } from './open-text.ts';
import { readWholeText } from './whole-text.ts';

/**
 * Parses one JSON document.
 *
 * @param file named in messages
 * @throws InputError with line and column of the first fault of syntax, of every key that an object has twice, and of
 *   nesting deeper than 200 levels
 */
export function parseJson(text: string, file: string): unknown {
  const problems = new Problems();
  for (const { offset, field, message } of new JsonScanner().scan(text)) {
    const { line, column } = placeOf(text, offset);
    problems.add({ file, line, ...(field === undefined ? {} : { field }), message: `column ${column}: ${message}` });
  }
  problems.throwIfAny();
  return JSON.parse(text);
}

/**
 * Reads a file that holds one JSON document.
 *
 * @throws what `readWholeText` and `parseJson` throw
 */
export async function readJsonDocument(path: string, options: OpenOptions = {}): Promise<unknown> {
  return parseJson(await readWholeText(path, options), shownPath(path));
}
