/**
 * Loads one export into an empty embedded store until it is durable, and prints what that took, as one line of JSON: a
 * process of its own, for its peak of memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyLoaded } from '../../cli/load-source.ts';
import { openEngine } from '../../engine/index.ts';
import { loaderFor } from '../../loaders/index.ts';

const [format, path] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), 'grantlens-bench-store-'));
try {
  const engine = await openEngine({ data, mode: 'write' });
  const start = performance.now();
  const loaded = await loaderFor(format!).load({ paths: [path!], options: {} });
  const { signal } = new AbortController();
  const { nodes, edges } = await applyLoaded(engine, loaded, { stderr: process.stderr, signal });
  const seconds = (performance.now() - start) / 1_000;
  const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const { user, system } = process.cpuUsage();
  await engine.close();
  console.log(JSON.stringify({ nodes, edges, seconds, processorSeconds: (user + system) / 1e6, mebibytes }));
} finally {
  rmSync(data, { recursive: true, force: true });
}
