import { basename } from 'node:path';
import type { Problems } from '../../engine/model/index.ts';
import type { Skipped } from '../loader.ts';
import type { FileMapping, Mapping } from './mapping.ts';

/** A CSV file and the part of the mapping that says how to read it. */
export interface ChosenFile {
  readonly path: string;
  readonly mapping: FileMapping;
}

/**
 * Finds for each file the first entry of the mapping whose pattern its name matches; in the order of the mapping.
 * A file that the user named and no entry is for is a problem, one found in a folder is left aside. An entry that no
 * file is for is a problem unless it is optional: what it told before would be withdrawn.
 *
 * @param named the paths as the user gave them
 */
export function chooseFiles(
  mapping: Mapping,
  files: readonly string[],
  named: readonly string[],
  skipped: Skipped[],
  problems: Problems,
): readonly ChosenFile[] {
  const chosen = files.flatMap((path) => {
    const entry = mapping.files.find(({ pattern }) => matches(path, pattern));
    if (entry !== undefined) return [{ path, mapping: entry }];
    const why = `no entry under "files" in ${mapping.file} is for it`;
    if (named.includes(path)) problems.add({ file: path, message: `${why}; add one, or leave the file out` });
    else skipped.push({ where: path, why });
    return [];
  });
  for (const entry of mapping.files) {
    if (entry.optional || chosen.some((file) => file.mapping === entry)) continue;
    const message = `no file ${JSON.stringify(entry.pattern)} was given; name it too, or set optional: true`;
    problems.add({ file: mapping.file, line: entry.line, field: `${entry.path}.file`, message });
  }
  const order = (file: ChosenFile): number => mapping.files.indexOf(file.mapping);
  return chosen.sort((a, b) => order(a) - order(b));
}

/** Whether the name of a file, without .gz or .zst, is as a pattern has it. */
function matches(path: string, pattern: string): boolean {
  const name = basename(path);
  return matchesName(name, pattern) || matchesName(name.replace(/\.(gz|zst)$/, ''), pattern);
}

/** `*` stands for any run of characters, `?` for one. Takes time by the product of the lengths at worst. */
function matchesName(name: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let place = 0;
  while (at < name.length) {
    if (pattern[place] === '*') {
      star = place++;
      resume = at;
    } else if (place < pattern.length && (pattern[place] === '?' || pattern[place] === name[at])) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      place = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[place] === '*') place += 1;
  return place === pattern.length;
}
