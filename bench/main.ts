/**
 * `npm run bench` measures the product by itself; `-- neo4j` measures it on a Neo4j server, `-- peers` beside its peers, and
 * `-- kernels` the kernels alone, `-- hubs` the search for hubs, `-- findings` that for what is wrong, and `-- soak` asks and
 * changes for minutes.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [what, ...rest] = process.argv.slice(2);
if (what === 'neo4j') {
  const { runNeo4j } = await import('./neo4j/run.ts');
  await runNeo4j(rest);
} else if (what === 'peers') {
  const { runPeers } = await import('./peers/run.ts');
  await runPeers(rest);
} else if (what === 'hubs') {
  const { runHubs } = await import('./hubs/run.ts');
  runHubs(rest);
} else if (what === 'findings') {
  const { runFindings } = await import('./findings/run.ts');
  runFindings(rest);
} else if (what === 'soak') {
  const { runSoak } = await import('./soak/run.ts');
  await runSoak();
} else if (what === 'kernels') {
  spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/build.js', import.meta.url))], { stdio: 'inherit' });
  await import('./kernels.ts');
} else {
  await import('./run.ts');
}
