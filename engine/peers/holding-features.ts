/** What models of who holds what rest on: how many entitlements people have, and how many people entitlements have. */
import type { EntitlementMatrix } from './entitlement-matrix.ts';

/** Entitlements of each identity that holds any, and identities with each entitlement. */
export function holdingFeatures(matrix: EntitlementMatrix): Readonly<Record<string, Float64Array>> {
  const { rows, cellBounds, cells, rowBounds, columnBounds, identities, resources } = matrix;
  const held = new Float64Array(identities.length);
  const holders = new Float64Array(resources.length);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = cellBounds[row]!; i < cellBounds[row + 1]!; i++) {
      const column = cells[i]!;
      sum += columnBounds[column + 1]! - columnBounds[column]!;
      holders[columnBounds[column]!]! += rowBounds[row + 1]! - rowBounds[row]!;
    }
    held.fill(sum, rowBounds[row]!, rowBounds[row + 1]!);
  }
  for (let column = 0; column + 1 < columnBounds.length; column++)
    holders.fill(holders[columnBounds[column]!]!, columnBounds[column]!, columnBounds[column + 1]!);
  return { entitlementsOfIdentity: held, identitiesOfEntitlement: holders };
}
