/** All rules, in the order of FINDING_KINDS. */
import { FINDING_KINDS, type FindingKind } from '../questions.ts';
import type { FindingRule } from '../rule.ts';
import { duplicateRole } from './duplicate-role.ts';
import { emptyRole } from './empty-role.ts';
import { escalationPath } from './escalation-path.ts';
import { expiredGrant } from './expired-grant.ts';
import { membershipCycle } from './membership-cycle.ts';
import { orphanedAccount } from './orphaned-account.ts';
import { outlier } from './outlier.ts';
import { redundantGrant } from './redundant-grant.ts';
import { sodViolation } from './sod-violation.ts';
import { staleAccess } from './stale-access.ts';
import { subsumedRole } from './subsumed-role.ts';
import { unusedRole } from './unused-role.ts';

const RULES: readonly FindingRule[] = [
  redundantGrant,
  duplicateRole,
  subsumedRole,
  emptyRole,
  unusedRole,
  membershipCycle,
  staleAccess,
  orphanedAccount,
  outlier,
  sodViolation,
  escalationPath,
  expiredGrant,
];

const BY_KIND: ReadonlyMap<FindingKind, FindingRule> = new Map(RULES.map((rule) => [rule.kind, rule]));

/** The rules of some kinds, in the order of FINDING_KINDS. */
export const rulesOf = (kinds: readonly FindingKind[]): readonly FindingRule[] =>
  FINDING_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) => BY_KIND.get(kind) ?? []);

export const ruleOf = (kind: FindingKind): FindingRule => BY_KIND.get(kind)!;
