/**
 * `npm run bench` measures the product by itself; `npm run bench -- neo4j` measures it on a Neo4j server, and
 * `npm run bench -- kernels` the kernels alone.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.argv[2] === 'neo4j') {
  const { runNeo4j } = await import('./neo4j/run.ts');
  await runNeo4j(process.argv.slice(3));
} else if (process.argv[2] === 'kernels') {
  spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/build.js', import.meta.url))], { stdio: 'inherit' });
  await import('./kernels.ts');
} else {
  await import('./run.ts');
}
