/** Published matrices of who has what: one pair of a user and a permission a line, both numbers, compressed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type CellMatrix, matrixOf } from '../../algorithms/bicliques/cell-matrix.ts';

export interface Published {
  readonly name: string;
  readonly matrix: CellMatrix;
}

/** All matrices of a folder, by name. */
export function readPublished(folder: string): Published[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt.gz'));
  return files.sort().map((file) => ({
    name: file.slice(0, -'.txt.gz'.length),
    matrix: readPairs(gunzipSync(readFileSync(join(folder, file))).toString('utf8'), file),
  }));
}

/** @throws when a line is not two numbers */
function readPairs(text: string, file: string): CellMatrix {
  const rows = new Map<string, number>();
  const columns = new Map<string, number>();
  const numberOf = (names: Map<string, number>, name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const cells: [number, number][] = [];
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    const [row, column, ...more] = line.trim().split(/\s+/u);
    if (row === undefined || column === undefined || more.length > 0)
      throw new Error(`${file}, line ${at + 1}: expected a user and a permission, found "${line}"`);
    cells.push([numberOf(rows, row), numberOf(columns, column)]);
  });
  return matrixOf(rows.size, columns.size, cells);
}
