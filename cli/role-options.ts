/** What `mine` and `plan` have in common: what roles are looked for, in what, and for how long. */
import { Option } from 'commander';
import { rulesOf } from './analysis-rules.ts';
import { wholeNumber } from './arguments.ts';
import type { Session } from './session.ts';
import { counted } from './terminal.ts';
import { visible } from './visible.ts';

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
  /** Path of a file of rules. */
  readonly sod?: string;
  readonly limit: number;
}

/** An option that may be given several times. */
export const many = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

/** Reads a number from 1 on. */
export const count = (): ((text: string) => number) => wholeNumber(1, Number.MAX_SAFE_INTEGER);

export const separation = (): Option =>
  new Option(
    '--sod <file>',
    'no role may join duties that are to be kept apart (YAML, see docs/separation-of-duties.md)',
  );

/** The session, with the rules that roles are to keep to. */
export const withDuties = async (session: Session, { sod }: Pick<RoleOptions, 'sod'>): Promise<Session> =>
  sod === undefined ? session : { ...session, rules: { ...session.rules, ...(await rulesOf({ sod })) } };

/** What of a rule roles do not keep apart, in a sentence. */
export function dutyWords(duty: {
  readonly rule: string;
  readonly holderCount: number;
  readonly holders: readonly string[];
  readonly undivided: readonly unknown[];
}): string {
  const { rule, holderCount, holders, undivided } = duty;
  const shown = holders.slice(0, 3).map(visible).join(', ');
  const more = holderCount > 3 ? ` and ${(holderCount - 3).toLocaleString('en-US')} more` : '';
  const both =
    undivided.length === 0
      ? ''
      : `; ${counted(undivided.length, 'entitlement')} of both sides by itself stays as it is`;
  return `no role joins both sides of ${JSON.stringify(rule)}, but ${counted(holderCount, 'holder')} ${holderCount === 1 ? 'has' : 'have'} both by several: ${shown}${more}${both}`;
}
