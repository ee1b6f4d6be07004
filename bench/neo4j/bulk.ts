/** The same estate by the bulk importer: from an embedded store to files, from files to a database, from there to an open store. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningNeo4j } from '../../scripts/neo4j/index.ts';
import { timeOnce } from '../measure.ts';
import { productEngine, productLoaders, productNeo4j } from '../product.ts';
import { type Done, done } from './done.ts';
import { addressOf } from './server.ts';

export interface BulkResult {
  readonly steps: readonly (Done & { readonly name: string })[];
  /** MiB. */
  readonly files: number;
}

export async function importInBulk(
  server: RunningNeo4j,
  { users, seed }: { readonly users: number; readonly seed: number },
  folder: string,
): Promise<BulkResult> {
  const { openEngine, generateEstate, importArguments } = await productEngine();
  const { createTextSink } = await productLoaders();
  const files = join(folder, 'import');
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  const engine = await openEngine({ data: join(folder, 'embedded'), mode: 'write' });
  const batch = { id: 'estate', source: 'estate', complete: [], changes: generateEstate({ users, seed }) };
  const loaded = await timeOnce(() => engine.apply(batch));
  const elements = loaded.result.added;
  const sinks = new Map<string, Awaited<ReturnType<typeof createTextSink>>>();
  const written = await timeOnce(async () => {
    const told = await engine.writeNeo4jImport((file, text) => {
      const sink = sinks.get(file);
      if (sink !== undefined) return sink.write(text);
      return createTextSink(join(files, file)).then((made) => {
        sinks.set(file, made);
        return made.write(text);
      });
    });
    for (const sink of sinks.values()) await sink.close();
    return told;
  });
  await engine.close();
  const size = readdirSync(files).reduce((sum, file) => sum + statSync(join(files, file)).size, 0);
  await server.shutdown();
  const args = importArguments(written.result, (file) => join(files, file));
  const report = `--report-file=${join(folder, 'import.report')}`;
  const imported = await timeOnce(() => server.adminTool([...args, '--overwrite-destination=true', report]));
  await server.restart();
  const { openNeo4jStore } = await productNeo4j();
  const opened = await timeOnce(async () => {
    const store = await openNeo4jStore({ connection: addressOf(server), mode: 'write' });
    await store.close();
  });
  return {
    steps: [
      { name: 'load into the embedded store', ...done(loaded.seconds, elements) },
      { name: 'export the files', ...done(written.seconds, elements) },
      { name: 'neo4j-admin database import', ...done(imported.seconds, elements) },
      { name: 'open, constraints and indexes', ...done(opened.seconds, elements) },
    ],
    files: Math.round(size / 2 ** 20),
  };
}
