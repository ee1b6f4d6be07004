/** Covers open cells with new bicliques, one after the other, each with a cell that was chosen at random. */
import type { Random } from '../seeded-random.ts';
import type { Biclique } from './cell-matrix.ts';
import { type Growth, type GrowthRules, growing } from './growth.ts';
import { columnKeeping, rowKeeping } from './limit-rules.ts';
import { close, type Lines, type OpenCells } from './open-cells.ts';
import type { Shaping } from './shaping.ts';

/** How one repair goes about it. */
export interface RepairStyle {
  /** Share of bicliques that grow from a row; the others grow from a column. */
  readonly fromRows: number;
  /** Share that also look at what is not open on the line that they grow from. */
  readonly wide: number;
  /** Whether they begin with the line that has the fewest open cells. */
  readonly fewestFirst: boolean;
  /** See `GrowthRules`. */
  readonly noise: number;
}

/**
 * @param slots how many roles more a row may have
 * @param isStopped asked before each biclique
 * @returns bicliques; undefined when the cells cannot be covered so within the limits, or it was stopped
 */
export type Repair = (
  open: OpenCells,
  style: RepairStyle,
  slots: (row: number) => number,
  isStopped?: () => boolean,
) => Biclique[] | undefined;

export function repairing(shaping: Shaping, random: Random): Repair {
  const grow = growing(random);
  const { weights, rowPrices, columnPrices, limits } = shaping;
  const onRows = limits.maxRolesPerRow !== undefined;
  return (open, style, slots, isStopped) => {
    const rules = { role: weights.role + 2 * shaping.change, noise: style.noise };
    const left = onRows ? Int32Array.from(open.rows.ids.subarray(0, open.rows.count), slots) : undefined;
    const byRow: GrowthRules = {
      ...rules,
      linePrices: rowPrices,
      bitPrices: columnPrices,
      ...rowKeeping(shaping, open, left),
    };
    const byColumn: GrowthRules = {
      ...rules,
      linePrices: columnPrices,
      bitPrices: rowPrices,
      ...columnKeeping(shaping, open),
    };
    const made: Biclique[] = [];
    while (open.left > 0) {
      if (isStopped?.()) return undefined;
      // Limits on the roles of a row are kept from the row's side only.
      const isRow = onRows || random() < style.fromRows;
      const [lines, others] = isRow ? [open.rows, open.columns] : [open.columns, open.rows];
      const pivot = pivotOf(lines, style.fewestFirst, random, isRow ? left : undefined);
      const growth = grow(lines, others, pivot, random() < style.wide, isRow ? byRow : byColumn);
      if (growth !== undefined && !isCheaperDirect(shaping, open, lines, isRow, growth)) {
        made.push(bicliqueOf(lines, others, growth, isRow));
        if (left !== undefined) for (let at = 0; at < growth.count; at++) left[growth.lines[at]!]!--;
        close(open, lines, others, growth.lines, growth.count, growth.set);
      } else if (Number.isFinite(weights.direct)) leaveDirect(open, lines, others, pivot);
      else return undefined;
    }
    return made;
  };
}

/** A line with open cells: that with the fewest, or any; but first one that may join a single role more. */
function pivotOf(lines: Lines, fewestFirst: boolean, random: Random, slots: Int32Array | undefined): number {
  const start = Math.floor(random() * lines.count);
  let best = -1;
  for (let step = 0; step < lines.count; step++) {
    const line = start + step < lines.count ? start + step : start + step - lines.count;
    const count = lines.openCounts[line]!;
    if (count === 0) continue;
    if (slots !== undefined && slots[line]! <= 1) return line;
    if (best === -1 || (fewestFirst && count < lines.openCounts[best]!)) best = line;
    if (!fewestFirst && slots === undefined) break;
  }
  return best;
}

/** Whether the cells that a biclique would cover are cheaper without it. */
function isCheaperDirect(shaping: Shaping, open: OpenCells, lines: Lines, isRow: boolean, growth: Growth): boolean {
  const { direct } = shaping.weights;
  if (!Number.isFinite(direct)) return false;
  const { rowWeights, columnWeights } = shaping;
  const others = isRow ? open.columns : open.rows;
  const lineWeights = isRow ? rowWeights : columnWeights;
  const bitWeights = isRow ? columnWeights : rowWeights;
  let weight = 0;
  for (let at = 0; at < growth.count; at++) {
    const line = growth.lines[at]!;
    let own = 0;
    for (let word = 0; word < lines.words; word++)
      for (let bits = lines.open[line * lines.words + word]! & growth.set[word]!; bits !== 0; bits &= bits - 1)
        own += bitWeights[others.ids[word * 32 + 31 - Math.clz32(bits & -bits)]!]!;
    weight += own * lineWeights[lines.ids[line]!]!;
  }
  return weight * direct < growth.cost;
}

function leaveDirect(open: OpenCells, lines: Lines, others: Lines, pivot: number): void {
  const all = lines.open.slice(pivot * lines.words, (pivot + 1) * lines.words);
  close(open, lines, others, [pivot], 1, all);
}

function bicliqueOf(lines: Lines, others: Lines, growth: Growth, isRow: boolean): Biclique {
  const own = Uint32Array.from(growth.lines.subarray(0, growth.count), (line) => lines.ids[line]!).sort();
  const bits: number[] = [];
  for (let word = 0; word < lines.words; word++)
    for (let left = growth.set[word]!; left !== 0; left &= left - 1)
      bits.push(others.ids[word * 32 + 31 - Math.clz32(left & -left)]!);
  const met = Uint32Array.from(bits);
  return isRow ? { rows: own, columns: met } : { rows: met, columns: own };
}
