/** Limits on roles, as rules for a biclique that grows from a row or from a column. */
import type { GrowthRules } from './growth.ts';
import type { Lines, OpenCells } from './open-cells.ts';
import type { Shaping } from './shaping.ts';

type Rules = Pick<GrowthRules, 'admits' | 'trimLines' | 'trimBits'>;

/** @param slots how many roles more each of the open rows may have; any number when undefined */
export function rowKeeping(shaping: Shaping, open: OpenCells, slots: Int32Array | undefined): Rules {
  const { maxColumnsPerRole, maxRowsPerRole } = shaping.limits;
  const ofColumns = maxColumnsPerRole !== undefined || shaping.apart.size > 0;
  return {
    // A row that may join one role more only must be done with it.
    ...(slots && {
      admits: (line: number, gain: number, left: number) => slots[line]! > 1 || (slots[line] === 1 && gain === left),
    }),
    ...(maxRowsPerRole !== undefined && {
      trimLines: atMost(open.rows, shaping.rowWeights, maxRowsPerRole, undefined),
    }),
    ...(ofColumns && { trimBits: fewerBits(open.columns, shaping.columnWeights, maxColumnsPerRole, shaping.apart) }),
  };
}

export function columnKeeping(shaping: Shaping, open: OpenCells): Rules {
  const { maxColumnsPerRole, maxRowsPerRole } = shaping.limits;
  const ofColumns = maxColumnsPerRole !== undefined || shaping.apart.size > 0;
  return {
    ...(ofColumns && {
      trimLines: atMost(open.columns, shaping.columnWeights, maxColumnsPerRole ?? Infinity, shaping.apart),
    }),
    ...(maxRowsPerRole !== undefined && {
      trimBits: fewerBits(open.rows, shaping.rowWeights, maxRowsPerRole, undefined),
    }),
  };
}

type Apart = ReadonlyMap<number, ReadonlySet<number>> | undefined;

/** Keeps lines in the order given while they fit. */
function atMost({ ids }: Lines, weights: Uint32Array, most: number, apart: Apart) {
  return (lines: Uint32Array, count: number): number => {
    const kept: number[] = [];
    let sum = 0;
    let size = 0;
    for (let at = 0; at < count; at++) {
      const id = ids[lines[at]!]!;
      if (sum + weights[id]! > most || isApart(apart, kept, id)) continue;
      kept.push(id);
      sum += weights[id]!;
      // What does not fit goes behind what does, so that the caller sees both.
      [lines[size], lines[at]] = [lines[at]!, lines[size]!];
      size++;
    }
    return size;
  };
}

/** Keeps bits while they fit: first those of the second set, each set from its first on. */
function fewerBits({ ids }: Lines, weights: Uint32Array, most = Infinity, apart: Apart) {
  return (set: Uint32Array, first: Uint32Array): void => {
    const kept: number[] = [];
    let sum = 0;
    for (const isFirst of [true, false])
      for (let word = 0; word < first.length; word++)
        for (let bits = set[word]! & (isFirst ? first[word]! : ~first[word]!); bits !== 0; bits &= bits - 1) {
          const bit = 31 - Math.clz32(bits & -bits);
          const id = ids[word * 32 + bit]!;
          if (sum + weights[id]! > most || isApart(apart, kept, id)) set[word]! &= ~(1 << bit);
          else {
            kept.push(id);
            sum += weights[id]!;
          }
        }
  };
}

function isApart(apart: Apart, kept: readonly number[], id: number): boolean {
  const others = apart?.get(id);
  return others !== undefined && kept.some((each) => others.has(each));
}
