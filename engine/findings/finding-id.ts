/** What a finding is known by over loads and versions: its kind and the ids of what it is about. */
import { createHash } from 'node:crypto';
import type { FindingKind } from './questions.ts';

/** Hexadecimal digits: 2^80 findings would have to be made for two of one id to be likely. */
const DIGITS = 40;

/** @param ids of nodes and edges, in any order */
export function findingId(kind: FindingKind, ids: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...[...ids].sort()]))
    .digest('hex');
  return `${beginningOf(kind)}${digest.slice(0, DIGITS)}`;
}

/** True for an id that a finding of the kind may have. */
export const isIdOf = (kind: FindingKind, id: string): boolean => id.startsWith(beginningOf(kind));

const beginningOf = (kind: FindingKind): string => `finding:${kind.toLowerCase().replaceAll('_', '-')}:`;
