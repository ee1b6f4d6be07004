/** Why a holding stands out: what else is held with it and without it, and what those who hold it have that she has not. */
import type { SparseRows } from '../../algorithms/ease.ts';
import { transposed } from '../../algorithms/neighbours.ts';
import { holdersOf } from '../../algorithms/rp3-beta.ts';
import { entitlementAt, type HeldEntitlement } from './cluster-holdings.ts';
import type { EntitlementMatrix } from './entitlement-matrix.ts';

export interface Reason {
  readonly entitlement: HeldEntitlement;
  /** Entitlements that the same identities hold, this one among them. */
  readonly together: number;
  /** Of so many other identities, so many hold both it and what is judged. */
  readonly holders: number;
  readonly alsoHold: number;
}

export interface OutlierReasons {
  /** What she holds whose other holders mostly hold what is judged; up to three. `holders` are those who hold it. */
  readonly speakFor: readonly Reason[];
  /** What she holds whose other holders mostly do not; up to three. */
  readonly speakAgainst: readonly Reason[];
  /** What she does not hold, and most who hold what is judged do; up to three. `holders` are those who hold what is judged. */
  readonly missing: readonly Reason[];
}

const TOLD = 3;
const MOST = 0.5;
/** What fewer others hold is no reason. */
const LEAST_HOLDERS = 3;

/** Gives reasons for one cell after another. O(cells of the column's holders) for each. */
export function reasonTeller(
  matrix: EntitlementMatrix,
  rows: SparseRows,
): (row: number, column: number) => OutlierReasons {
  const { bounds, cells, weights } = rows;
  const byColumn = transposed(rows);
  const holders = holdersOf(rows);
  const both = new Float64Array(rows.columns);
  return (row, column) => {
    const met: number[] = [];
    for (let i = byColumn.bounds[column]!; i < byColumn.bounds[column + 1]!; i++) {
      const other = byColumn.cells[i]!;
      // She is no reason for herself; those who are her equals are.
      const weight = (weights?.[other] ?? 1) - (other === row ? 1 : 0);
      for (let j = bounds[other]!; weight > 0 && j < bounds[other + 1]!; j++) {
        if (both[cells[j]!] === 0) met.push(cells[j]!);
        both[cells[j]!]! += weight;
      }
    }
    const told = reasons(matrix, { column, own: cells.subarray(bounds[row]!, bounds[row + 1]!), holders, both, met });
    for (const other of met) both[other] = 0;
    return told;
  };
}

interface Judged {
  readonly column: number;
  readonly own: Uint32Array;
  readonly holders: Float64Array;
  /** Others who hold a column and the one that is judged. */
  readonly both: Float64Array;
  readonly met: readonly number[];
}

interface Counted {
  readonly column: number;
  readonly holders: number;
  readonly alsoHold: number;
}

function reasons({ columnBounds, ...matrix }: EntitlementMatrix, judged: Judged): OutlierReasons {
  const { column, own, holders, both, met } = judged;
  const share = ({ holders: of, alsoHold }: Counted): number => alsoHold / of;
  const held = [...own]
    .filter((q) => q !== column && holders[q]! - 1 >= LEAST_HOLDERS)
    .map((q): Counted => ({ column: q, holders: holders[q]! - 1, alsoHold: both[q]! }))
    .sort((a, b) => share(b) - share(a) || b.holders - a.holders || a.column - b.column);
  const others = holders[column]! - 1;
  const owned = new Set(own);
  const missing = met
    .filter((q) => !owned.has(q) && others >= LEAST_HOLDERS && both[q]! / others > MOST)
    .map((q): Counted => ({ column: q, holders: others, alsoHold: both[q]! }))
    // Of what equally many of them hold, what fewest hold at all tells most.
    .sort((a, b) => b.alsoHold - a.alsoHold || holders[a.column]! - holders[b.column]! || a.column - b.column);
  const tell = (found: readonly Counted[]): readonly Reason[] =>
    found.slice(0, TOLD).map(({ column: of, ...counts }) => ({
      entitlement: entitlementAt({ columnBounds, ...matrix }, columnBounds[of]!),
      together: columnBounds[of + 1]! - columnBounds[of]!,
      ...counts,
    }));
  return {
    speakFor: tell(held.filter((one) => share(one) > MOST)),
    speakAgainst: tell(held.filter((one) => share(one) <= MOST).reverse()),
    missing: tell(missing),
  };
}
