/** What resolvers share while one request is answered. */
import type { AccessChange, AccessDelta, AccessDiffQuestion, Engine, WatchQuestion } from '../engine/index.ts';
import { type EntityLoader, eitherLoader, entityLoader } from './entity-loader.ts';
import { apiError } from './errors.ts';
import { type Question, ViewLease } from './lease.ts';
import { LIMITS } from './limits.ts';

export interface RequestContext {
  /** Asks the one version of the graph that this request is answered on. */
  readonly ask: <T>(question: Question<T>) => Promise<T>;
  readonly entities: EntityLoader;
  /** What a row's nodes are loaded with: those of a difference are as they are afterwards, else as they were before. */
  readonly entitiesOf: (row: object) => EntityLoader;
  /** Has the request answered on a version: before anything is asked. */
  readonly choose: (version: number | undefined) => void;
  readonly compare: (question: AccessDiffQuestion) => Promise<AccessDelta>;
  readonly watch: (question: WatchQuestion) => Promise<AsyncIterableIterator<AccessChange, undefined>>;
  /** From now on the request is answered on the version of a change. */
  readonly toldOf: (change: AccessChange) => AccessChange;
  /** Runs, plans, and what may be written: they are of no one version. */
  readonly kept: Pick<Engine, 'runs' | 'plans' | 'dismissFinding' | 'restoreFinding'>;
}

/** A request that is being answered, and how to end it. */
export interface OpenRequest {
  readonly context: RequestContext;
  /** Gives versions back until something is asked again: an answer of several was given. */
  rest(): void;
  /** The answer is done, or no one waits for it any more: gives the view back. May be called again. */
  close(): void;
}

/** @param deadline milliseconds after which questions fail with DEADLINE_EXCEEDED; undefined for never */
export function openRequest(engine: Engine, deadline: number | undefined): OpenRequest {
  return new Request(engine, deadline);
}

const abandoned = () => apiError('REQUEST_ABANDONED', 'The request was closed before it was answered.');

const loaderOn = (lease: ViewLease): EntityLoader => entityLoader((question) => lease.ask(question));

class Request implements OpenRequest {
  readonly context: RequestContext;
  readonly #engine: Engine;
  readonly #timer: NodeJS.Timeout | undefined;
  #leases: ViewLease[] = [];
  /** The one that questions are asked of. */
  #lease: ViewLease;
  #loaders = new WeakMap<object, EntityLoader>();
  #end: ReturnType<typeof apiError> | undefined;

  constructor(engine: Engine, deadline: number | undefined) {
    this.#engine = engine;
    this.#lease = this.#leaseOn(undefined);
    this.#timer = deadline === undefined ? undefined : setTimeout(() => this.#late(deadline), deadline);
    this.#timer?.unref();
    const ask: RequestContext['ask'] = (question) => this.#lease.ask(question);
    const entities = entityLoader(ask);
    this.context = {
      ask,
      entities,
      entitiesOf: (row) => this.#loaders.get(row) ?? entities,
      choose: (version) => this.#answerOn(version),
      compare: (question) => this.#compare(question),
      watch: (question) => engine.watchAccess({ ...question, first: LIMITS.first, deadline: LIMITS.comparing }),
      toldOf: (change) => this.#toldOf(change),
      kept: engine,
    };
  }

  #leaseOn(version: number | undefined): ViewLease {
    const lease = new ViewLease(this.#engine, version);
    if (this.#end !== undefined) lease.end(this.#end);
    this.#leases.push(lease);
    return lease;
  }

  #answerOn(version: number | undefined): void {
    if (version === undefined) return;
    this.#lease = this.#leaseOn(version);
    this.context.entities.clearAll();
  }

  async #compare(question: AccessDiffQuestion): Promise<AccessDelta> {
    const lease = this.#leaseOn(question.toVersion);
    const patience = { first: LIMITS.first, deadline: LIMITS.comparing };
    const delta = await lease.ask((_, signal) => this.#engine.accessDiff({ ...question, ...patience, signal }));
    this.#loadedFrom(delta, loaderOn(lease), question.fromVersion);
    return delta;
  }

  #toldOf(change: AccessChange): AccessChange {
    this.rest();
    this.#answerOn(change.version);
    this.#loadedFrom(change.delta, this.context.entities, change.fromVersion);
    return change;
  }

  /** What has gone is told as it was in the version before. */
  #loadedFrom({ gained, lost, altered }: AccessDelta, after: EntityLoader, fromVersion: number): void {
    const loader = eitherLoader(after, loaderOn(this.#leaseOn(fromVersion)));
    for (const row of [...gained, ...lost, ...altered]) this.#loaders.set(row, loader);
  }

  rest(): void {
    for (const lease of this.#leases.splice(0)) lease.end(abandoned());
    this.#loaders = new WeakMap();
  }

  #late(deadline: number): void {
    this.#endAll(apiError('DEADLINE_EXCEEDED', `The answer took longer than ${deadline} ms.`));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#endAll(abandoned());
  }

  #endAll(reason: ReturnType<typeof apiError>): void {
    this.#end ??= reason;
    for (const lease of this.#leases) lease.end(this.#end);
  }
}
