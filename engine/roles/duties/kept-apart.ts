/** Columns of a matrix that no role may hold both of, by the sides of rules that each is of; and who holds both today. */
import { GrantlensError } from '../../model/index.ts';
import type { Side } from './duty-sides.ts';

/** Rows by columns that they hold. */
export interface HeldColumns {
  readonly rows: number;
  readonly bounds: Uint32Array;
  readonly cells: Uint32Array;
}

export interface KeptApart {
  /** Each pair once. */
  readonly pairs: readonly (readonly [column: number, column: number])[];
  /** Columns that are of both sides of a rule by themselves: no arrangement of roles tells these apart. */
  readonly undivided: readonly { readonly rule: number; readonly column: number }[];
  /** Rows that hold something of both sides; ascending. */
  readonly held: readonly { readonly rule: number; readonly rows: readonly number[] }[];
}

/** Pairs that one question may come to. */
const MOST_PAIRS = 2_000_000;

/**
 * O(cells + pairs).
 *
 * @param sidesOf by column
 * @throws GrantlensError LIMIT_EXCEEDED for too many pairs
 */
export function keptApart(sidesOf: readonly (readonly Side[])[], held: HeldColumns): KeptApart {
  const columnsOf = new Map<Side, number[]>();
  for (const [column, sides] of sidesOf.entries()) for (const side of sides) push(columnsOf, side, column);
  const rules = [...new Set([...columnsOf.keys()].map((side) => side >> 1))].sort((a, b) => a - b);
  const pairs = new Set<number>();
  const undivided: { rule: number; column: number }[] = [];
  const size = sidesOf.length;
  for (const rule of rules) {
    const [left, right] = [columnsOf.get(2 * rule) ?? [], columnsOf.get(2 * rule + 1) ?? []];
    const onRight = new Set(right);
    const both = new Set(left.filter((column) => onRight.has(column)));
    for (const column of both) undivided.push({ rule, column });
    for (const one of left)
      for (const other of right) {
        if (both.has(one) || both.has(other)) continue;
        pairs.add(Math.min(one, other) * size + Math.max(one, other));
        if (pairs.size > MOST_PAIRS)
          throw new GrantlensError(
            'LIMIT_EXCEEDED',
            `The duties that are to be kept apart come to more than ${MOST_PAIRS} pairs of entitlements.`,
          );
      }
  }
  return {
    pairs: [...pairs].sort((a, b) => a - b).map((pair) => [Math.floor(pair / size), pair % size] as const),
    undivided,
    held: rules.flatMap((rule) => {
      const rows = rowsOfBoth(sidesOf, held, rule);
      return rows.length === 0 ? [] : [{ rule, rows }];
    }),
  };
}

function rowsOfBoth(sidesOf: readonly (readonly Side[])[], { rows, bounds, cells }: HeldColumns, rule: number) {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    let sides = 0;
    for (let i = bounds[row]!; i < bounds[row + 1]! && sides < 3; i++)
      for (const side of sidesOf[cells[i]!]!) if (side >> 1 === rule) sides |= 1 << (side & 1);
    if (sides === 3) found.push(row);
  }
  return found;
}

function push(lists: Map<Side, number[]>, side: Side, column: number): void {
  const known = lists.get(side);
  if (known === undefined) lists.set(side, [column]);
  else known.push(column);
}
