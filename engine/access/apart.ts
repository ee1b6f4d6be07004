/**
 * Work that may take long: it is begun where the question was asked, and when it takes more than some milliseconds it is done
 * anew in a thread apart, where it holds up nobody. It sees snapshots, and what it is given and gives are plain values.
 */
import { Pace, type Progress, TakesLonger } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * One kind of work. Pure: the same snapshots and input give the same output, in any thread.
 *
 * @param snapshots versions of one space
 */
export type LongWork<Input, Output> = (snapshots: readonly Snapshot[], input: Input, pace: Pace) => Promise<Output>;

/** How long one waits for it, and who may say that nobody does any more. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly deadline?: number | undefined;
  /** Told now and then how far the work is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Threads that do work apart. */
export interface Apart {
  /** Milliseconds that work takes at most where it was asked for; 0 hands it over at once. */
  readonly mostHere: number;
  /**
   * @param work must be one of those that the threads know
   * @throws what the work throws; the reason of the signal
   */
  run<Input, Output>(
    work: LongWork<Input, Output>,
    snapshots: readonly Snapshot[],
    input: Input,
    waiting: Waiting,
  ): Promise<Output>;
}

/** @param apart undefined where there are no threads: the work is then done here, a few milliseconds at a time */
export async function hereOrApart<Input, Output>(
  apart: Apart | undefined,
  work: LongWork<Input, Output>,
  snapshots: readonly Snapshot[],
  input: Input,
  { signal, deadline = Number.POSITIVE_INFINITY, onProgress }: Waiting,
): Promise<Output> {
  if (apart === undefined) return work(snapshots, input, new Pace({ signal, deadline, onProgress }));
  const { mostHere } = apart;
  const end = performance.now() + deadline;
  if (mostHere > 0) {
    try {
      return await work(snapshots, input, new Pace({ signal, deadline, most: mostHere }));
    } catch (error) {
      if (!(error instanceof TakesLonger)) throw error;
    }
  }
  return apart.run(work, snapshots, input, { signal, deadline: Math.max(0, end - performance.now()), onProgress });
}
