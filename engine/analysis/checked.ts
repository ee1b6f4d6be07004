/** The arguments of analyses, checked. */
import { GrantlensError, type Instant, NODE_KINDS, type NodeKind } from '../model/index.ts';
import { type AnalysisQuestion, IMPLEMENTATIONS } from './questions.ts';

const DEFAULT_FIRST = 100;
const MOST = 10_000;
const DEFAULT_SEED = 1;
const GREATEST_RESOLUTION = 1_000;

export const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });

export function oneOf<T extends string>(argument: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw invalid(argument, `${argument} must be one of ${allowed.join(', ')}, is ${JSON.stringify(value)}`);
}

export function firstOf(first: number | undefined): number {
  const count = first ?? DEFAULT_FIRST;
  if (Number.isSafeInteger(count) && count >= 0 && count <= MOST) return count;
  throw invalid('first', `first must be a whole number from 0 to ${MOST}, is ${first}`);
}

export function kindsOf(kinds: readonly NodeKind[] | undefined): readonly NodeKind[] {
  for (const kind of kinds ?? []) oneOf('kinds', kind, NODE_KINDS);
  return kinds === undefined ? NODE_KINDS : NODE_KINDS.filter((kind) => kinds.includes(kind));
}

export function resolutionOf(resolution: number | undefined): number {
  const value = resolution ?? 1;
  if (value > 0 && value <= GREATEST_RESOLUTION) return value;
  throw invalid('resolution', `resolution must be above 0 and at most ${GREATEST_RESOLUTION}, is ${resolution}`);
}

export interface Checked {
  readonly at: Instant;
  readonly seed: number;
  readonly implementation: AnalysisQuestion['implementation'];
}

export function commonOf({ at, seed, implementation }: AnalysisQuestion): Checked {
  if (at !== undefined && !Number.isFinite(at)) throw invalid('at', 'at must be an instant: milliseconds since 1970');
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw invalid('seed', `seed must be a whole number, is ${seed}`);
  if (implementation !== undefined) oneOf('implementation', implementation, IMPLEMENTATIONS);
  return { at: at ?? Date.now(), seed: seed ?? DEFAULT_SEED, implementation };
}
