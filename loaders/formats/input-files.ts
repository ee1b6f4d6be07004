import { basename } from 'node:path';
import type { Skipped } from '../loader.ts';
import { filesInAll } from './files-in.ts';
import { type OpenOptions, STDIN, shownPath } from './open-bytes.ts';
import { spooledInput } from './spooled-input.ts';
import { inputError } from './unreadable.ts';
import { zipEntries } from './zip.ts';

/** A file to read, be it one of the disk or an entry of an archive. May be read as often as needed. */
export interface InputFile {
  /** What `openText` and the readers on top of it take. */
  readonly path: string;
  readonly options: OpenOptions;
  /** How it is named in messages: `export.zip!users.json` for an entry. */
  readonly shownAs: string;
  /** Its name without folders. */
  readonly name: string;
}

export interface InputFiles {
  readonly files: readonly InputFile[];
  readonly skipped: readonly Skipped[];
}

export interface InputFilesOptions {
  /** Endings of the files that are taken from folders and archives, such as `['.json']`. */
  readonly extensions: readonly string[];
  /** Whether zip archives are opened. */
  readonly archives?: boolean;
}

/**
 * The files that paths stand for: those of a folder and, where asked for, those in zip archives. Standard input is
 * kept in a temporary file first.
 *
 * @throws what `filesInAll` and `zipEntries` throw; InputError for more standard input than is kept, and for an archive without a fitting file
 */
export async function inputFiles(paths: readonly string[], options: InputFilesOptions): Promise<InputFiles> {
  const { extensions, archives = false } = options;
  const found = await filesInAll(paths, { extensions: archives ? [...extensions, '.zip'] : extensions });
  const files: InputFile[] = [];
  for (const path of found.files) {
    if (path === STDIN) files.push(await standardInput());
    else if (archives && path.toLowerCase().endsWith('.zip')) files.push(...(await filesOfArchive(path, extensions)));
    else files.push({ path, options: {}, shownAs: shownPath(path), name: basename(path) });
  }
  return { files, skipped: found.skipped };
}

/** Kept in a file, so that it can be read as often as needed. */
async function standardInput(): Promise<InputFile> {
  return { path: await spooledInput(), options: { shownAs: 'stdin' }, shownAs: 'stdin', name: 'stdin' };
}

async function filesOfArchive(path: string, extensions: readonly string[]): Promise<readonly InputFile[]> {
  const entries = (await zipEntries(path)).filter(({ name }) =>
    extensions.some((end) => name.toLowerCase().endsWith(end)),
  );
  if (entries.length === 0) {
    throw inputError(path, undefined, `the archive holds no file that ends in ${extensions.join(', ')}`);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.map(({ name, bytes }) => {
    const shownAs = `${path}!${name}`;
    return { path: shownAs, options: { bytes, shownAs }, shownAs, name: name.slice(name.lastIndexOf('/') + 1) };
  });
}
