/** What two plans do otherwise: figures side by side, and roles with which they deal differently. */
import type { JsonValue } from '../model/index.ts';
import { canonicalJson } from '../runs/canonical.ts';
import type { PlannedRole, RoleFate, RoleMetrics, RolePlan } from './plan.ts';

export interface PlanSide {
  readonly id: string;
  readonly version: number;
  readonly before: RoleMetrics;
  readonly after: RoleMetrics;
  readonly edits: number;
  readonly steps: number;
  readonly fates: Readonly<Record<RoleFate, number>>;
}

/** A role by its id; null where one plan has nothing to do with it. */
export interface RoleComparison {
  readonly id: string;
  readonly name: string;
  readonly from: RoleFate | null;
  readonly to: RoleFate | null;
}

export interface PlanComparison {
  readonly from: PlanSide;
  readonly to: PlanSide;
  readonly differingCount: number;
  /** By id: other fates, or other contents, members or inclusions. */
  readonly differing: readonly RoleComparison[];
}

/** O(roles of both). @param first of the roles that differ */
export function comparePlans(from: RolePlan, to: RolePlan, first: number): PlanComparison {
  const [before, after] = [byId(from), byId(to)];
  const differing = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was !== undefined && is !== undefined && contentOf(was) === contentOf(is)) return [];
    return [{ id, name: (is ?? was)!.name, from: was?.fate ?? null, to: is?.fate ?? null }];
  });
  return { from: sideOf(from), to: sideOf(to), differingCount: differing.length, differing: differing.slice(0, first) };
}

const byId = ({ roles }: RolePlan): ReadonlyMap<string, PlannedRole> => new Map(roles.map((role) => [role.id, role]));

const contentOf = ({ fate, members, entitlements, juniors }: PlannedRole): string =>
  canonicalJson([fate, members, entitlements, juniors] as unknown as JsonValue);

function sideOf({ id, version, before, after, edits, steps, roles }: RolePlan): PlanSide {
  const fates: Record<RoleFate, number> = { KEPT: 0, CHANGED: 0, NEW: 0, RETIRED: 0 };
  for (const { fate } of roles) fates[fate]++;
  return { id, version, before, after, edits, steps: steps.length, fates };
}
