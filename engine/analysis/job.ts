/** One computation, told in what can be sent to another thread, and how it is done. */
import { betweenness, betweennessWork, sampledBetweenness } from '../../algorithms/betweenness.ts';
import { type Checkpoint, unchecked } from '../../algorithms/checkpoint.ts';
import { degrees } from '../../algorithms/degree.ts';
import {
  graphologyBetweenness,
  graphologyDegrees,
  graphologyLouvain,
  graphologyPageRank,
} from '../../algorithms/interop/graphology.ts';
import { leiden } from '../../algorithms/leiden.ts';
import { louvain } from '../../algorithms/louvain.ts';
import { modularity } from '../../algorithms/modularity.ts';
import { pageRank } from '../../algorithms/page-rank.ts';
import { reachCounts } from '../../algorithms/reach-counts.ts';
import { directedGraph, reversed, undirectedGraph } from '../../algorithms/weighted-graph.ts';
import { DAMPING, EXACT_WORK, PROBES, SAMPLE_CONFIDENCE } from './limits.ts';
import type { Projection } from './projection.ts';
import type { CentralityMeasure, CommunityMethod, Implementation } from './questions.ts';
import { PAGERANK_TOLERANCE } from './tolerances.ts';

export type Job =
  | {
      readonly task: Exclude<CentralityMeasure, 'ENTITLEMENT'>;
      readonly by: Implementation;
      readonly graph: Projection;
      readonly seed: number;
    }
  | {
      readonly task: 'ENTITLEMENT';
      readonly graph: Projection;
      readonly resources: Uint32Array<ArrayBuffer>;
      readonly identities: Uint32Array<ArrayBuffer>;
    }
  | {
      readonly task: CommunityMethod;
      readonly by: Implementation;
      readonly graph: Projection;
      readonly resolution: number;
      readonly seed: number;
    }
  | {
      readonly task: 'MODULARITY';
      readonly graph: Projection;
      readonly community: Uint32Array;
      readonly resolution: number;
    };

/** What a job gives: scores or communities by node number, and what it was run with. */
export interface JobResult {
  readonly scores?: Float64Array;
  /** How far each score may be from the exact one; undefined when exact. */
  readonly errors?: Float64Array;
  readonly errorMeans?: string;
  readonly community?: Uint32Array;
  readonly modularity?: number;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** @param checkpoint called now and then; may throw */
export function runJob(job: Job, checkpoint: Checkpoint = unchecked): JobResult {
  switch (job.task) {
    case 'DEGREE':
      return {
        scores: job.by === 'graphology' ? graphologyDegrees(directed(job.graph)) : degrees(directed(job.graph)),
        parameters: {},
      };
    case 'PAGERANK':
      return runPageRank(job.graph, job.by, checkpoint);
    case 'BETWEENNESS':
      return job.by === 'graphology'
        ? { scores: graphologyBetweenness(directed(job.graph)), parameters: {} }
        : runBetweenness(job.graph, job.seed, checkpoint);
    case 'ENTITLEMENT':
      return runEntitlement(job.graph, job.resources, job.identities, checkpoint);
    case 'MODULARITY':
      return { modularity: modularity(undirected(job.graph), job.community, job.resolution), parameters: {} };
    default:
      return runCommunities(job, checkpoint);
  }
}

const directed = ({ nodeCount, sources, targets }: Projection) => directedGraph(nodeCount, sources, targets);
const undirected = ({ nodeCount, sources, targets }: Projection) => undirectedGraph(nodeCount, sources, targets);

function runPageRank(projection: Projection, by: Implementation, checkpoint: Checkpoint): JobResult {
  const options = { damping: DAMPING, tolerance: PAGERANK_TOLERANCE };
  const graph = directed(projection);
  const scores =
    by === 'graphology' ? graphologyPageRank(graph, options) : pageRank(graph, { ...options, checkpoint }).scores;
  return {
    scores,
    errors: new Float64Array(scores.length).fill(PAGERANK_TOLERANCE),
    errorMeans: 'all scores together are off by no more than this',
    parameters: options,
  };
}

function runBetweenness(projection: Projection, seed: number, checkpoint: Checkpoint): JobResult {
  const graph = directed(projection);
  const work = betweennessWork(graph, PROBES, seed);
  if (work <= EXACT_WORK) return { scores: betweenness(graph, checkpoint), parameters: {} };
  const share = EXACT_WORK / work;
  const sources = Math.max(PROBES, Math.floor(graph.nodeCount * share));
  const sampled = sampledBetweenness(graph, { sources, seed, confidence: SAMPLE_CONFIDENCE, checkpoint });
  return {
    scores: sampled.scores,
    errors: sampled.errors,
    errorMeans: `estimated: with a probability of ${SAMPLE_CONFIDENCE} no score is off by more than its error`,
    parameters: { seed, sampledSources: sampled.sources, confidence: SAMPLE_CONFIDENCE },
  };
}

function runEntitlement(
  projection: Projection,
  resources: Uint32Array,
  identities: Uint32Array,
  checkpoint: Checkpoint,
): JobResult {
  const graph = directed(projection);
  const scores = Float64Array.from(reachCounts(graph, resources, checkpoint));
  const reaching = reachCounts(reversed(graph), identities, checkpoint);
  for (const resource of resources) scores[resource] = reaching[resource]!;
  return { scores, parameters: {} };
}

function runCommunities(job: Extract<Job, { readonly task: CommunityMethod }>, checkpoint: Checkpoint): JobResult {
  const { resolution, seed, task, by } = job;
  const graph = undirected(job.graph);
  const options = { resolution, seed, checkpoint };
  const find = task === 'LEIDEN' ? leiden : by === 'graphology' ? graphologyLouvain : louvain;
  const { community } = find(graph, options);
  return { community, modularity: modularity(graph, community, resolution), parameters: { resolution, seed } };
}
