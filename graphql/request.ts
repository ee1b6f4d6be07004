/** What resolvers share while one request is answered. */
import type { Engine } from '../engine/index.ts';
import { type EntityLoader, entityLoader } from './entity-loader.ts';
import { apiError } from './errors.ts';
import { type Question, ViewLease } from './lease.ts';

export interface RequestContext {
  /** Asks the one version of the graph that this request is answered on. */
  readonly ask: <T>(question: Question<T>) => Promise<T>;
  readonly entities: EntityLoader;
}

/** A request that is being answered, and how to end it. */
export interface OpenRequest {
  readonly context: RequestContext;
  /** The answer is done, or no one waits for it any more: gives the view back. May be called again. */
  close(): void;
}

/** @param deadline milliseconds after which questions fail with DEADLINE_EXCEEDED */
export function openRequest(engine: Engine, deadline: number): OpenRequest {
  const lease = new ViewLease(engine);
  const late = () => lease.end(apiError('DEADLINE_EXCEEDED', `The answer took longer than ${deadline} ms.`));
  const timer = setTimeout(late, deadline);
  timer.unref();
  const close = () => {
    clearTimeout(timer);
    lease.end(apiError('REQUEST_ABANDONED', 'The request was closed before it was answered.'));
  };
  return { context: { ask: (question) => lease.ask(question), entities: entityLoader(lease) }, close };
}
