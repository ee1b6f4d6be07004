import type { Cell } from './template.ts';

/** What the cell of one column must be for a row to be taken. */
export interface Condition {
  readonly column: string;
  readonly holds: (text: string) => boolean;
}

/** One of these, exactly. */
export const isOneOf = (column: string, values: readonly string[]): Condition => {
  const known = new Set(values);
  return { column, holds: (text) => known.has(text) };
};

/** None of these. */
export const isNoneOf = (column: string, values: readonly string[]): Condition => {
  const known = new Set(values);
  return { column, holds: (text) => !known.has(text) };
};

/** Empty, or not. */
export const isEmpty = (column: string, empty: boolean): Condition => ({
  column,
  holds: (text) => (text === '') === empty,
});

/** Whether all conditions hold in a row. */
export const allHold = (conditions: readonly Condition[], cell: Cell): boolean =>
  conditions.every(({ column, holds }) => holds(cell(column)));
