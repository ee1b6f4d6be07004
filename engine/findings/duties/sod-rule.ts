/** Duties that must be kept apart: what a rule of a file says, and what it means in one version of the graph. */
import type { Reach } from '../../model/index.ts';

/** Where something stands in a file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** `rules[0].left[1]`. */
  readonly field: string;
}

/** One thing that is part of a duty. */
export type Duty =
  /** Patterns, in which `*` matches any run of characters; letter case does not matter but in a resource without a star. */
  | { readonly is: 'entitlement'; readonly action: string; readonly resource: string; readonly place: Place }
  | { readonly is: 'role' | 'group'; readonly id: string; readonly place: Place };

/** Nobody may have something of both sides. */
export interface SodRule {
  readonly name: string;
  readonly because?: string;
  /** In [0, 1]. */
  readonly severity: number;
  /** What counts as having: by design only; who can take over what is told elsewhere. */
  readonly reach: Exclude<Reach, 'ESCALATION'>;
  readonly left: readonly Duty[];
  readonly right: readonly Duty[];
}

/** A duty in the numbers of a snapshot. */
export interface ResolvedDuty {
  /** Node number of a resource; of a role or group where `action` is absent. */
  readonly node: number;
  /** One action, folded. For a pattern, one that stands for all that only this pattern matches. */
  readonly action?: string;
  /** As it is told: `approve`, or `a*` for what stands for a pattern. */
  readonly shown?: string;
}

export interface ResolvedSodRule extends Omit<SodRule, 'left' | 'right'> {
  readonly left: readonly ResolvedDuty[];
  readonly right: readonly ResolvedDuty[];
}

export const DEFAULT_SOD_SEVERITY = 0.8;

/** Of a file, in characters. */
export const MAX_SOD_TEXT = 1024 * 1024;
export const MAX_SOD_RULES = 500;
/** Of one side as it is written. */
export const MAX_DUTIES = 100;
/** Characters of a pattern or name, and of a reason. */
export const MAX_DUTY_TEXT = 2_048;
export const MAX_BECAUSE = 4_096;
/** Stars of one pattern: what it has in common with a grant's is exponential in them. */
export const MAX_DUTY_STARS = 4;
/** What one side may come to when its patterns are spelled out; each is a question of its own. */
export const MAX_EXPANDED = 2_000;
