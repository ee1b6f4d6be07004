/** Runs of one process: what it runs, and what it and others have kept in the store. */
import { randomBytes } from 'node:crypto';
import type { EngineView } from '../api.ts';
import { GrantlensError } from '../model/index.ts';
import type { DocumentStore } from '../store/port.ts';
import type { RunnableAnalysis, RunResult } from './analysis.ts';
import { canonicalJson, digestOf } from './canonical.ts';
import { keepModel, readModels } from './kept-models.ts';
import { KeptRuns, linesOf } from './kept-runs.ts';
import {
  type KeptModel,
  RUN_ANALYSES,
  type Run,
  type RunAnalysis,
  type RunDiff,
  type RunItem,
  type RunItems,
  type RunRequest,
  type Runs,
  type RunsQuestion,
} from './questions.ts';
import { differenceOf } from './run-diff.ts';

const DEADLINE = 600_000;
const LONGEST_DEADLINE = 86_400_000;
/** Runs that go on in one process at a time: the others wait for a thread, and hold a version of the graph meanwhile. */
const MOST_RUNNING = 8;
/** Milliseconds between two looks at whether another process has cancelled a run, or has ended one that is watched. */
const LOOK_EVERY = 500;
const MOST_ITEMS = 10_000;
const DEFAULT_FIRST = 100;

export interface RunsGround {
  readonly documents: DocumentStore;
  readonly analyses: readonly RunnableAnalysis[];
  /** A view on the newest version. */
  readonly view: () => Promise<EngineView>;
  readonly closing: AbortSignal;
}

interface Active {
  run: Run;
  readonly revision: number;
  readonly until: number;
  readonly stop: AbortController;
  readonly watchers: Set<() => void>;
  ended: Promise<void>;
}

export class StoreRuns implements Runs {
  readonly #ground: RunsGround;
  readonly #kept: KeptRuns;
  readonly #active = new Map<string, Active>();

  constructor(ground: RunsGround) {
    this.#ground = ground;
    this.#kept = new KeptRuns(ground.documents);
  }

  async start({ analysis, parameters = {}, deadline = DEADLINE }: RunRequest): Promise<Run> {
    const runnable = this.#runnable(analysis);
    if (!(deadline >= 1 && deadline <= LONGEST_DEADLINE))
      throw invalid('deadline', `deadline must be from 1 to ${LONGEST_DEADLINE} milliseconds, is ${deadline}`);
    const checked = runnable.checked(parameters);
    if (this.#active.size >= MOST_RUNNING)
      throw new GrantlensError('LIMIT_EXCEEDED', `No more than ${MOST_RUNNING} runs go on at a time.`, {
        limit: MOST_RUNNING,
      });
    const view = await this.#ground.view();
    try {
      const active = await this.#begin({ analysis, parameters: checked, version: view.version }, deadline);
      active.ended = this.#work(active, runnable, view, deadline).finally(() => view.release());
      return active.run;
    } catch (error) {
      view.release();
      throw error;
    }
  }

  async #begin(about: Pick<Run, 'analysis' | 'parameters' | 'version'>, deadline: number): Promise<Active> {
    const startedAt = Date.now();
    const run: Run = { id: newId(startedAt), ...about, state: 'RUNNING', startedAt, ...UNDECIDED };
    const until = startedAt + deadline;
    const revision = await this.#kept.begin(run, until);
    const stop = new AbortController();
    const active: Active = { run, revision, until, stop, watchers: new Set(), ended: Promise.resolve() };
    this.#active.set(run.id, active);
    return active;
  }

  async #work(active: Active, runnable: RunnableAnalysis, view: EngineView, deadline: number): Promise<void> {
    const { signal } = active.stop;
    const late = setTimeout(() => active.stop.abort(tookTooLong(deadline)), deadline);
    const looking = setInterval(() => void this.#lookForEnd(active), LOOK_EVERY);
    looking.unref();
    const onProgress = (progress: Run['progress']): void => this.#tell(active, { ...active.run, progress });
    try {
      const ended = AbortSignal.any([signal, this.#ground.closing]);
      const result = await runnable.run(view, active.run.parameters, { signal: ended, onProgress });
      ended.throwIfAborted();
      await this.#done(active, result);
    } catch (error) {
      await this.#failed(active, error);
    } finally {
      clearTimeout(late);
      clearInterval(looking);
      this.#active.delete(active.run.id);
      for (const wake of active.watchers) wake();
    }
  }

  async #done(active: Active, { summary, items, model }: RunResult): Promise<void> {
    const lines = linesOf(items);
    const digest = digestOf([canonicalJson(summary), ...lines]);
    const run: Run = { ...active.run, ...ended('DONE'), digest, itemCount: items.length, summary };
    if (model !== undefined)
      await keepModel(this.#ground.documents, { entry: model, run: run.id, trainedAt: run.endedAt! });
    await this.#kept.end(run, active.until, active.revision, lines);
    active.run = run;
  }

  /** What cannot be written down is told to who watches all the same. */
  async #failed(active: Active, error: unknown): Promise<void> {
    if (error instanceof Cancelled) {
      active.run = { ...active.run, ...ended('CANCELLED') };
      if (error.isWritten) return;
    } else {
      active.run = { ...active.run, ...ended('FAILED'), failure: failureOf(error) };
    }
    await this.#kept.end(active.run, active.until, active.revision, []).catch(() => {});
  }

  #tell(active: Active, run: Run): void {
    active.run = run;
    for (const wake of active.watchers) wake();
  }

  async #lookForEnd(active: Active): Promise<void> {
    const kept = await this.#kept.get(active.run.id).catch(() => undefined);
    if (kept?.run.state === 'CANCELLED') active.stop.abort(new Cancelled(true));
  }

  async get(id: string): Promise<Run> {
    return this.#active.get(id)?.run ?? (await this.#kept.mustGet(id)).run;
  }

  async list({ analysis, first = DEFAULT_FIRST }: RunsQuestion = {}): Promise<readonly Run[]> {
    if (analysis !== undefined) this.#runnable(analysis);
    checkCount('first', first);
    const runs: Run[] = [];
    for (const id of await this.#kept.ids()) {
      if (runs.length >= first) break;
      const run = this.#active.get(id)?.run ?? (await this.#kept.get(id))?.run;
      if (run !== undefined && (analysis === undefined || run.analysis === analysis)) runs.push(run);
    }
    return runs;
  }

  async items(id: string, from: number, first: number): Promise<RunItems> {
    checkCount('first', first);
    if (!Number.isSafeInteger(from) || from < 0) throw invalid('from', `from must be a whole number, is ${from}`);
    const { run } = await this.#kept.mustGet(id);
    const items: RunItem[] = [];
    let place = 0;
    for await (const item of this.#kept.items(id)) {
      if (items.length >= first) break;
      if (place++ >= from) items.push(item);
    }
    return { run, items };
  }

  async cancel(id: string): Promise<Run> {
    const active = this.#active.get(id);
    if (active !== undefined) {
      active.stop.abort(new Cancelled(false));
      await active.ended;
      return active.run;
    }
    const kept = await this.#kept.mustGet(id);
    return kept.run.state === 'RUNNING' ? this.#kept.cancel(kept, Date.now()) : kept.run;
  }

  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<Run, undefined> {
    const stop = AbortSignal.any([this.#ground.closing, ...(signal === undefined ? [] : [signal])]);
    for (let told: Run | undefined; !stop.aborted; ) {
      const active = this.#active.get(id);
      const run = active?.run ?? (await this.get(id));
      if (run !== told) yield run;
      told = run;
      if (run.state !== 'RUNNING') return;
      // Nothing may have been told while the last one was taken.
      if ((this.#active.get(id)?.run ?? run) === run) await woken(active?.watchers, stop);
    }
  }

  async diff(fromId: string, toId: string, first: number): Promise<RunDiff> {
    checkCount('first', first);
    const [from, to] = [await this.#doneRun(fromId), await this.#doneRun(toId)];
    if (from.analysis !== to.analysis)
      throw invalid('to', `${to.id} is a run of ${to.analysis}, ${from.id} one of ${from.analysis}`);
    const items = async (run: Run): Promise<RunItem[]> => {
      const all: RunItem[] = [];
      for await (const item of this.#kept.items(run.id)) all.push(item);
      return all;
    };
    return { from, to, ...differenceOf(await items(from), await items(to), first) };
  }

  async models(): Promise<readonly KeptModel[]> {
    const trained = await readModels(this.#ground.documents);
    if (trained.length === 0) return [];
    const view = await this.#ground.view();
    try {
      const models: KeptModel[] = [];
      for (const { entry, run, trainedAt } of trained)
        models.push({ ...entry, run, trainedAt, version: view.version, drift: await view.analysis.drift(entry) });
      return models;
    } finally {
      view.release();
    }
  }

  async #doneRun(id: string): Promise<Run> {
    const { run } = await this.#kept.mustGet(id);
    if (run.state === 'DONE') return run;
    throw invalid('id', `the run ${run.id} has no result: it is ${run.state}`);
  }

  #runnable(analysis: RunAnalysis): RunnableAnalysis {
    const found = this.#ground.analyses.find((one) => one.analysis === analysis);
    if (found !== undefined) return found;
    throw invalid('analysis', `analysis must be one of ${RUN_ANALYSES.join(', ')}, is ${JSON.stringify(analysis)}`);
  }

  /** When what runs has ended. The ground's signal ends it. */
  async close(): Promise<void> {
    await Promise.all([...this.#active.values()].map(({ ended }) => ended));
  }
}

const UNDECIDED = { endedAt: null, progress: null, digest: null, itemCount: null, summary: null, failure: null };

const ended = (state: Run['state']) => ({ state, endedAt: Date.now(), progress: null });

/** Ids in the order of their beginnings. */
const newId = (at: number): string =>
  `run-${new Date(at).toISOString().replace(/[-:.Z]/g, '')}-${randomBytes(4).toString('hex')}`;

/** @param isWritten true when the store says so already */
class Cancelled extends Error {
  readonly isWritten: boolean;

  constructor(isWritten: boolean) {
    super('the run was cancelled');
    this.isWritten = isWritten;
  }
}

const tookTooLong = (deadline: number): GrantlensError =>
  new GrantlensError('DEADLINE_EXCEEDED', `The run took longer than ${deadline} ms.`, { deadline });

/** What else goes wrong is nobody's business outside: it may name paths. */
function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof GrantlensError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: 'The run failed unexpectedly.' };
}

function checkCount(argument: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 0 && count <= MOST_ITEMS) return;
  throw invalid(argument, `${argument} must be a whole number from 0 to ${MOST_ITEMS}, is ${count}`);
}

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });

/** Resolves when something is told, after a while, or when the signal says so. */
function woken(watchers: Set<() => void> | undefined, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      watchers?.delete(wake);
      stop.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, LOOK_EVERY);
    watchers?.add(wake);
    stop.addEventListener('abort', wake);
  });
}
