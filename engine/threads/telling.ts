/** What is told to one thread: whole spaces once, later what is new in them. */
import { type ErrorCode, GrantlensError } from '../model/index.ts';
import type { Terms } from '../snapshot/action-terms.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Space } from '../snapshot/space.ts';
import { imageOf, imageOfSpace } from '../snapshot/version-image.ts';
import type { SpaceNews, WorkAnswer, WorkMessage } from './messages.ts';
import type { WorkName } from './works.ts';

/** So many spaces a thread keeps: the one that is asked about, and the one before it was folded. */
const SPACES_KEPT = 2;

/** Work as it is given to a thread. */
export interface Task {
  readonly work: WorkName;
  readonly snapshots: readonly Snapshot[];
  readonly input: unknown;
  /** Milliseconds that are left for it. */
  readonly deadline: number;
}

interface KnownSpace {
  readonly number: number;
  /** The terms that were told, in order. */
  terms: readonly Terms[];
}

export class Telling {
  readonly #known = new Map<Space, KnownSpace>();
  #spaces = 0;

  /** @param givenUp one number in shared memory; not 0 when nobody waits any more */
  messageFor({ work, snapshots, input, deadline }: Task, givenUp: Int32Array): WorkMessage {
    const { space } = snapshots[0]!;
    return { work, ...this.#newsOf(space), versions: snapshots.map(imageOf), input, deadline, givenUp };
  }

  #newsOf(space: Space): Pick<WorkMessage, 'news' | 'forget'> {
    const forget: number[] = [];
    const met = this.#known.get(space);
    const known = met ?? { number: this.#spaces++, terms: [] };
    // The one that was asked about last at the end.
    this.#known.delete(space);
    this.#known.set(space, known);
    for (const [oldest, { number }] of this.#known) {
      if (this.#known.size <= SPACES_KEPT) break;
      this.#known.delete(oldest);
      forget.push(number);
    }
    const termsFrom = commonStart(known.terms, space.terms.all);
    known.terms = [...space.terms.all];
    const news: SpaceNews = {
      space: known.number,
      ...(met === undefined && { arrays: space.arrays }),
      termsFrom,
      terms: known.terms.slice(termsFrom).map(({ actions, exceptActions }) => [actions, exceptActions] as const),
      image: imageOfSpace(space),
    };
    return { news, forget };
  }
}

/** How many terms two lists begin with alike. Both only ever grow and shrink at their end. */
function commonStart(told: readonly Terms[], all: readonly Terms[]): number {
  let count = Math.min(told.length, all.length);
  while (count > 0 && told[count - 1] !== all[count - 1]) count--;
  return count;
}

/** @throws what went wrong with the work */
export function outputOf(answer: WorkAnswer): unknown {
  if ('output' in answer) return answer.output;
  if (answer.code === undefined) throw answer.error;
  throw new GrantlensError(answer.code as ErrorCode, answer.error as string, answer.facts);
}
