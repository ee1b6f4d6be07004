/** Composition root: a store, its versions open for questions, and the follower that keeps a reading process up to date. */
import { randomUUID } from 'node:crypto';
import { askAccessDiff } from './access/ask-access-diff.ts';
import type { AccessDelta, AccessDiffQuestion } from './access/questions.ts';
import { NO_RULES } from './analysis-rules.ts';
import type {
  AccessChange,
  Engine,
  EngineOptions,
  EngineView,
  GraphDiff,
  GraphDiffQuestion,
  WatchQuestion,
} from './api.ts';
import { BrieflyWritten } from './documents.ts';
import { dismiss, readDismissals, restore } from './findings/dismissals.ts';
import type { ListedFinding } from './findings/questions.ts';
import { graphDifference } from './graph-difference.ts';
import { joinPeople, joinSource } from './joins/join-people.ts';
import type { JoinReport, JoinRule } from './joins/join-rule.ts';
import { KeptVersions } from './kept-versions.ts';
import { type AppliedBatch, type ChangeBatch, GrantlensError, type Instant } from './model/index.ts';
import { openStore } from './open-store.ts';
import { type HeldVersion, OpenVersions } from './open-versions.ts';
import { BySlices, BySnapshot } from './preparation.ts';
import { StorePlans } from './roles/store-plans.ts';
import { RUNNABLE } from './runs/runnable.ts';
import { StoreRuns } from './runs/store-runs.ts';
import type { ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
import type { ApplyOptions, DocumentStore, GraphStore, HoldOptions, SourceHold } from './store/port.ts';
import { ThreadPool } from './threads/pool.ts';
import { inOneSpace } from './version-pair.ts';
import { watchAccess } from './watch-access.ts';

const FOLLOW_EVERY = 500;
/** Timers take no longer waits; who waits looks again after it. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Opens the engine on a folder or a Neo4j server. In mode `write` the folder is made if it is not there, and a database is
 * given its constraints and indexes.
 *
 * @throws GrantlensError STORE_NOT_FOUND, STORE_LOCKED, STORE_CORRUPT, STORE_NEWER_FORMAT, STORE_UNREACHABLE, STORE_AUTH_FAILED,
 *   STORE_DATABASE_NOT_FOUND, STORE_VERSION_UNSUPPORTED, STORE_FOREIGN
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const store = await openStore(options);
  const engine = new StoreEngine(store, await store.version(), options);
  if (options.mode === 'read') engine.follow(options.followEvery ?? FOLLOW_EVERY);
  return engine;
}

class StoreEngine implements Engine {
  readonly documents: DocumentStore;
  readonly #store: GraphStore;
  readonly #precedence: readonly string[];
  readonly #versions: OpenVersions;
  readonly #kept: KeptVersions;
  readonly #threads = new ThreadPool();
  /** Analyses take long: questions do not wait behind them. */
  readonly #analysts = new ThreadPool({ threads: 1 });
  readonly #runs: StoreRuns;
  readonly plans: StorePlans;
  /** Where questions are executed. */
  readonly #inStore: boolean;
  readonly #listeners = new Set<(version: number) => void>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #version: number;
  #following = false;
  readonly #closing = new AbortController();

  constructor(store: GraphStore, version: number, options: EngineOptions) {
    const { execution, sliceLimit, precedence = [], rules } = options;
    this.#store = store;
    this.#precedence = precedence;
    this.#version = version;
    this.#inStore = execution === 'store';
    this.#kept = new KeptVersions(store);
    const means = { store, kept: this.#kept, apart: this.#threads };
    this.documents =
      options.mode === 'write'
        ? store.documents
        : new BrieflyWritten(store.documents, () => openStore({ ...options, mode: 'write' }, false));
    const preparation = this.#inStore ? new BySlices(sliceLimit) : new BySnapshot(means);
    const analysis = { apart: this.#analysts, rules: { ...NO_RULES, ...rules }, documents: this.documents };
    this.#versions = new OpenVersions(store, preparation, analysis);
    this.#runs = new StoreRuns({
      documents: this.documents,
      analyses: RUNNABLE,
      view: () => this.view(),
      closing: this.#closing.signal,
    });
    this.plans = new StorePlans({
      documents: this.documents,
      open: () => this.#versions.hold(this.#following ? 0 : this.#version),
      apply: (batch) => this.apply(batch),
      apart: this.#analysts,
      sod: rules?.sod,
    });
  }

  get runs(): StoreRuns {
    return this.#runs;
  }

  async dismissFinding(id: string, reason: string, until: Instant | null): Promise<ListedFinding> {
    const view = await this.view();
    try {
      const dismissal = { reason, dismissedAt: Date.now(), until };
      const finding = await view.analysis.finding(id);
      if (finding === undefined)
        throw new GrantlensError('FINDING_NOT_FOUND', `No finding has the id ${JSON.stringify(id)}.`, { id });
      await dismiss(this.documents, id, dismissal);
      return { ...finding, dismissal: (await readDismissals(this.documents, dismissal.dismissedAt)).get(id) ?? null };
    } finally {
      view.release();
    }
  }

  async restoreFinding(id: string): Promise<void> {
    await restore(this.documents, id);
  }

  get version(): number {
    return this.#version;
  }

  async view({ version }: { readonly version?: number | undefined } = {}): Promise<EngineView> {
    if (version !== undefined) return this.#versions.viewAt(version);
    // Opening a version costs nothing then, and a store finds what it needs soonest in its newest one.
    if (this.#inStore) return this.#versions.view(await this.#store.version());
    return this.#versions.view(this.#following ? 0 : this.#version);
  }

  async accessDiff({ fromVersion, toVersion, scope = {}, ...asked }: AccessDiffQuestion): Promise<AccessDelta> {
    // One instant for both versions.
    const { reach, at = Date.now() } = asked;
    return this.#between(fromVersion, toVersion, async (from, to) => {
      const [before, after] = await inOneSpace(this.#store, from, to);
      const seen = { scope: { reach, at }, apart: this.#threads };
      return askAccessDiff(
        { snapshot: before, reader: from.reader, ...seen },
        { snapshot: after, reader: to.reader, ...seen },
        scope,
        asked,
      );
    });
  }

  async graphDiff({ fromVersion, toVersion, first }: GraphDiffQuestion): Promise<GraphDiff> {
    return this.#between(fromVersion, toVersion, (from, to) => graphDifference(this.#store, from, to, first));
  }

  async #between<T>(
    fromVersion: number,
    toVersion: number,
    use: (from: HeldVersion, to: HeldVersion) => Promise<T>,
  ): Promise<T> {
    const to = await this.#versions.holdAt(toVersion);
    try {
      const from = await this.#versions.holdAt(fromVersion);
      return await use(from, to).finally(() => from.release());
    } finally {
      to.release();
    }
  }

  async watchAccess(question: WatchQuestion): Promise<AsyncIterableIterator<AccessChange, undefined>> {
    const source = {
      store: this.#store,
      newest: () => this.#versions.hold(this.#following ? 0 : this.#version),
      at: (version: number) => this.#versions.holdAt(version),
      later: (than: number, until: number, signal: AbortSignal) => this.#later(than, until, signal),
      closing: this.#closing.signal,
      apart: this.#threads,
    };
    return watchAccess(source, question);
  }

  /** Resolves when there is a later version, an instant has come, or the signal says so. */
  #later(than: number, until: number, signal: AbortSignal): Promise<void> {
    if (this.#version > than || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        forget();
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const forget = this.onVersion((version) => version > than && end());
      const timer = setTimeout(end, Math.min(Math.max(until - Date.now(), 0), LONGEST_WAIT));
      timer.unref();
      signal.addEventListener('abort', end);
    });
  }

  async apply(batch: ChangeBatch, options: ApplyOptions = {}): Promise<AppliedBatch> {
    const applied = await this.#store.apply(batch, options);
    if (applied.version > this.#version) this.#announce(applied.version);
    return applied;
  }

  async join(rule: JoinRule, options: ApplyOptions = {}): Promise<JoinReport> {
    const reader = await this.#store.read();
    try {
      const { people, changes, sources } = await joinPeople(reader, rule);
      const source = joinSource(rule.name);
      const applied = await this.apply({ id: randomUUID(), source, complete: [source], changes }, options);
      const { version, added, changed, removed, tooMuch } = applied;
      const done = { name: rule.name, source, people, sources: sources(), version, added, changed, removed };
      return tooMuch === undefined ? done : { ...done, tooMuch };
    } finally {
      await reader.close();
    }
  }

  async hold(source: string, options?: HoldOptions): Promise<SourceHold> {
    return (await this.#store.hold?.(source, options)) ?? { release: async () => {} };
  }

  onVersion(listener: (version: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(version: number): void {
    this.#version = version;
    for (const listener of this.#listeners) listener(version);
  }

  /** Looks for newer versions now and then, and compiles them before they are shown. */
  follow(every: number): void {
    this.#following = true;
    if (every <= 0) return;
    this.#timer = setInterval(() => void this.#look(), every);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const newest = await this.#store.version();
      if (newest <= this.#version) return;
      if (this.#versions.version !== undefined) await this.#versions.reach(newest);
      this.#announce(newest);
    } catch {
      // The store may be busy or gone for a moment; the next look tries again, and questions go on with what is compiled.
    } finally {
      this.#looking = false;
    }
  }

  async compact(options?: { readonly keepVersions?: number }): Promise<void> {
    await this.#store.compact(options);
  }

  async verify(): Promise<void> {
    await this.#store.verify();
  }

  async writeNeo4jImport(write: WriteText): Promise<ImportFiles> {
    // What is shared with the Neo4j store loads its driver, which takes a while.
    const { writeImportFiles } = await import('./store/neo4j/import-files.ts');
    const reader = await this.#store.read();
    try {
      return await writeImportFiles({ reader, documents: this.documents, precedence: this.#precedence }, write);
    } finally {
      await reader.close();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#analysts.close();
    await this.#runs.close();
    await this.#threads.close();
    await this.#versions.close();
    await this.#kept.close();
    await this.#store.close();
  }
}
