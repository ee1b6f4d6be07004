import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, GrantlensError, type ImportFiles } from '../engine/index.ts';
import { createTextSink, type TextSink } from '../loaders/index.ts';
import { closeOnSignal } from './interruption.ts';
import { Progress } from './progress.ts';

export interface ImportFolder {
  readonly folder: string;
  /** What every name ends in, beyond the names that the engine gives: `.gz` or nothing. */
  readonly suffix: '' | '.gz';
}

/**
 * Writes the graph's files for Neo4j's importer into a new or empty folder. They get their names when all are whole; when it
 * comes to nothing, nothing is left behind.
 *
 * @throws GrantlensError ARGUMENT_INVALID when there is something in the folder, or it cannot be written to
 */
export async function writeImportFolder(
  engine: Engine,
  { folder, suffix }: ImportFolder,
  stderr: NodeJS.WriteStream,
): Promise<ImportFiles> {
  const made = await emptyFolder(folder);
  const sinks = new Sinks(folder, suffix);
  const forget = closeOnSignal(() => sinks.discard());
  const progress = new Progress(stderr, `writing ${folder}`, 'rows');
  try {
    const files = await engine.writeNeo4jImport((file, text) => {
      progress.step();
      return sinks.write(file, text);
    });
    await sinks.close();
    return files;
  } catch (error) {
    await sinks.discard();
    if (made) await rmdir(folder).catch(() => {});
    throw error;
  } finally {
    progress.end();
    forget();
  }
}

/** @returns whether the folder was made */
async function emptyFolder(folder: string): Promise<boolean> {
  try {
    const made = (await mkdir(folder, { recursive: true })) !== undefined;
    if ((await readdir(folder)).length === 0) return made;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new GrantlensError(
      'ARGUMENT_INVALID',
      `${folder}: it cannot be written to (${code})`,
      { file: folder },
      error,
    );
  }
  throw new GrantlensError('ARGUMENT_INVALID', `${folder}: it is not empty; name a new or an empty folder`, {
    file: folder,
  });
}

/** The files of a folder that are being written, opened as they are met. */
class Sinks {
  readonly #folder: string;
  readonly #suffix: string;
  readonly #sinks = new Map<string, TextSink>();

  constructor(folder: string, suffix: string) {
    this.#folder = folder;
    this.#suffix = suffix;
  }

  write(file: string, text: string): Promise<void> | undefined {
    const sink = this.#sinks.get(file);
    return sink === undefined ? this.#first(file, text) : sink.write(text);
  }

  async #first(file: string, text: string): Promise<void> {
    const sink = await createTextSink(this.#pathOf(file));
    this.#sinks.set(file, sink);
    await sink.write(text);
  }

  async close(): Promise<void> {
    for (const sink of this.#sinks.values()) await sink.close();
  }

  /** Takes away also what has its name already. */
  async discard(): Promise<void> {
    for (const [file, sink] of this.#sinks) {
      await sink.discard();
      await rm(this.#pathOf(file), { force: true });
    }
  }

  #pathOf = (file: string): string => join(this.#folder, `${file}${this.#suffix}`);
}
