/** Whether there is enough to judge a holding by: what else the identity holds, and how many others hold some of that. */
import type { SparseRows } from '../../algorithms/ease.ts';
import { transposed } from '../../algorithms/neighbours.ts';
import { holdersOf } from '../../algorithms/rp3-beta.ts';

/** Column classes that an identity holds at least. */
export const LEAST_GRANTS = 3;
/** Other identities that hold something that she holds beside what is judged, and not everybody does. */
export const LEAST_PEERS = 5;

/** Of each cell 1 if there are three holdings in its row and five peers without it. About O(cells). */
export function enoughEvidence(rows: SparseRows): Uint8Array {
  const { bounds, cells, weights } = rows;
  const enough = new Uint8Array(cells.length);
  const holders = holdersOf(rows);
  const all = weights === undefined ? bounds.length - 1 : weights.reduce((sum, weight) => sum + weight, 0);
  const byColumn = transposed(rows);
  const tells = (column: number): boolean => holders[column]! < all;
  const hasPeers = (column: number): boolean => tells(column) && holders[column]! > LEAST_PEERS;
  const fewPeers = (columns: Uint32Array, row: number): number => {
    const met = new Set([row]);
    for (const column of columns)
      for (let i = byColumn.bounds[column]!; i < byColumn.bounds[column + 1]!; i++) met.add(byColumn.cells[i]!);
    let peers = -1;
    for (const other of met) peers += weights?.[other] ?? 1;
    // Her equals are peers only by something that tells.
    return columns.length === 0 ? 0 : peers;
  };
  for (let row = 0; row + 1 < bounds.length; row++) {
    const own = cells.subarray(bounds[row]!, bounds[row + 1]!);
    if (own.length < LEAST_GRANTS) continue;
    const many = own.reduce((count, column) => count + (hasPeers(column) ? 1 : 0), 0);
    own.forEach((column, i) => {
      const others = many - (hasPeers(column) ? 1 : 0);
      // Where no other column has peers enough by itself, each has five holders or fewer, and the few are counted.
      const isEnough =
        others > 0 ||
        fewPeers(
          own.filter((q) => q !== column && tells(q)),
          row,
        ) >= LEAST_PEERS;
      enough[bounds[row]! + i] = isEnough ? 1 : 0;
    });
  }
  return enough;
}
