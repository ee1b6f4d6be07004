/**
 * `npm run bench` measures the product by itself; `-- neo4j` measures it on a Neo4j server, `-- peers` beside its peers,
 * `-- kernels` the kernels alone, `-- graph-peers` some of them beside graph libraries, `-- hubs` the search for hubs,
 * `-- findings` that for what is wrong, `-- outliers` how well outliers are told, `-- mining` roles mined from matrices, `-- sources`
 * how fast exports of directories are read, and `-- soak` asks and changes for minutes.
 */
import { buildProduct } from './child.ts';

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
} else if (what === 'outliers') {
  const { runOutliers } = await import('./outliers/run.ts');
  await runOutliers(rest);
} else if (what === 'mining') {
  const { runMining } = await import('./mining/run.ts');
  await runMining(rest);
} else if (what === 'sources') {
  const { runSources } = await import('./sources/run.ts');
  await runSources(rest);
} else if (what === 'soak') {
  const { runSoak } = await import('./soak/run.ts');
  await runSoak();
} else if (what === 'kernels') {
  buildProduct();
  await import('./kernels.ts');
} else if (what === 'graph-peers') {
  // What is measured is imported from the built product.
  buildProduct();
  const { runGraphPeers } = await import('./graph-peers/run.ts');
  await runGraphPeers(rest);
} else {
  await import('./run.ts');
}
