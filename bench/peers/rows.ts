/** Answers in one form, whoever gives them, so that they can be compared. */
import type { Decision } from '../../engine/index.ts';

/** A decision as a number: 0 NONE, 1 DENIED, 2 CONDITIONAL, 3 ALLOWED. */
export type Rank = 0 | 1 | 2 | 3;
const RANKS: readonly Decision[] = ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'];

export const rankOf = (decision: Decision): Rank => RANKS.indexOf(decision) as Rank;
export const decisionOf = (rank: Rank): Decision => RANKS[rank]!;
/** What is counted of the answers to a question for a list. */
export const some = (count: unknown): string => (count === undefined || count === 0 ? 'none' : 'some');

/** Ids with a number each: the rank of the decision, or how many ways there are. Sorted by id. */
export type Rows = readonly (readonly [id: string, value: number])[];

export const sortedRows = (rows: Iterable<readonly [string, number]>): Rows =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** How many rows, and the first of them. */
export const exactText = (rows: Rows, first = rows.length): string =>
  JSON.stringify([rows.length, rows.slice(0, first)]);

/** The ids of what is allowed, if only under conditions: for one who knows yes and no only. */
export const listedText = (rows: Rows): string =>
  JSON.stringify(rows.filter(([, value]) => value >= rankOf('CONDITIONAL')).map(([id]) => id));
