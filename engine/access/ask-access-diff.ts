/** Who gains and who loses what from one version to another. */
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import { checkIds, checkScope, type Side, withinScope } from './access-scope.ts';
import type { Apart } from './apart.ts';
import { deltaOf } from './ask-what-if.ts';
import { frameOf, groundOf } from './ground.ts';
import type { AccessDelta, AccessScope, Patience, Scope } from './questions.ts';

/** One version as it is compared with another of its space. */
export interface Compared {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
  readonly scope: Scope;
  readonly apart?: Apart | undefined;
}

export const sideOf = ({ snapshot, reader, scope, apart }: Compared): Side => {
  const ground = groundOf(snapshot, reader, apart);
  return { ground, frame: frameOf(ground, scope) };
};

/** @throws GrantlensError ARGUMENT_INVALID, NODE_NOT_FOUND, NOT_AN_IDENTITY, NOT_A_RESOURCE for what neither version has */
export async function askAccessDiff(
  before: Compared,
  after: Compared,
  scope: AccessScope,
  patience: Patience,
): Promise<AccessDelta> {
  checkScope(scope);
  const sides = [sideOf(before), sideOf(after)] as const;
  checkIds(
    scope,
    sides.map(({ ground }) => ground),
  );
  return deltaWithin(sides, scope, patience);
}

/** The same for a scope that was checked, whose nodes may have gone meanwhile. */
export function deltaWithin(
  sides: readonly [Side, Side],
  scope: AccessScope,
  patience: Patience,
): Promise<AccessDelta> {
  const [before, after] = sides;
  return deltaOf(before.frame, after.frame, patience, { within: withinScope(scope, sides), apart: after.ground.apart });
}
