/** A first structure within the limits: what each row has and no role yet covers, as roles of that row's own. */
import type { Conflict } from './conflicts.ts';
import { NEW, type Shaping } from './shaping.ts';
import { liveRole, type Structure } from './structure.ts';

/**
 * Adds roles until all that must be covered is, or may stay direct. O(cells), times the columns of a role where some must be kept
 * apart.
 *
 * @returns a conflict, with rows and columns of the structure's matrix, when a row cannot be covered
 */
export function coverByRows(structure: Structure): Conflict | undefined {
  const { shaping } = structure;
  const { matrix, limits, rowWeights } = shaping;
  const mayBeDirect = Number.isFinite(shaping.weights.direct);
  for (let row = 0; row < matrix.rows; row++) {
    const open: number[] = [];
    for (let cell = matrix.bounds[row]!; cell < matrix.bounds[row + 1]!; cell++)
      if (structure.counts[cell] === 0 && structure.required[cell] === 1) open.push(matrix.cells[cell]!);
    if (open.length === 0) continue;
    const most = limits.maxRowsPerRole ?? Infinity;
    if (rowWeights[row]! > most) {
      if (mayBeDirect) continue;
      return { kind: 'rowTooHeavy', row, weight: rowWeights[row]!, most };
    }
    const slots = structure.slots(row);
    const packed = pack(shaping, open);
    if ('kind' in packed && !mayBeDirect) return packed;
    const bins = 'kind' in packed ? packed.bins : packed;
    if (bins.length > slots && !mayBeDirect) {
      const needed = fewestBins(shaping, open);
      if (needed > slots)
        return {
          kind: 'rolesOfRow',
          row,
          needed: needed + limits.maxRolesPerRow! - slots,
          most: limits.maxRolesPerRow!,
        };
      return { kind: 'noneFound', row };
    }
    for (const bin of bins.slice(0, Math.min(bins.length, Math.max(0, slots)))) {
      const role = { rows: Uint32Array.of(row), columns: Uint32Array.from(bin).sort() };
      structure.add(liveRole(shaping, role, NEW));
    }
  }
  return structure.directWeight > shaping.mostDirect ? { kind: 'noneFound', row: firstDirect(structure) } : undefined;
}

function firstDirect({ counts, required, rowOf }: Structure): number {
  return rowOf[counts.findIndex((count, cell) => count === 0 && required[cell] === 1)]!;
}

type Bins = number[][];

/** First fit, the columns that are apart from the most others first. */
function pack({ limits, apart, columnWeights }: Shaping, open: readonly number[]): Bins | (Conflict & { bins: Bins }) {
  const most = limits.maxColumnsPerRole ?? Infinity;
  if (most === Infinity && apart.size === 0) return [[...open]];
  const conflicts = (column: number): number => apart.get(column)?.size ?? 0;
  const bins: { readonly columns: number[]; weight: number }[] = [];
  let tooHeavy: number | undefined;
  for (const column of [...open].sort((a, b) => conflicts(b) - conflicts(a) || a - b)) {
    const weight = columnWeights[column]!;
    if (weight > most) {
      tooHeavy ??= column;
      continue;
    }
    const others = apart.get(column);
    const fits = bins.find(
      (bin) => bin.weight + weight <= most && (others === undefined || !bin.columns.some((each) => others.has(each))),
    );
    if (fits === undefined) bins.push({ columns: [column], weight });
    else {
      fits.columns.push(column);
      fits.weight += weight;
    }
  }
  const packed = bins.map((bin) => bin.columns);
  if (tooHeavy === undefined) return packed;
  return { kind: 'columnTooHeavy', column: tooHeavy, weight: columnWeights[tooHeavy]!, most, bins: packed };
}

/** At least so many roles are needed for columns: by their weight, and by those that are all apart from one another. */
function fewestBins({ limits, apart, columnWeights }: Shaping, open: readonly number[]): number {
  const weight = open.reduce((total, column) => total + columnWeights[column]!, 0);
  const byWeight = Math.ceil(weight / (limits.maxColumnsPerRole ?? Infinity));
  let byApart = 0;
  for (const first of open) {
    const clique = [first];
    for (const column of open) if (clique.every((each) => apart.get(each)?.has(column))) clique.push(column);
    byApart = Math.max(byApart, clique.length);
  }
  return Math.max(byWeight, byApart);
}
