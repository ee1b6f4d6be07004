/** A part of the list of findings, told whole. */
import { decodeCursor, encodeCursor, type Mark, markOf, pageSize } from '../access/cursor.ts';
import { GrantlensError } from '../model/index.ts';
import type { Dismissals } from './dismissals.ts';
import type { AllFound } from './find-all.ts';
import type { FindingsPage, FindingsQuestion } from './questions.ts';
import { type OneFound, type Telling, tellFindings } from './told.ts';

/** @throws GrantlensError ARGUMENT_INVALID, CURSOR_INVALID */
export async function pageOfFindings(
  telling: Telling,
  { found, notes }: AllFound,
  asked: FindingsQuestion,
  dismissals: Dismissals,
): Promise<FindingsPage> {
  const { minSeverity = 0, dismissed = false } = asked;
  if (!(minSeverity >= 0 && minSeverity <= 1))
    throw invalid('minSeverity', `minSeverity must be from 0 to 1, is ${minSeverity}`);
  const size = pageSize(asked.first);
  const listed = found.filter(
    ({ found: { severity }, id }) => severity >= minSeverity && dismissals.has(id) === dismissed,
  );
  const { version } = telling.snapshot;
  // A place in the list of another version would be another place.
  const mark = markOf([
    'findings',
    version,
    asked.kinds ?? [],
    minSeverity,
    dismissed,
    asked.at ?? 0,
    asked.staleAfterDays ?? 0,
  ]);
  const start = asked.after === undefined ? 0 : placeAfter(listed, mark, asked.after);
  const part = listed.slice(start, start + size);
  const items = (await tellFindings(telling, part)).map((finding) => ({
    ...finding,
    dismissal: dismissals.get(finding.id) ?? null,
  }));
  return {
    items,
    cursors: part.map(({ id }) => encodeCursor(mark, [id])),
    totalCount: listed.length,
    hasNextPage: start + part.length < listed.length,
    hasPreviousPage: start > 0,
    version,
    complete: true,
    notes,
  };
}

function placeAfter(listed: readonly OneFound[], mark: Mark, cursor: string): number {
  const [id] = decodeCursor(mark, cursor, ['string']);
  const place = listed.findIndex((one) => one.id === id);
  if (place >= 0) return place + 1;
  throw new GrantlensError('CURSOR_INVALID', 'The finding that this cursor names is not in the list any more.');
}

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });
