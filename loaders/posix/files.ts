import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Problems } from '../../engine/model/index.ts';
import { inputError } from '../formats/unreadable.ts';
import type { Skipped } from '../loader.ts';
import { type Aliases, aliasKey } from './sudo-rules.ts';
import { type Listed, type Rule, statementsOf } from './sudoers.ts';

/** The largest file that is taken: a million accounts have some 60 MiB. */
const MAX_FILE = 256 * 1024 * 1024;
/** Files of rules that are followed, and how deep. */
const MAX_INCLUDED = 1_000;
const MAX_DEPTH = 128;

/** A file of a machine as it was read. */
export interface MachineFile {
  /** With the root before it. */
  readonly path: string;
  readonly text: string;
}

/** Reads files below the root of a machine, and none outside of it. */
export class MachineFiles {
  readonly root: string;
  readonly skipped: Skipped[] = [];
  readonly #real: string;

  private constructor(root: string, real: string) {
    this.root = root;
    this.#real = real;
  }

  /** @throws InputError when the root is no folder */
  static async open(root: string): Promise<MachineFiles> {
    const real = await realpath(root).catch(() => undefined);
    const isFolder = real !== undefined && (await stat(real)).isDirectory();
    if (!isFolder) throw inputError(root, undefined, 'is no folder; name the root of a machine, such as /');
    return new MachineFiles(root, real);
  }

  /** A file by its path on the machine; undefined where it is missing, or cannot or may not be read: that is told. */
  async read(path: string, isNeeded: boolean): Promise<MachineFile | undefined> {
    const shown = join(this.root, path);
    const real = await this.#inside(shown, isNeeded);
    if (real === undefined) return undefined;
    try {
      if ((await stat(real)).size > MAX_FILE) throw inputError(shown, undefined, 'is larger than 256 MiB');
      return { path: shown, text: (await readFile(real)).toString('utf8') };
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? '');
      if (code === '' || code === 'INPUT_INVALID') throw error;
      this.skipped.push({ where: shown, why: `cannot be read (${code}); run it as root to have it` });
      return undefined;
    }
  }

  /** The names in a folder that sudo reads: without a dot, without a tilde at the end. */
  async namesIn(path: string): Promise<readonly string[]> {
    const shown = join(this.root, path);
    const real = await this.#inside(shown, false);
    if (real === undefined) return [];
    try {
      const names = await readdir(real);
      return names.filter((name) => !name.includes('.') && !name.endsWith('~')).sort();
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? '');
      this.skipped.push({ where: shown, why: `cannot be read (${code}); run it as root to have it` });
      return [];
    }
  }

  async #inside(shown: string, isNeeded: boolean): Promise<string | undefined> {
    let real: string;
    try {
      real = await realpath(shown);
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? '');
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        this.skipped.push({ where: shown, why: `cannot be read (${code}); run it as root to have it` });
      else if (isNeeded) this.skipped.push({ where: shown, why: 'is not there' });
      return undefined;
    }
    if (this.#real === sep || real === this.#real || real.startsWith(this.#real + sep)) return real;
    this.skipped.push({ where: shown, why: 'leads out of the root; it was not followed' });
    return undefined;
  }
}

/** All rules of a machine, from sudoers and what it includes. */
export interface Sudoers {
  readonly rules: readonly (Rule & { readonly file: string })[];
  readonly aliases: Aliases;
}

/** Reads `etc/sudoers` and what it includes. Lines that are no sudoers go to the problems. */
export async function readSudoers(files: MachineFiles, host: string, problems: Problems): Promise<Sudoers> {
  const reading = new SudoersReading(files, host, problems);
  await reading.file('/etc/sudoers', 0);
  return reading;
}

class SudoersReading implements Sudoers {
  readonly rules: (Rule & { readonly file: string })[] = [];
  readonly aliases = new Map<string, readonly Listed[]>();
  readonly #files: MachineFiles;
  readonly #host: string;
  readonly #problems: Problems;
  #count = 0;

  constructor(files: MachineFiles, host: string, problems: Problems) {
    this.#files = files;
    this.#host = host;
    this.#problems = problems;
  }

  async file(path: string, depth: number): Promise<void> {
    this.#count += 1;
    if (depth > MAX_DEPTH || this.#count > MAX_INCLUDED) {
      this.#problems.add({ file: path, message: `more than ${MAX_INCLUDED} files are included, or in a circle` });
      return;
    }
    const read = await this.#files.read(path, depth > 0);
    if (read === undefined) return;
    for (const statement of statementsOf(read.text)) {
      if (statement.is === 'rule') this.rules.push(...statement.rules.map((rule) => ({ ...rule, file: read.path })));
      else if (statement.is === 'alias') this.aliases.set(aliasKey(statement.kind, statement.name), statement.list);
      else if (statement.is === 'include') await this.#include(path, statement.path, statement.folder, depth);
      else this.#problems.add({ file: read.path, line: statement.line, message: statement.why });
    }
  }

  async #include(from: string, named: string, folder: boolean, depth: number): Promise<void> {
    if (this.#problems.total > 0) return;
    const short = this.#host.split('.')[0]!;
    const path = named.replaceAll('%h', short);
    const absolute = path.startsWith('/') ? path : `${from.slice(0, from.lastIndexOf('/'))}/${path}`;
    if (!folder) return this.file(absolute, depth + 1);
    for (const name of await this.#files.namesIn(absolute)) await this.file(`${absolute}/${name}`, depth + 1);
  }
}
