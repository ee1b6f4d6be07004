import type { GraphQLError } from 'graphql';
import type { Engine, GraphView } from '../engine/index.ts';

/**
 * One request's hold on one version of the graph. The view is taken with the first question and released when the lease
 * has ended and the last question has come back: never under a question that still runs.
 */
export class ViewLease {
  readonly #engine: Engine;
  #view: Promise<GraphView> | undefined;
  #running = 0;
  #end: GraphQLError | undefined;
  readonly #interrupted: Promise<never>;
  #interrupt!: (reason: GraphQLError) => void;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#interrupted = new Promise((_, reject) => {
      this.#interrupt = reject;
    });
    this.#interrupted.catch(() => {});
  }

  /** Asks the view; every question of one lease is answered on one version. @throws the reason once the lease has ended */
  async ask<T>(question: (view: GraphView) => Promise<T>): Promise<T> {
    if (this.#end !== undefined) throw this.#end;
    this.#view ??= this.#engine.view();
    this.#running += 1;
    return Promise.race([this.#run(question, this.#view), this.#interrupted]);
  }

  /** Ends the lease. Questions that run fail with the reason at once, later ones too. The first reason counts. */
  end(reason: GraphQLError): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#interrupt(reason);
    this.#releaseWhenIdle();
  }

  async #run<T>(question: (view: GraphView) => Promise<T>, view: Promise<GraphView>): Promise<T> {
    try {
      return await question(await view);
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
