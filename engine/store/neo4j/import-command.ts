/** What to tell `neo4j-admin` so that it reads the files of an import exactly. */
import type { ImportFiles } from './import-rows.ts';

/** What the importer takes as a buffer unless told, in bytes. */
const BUFFER = 4 * 1024 * 1024;

/**
 * The arguments of `neo4j-admin`, one by one as a program would give them.
 *
 * @param place says where a file of that name lies
 */
export function importArguments(
  files: ImportFiles,
  place: (file: string) => string,
  database = 'neo4j',
): readonly string[] {
  const { arrayDelimiter, longestLine } = files;
  return [
    'database',
    'import',
    'full',
    database,
    `--array-delimiter=U+${arrayDelimiter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    '--multiline-fields=true',
    '--ignore-empty-strings=false',
    '--trim-strings=false',
    '--strict=true',
    ...bufferFor(longestLine),
    ...files.files.map(({ name, of }) => `--${of}=${place(name)}`),
  ];
}

/** A buffer holds the longest value of all, in whatever encoding: four bytes are enough for a UTF-16 unit. */
function bufferFor(longestLine: number): readonly string[] {
  let size = BUFFER;
  while (size < longestLine * 4) size *= 2;
  return size === BUFFER ? [] : [`--read-buffer-size=${size}`];
}

const PLAIN = /^[\w%+,./:=@-]+$/;

/** The arguments as a POSIX shell takes them, each option on a line of its own. */
export const shellCommand = (program: string, args: readonly string[]): string =>
  [program, ...args].map((word) => (word.startsWith('--') ? `\\\n  ${shellWord(word)}` : shellWord(word))).join(' ');

const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
