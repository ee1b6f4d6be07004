import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../algorithms/bicliques/cell-matrix.ts';
import { faultsOf } from '../../../algorithms/bicliques/check-roles.ts';

const role = (rows: number[], columns: number[]) => ({
  rows: Uint32Array.from(rows),
  columns: Uint32Array.from(columns),
});
const matrix = matrixOf(2, 3, [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 2],
]);

describe('the check of roles', () => {
  it('finds nothing in an exact cover', () => {
    expect(faultsOf(matrix, { roles: [role([0, 1], [1]), role([0], [0])], direct: [[1, 2]] })).toEqual([]);
    const required = Uint8Array.of(1, 1, 1, 0);
    expect(faultsOf({ ...matrix, required }, { roles: [role([0, 1], [1]), role([0], [0])] })).toEqual([]);
  });

  it('names every access that is gained or lost', () => {
    expect(faultsOf(matrix, { roles: [role([0, 1], [0, 1])], direct: [[0, 2]] })).toEqual([
      { kind: 'gained', role: 0, row: 1, column: 0 },
      { kind: 'directNotHeld', row: 0, column: 2 },
      { kind: 'lost', row: 1, column: 2 },
    ]);
    expect(faultsOf(matrix, { roles: [role([0], [0, 1]), role([7], [1]), role([1], [1, 2])] })).toEqual([
      { kind: 'gained', role: 1, row: 7, column: 1 },
    ]);
  });

  it('names every limit that is broken', () => {
    const roles = [role([0], [0, 1]), role([0, 1], [1]), role([1], [2])];
    const limits = { maxColumnsPerRole: 1, maxRowsPerRole: 1, maxRolesPerRow: 1, apart: [[1, 0]] as const };
    expect(faultsOf(matrix, { roles, limits, fixed: [role([0], [0, 1]), role([1], [1])] })).toEqual([
      { kind: 'tooWide', role: 0, columns: 2 },
      { kind: 'notApart', role: 0, columns: [1, 0] },
      { kind: 'tooLarge', role: 1, rows: 2 },
      { kind: 'tooMany', row: 0, roles: 2 },
      { kind: 'tooMany', row: 1, roles: 2 },
      { kind: 'fixedMissing', fixed: 1 },
    ]);
  });
});
