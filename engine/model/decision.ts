/** What a question about access can answer, strongest first. */
export type Decision = 'ALLOWED' | 'CONDITIONAL' | 'DENIED' | 'NONE';

/** Decisions as small integers, so that "the stronger of two" is `Math.max` and "the weaker" is `Math.min`. */
export const NONE = 0;
export const DENIED = 1;
export const CONDITIONAL = 2;
export const ALLOWED = 3;
export type DecisionRank = 0 | 1 | 2 | 3;

const NAMES: readonly Decision[] = ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'];

/** The name of a rank. */
export const decisionOf = (rank: number): Decision => NAMES[rank] as Decision;

/** The rank of a name. */
export const rankOf = (decision: Decision): DecisionRank => NAMES.indexOf(decision) as DecisionRank;

/** How far a question follows the graph: by design of the roles, through assumed identities, or through take-overs too. */
export const REACHES = ['ENTITLED', 'ASSUMABLE', 'ESCALATION'] as const;
export type Reach = (typeof REACHES)[number];
export const DEFAULT_REACH: Reach = 'ASSUMABLE';
