/**
 * Columns of a sparse matrix that are the same, by partition refinement: all columns begin in one class, and each row parts
 * every class into those that are in it and those that are not (R. Paige and R. E. Tarjan, "Three partition refinement
 * algorithms", 1987). Exact; O(cells + columns).
 */

/** Of each column its class, in the order of first columns; -1 for columns that no row has. */
export interface EqualColumns {
  readonly classOf: Int32Array;
  readonly count: number;
}

/**
 * @param bounds the cells of row r are numbers `bounds[r]` to `bounds[r + 1]`, excluded
 * @param cells columns, each once in a row
 */
export function equalColumns(bounds: Uint32Array, cells: Uint32Array, columns: number): EqualColumns {
  const part = new Int32Array(columns);
  const size: number[] = [columns];
  const parted: number[] = [-1];
  const touched: number[] = [];
  // Classes that a row has emptied have their numbers given again: there are never more of them than columns and one.
  const free: number[] = [];
  for (let row = 0; row + 1 < bounds.length; row++) {
    for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
      const column = cells[i]!;
      const from = part[column]!;
      if (parted[from] === -1) {
        parted[from] = free.pop() ?? size.push(0) - 1;
        parted[parted[from]!] = -1;
        touched.push(from);
      }
      const to = parted[from]!;
      part[column] = to;
      size[from]!--;
      size[to]!++;
    }
    for (const from of touched) {
      parted[from] = -1;
      if (size[from] === 0) free.push(from);
    }
    touched.length = 0;
  }
  return inOrder(part, cells);
}

function inOrder(part: Int32Array, cells: Uint32Array): EqualColumns {
  const isHeld = new Uint8Array(part.length);
  for (const column of cells) isHeld[column] = 1;
  const numbers = new Map<number, number>();
  const classOf = new Int32Array(part.length).fill(-1);
  for (let column = 0; column < part.length; column++) {
    if (isHeld[column] === 0) continue;
    const known = numbers.get(part[column]!) ?? numbers.size;
    numbers.set(part[column]!, known);
    classOf[column] = known;
  }
  return { classOf, count: numbers.size };
}
