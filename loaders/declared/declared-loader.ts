import { type Change, Problems } from '../../engine/model/index.ts';
import { eachOf } from '../formats/each-of.ts';
import { shownPath } from '../formats/open-bytes.ts';
import { inputError } from '../formats/unreadable.ts';
import type { Loader, LoadReport, LoadRequest, Skipped } from '../loader.ts';
import { compile } from './compile.ts';
import { DeclaredReading, type Following, type Records } from './declared-reading.ts';
import type { SourceDescription } from './description.ts';
import { LeftAside } from './left-aside.ts';

/** What a reader opened. */
export interface Opened {
  readonly records: Records;
  /** Looked at when all changes were made. */
  readonly skipped: readonly Skipped[];
  /** What the records name and no file describes, besides the ends of their edges. Looked at then too. */
  readonly unresolved?: readonly string[];
  /** Why this is not everything that the sources vouch for, so that nothing may be withdrawn; undefined where it is. */
  readonly partial?: Skipped | undefined;
  readonly following?: Following | undefined;
}

/**
 * Opens the files of a request. May add to the problems; they are thrown together with those of the records.
 *
 * @throws GrantlensError for files that cannot be read
 */
export type Reader = (request: LoadRequest, problems: Problems) => Promise<Opened>;

/** The loader that a description and a reader make. */
export function declaredLoader(description: SourceDescription, read: Reader): Loader {
  const entities = compile(description);
  return Object.freeze<Loader>({
    format: description.format,
    summary: description.summary,
    async load(request) {
      const problems = new Problems();
      const report: LoadReport = { unresolved: [], skipped: [] };
      const leftAside = new LeftAside(report);
      const opened = await read(request, problems);
      const reading = new DeclaredReading(entities, opened.records, leftAside, problems, opened.following);
      const count = await reading.describe();
      if (count === 0) throw inputError(request.paths.map(shownPath).join(', '), undefined, NOTHING);
      const sources = [...reading.sources];
      return {
        source: sources.length === 1 ? sources[0]! : (request.source ?? description.format),
        complete: opened.partial === undefined ? sources : [],
        changes: eachOf(accounted(reading.batches(), opened, leftAside)),
        report,
      };
    },
  });
}

/** The changes, and at their end the account of what was left aside. */
async function* accounted(
  batches: AsyncIterable<readonly Change[]>,
  { skipped, unresolved = [], partial }: Opened,
  leftAside: LeftAside,
): AsyncGenerator<readonly Change[]> {
  yield* batches;
  for (const one of unresolved) leftAside.unresolved(one);
  for (const one of skipped) leftAside.skip(one);
  if (partial !== undefined) leftAside.skip(partial);
  leftAside.finish();
}

const NOTHING = 'describes nothing; check that the export came to its end';
