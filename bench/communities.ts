/**
 * How good the communities are that each implementation finds:
 * `npx tsx bench/communities.ts [people] [--companies 5] [--seeds 10] [--gds]`. On the graphs of access of several generated
 * companies, with several seeds of the method each, as modularity: the least, the median and the greatest of all runs, and
 * how far the worst run is from the best of all on its company. With `--gds` also by Graph Data Science, on a server of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Partition } from '../algorithms/community-level.ts';
import { graphologyLouvain } from '../algorithms/interop/graphology.ts';
import { leiden } from '../algorithms/leiden.ts';
import { louvain } from '../algorithms/louvain.ts';
import { modularity } from '../algorithms/modularity.ts';
import { undirectedGraph, type WeightedGraph } from '../algorithms/weighted-graph.ts';
import { graphOfReader } from '../engine/analysis/access-graph.ts';
import { Analyses } from '../engine/analysis/analyses.ts';
import { accessProjection } from '../engine/analysis/projection.ts';
import { generateEstate } from '../engine/generate/index.ts';
import { openEmbeddedStore } from '../engine/store/embedded/index.ts';
import { openNeo4jStore } from '../engine/store/neo4j/index.ts';
import type { GraphStore } from '../engine/store/port.ts';
import { startNeo4j } from '../scripts/neo4j/index.ts';

const AT = Date.UTC(2026, 0, 1);

const { values, positionals } = parseArgs({
  options: {
    gds: { type: 'boolean', default: false },
    companies: { type: 'string', default: '5' },
    seeds: { type: 'string', default: '10' },
  },
  allowPositionals: true,
});
const upTo = (last: string): number[] => Array.from({ length: Number(last) }, (_, i) => i + 1);
const COMPANIES = upTo(values.companies);
const SEEDS = upTo(values.seeds);
const people = Number(positionals[0] ?? 200);

const OURS: Readonly<Record<string, (graph: WeightedGraph, seed: number) => Partition>> = {
  'Louvain, ours': (graph, seed) => louvain(graph, { seed }),
  'Louvain, graphology': (graph, seed) => graphologyLouvain(graph, { seed }),
  'Leiden, ours, one': (graph, seed) => leiden(graph, { seed, iterations: 1 }),
  'Leiden, ours': (graph, seed) => leiden(graph, { seed }),
  'Leiden, ours, eight': (graph, seed) => leiden(graph, { seed, iterations: 8 }),
};

/** By implementation, for each company the modularities of all seeds. */
const found = new Map<string, number[][]>();

await (values.gds ? inServer() : inFolder());
tell();

async function inServer(): Promise<void> {
  const server = await startNeo4j({ gds: true });
  try {
    const { uri, user, password, database } = server;
    await measureAll(await openNeo4jStore({ connection: { uri, user, password, database }, mode: 'write' }));
  } finally {
    await server.stop();
  }
}

async function inFolder(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlens-communities-'));
  try {
    await measureAll(await openEmbeddedStore({ folder, mode: 'write' }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each company takes the place of the one before. */
async function measureAll(store: GraphStore): Promise<void> {
  const sources = new Set<string>();
  for (const company of COMPANIES) {
    const changes = [...generateEstate({ users: people, seed: company })];
    for (const change of changes) {
      if (change.op === 'PUT_NODE') sources.add(change.node.source);
      if (change.op === 'PUT_EDGE') sources.add(change.edge.source);
      if (change.op === 'PUT_USE') sources.add(change.use.source);
    }
    await store.apply({ id: `company-${company}`, source: 'generated', complete: [...sources], changes });
    await measure(store);
  }
  await store.close();
}

async function measure(store: GraphStore): Promise<void> {
  const reader = await store.read();
  const read = await graphOfReader(reader);
  await reader.close();
  const { nodeCount, sources, targets } = accessProjection(read, AT);
  const graph = undirectedGraph(nodeCount, sources, targets);
  for (const [name, find] of Object.entries(OURS))
    note(
      name,
      SEEDS.map((seed) => modularity(graph, find(graph, seed).community)),
    );
  if (values.gds) {
    const analyses = new Analyses(async () => read, store.analytics);
    for (const method of ['LOUVAIN', 'LEIDEN'] as const) {
      const qualities: number[] = [];
      // Its Louvain takes no seed.
      for (const seed of method === 'LOUVAIN' ? [1] : SEEDS) {
        const asked = { method, at: AT, seed, implementation: 'graph-data-science' } as const;
        qualities.push((await analyses.communities(asked)).modularity);
      }
      note(`${method === 'LOUVAIN' ? 'Louvain' : 'Leiden'}, Graph Data Science`, qualities);
    }
    await analyses.close();
  }
}

function note(name: string, qualities: number[]): void {
  found.set(name, [...(found.get(name) ?? []), qualities]);
}

function tell(): void {
  const best = COMPANIES.map((_, i) => Math.max(...[...found.values()].flatMap((companies) => companies[i]!)));
  for (const [name, companies] of found) {
    const all = companies.flat().sort((a, b) => a - b);
    const behind = Math.max(...companies.map((qualities, i) => 1 - Math.min(...qualities) / best[i]!));
    const [least, median, most] = [all[0]!, all[all.length >> 1]!, all.at(-1)!].map((each) => each.toFixed(4));
    console.log(`${name.padEnd(28)} ${least} ${median} ${most}  worst ${(100 * behind).toFixed(2)} % behind the best`);
  }
}
