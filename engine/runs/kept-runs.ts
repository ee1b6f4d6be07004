/** Runs as documents of the store: a record each, and what was found in parts beside it. */
import { GrantlensError, type Instant, type JsonValue } from '../model/index.ts';
import type { DocumentStore } from '../store/port.ts';
import { canonicalJson } from './canonical.ts';
import type { Run, RunItem } from './questions.ts';

const RECORD = 'runs/';
const RESULT = 'run-results/';
/** Characters of one part. */
const PART = 500_000;
/** So many runs are kept; the oldest go first. */
const KEPT = 100;
/** A run whose deadline is over by so many milliseconds was left by its process. */
const GRACE = 60_000;

/** A run as it is kept: with what tells that its process is gone. */
interface KeptRun {
  readonly run: Run;
  readonly until: Instant;
  readonly parts: number;
}

export interface Kept {
  readonly run: Run;
  readonly revision: number;
}

export class KeptRuns {
  readonly #documents: DocumentStore;

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** @param until when its deadline is over */
  async begin(run: Run, until: Instant): Promise<number> {
    await this.#dropOldest();
    return this.#put({ run, until, parts: 0 }, 0);
  }

  /** @param lines the items of the result, see `canonicalJson` */
  async end(run: Run, until: Instant, revision: number, lines: readonly string[]): Promise<void> {
    const parts = partsOf(lines);
    for (const [i, part] of parts.entries()) await this.#documents.put(`${RESULT}${run.id}/${i}`, part, 0);
    await this.#put({ run, until, parts: parts.length }, revision);
  }

  async get(id: string): Promise<Kept | undefined> {
    const found = await this.#documents.get(RECORD + id);
    if (found === undefined) return undefined;
    return { run: seen(found.value as unknown as KeptRun), revision: found.revision };
  }

  async mustGet(id: string): Promise<Kept> {
    const found = typeof id === 'string' ? await this.get(id) : undefined;
    if (found === undefined)
      throw new GrantlensError('RUN_NOT_FOUND', `No run has the id ${JSON.stringify(id)}.`, { id });
    return found;
  }

  /** Those that ended go first under `RUNNING`: a run is cancelled by writing it so. */
  async cancel({ run, revision }: Kept, endedAt: Instant): Promise<Run> {
    const { value } = (await this.#documents.get(RECORD + run.id)) ?? { value: null };
    const kept = value as unknown as KeptRun;
    const cancelled: Run = { ...run, state: 'CANCELLED', endedAt, progress: null };
    await this.#put({ ...kept, run: cancelled }, revision);
    return cancelled;
  }

  /** Ids, the newest first. */
  async ids(): Promise<readonly string[]> {
    const names = await this.#documents.list(RECORD);
    return names.map((name) => name.slice(RECORD.length)).reverse();
  }

  /** The items of a result, in order. */
  async *items(id: string): AsyncGenerator<RunItem> {
    const found = await this.#documents.get(RECORD + id);
    const { parts = 0 } = (found?.value ?? {}) as Partial<KeptRun>;
    for (let i = 0; i < parts; i++) {
      const part = await this.#documents.get(`${RESULT}${id}/${i}`);
      for (const line of (part?.value ?? []) as readonly string[]) yield JSON.parse(line) as RunItem;
    }
  }

  async #put(kept: KeptRun, revision: number): Promise<number> {
    return this.#documents.put(RECORD + kept.run.id, kept as unknown as JsonValue, revision);
  }

  async #dropOldest(): Promise<void> {
    for (const id of (await this.ids()).slice(KEPT - 1)) {
      for (const name of [...(await this.#documents.list(`${RESULT}${id}/`)), RECORD + id]) {
        const found = await this.#documents.get(name);
        if (found !== undefined) await this.#documents.delete(name, found.revision);
      }
    }
  }
}

function seen({ run, until }: KeptRun): Run {
  return run.state === 'RUNNING' && Date.now() > until + GRACE ? { ...run, state: 'INTERRUPTED' } : run;
}

function partsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let size = PART;
  for (const line of lines) {
    if (size >= PART) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(line);
    size += line.length;
  }
  return parts;
}

/** The items of a result as they are kept and digested. */
export const linesOf = (items: readonly RunItem[]): readonly string[] => items.map((item) => canonicalJson(item));
