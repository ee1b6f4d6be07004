import type { GraphQLError } from 'graphql';
import type { Engine, EngineView } from '../engine/index.ts';

/** What is asked of one version. Long work ends when the signal says so. */
export type Question<T> = (view: EngineView, signal: AbortSignal) => Promise<T>;

/**
 * One request's hold on one version of the graph. The view is taken with the first question and released when the lease
 * has ended and the last question has come back: never under a question that still runs.
 */
export class ViewLease {
  readonly #engine: Engine;
  readonly #version: number | undefined;
  #view: Promise<EngineView> | undefined;
  #running = 0;
  /** Tells long work that nobody waits for it any more. */
  readonly #abandoned = new AbortController();
  #end: GraphQLError | undefined;
  readonly #interrupted: Promise<never>;
  #interrupt!: (reason: GraphQLError) => void;

  /** @param version default: the newest when the first question is asked */
  constructor(engine: Engine, version?: number) {
    this.#engine = engine;
    this.#version = version;
    this.#interrupted = new Promise((_, reject) => {
      this.#interrupt = reject;
    });
    this.#interrupted.catch(() => {});
  }

  /** Asks the view; every question of one lease is answered on one version. @throws the reason once the lease has ended */
  async ask<T>(question: Question<T>): Promise<T> {
    if (this.#end !== undefined) throw this.#end;
    this.#view ??= this.#engine.view({ version: this.#version });
    this.#running += 1;
    return Promise.race([this.#run(question, this.#view), this.#interrupted]);
  }

  /** Ends the lease. Questions that run fail with the reason at once, later ones too. The first reason counts. */
  end(reason: GraphQLError): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#interrupt(reason);
    this.#abandoned.abort(reason);
    this.#releaseWhenIdle();
  }

  async #run<T>(question: Question<T>, view: Promise<EngineView>): Promise<T> {
    try {
      return await question(await view, this.#abandoned.signal);
    } finally {
      this.#running -= 1;
      this.#releaseWhenIdle();
    }
  }

  #releaseWhenIdle(): void {
    if (this.#end === undefined || this.#running > 0) return;
    this.#view?.then(
      (view) => view.release(),
      () => {},
    );
    this.#view = undefined;
  }
}
