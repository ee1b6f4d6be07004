/**
 * Rows with the same cells are one row with a weight, and so are columns: every cover of the small matrix is one of the large
 * of as many bicliques, and no cover of the large is cheaper in weights, since equal rows may as well all take what the
 * cheapest of them takes. O(cells) by hashing; equality is checked, never assumed from a hash.
 */
import { type Checkpoint, unchecked } from '../checkpoint.ts';
import { type Biclique, byColumns, type CellMatrix } from './cell-matrix.ts';

/** Rows between two checkpoints. */
const CHECK_EVERY = 4_096;

/** Which class each of many belongs to, and back. Classes are numbered by their first member. */
export interface Classes {
  readonly of: Uint32Array;
  /** Where the members of each class begin and end. */
  readonly bounds: Uint32Array;
  /** Ascending within a class. */
  readonly members: Uint32Array;
}

export interface Collapsed {
  /** One row and one column for each class, with the weights of their members. */
  readonly matrix: CellMatrix;
  readonly rowClasses: Classes;
  readonly columnClasses: Classes;
}

export interface CollapseOptions {
  /** Rows with different labels stay apart, whatever their cells. */
  readonly rowLabels?: Uint32Array;
  readonly columnLabels?: Uint32Array;
  readonly checkpoint?: Checkpoint;
}

/** Cells of a row and a column are equal when they are there, and required, alike. */
export function collapse(matrix: CellMatrix, options: CollapseOptions = {}): Collapsed {
  const { checkpoint = unchecked } = options;
  const { rows, columns, bounds, cells } = matrix;
  const flags = matrix.required ?? new Uint8Array(cells.length).fill(1);
  const rowClasses = classesOf({ count: rows, bounds, items: cells, flags }, options.rowLabels, checkpoint);
  const chosen = restrictTo(matrix, flags, firstMembers(rowClasses));
  const view = byColumns(chosen.matrix);
  const columnFlags = Uint8Array.from(view.places, (place) => chosen.flags[place]!);
  const columnClasses = classesOf(
    { count: columns, bounds: view.bounds, items: view.rows, flags: columnFlags },
    options.columnLabels,
    checkpoint,
  );
  const small = mergeColumns(chosen.matrix, chosen.flags, columnClasses);
  return {
    rowClasses,
    columnClasses,
    matrix: {
      ...small.matrix,
      ...(matrix.required !== undefined && { required: small.flags }),
      rowWeights: weightsOf(rowClasses, matrix.rowWeights),
      columnWeights: weightsOf(columnClasses, matrix.columnWeights),
    },
  };
}

/** The biclique of the large matrix that a biclique of the classes stands for. */
export const expand = ({ rowClasses, columnClasses }: Collapsed, { rows, columns }: Biclique): Biclique => ({
  rows: membersOf(rowClasses, rows),
  columns: membersOf(columnClasses, columns),
});

/** All members of some classes, ascending. */
export function membersOf({ bounds, members }: Classes, classes: Uint32Array): Uint32Array {
  let size = 0;
  for (const each of classes) size += bounds[each + 1]! - bounds[each]!;
  const all = new Uint32Array(size);
  let next = 0;
  for (const each of classes) {
    all.set(members.subarray(bounds[each]!, bounds[each + 1]!), next);
    next += bounds[each + 1]! - bounds[each]!;
  }
  return all.sort();
}

interface Lines {
  readonly count: number;
  readonly bounds: Uint32Array;
  readonly items: Uint32Array;
  readonly flags: Uint8Array;
}

/** Classes of lines with the same items, flags and label. */
function classesOf(lines: Lines, labels: Uint32Array | undefined, checkpoint: Checkpoint): Classes {
  const { count, bounds, items, flags } = lines;
  const of = new Uint32Array(count);
  const firsts: number[] = [];
  /** Classes whose lines share a hash: the last of them, and for each class the one before it, both plus 1. */
  const last = new Map<number, number>();
  const before: number[] = [];
  for (let line = 0; line < count; line++) {
    let hash = Math.imul((labels?.[line] ?? 0) + 1, 0x9e3779b1);
    for (let i = bounds[line]!; i < bounds[line + 1]!; i++)
      hash = Math.imul(hash ^ (items[i]! * 2 + flags[i]!), 0x85ebca6b) ^ (hash >>> 15);
    let found = last.get(hash) ?? 0;
    while (found !== 0 && !areEqual(lines, labels, firsts[found - 1]!, line)) found = before[found - 1]!;
    if (found === 0) {
      firsts.push(line);
      before.push(last.get(hash) ?? 0);
      found = firsts.length;
      last.set(hash, found);
    }
    of[line] = found - 1;
    if (line % CHECK_EVERY === 0) checkpoint();
  }
  return { of, ...gathered(of, firsts.length) };
}

function areEqual({ bounds, items, flags }: Lines, labels: Uint32Array | undefined, a: number, b: number): boolean {
  const size = bounds[a + 1]! - bounds[a]!;
  if (size !== bounds[b + 1]! - bounds[b]! || labels?.[a] !== labels?.[b]) return false;
  for (let i = bounds[a]!, j = bounds[b]!; i < bounds[a + 1]!; i++, j++)
    if (items[i] !== items[j] || flags[i] !== flags[j]) return false;
  return true;
}

function gathered(of: Uint32Array, classes: number) {
  const bounds = new Uint32Array(classes + 1);
  for (const each of of) bounds[each + 1]!++;
  for (let each = 0; each < classes; each++) bounds[each + 1]! += bounds[each]!;
  const next = bounds.slice();
  const members = new Uint32Array(of.length);
  for (let member = 0; member < of.length; member++) members[next[of[member]!]!++] = member;
  return { bounds, members };
}

const firstMembers = ({ bounds, members }: Classes): Uint32Array =>
  Uint32Array.from({ length: bounds.length - 1 }, (_, each) => members[bounds[each]!]!);

/** Saturates: a class of so many counts no more. */
function weightsOf({ of, bounds }: Classes, weights: Uint32Array | undefined): Uint32Array {
  const sums = new Float64Array(bounds.length - 1);
  for (let member = 0; member < of.length; member++) sums[of[member]!]! += weights?.[member] ?? 1;
  return Uint32Array.from(sums, (sum) => Math.min(sum, 0xffffffff));
}

/** Only some rows, in the order given. */
function restrictTo(matrix: CellMatrix, flags: Uint8Array, rows: Uint32Array) {
  const bounds = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++)
    bounds[i + 1] = bounds[i]! + matrix.bounds[rows[i]! + 1]! - matrix.bounds[rows[i]!]!;
  const cells = new Uint32Array(bounds[rows.length]!);
  const kept = new Uint8Array(cells.length);
  for (let i = 0; i < rows.length; i++) {
    const [from, to] = [matrix.bounds[rows[i]!]!, matrix.bounds[rows[i]! + 1]!];
    cells.set(matrix.cells.subarray(from, to), bounds[i]!);
    kept.set(flags.subarray(from, to), bounds[i]!);
  }
  return { matrix: { rows: rows.length, columns: matrix.columns, bounds, cells } satisfies CellMatrix, flags: kept };
}

/** One column for each class. Classes are numbered by their first column, so that columns still ascend. */
function mergeColumns(matrix: CellMatrix, flags: Uint8Array, { of, bounds: classBounds, members }: Classes) {
  const isFirst = (column: number): boolean => members[classBounds[of[column]!]!] === column;
  const bounds = new Uint32Array(matrix.rows + 1);
  const cells = new Uint32Array(matrix.cells.length);
  const kept = new Uint8Array(matrix.cells.length);
  let next = 0;
  for (let row = 0; row < matrix.rows; row++) {
    for (let cell = matrix.bounds[row]!; cell < matrix.bounds[row + 1]!; cell++) {
      const column = matrix.cells[cell]!;
      if (!isFirst(column)) continue;
      cells[next] = of[column]!;
      kept[next++] = flags[cell]!;
    }
    bounds[row + 1] = next;
  }
  const columns = classBounds.length - 1;
  const small: CellMatrix = { rows: matrix.rows, columns, bounds, cells: cells.slice(0, next) };
  return { matrix: small, flags: kept.slice(0, next) };
}
