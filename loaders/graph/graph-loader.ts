import { eachOf } from '../formats/each-of.ts';
import { filesInAll } from '../formats/files-in.ts';
import { sourceOf } from '../formats/source-name.ts';
import { type TwiceReadable, twiceReadable } from '../formats/twice-readable.ts';
import type { Loader } from '../loader.ts';
import { GraphReading } from './graph-reading.ts';
import { sourcesTold } from './sources-told.ts';

/** Graph JSON Lines, the neutral exchange form: docs/loaders/graph.md. */
export const graphLoader: Loader = Object.freeze<Loader>({
  format: 'graph',
  summary: 'graph JSON Lines: one node, edge or use a line (.jsonl, also .gz and .zst)',
  async load(request) {
    const { files, skipped } = await filesInAll(request.paths, { extensions: ['.jsonl', '.ndjson'] });
    const source = sourceOf(request);
    const { inputs, sources } = await prepared(files, source);
    return {
      source,
      complete: sources,
      changes: eachOf(new GraphReading(inputs, source, sources).batches()),
      report: { unresolved: [], skipped: [...skipped] },
    };
  },
});

/** Files that can be read twice, and the sources that they tell of. When anything fails, no copy is left behind. */
async function prepared(
  paths: readonly string[],
  source: string,
): Promise<{ readonly inputs: readonly TwiceReadable[]; readonly sources: readonly string[] }> {
  const inputs: TwiceReadable[] = [];
  try {
    for (const path of paths) inputs.push(await twiceReadable(path));
    return { inputs, sources: await sourcesTold(inputs, source) };
  } catch (error) {
    for (const input of inputs) await input.discard();
    throw error;
  }
}
