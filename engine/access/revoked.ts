/** What a difference in access has beyond the access that was to end. */
import { foldCase } from '../snapshot/action-pattern.ts';
import type { AccessDifference, ClassDelta, PairDelta, PatternRows } from './access-delta.ts';

export interface Revoked {
  readonly identities: ReadonlySet<number>;
  /** As it was asked about. */
  readonly action: string;
  readonly resources: ReadonlySet<number>;
}

/**
 * Leaves out that the identities lose just this action on the resources. A pattern that conveys more than the action stays:
 * without it more is lost than was to end.
 */
export function lessRevoked(found: AccessDifference, revoked: Revoked): AccessDifference {
  let removed = 0;
  const classes = found.classes.flatMap((each) => {
    const { members } = each.identities;
    const concerned = members.filter((member) => revoked.identities.has(member));
    const patterns = each.pairs.reduce((sum, pair) => sum + patternsRevoked(pair, revoked), 0);
    if (concerned.length === 0 || patterns === 0) return [each];
    removed += concerned.length * patterns;
    const others = members.filter((member) => !revoked.identities.has(member));
    const rest = each.pairs.flatMap((pair) => less(pair, revoked));
    return [withPairs(each, others, each.pairs), withPairs(each, concerned, rest)].filter(
      (part) => part.identities.members.length > 0 && part.pairs.length > 0,
    );
  });
  return { ...found, lost: found.lost - removed, classes };
}

const withPairs = (each: ClassDelta, members: readonly number[], pairs: readonly PairDelta[]): ClassDelta => ({
  ...each,
  identities: { ...each.identities, members },
  pairs,
});

const isIt = (pattern: string, { action }: Revoked): boolean => foldCase(pattern) === foldCase(action);

/** How many patterns that one identity loses of a pair, on all its resources, are just what was to end. */
function patternsRevoked({ resources, lost }: PairDelta, revoked: Revoked): number {
  const concerned = resources.members.filter((member) => revoked.resources.has(member)).length;
  if (concerned === 0) return 0;
  return concerned * lost.flatMap(({ actions }) => actions).filter((pattern) => isIt(pattern, revoked)).length;
}

/** A pair without what was to end, parted by whether it is about those resources. */
function less(pair: PairDelta, revoked: Revoked): readonly PairDelta[] {
  if (patternsRevoked(pair, revoked) === 0) return [pair];
  const lost = pair.lost.flatMap((row): PatternRows[] => {
    const actions = row.actions.filter((pattern) => !isIt(pattern, revoked));
    return actions.length === 0 ? [] : [{ ...row, actions }];
  });
  const on = (concerned: boolean) => ({
    ...pair.resources,
    members: pair.resources.members.filter((member) => revoked.resources.has(member) === concerned),
  });
  const parts = [
    { ...pair, resources: on(false) },
    { ...pair, resources: on(true), lost },
  ];
  return parts.filter(
    ({ resources, gained, lost, altered }) =>
      resources.members.length > 0 && gained.length + lost.length + altered.length > 0,
  );
}
