/** How long a search may go on. With `iterations` alone it does the same each time, on every machine. */
import type { Checkpoint } from '../checkpoint.ts';

export interface Budget {
  /** Steps of the search; a fixed number of them unless `until` is given too. */
  readonly iterations?: number;
  /** Says that time is up. Asked between steps; the best found until then counts. */
  readonly until?: () => boolean;
  /** May throw to stop the work altogether. */
  readonly checkpoint?: Checkpoint;
}

/** Steps when nothing is said. */
const USUAL_ITERATIONS = 20_000;

/** @returns whether another step may be taken, told how many were */
export function goesOn({ iterations, until, checkpoint }: Budget): (done: number) => boolean {
  const most = iterations ?? (until === undefined ? USUAL_ITERATIONS : Infinity);
  return (done) => {
    checkpoint?.();
    return done < most && until?.() !== true;
  };
}
