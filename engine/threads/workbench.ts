/** What a thread does with what it is told: it keeps spaces, puts versions together, and does the work. */
import { GrantlensError } from '../model/index.ts';
import { ActionTerms, makeTerms, type Terms } from '../snapshot/action-terms.ts';
import { type CompiledArrays, snapshotOf } from '../snapshot/compiled-arrays.ts';
import { Pace, type Progress } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { Waiting } from '../snapshot/space.ts';
import { renew, restored } from '../snapshot/version-image.ts';
import { Windows } from '../snapshot/windows.ts';
import type { SpaceNews, WorkAnswer, WorkMessage } from './messages.ts';
import { workOf } from './works.ts';

interface Known {
  readonly terms: Terms[];
  readonly compiled: Snapshot;
}

export class Workbench {
  readonly #spaces = new Map<number, Known>();
  readonly #onProgress: (progress: Progress) => void;

  /** @param onProgress told now and then how far the work is */
  constructor(onProgress: (progress: Progress) => void = () => {}) {
    this.#onProgress = onProgress;
  }

  /** Does one piece of work. */
  async do({ work, news, forget, versions, input, deadline, givenUp }: WorkMessage): Promise<WorkAnswer> {
    for (const space of forget) this.#spaces.delete(space);
    try {
      const compiled = this.#compiled(news);
      const snapshots = versions.map((image) => restored(compiled, image));
      const pace = new Pace({
        deadline,
        givenUp: () => Atomics.load(givenUp, 0) !== 0,
        onProgress: this.#onProgress,
      });
      return { output: await workOf(work)(snapshots, input, pace) };
    } catch (error) {
      if (!(error instanceof GrantlensError)) return { error };
      return { error: error.message, code: error.code, facts: error.facts };
    }
  }

  /** The compiled version of a space, with what is new in the space. */
  #compiled({ space, arrays, termsFrom, terms, image }: SpaceNews): Snapshot {
    const known = this.#spaces.get(space) ?? this.#begin(space, arrays!);
    known.compiled.terms.giveBack(termsFrom);
    for (const [actions, exceptActions] of terms) known.terms.push(makeTerms(actions, exceptActions));
    renew(known.compiled, image);
    return known.compiled;
  }

  #begin(space: number, arrays: CompiledArrays): Known {
    const terms: Terms[] = [];
    const beside = { version: 0, terms: new ActionTerms(terms), windows: Windows.none(), waiting: new Waiting() };
    const known = { terms, compiled: snapshotOf(arrays, beside) };
    this.#spaces.set(space, known);
    return known;
  }
}
