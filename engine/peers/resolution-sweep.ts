/**
 * At which resolution communities are told: where the partition hangs least on the seed and on the resolution itself, since
 * what is there shows over a range of resolutions (A. Arenas, A. Fernández, S. Gómez, "Analysis of the structure of complex
 * networks at different resolution levels", New Journal of Physics 10, 2008).
 */
import { adjustedRand } from '../../algorithms/adjusted-rand.ts';
import { leiden } from '../../algorithms/leiden.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { HoldingGraph } from './holding-graph.ts';

/** One resolution that was tried. */
export interface SweepStep {
  readonly resolution: number;
  /** Clusters with an identity in them. */
  readonly clusters: number;
  /** Mean adjusted Rand index over the identities between runs of different seeds. */
  readonly bySeed: number;
  /** The same with the resolutions before and after. */
  readonly byResolution: number;
}

export const LEAST_SWEPT = 0.5;
export const MOST_SWEPT = 20;
const STEPS = 12;
const RUNS = 3;
/** With more arcs than this, two runs at each resolution must do. */
const MANY_ARCS = 4_000_000;
/** Identities that a cluster has on average at least, for a partition to say something. */
const LEAST_MEAN_SIZE = 3;
/** Mean adjusted Rand indices that differ by no more are about equal. */
const NEARLY = 0.05;

/** Partitions of the row classes at one resolution, by seeds from one on. O(runs of Leiden). */
export async function partitionsAt(
  { graph }: HoldingGraph,
  { resolution, seed, runs }: { readonly resolution: number; readonly seed: number; readonly runs: number },
  pace: Pace,
): Promise<readonly Uint32Array[]> {
  const partitions: Uint32Array[] = [];
  for (let run = 0; run < runs; run++) {
    pace.progress(`groups at resolution ${resolution}`, run, runs);
    if (pace.isDue()) await pace.rest();
    partitions.push(leiden(graph, { resolution, seed: seed + run, checkpoint: () => pace.check() }).community);
  }
  return partitions;
}

/** Mean adjusted Rand index between all pairs, over identities; 1 for a single partition. */
export function agreement(partitions: readonly Uint32Array[], { rowSizes }: HoldingGraph): number {
  let [sum, pairs] = [0, 0];
  partitions.forEach((one, i) => {
    for (const other of partitions.slice(0, i)) {
      sum += agree(one, other, rowSizes);
      pairs++;
    }
  });
  return pairs === 0 ? 1 : sum / pairs;
}

const agree = (one: Uint32Array, other: Uint32Array, rowSizes: Uint32Array): number =>
  adjustedRand(one.subarray(0, rowSizes.length), other.subarray(0, rowSizes.length), rowSizes);

/** Tries resolutions from 0.5 to 20, each the same times as great as the one before. */
export async function sweepResolutions(
  holding: HoldingGraph,
  seed: number,
  pace: Pace,
): Promise<{ readonly resolution: number; readonly steps: readonly SweepStep[] }> {
  const runs = holding.graph.targets.length > MANY_ARCS ? 2 : RUNS;
  const tried: { readonly resolution: number; readonly partitions: readonly Uint32Array[] }[] = [];
  for (let step = 0; step < STEPS; step++) {
    const exact = LEAST_SWEPT * (MOST_SWEPT / LEAST_SWEPT) ** (step / (STEPS - 1));
    const resolution = Number(exact.toPrecision(3));
    tried.push({ resolution, partitions: await partitionsAt(holding, { resolution, seed, runs }, pace) });
  }
  const firsts = tried.map(({ partitions }) => partitions[0]!);
  const steps = tried.map(({ resolution, partitions }, i): SweepStep => {
    const near = [firsts[i - 1], firsts[i + 1]].filter((other) => other !== undefined);
    return {
      resolution,
      clusters: new Set(firsts[i]!.subarray(0, holding.rowSizes.length)).size,
      bySeed: agreement(partitions, holding),
      byResolution: near.reduce((sum, other) => sum + agree(firsts[i]!, other, holding.rowSizes), 0) / near.length,
    };
  });
  return { resolution: plateau(steps, holding), steps };
}

/**
 * The lowest resolution among those that say something at which the partition hangs on seed and resolution hardly more than
 * at the best: where groups are about equally firm, the larger ones are told.
 */
export function plateau(steps: readonly SweepStep[], { rowSizes }: Pick<HoldingGraph, 'rowSizes'>): number {
  const identities = rowSizes.reduce((sum, size) => sum + size, 0);
  const telling = steps.filter(({ clusters }) => clusters > 1 && clusters * LEAST_MEAN_SIZE <= identities);
  const candidates = telling.length > 0 ? telling : steps;
  const worth = ({ bySeed, byResolution }: SweepStep): number => (bySeed + byResolution) / 2;
  const best = candidates.reduce((most, step) => Math.max(most, worth(step)), Number.NEGATIVE_INFINITY);
  return candidates.find((step) => worth(step) >= best - NEARLY)!.resolution;
}
