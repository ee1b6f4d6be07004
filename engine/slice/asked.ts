/** What a question asks for, taken with care: what makes no sense is refused by the question itself, on whatever slice. */
import { DEFAULT_REACH, REACHES, type Reach } from '../model/index.ts';

export const reachOf = (reach: Reach | undefined): Reach =>
  reach !== undefined && REACHES.includes(reach) ? reach : DEFAULT_REACH;

export const textsOf = (values: readonly unknown[]): readonly string[] =>
  values.filter((value): value is string => typeof value === 'string');
