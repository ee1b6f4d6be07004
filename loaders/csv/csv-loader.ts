import { GrantlensError, Problems } from '../../engine/model/index.ts';
import { eachOf } from '../formats/each-of.ts';
import { filesInAll } from '../formats/files-in.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { Loader, LoadReport, LoadRequest } from '../loader.ts';
import { CsvReading } from './csv-reading.ts';
import { chooseFiles } from './file-choice.ts';
import { readMapping } from './read-mapping.ts';

/** CSV files with a mapping that says what their columns mean: docs/loaders/csv.md. */
export const csvLoader: Loader = Object.freeze<Loader>({
  format: 'csv',
  summary: 'CSV files of any columns, with --mapping FILE.yaml that says what they mean',
  async load(request) {
    const mapping = await readMapping(mappingPath(request));
    const found = await filesInAll(request.paths, { extensions: ['.csv', '.tsv', '.txt'] });
    const report: LoadReport = { unresolved: [], skipped: [...found.skipped] };
    const problems = new Problems();
    const files = chooseFiles(mapping, found.files, request.paths, report.skipped, problems);
    problems.throwIfAny();
    const source = request.source ?? mapping.source ?? sourceOf(request);
    const reading = new CsvReading(mapping, source, report);
    const loaded = { source, complete: [source], changes: eachOf(reading.batches(files)), report };
    const tellsUse = mapping.files.some(({ rules }) => rules.some(({ makes }) => makes === 'use'));
    return tellsUse ? { ...loaded, match: (graph) => reading.match(graph) } : loaded;
  },
});

function mappingPath(request: LoadRequest): string {
  const path = request.options['mapping'];
  if (path !== undefined) return path;
  throw new GrantlensError(
    'ARGUMENT_INVALID',
    'load csv needs --mapping FILE.yaml, which says what the columns mean; two columns of users and permissions load with: load pairs',
    { option: 'mapping' },
  );
}
