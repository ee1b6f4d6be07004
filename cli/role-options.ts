/** What `mine` and `plan` have in common: what roles are looked for, in what, and for how long. */
import { wholeNumber } from './arguments.ts';

export interface RoleOptions {
  readonly objective: string;
  readonly deadline?: number;
  readonly iterations?: number;
  readonly seed: number;
  readonly scope?: readonly string[];
  readonly keep?: readonly string[];
  readonly maxEntitlements?: number;
  readonly maxRoles?: number;
  readonly exceptions?: number;
  readonly limit: number;
}

/** An option that may be given several times. */
export const many = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

/** Reads a number from 1 on. */
export const count = (): ((text: string) => number) => wholeNumber(1, Number.MAX_SAFE_INTEGER);
