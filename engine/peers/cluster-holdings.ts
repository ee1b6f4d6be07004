/** What a cluster of identities holds: what most of them hold, who lacks some of that, and who has what few of them have. */
import type { EntitlementMatrix } from './entitlement-matrix.ts';
import type { HoldingGraph } from './holding-graph.ts';

/** An entitlement as its grant is written. */
export interface HeldEntitlement {
  /** Index into the snapshot's `terms`: action patterns and what is taken out of them. */
  readonly terms: number;
  /** Node number. */
  readonly resource: number;
  /** True when it reaches what the resource contains. */
  readonly inherits: boolean;
}

export interface SignatureEntitlement extends HeldEntitlement {
  /** Share of the cluster that holds it, and of all other identities that hold something. */
  readonly share: number;
  readonly elsewhere: number;
}

/** Somebody who differs from her cluster in an entitlement. */
export interface Difference {
  /** Node number of the identity. */
  readonly identity: number;
  readonly entitlement: HeldEntitlement;
  /** Share of the cluster that holds it. */
  readonly share: number;
  /** Entitlements that the same identities hold, this one among them: they differ in all of these. */
  readonly together: number;
}

export interface ClusterHoldings {
  /** Held by at least half; those that tell the cluster from others best first; at most 50. */
  readonly signature: readonly SignatureEntitlement[];
  readonly signatureCount: number;
  /** Held by at least 0.8 of the cluster and not by her, what most hold first; at most 100. */
  readonly lacking: readonly Difference[];
  readonly lackingCount: number;
  /** Held by her and at most 0.1 of the cluster, what fewest hold first; at most 100. */
  readonly beyond: readonly Difference[];
  readonly beyondCount: number;
  /** False for clusters of fewer than five: then what most and few hold is not told. */
  readonly isEnough: boolean;
}

export const SIGNATURE_SHARE = 0.5;
export const MOST_SHARE = 0.8;
export const FEW_SHARE = 0.1;
export const LEAST_PEERS = 5;
const SIGNATURE_TOLD = 50;
const DIFFERENCES_TOLD = 100;

/** The n-th entitlement of a matrix. */
export const entitlementAt = ({ terms, resources, inherits }: EntitlementMatrix, n: number): HeldEntitlement => ({
  terms: terms[n]!,
  resource: resources[n]!,
  inherits: inherits[n] === 1,
});

/** Tells of one cluster after another; scratch space is shared between them. */
export function clusterTeller(matrix: EntitlementMatrix, holding: HoldingGraph) {
  const all = holding.rowSizes.reduce((sum, size) => sum + size, 0);
  const everywhere = holders(matrix, holding, Array.from(holding.rowSizes.keys()), new Float64Array(matrix.columns));
  const inside = new Float64Array(matrix.columns);
  return (rows: readonly number[]): ClusterHoldings => {
    holders(matrix, holding, rows, inside);
    const size = rows.reduce((sum, row) => sum + holding.rowSizes[row]!, 0);
    const held = heldColumns(matrix, rows);
    const share = (column: number): number => inside[column]! / size;
    const elsewhere = (column: number): number =>
      all === size ? 0 : (everywhere[column]! - inside[column]!) / (all - size);
    const told = {
      ...signatureOf(matrix, held, share, elsewhere),
      ...differences(matrix, holding, rows, held, share, size),
    };
    for (const column of held) inside[column] = 0;
    return told;
  };
}

/** Adds identities of rows to the columns that they hold. */
function holders(
  { cellBounds, cells }: EntitlementMatrix,
  { rowSizes }: HoldingGraph,
  rows: readonly number[],
  counts: Float64Array,
): Float64Array {
  for (const row of rows)
    for (let i = cellBounds[row]!; i < cellBounds[row + 1]!; i++) counts[cells[i]!]! += rowSizes[row]!;
  return counts;
}

function heldColumns({ cellBounds, cells }: EntitlementMatrix, rows: readonly number[]): readonly number[] {
  const held = new Set<number>();
  for (const row of rows) for (let i = cellBounds[row]!; i < cellBounds[row + 1]!; i++) held.add(cells[i]!);
  return [...held].sort((a, b) => a - b);
}

function signatureOf(
  matrix: EntitlementMatrix,
  held: readonly number[],
  share: (column: number) => number,
  elsewhere: (column: number) => number,
): Pick<ClusterHoldings, 'signature' | 'signatureCount'> {
  const { columnBounds } = matrix;
  const most = held.filter((column) => share(column) >= SIGNATURE_SHARE);
  const tells = (column: number): number => share(column) - elsewhere(column);
  most.sort((a, b) => tells(b) - tells(a) || a - b);
  const signature: SignatureEntitlement[] = [];
  for (const column of most) {
    const told = { share: share(column), elsewhere: elsewhere(column) };
    for (let n = columnBounds[column]!; n < columnBounds[column + 1]! && signature.length < SIGNATURE_TOLD; n++)
      signature.push({ ...entitlementAt(matrix, n), ...told });
  }
  return {
    signature,
    signatureCount: most.reduce((sum, column) => sum + columnBounds[column + 1]! - columnBounds[column]!, 0),
  };
}

type Differences = Pick<ClusterHoldings, 'lacking' | 'lackingCount' | 'beyond' | 'beyondCount' | 'isEnough'>;

function differences(
  matrix: EntitlementMatrix,
  { rowSizes, columnSizes }: HoldingGraph,
  rows: readonly number[],
  held: readonly number[],
  share: (column: number) => number,
  size: number,
): Differences {
  if (size < LEAST_PEERS) return { lacking: [], lackingCount: 0, beyond: [], beyondCount: 0, isEnough: false };
  const { cellBounds, cells } = matrix;
  const common = held.filter((column) => share(column) >= MOST_SHARE);
  const lacks: RowDifference[] = [];
  const has: RowDifference[] = [];
  for (const row of rows) {
    const own = cells.subarray(cellBounds[row]!, cellBounds[row + 1]!);
    const owned = new Set(own);
    for (const column of common) if (!owned.has(column)) lacks.push({ row, column, share: share(column) });
    for (const column of own) if (share(column) <= FEW_SHARE) has.push({ row, column, share: share(column) });
  }
  const pairs = (found: readonly RowDifference[]): number =>
    found.reduce((sum, { row, column }) => sum + rowSizes[row]! * columnSizes[column]!, 0);
  lacks.sort((a, b) => b.share - a.share || a.row - b.row || a.column - b.column);
  has.sort((a, b) => a.share - b.share || a.row - b.row || a.column - b.column);
  return {
    lacking: spread(matrix, lacks),
    lackingCount: pairs(lacks),
    beyond: spread(matrix, has),
    beyondCount: pairs(has),
    isEnough: true,
  };
}

interface RowDifference {
  readonly row: number;
  readonly column: number;
  readonly share: number;
}

/** One for each identity of a row, and the first entitlement of a column for all of them. */
function spread(matrix: EntitlementMatrix, found: readonly RowDifference[]): readonly Difference[] {
  const { identities, rowBounds, columnBounds } = matrix;
  const told: Difference[] = [];
  for (const { row, column, share } of found)
    for (let i = rowBounds[row]!; i < rowBounds[row + 1]!; i++) {
      if (told.length === DIFFERENCES_TOLD) return told;
      const first = columnBounds[column]!;
      const together = columnBounds[column + 1]! - first;
      told.push({ identity: identities[i]!, entitlement: entitlementAt(matrix, first), share, together });
    }
  return told;
}
