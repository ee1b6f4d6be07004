/** A file in YAML that says what becomes of the things in others. */

import { shownPath } from '../formats/open-text.ts';
import { inputError } from '../formats/unreadable.ts';
import { readWholeText } from '../formats/whole-text.ts';
import { type YamlFields, YamlFile } from './yaml-fields.ts';

/** A mapping file is small; a large one is another file. */
const MAX_MAPPING = 1024 * 1024;

/**
 * Reads a mapping file.
 *
 * @param of what its fields say; reports what is wrong to the file
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE; InputError with line and field of everything wrong in it
 */
export async function readMappingFile<T>(path: string, of: (root: YamlFields) => T): Promise<T> {
  const text = await readWholeText(path, { maxBytes: MAX_MAPPING });
  const file = new YamlFile(shownPath(path), text);
  file.throwIfAny();
  if (file.root === null) throw inputError(file.file, undefined, 'the file holds no mapping');
  const root = file.fields(file.root, '');
  const mapping = root === undefined ? undefined : of(root);
  file.throwIfAny();
  return mapping!;
}
