import { eachOf } from '../formats/each-of.ts';
import { filesInAll } from '../formats/files-in.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { Loader } from '../loader.ts';
import { PairsReading } from './pairs-reading.ts';

/** Two columns, user and permission: docs/loaders/pairs.md. */
export const pairsLoader: Loader = Object.freeze<Loader>({
  format: 'pairs',
  summary: 'two columns, user and permission, separated by comma, semicolon, tab or spaces',
  async load(request) {
    const found = await filesInAll(request.paths, { extensions: ['.txt', '.csv', '.tsv', '.pairs'] });
    const source = sourceOf(request);
    const skipped = [...found.skipped];
    const reading = new PairsReading(source, skipped);
    return {
      source,
      complete: [source],
      changes: eachOf(reading.batches(found.files)),
      report: { unresolved: [], skipped },
    };
  },
});
