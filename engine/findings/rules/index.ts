/** All rules, in the order of FINDING_KINDS. */
import { FINDING_KINDS, type FindingKind } from '../questions.ts';
import type { FindingRule } from '../rule.ts';
import { expiredGrant } from './expired-grant.ts';
import { redundantGrant } from './redundant-grant.ts';

const RULES: readonly FindingRule[] = [redundantGrant, expiredGrant];

const BY_KIND: ReadonlyMap<FindingKind, FindingRule> = new Map(RULES.map((rule) => [rule.kind, rule]));

/** The rules of some kinds, in the order of FINDING_KINDS. */
export const rulesOf = (kinds: readonly FindingKind[]): readonly FindingRule[] =>
  FINDING_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) => BY_KIND.get(kind) ?? []);

export const ruleOf = (kind: FindingKind): FindingRule => BY_KIND.get(kind)!;
