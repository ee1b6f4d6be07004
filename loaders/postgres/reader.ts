import type { Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { SourceRecord } from '../declared/record.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import { openBytes } from '../formats/open-bytes.ts';
import { sourceOf } from '../formats/source-name.ts';
import { inputError } from '../formats/unreadable.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { Catalog, type Place } from './catalog.ts';
import { readCatalogCsv } from './catalog-csv.ts';
import { ServerRecords } from './server-records.ts';
import { readScript } from './sql-script.ts';

/** Opens what tells of one server: scripts of SQL, answers of queries, in any number of files. */
export async function openPostgres(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.sql', '.csv'] });
  const catalog = new Catalog();
  const notes = new Notes();
  for (const file of files) await readFile(file, catalog, problems, notes);
  problems.throwIfAny();
  if (catalog.roles.size === 0 && [...catalog.objects].length === 0)
    throw inputError(files.map(({ shownAs }) => shownAs).join(', '), undefined, NOTHING);
  const partial = partOf(catalog, files);
  const start = { file: files[0]!.shownAs, line: 1 };
  const server = new ServerRecords(catalog, sourceOf(request), start, (place, why) => notes.add(place, why));
  const told: Skipped[] = [...skipped];
  return {
    async *records(pass) {
      yield* batches(server.records());
      if (pass === 'make') told.push(...notes.listed());
    },
    skipped: told,
    partial,
  };
}

const NOTHING =
  'holds no roles and no objects; write it with pg_dumpall --globals-only, pg_dump --schema-only --create, or psql --csv';

async function readFile(file: InputFile, catalog: Catalog, problems: Problems, notes: Notes): Promise<void> {
  await refuseArchive(file);
  if (/\.csv(\.gz|\.zst)?$/i.test(file.name)) await readCatalogCsv(file, catalog, problems);
  else await readScript(file, { catalog, problems, note: (place, why) => notes.add(place, why) });
}

/** What `pg_dump -Fc` writes is no text. */
async function refuseArchive(file: InputFile): Promise<void> {
  for await (const bytes of openBytes(file.path, file.options)) {
    if (!bytes.subarray(0, 5).equals(Buffer.from('PGDMP'))) return;
    throw inputError(
      file.shownAs,
      undefined,
      'is an archive of pg_dump; write it as text: pg_restore --schema-only --file=OUT.sql',
    );
  }
}

/** Roles without objects, or objects without roles, are half of a server. */
function partOf(catalog: Catalog, files: readonly InputFile[]): Skipped | undefined {
  const where = files.map(({ shownAs }) => shownAs).join(', ');
  const why = (what: string): string => `${what} in these files, so nothing that an earlier load told is withdrawn`;
  const owned = [...catalog.objects].some(({ kind }) => kind !== 'parameter' && kind !== 'tablespace');
  if (!owned) return { where, why: why('no database is') };
  const isTold = [...catalog.roles.keys()].some((role) => !role.startsWith('pg_'));
  return isTold ? undefined : { where, why: why('no roles are') };
}

const BATCH = 1_000;

function* batches(records: Iterable<SourceRecord>): Generator<readonly SourceRecord[]> {
  let batch: SourceRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** What nothing is made of, counted by kind with the first place of each. A place is counted once however often it is told. */
class Notes {
  readonly #kinds = new Map<string, { readonly first: Place; readonly places: Set<string> }>();

  add(place: Place, why: string): void {
    const known = this.#kinds.get(why);
    const key = `${place.file}:${place.line}`;
    if (known === undefined) this.#kinds.set(why, { first: place, places: new Set([key]) });
    else known.places.add(key);
  }

  listed(): readonly Skipped[] {
    return [...this.#kinds].map(([why, { first, places }]) => ({
      where: `${first.file}:${first.line}`,
      why: places.size === 1 ? why : `${why} (${places.size} times; this is the first)`,
    }));
  }
}
