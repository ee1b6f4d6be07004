/** How much there is of roles: the counts by which structures of roles are compared. */
import { pairCount } from './links.ts';
import type { RoleMetrics } from './plan.ts';
import type { RoleState } from './role-state.ts';
import type { Target } from './target.ts';

type Counts = Omit<RoleMetrics, 'structuralComplexity'>;

/**
 * The weighted structural complexity with all weights 1: I. Molloy, H. Chen, T. Li, Q. Wang, N. Li, E. Bertino, S. Calo,
 * J. Lobo, "Mining roles with multiple objectives", ACM TISSEC 13(4), 2010; direct grants are its direct assignments.
 */
const summed = (counts: Counts): RoleMetrics => {
  const { roles, assignments, roleGrants, hierarchyEdges, directGrants } = counts;
  return { ...counts, structuralComplexity: roles + assignments + roleGrants + hierarchyEdges + directGrants };
};

/** Of the roles as they are. Parallel edges that say the same are one. */
export const presentMetrics = ({ roles, rolesOf, atomsOf, juniorsOf, directOf }: RoleState): RoleMetrics =>
  summed({
    roles: roles.length,
    assignments: pairCount(rolesOf),
    roleGrants: pairCount(atomsOf),
    hierarchyEdges: pairCount(juniorsOf),
    directGrants: pairCount(directOf),
  });

/** Of roles as they are to be. */
export function targetMetrics({ roles, direct }: Target): RoleMetrics {
  const sum = (count: (role: Target['roles'][number]) => readonly number[]): number =>
    roles.reduce((total, role) => total + new Set(count(role)).size, 0);
  return summed({
    roles: roles.length,
    assignments: sum(({ rows }) => rows),
    roleGrants: sum(({ atoms }) => atoms),
    hierarchyEdges: sum(({ juniors }) => juniors),
    directGrants: new Set(direct.map(([row, atom]) => `${row} ${atom}`)).size,
  });
}
