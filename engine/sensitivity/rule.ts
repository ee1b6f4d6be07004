/** What a sensitivity rule says, and how many of them there may be. */

/** Patterns in which `*` matches any run of characters; letter case does not matter. What is absent fits everything. */
export interface ResourcePatterns {
  /** Of the resource's type; a resource without one has the empty text. */
  readonly type?: string;
  readonly id?: string;
  /** By the name of the attribute, which is matched exactly. A resource without the attribute does not fit. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Actions on resources that weigh alike. The first rule that fits an action on a resource decides. */
export interface SensitivityRule {
  readonly name: string;
  readonly resource: ResourcePatterns;
  /** Patterns; absent: every action. */
  readonly actions?: readonly string[];
  /** In [0, 1]. */
  readonly weight: number;
  readonly because?: string;
}

/** Of a file of rules, in characters. */
export const MAX_RULES_TEXT = 1024 * 1024;
export const MAX_RULES = 1_000;
/** Action patterns of one rule, and attributes that it looks at. */
export const MAX_PATTERNS = 200;
/** Characters of a name or a pattern; of a reason. */
export const MAX_PATTERN = 512;
export const MAX_REASON = 4_096;
/** Stars of one action pattern: what it has in common with a grant's is exponential in them. */
export const MAX_STARS = 4;
