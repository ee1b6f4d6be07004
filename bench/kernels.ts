/**
 * Times the kernels of centrality, communities, paths and cuts on the graph of access of a generated company:
 * `npm run bench -- kernels [people] [edges.csv]`. Each runs three times; the best is told, which others on the machine disturb least.
 * With a file name it also writes the undirected graph as lines `from,to,weight`, for the same measurement by other programs.
 */
import { writeFileSync } from 'node:fs';
import type { WeightedGraph } from '../algorithms/weighted-graph.ts';
import { built } from './built.ts';
import { accessOfCompany } from './company-access.ts';
import { timePathKernels } from './path-kernels.ts';

const { directedGraph, undirectedGraph } =
  await built<typeof import('../algorithms/weighted-graph.ts')>('algorithms/weighted-graph');
const { pageRank } = await built<typeof import('../algorithms/page-rank.ts')>('algorithms/page-rank');
const { betweenness, betweennessWork, sampledBetweenness } =
  await built<typeof import('../algorithms/betweenness.ts')>('algorithms/betweenness');
const { reachCounts } = await built<typeof import('../algorithms/reach-counts.ts')>('algorithms/reach-counts');
const { pairBetweenness, sampledPairBetweenness } =
  await built<typeof import('../algorithms/pair-betweenness.ts')>('algorithms/pair-betweenness');
const { estimatedReach, estimatedReaching } =
  await built<typeof import('../algorithms/reach-sketch.ts')>('algorithms/reach-sketch');
const { hits } = await built<typeof import('../algorithms/hits.ts')>('algorithms/hits');
const { drain } = await built<typeof import('../algorithms/drain.ts')>('algorithms/drain');
const { leiden } = await built<typeof import('../algorithms/leiden.ts')>('algorithms/leiden');
const { louvain } = await built<typeof import('../algorithms/louvain.ts')>('algorithms/louvain');
const { modularity } = await built<typeof import('../algorithms/modularity.ts')>('algorithms/modularity');

const RUNS = 3;
const people = Number(process.argv[3] ?? 100_000);
const company = accessOfCompany(people);
const { nodeCount, sources, targets, identities, resources, sensitivities } = company;
console.log(`${people} people: ${nodeCount} nodes, ${sources.length} edges that carry access`);
timePathKernels(company, timed);
const directed = timed('directed graph', () => directedGraph(nodeCount, sources, targets));
const undirected = timed('undirected graph', () => undirectedGraph(nodeCount, sources, targets));
const { iterations, error } = timed('PageRank to 1e-8', () => pageRank(directed));
console.log(`  ${iterations} steps, off by at most ${error.toExponential(1)}`);
timed('entitlements (reach counts)', () => reachCounts(directed, resources));
for (const registers of [64, 256]) {
  timed(`resources reached, ${registers} registers`, () => estimatedReach(directed, resources, { registers }));
  timed(`identities reaching, ${registers} registers`, () => estimatedReaching(directed, identities, { registers }));
}
const mutual = timed('hubs and authorities to 1e-8', () => hits(directed));
console.log(`  ${mutual.iterations} steps, off by about ${mutual.error.toExponential(1)}`);
const sensitive = new Float64Array(nodeCount);
for (const [i, resource] of resources.entries()) sensitive[resource] = sensitivities[i]!;
const drained = timed('what drains from sensitive resources, to 1e-8', () => drain(directed, sensitive));
console.log(`  ${drained.iterations} steps, off by at most ${drained.error.toExponential(1)}`);
const ofIdentities = new Float64Array(nodeCount);
for (const identity of identities) ofIdentities[identity] = 1;
const pairs = { sources: ofIdentities, targets: sensitive };
timed('betweenness of identities and sensitive resources, 1,000 pivots', () =>
  sampledPairBetweenness(directed, pairs, { pivots: 1_000, seed: 1 }),
);
timed('the same, exact', () => pairBetweenness(directed, pairs), 1);
const work = betweennessWork(directed, 256, 1);
console.log(`  exact betweenness looks at about ${Math.round(work / 1e6)} million edges`);
timed('betweenness, 1,000 sources', () => sampledBetweenness(directed, { sources: 1_000, seed: 1 }));
if (work <= 1e9) timed('betweenness, exact', () => betweenness(directed), 1);
for (const [name, find] of [
  ['Leiden', leiden],
  ['Louvain', louvain],
] as const) {
  const { community, count } = timed(name, () => find(undirected, { seed: 1 }));
  console.log(`  modularity ${modularity(undirected, community).toFixed(4)}, ${count} communities`);
}
if (process.argv[4] !== undefined) writeFileSync(process.argv[4], linesOf(undirected).join(''));

function timed<T>(name: string, work: () => T, runs = RUNS): T {
  let best = Number.POSITIVE_INFINITY;
  let result: T | undefined;
  for (let run = 0; run < runs; run++) {
    const started = process.hrtime.bigint();
    result = work();
    best = Math.min(best, Number(process.hrtime.bigint() - started) / 1e6);
  }
  console.log(`${name}: ${best.toPrecision(3)} ms`);
  return result!;
}

function linesOf({ nodeCount: nodes, bounds, targets: others, weights }: WeightedGraph): string[] {
  const lines: string[] = [];
  for (let v = 0; v < nodes; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++)
      if (v < others[arc]!) lines.push(`${v},${others[arc]},${weights[arc]}\n`);
  }
  return lines;
}
