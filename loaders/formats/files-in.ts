import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Skipped } from '../loader.ts';
import { STDIN } from './open-text.ts';
import { aboutPath, inputError } from './unreadable.ts';

export interface FilesInOptions {
  /** Endings of the files that are taken from a folder, such as `['.yaml', '.yml']`; each also with `.gz` and `.zst` behind it. */
  readonly extensions: readonly string[];
}

export interface FilesIn {
  /** Paths that start as the user wrote them; those of a folder in code unit order. */
  readonly files: readonly string[];
  /** Symbolic links that were not followed because they lead out of their folder. */
  readonly skipped: readonly Skipped[];
}

/**
 * The files that a path stands for: the path itself when it is a file (whatever its ending) or `-`, else every file of
 * the folder, to any depth, whose name ends as asked. Names that start with a dot are left out. A file that symbolic
 * links show in several places is taken once, under its first path.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE; InputError when a folder holds no such file
 */
export async function filesIn(path: string, options: FilesInOptions): Promise<FilesIn> {
  if (path === STDIN) return { files: [path], skipped: [] };
  try {
    if (!(await stat(path)).isDirectory()) return { files: [path], skipped: [] };
    const walk = new FolderWalk(await realpath(path), options.extensions);
    await walk.folder(path);
    if (walk.files.length === 0) throw noneFound(path, options.extensions);
    return { files: walk.files.sort(), skipped: walk.skipped };
  } catch (error) {
    throw aboutPath(path, error);
  }
}

/**
 * The files that several paths stand for, one after the other; a file that two of them name is taken once.
 *
 * @throws what `filesIn` throws
 */
export async function filesInAll(paths: readonly string[], options: FilesInOptions): Promise<FilesIn> {
  const files = new Map<string, string>();
  const skipped: Skipped[] = [];
  for (const path of paths) {
    const found = await filesIn(path, options);
    skipped.push(...found.skipped);
    for (const file of found.files) {
      const key = file === STDIN ? file : await realPathOf(file);
      if (!files.has(key)) files.set(key, file);
    }
  }
  return { files: [...files.values()], skipped };
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw aboutPath(path, error);
  }
}

class FolderWalk {
  readonly files: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly #root: string;
  readonly #extensions: readonly string[];
  /** Real paths that were seen, so that links cannot lead in a circle or show a file twice. */
  readonly #seen = new Set<string>();

  constructor(root: string, extensions: readonly string[]) {
    this.#root = root;
    this.#seen.add(root);
    this.#extensions = extensions.flatMap((ending) => [ending, `${ending}.gz`, `${ending}.zst`]);
  }

  async folder(path: string): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true });
    const visible = entries.filter((entry) => !entry.name.startsWith('.'));
    visible.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of visible) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) await this.#link(inner, entry.name);
      else await this.#entry(inner, entry.name, entry.isDirectory(), entry.isFile());
    }
  }

  async #link(path: string, name: string): Promise<void> {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) this.skipped.push({ where: path, why: 'a symbolic link to nothing' });
    else if (target !== this.#root && !target.startsWith(this.#root + sep)) {
      this.skipped.push({ where: path, why: 'a symbolic link out of the folder; name its target to load it' });
    } else {
      const what = await stat(target);
      await this.#entry(path, name, what.isDirectory(), what.isFile());
    }
  }

  async #entry(path: string, name: string, isFolder: boolean, isFile: boolean): Promise<void> {
    if (!isFolder && !(isFile && this.#wanted(name))) return;
    const real = await realpath(path);
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    if (isFolder) await this.folder(path);
    else this.files.push(path);
  }

  #wanted(name: string): boolean {
    return this.#extensions.some((ending) => name.toLowerCase().endsWith(ending));
  }
}

function noneFound(path: string, extensions: readonly string[]): Error {
  return inputError(path, undefined, `the folder holds no file that ends in ${extensions.join(', ')}`);
}
