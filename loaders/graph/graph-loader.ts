import { eachOf } from '../formats/each-of.ts';
import { filesInAll } from '../formats/files-in.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { Loader } from '../loader.ts';
import { GraphReading } from './graph-reading.ts';

/** Graph JSON Lines, the neutral exchange form: docs/loaders/graph.md. */
export const graphLoader: Loader = Object.freeze<Loader>({
  format: 'graph',
  summary: 'graph JSON Lines: one node, edge or use a line (.jsonl, also .gz and .zst)',
  async load(request) {
    const { files, skipped } = await filesInAll(request.paths, { extensions: ['.jsonl', '.ndjson'] });
    const source = sourceOf(request);
    const reading = new GraphReading(files, source);
    return {
      source,
      complete: reading.sources,
      changes: eachOf(reading.batches()),
      report: { unresolved: [], skipped: [...skipped] },
    };
  },
});
