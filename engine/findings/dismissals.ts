/** Findings that somebody has looked at and lets be: one document of the store, by the ids of findings. */
import { GrantlensError, type Instant, type JsonValue } from '../model/index.ts';
import type { DocumentStore } from '../store/port.ts';

export interface Dismissal {
  readonly reason: string;
  readonly dismissedAt: Instant;
  /** When the finding is told again; null for never. */
  readonly until: Instant | null;
}

export type Dismissals = ReadonlyMap<string, Dismissal>;

const NAME = 'findings/dismissed';
/** So many are kept. */
const MOST = 100_000;
const LONGEST_REASON = 2_000;
/** Somebody else may write at the same moment. */
const TRIES = 5;

/** Those that hold at an instant. */
export async function readDismissals(documents: DocumentStore, at: Instant): Promise<Dismissals> {
  const { all } = await readAll(documents);
  return new Map([...all].filter(([, { until }]) => until === null || until > at));
}

/** @throws GrantlensError ARGUMENT_INVALID for a reason that is none and an end that has passed; LIMIT_EXCEEDED */
export async function dismiss(documents: DocumentStore, id: string, dismissal: Dismissal): Promise<void> {
  const reason = dismissal.reason.trim();
  if (reason === '' || reason.length > LONGEST_REASON)
    throw invalid('reason', `reason must have 1 to ${LONGEST_REASON} characters`);
  if (dismissal.until !== null && !(dismissal.until > dismissal.dismissedAt))
    throw invalid('until', 'until must be an instant to come');
  await change(documents, (all) => {
    if (!all.has(id) && all.size >= MOST)
      throw new GrantlensError('LIMIT_EXCEEDED', `No more than ${MOST} findings are dismissed at a time.`, {
        limit: MOST,
      });
    return all.set(id, { ...dismissal, reason });
  });
}

/** @throws GrantlensError FINDING_NOT_FOUND when it is not dismissed */
export async function restore(documents: DocumentStore, id: string): Promise<void> {
  await change(documents, (all) => {
    if (!all.delete(id))
      throw new GrantlensError('FINDING_NOT_FOUND', `No finding is dismissed under the id ${JSON.stringify(id)}.`, {
        id,
      });
    return all;
  });
}

type All = Map<string, Dismissal>;

async function change(documents: DocumentStore, edit: (all: All) => All): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { all, revision } = await readAll(documents);
    const value = Object.fromEntries(edit(all)) as unknown as JsonValue;
    try {
      await documents.put(NAME, value, revision);
      return;
    } catch (error) {
      if (!(error instanceof GrantlensError) || error.code !== 'DOCUMENT_CONFLICT' || tries === TRIES) throw error;
    }
  }
}

async function readAll(documents: DocumentStore): Promise<{ readonly all: All; readonly revision: number }> {
  const document = await documents.get(NAME);
  const value = (document?.value ?? {}) as unknown as Readonly<Record<string, Dismissal>>;
  return { all: new Map(Object.entries(value)), revision: document?.revision ?? 0 };
}

const invalid = (argument: string, message: string): GrantlensError =>
  new GrantlensError('ARGUMENT_INVALID', `${message}.`, { argument });
