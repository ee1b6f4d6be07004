import type { StatementCase } from '../case.ts';

/** One case for each named statement, by its name. */
export const CASES: Readonly<Record<string, StatementCase>> = {};
