/**
 * Peer groups: identities that hold much the same entitlements, found on the graph of who holds what by Leiden, several times
 * with different seeds. What is told is what the runs agree on or the best of them, how far they agree, what each group holds
 * and how it may be called. They are groups of people, and no roles: an estate has many more roles than groups.
 */
import { connectedParts, levelOf, numbered, type Partition } from '../../algorithms/community-level.ts';
import { consensus } from '../../algorithms/consensus.ts';
import { modularity } from '../../algorithms/modularity.ts';
import type { LongWork } from '../access/apart.ts';
import { makeFrame } from '../access/frame.ts';
import { invalid } from '../access/ground.ts';
import { type Instant, REACHES, type Reach } from '../model/index.ts';
import { sortNodes } from '../snapshot/order.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type ClusterHoldings, clusterTeller } from './cluster-holdings.ts';
import { type AttributeLabel, attributeLabel, type CodedAttributes, labelGround } from './cluster-label.ts';
import { type EntitlementMatrix, entitlementMatrix } from './entitlement-matrix.ts';
import { holdingFeatures } from './holding-features.ts';
import { type HoldingGraph, holdingGraph } from './holding-graph.ts';
import { type ModelEntry, spreadOf } from './model-registry.ts';
import { agreement, partitionsAt, type SweepStep, sweepResolutions } from './resolution-sweep.ts';

export interface ClustersInput {
  readonly at: Instant;
  /** Default ENTITLED: peers are about what people were given. */
  readonly reach?: Reach | undefined;
  /** Above 0 and at most 1,000; the higher, the smaller the groups. Default: one is chosen from 0.5 to 20. */
  readonly resolution?: number | undefined;
  /** A safe integer; default 1. */
  readonly seed?: number | undefined;
  /** How many runs with different seeds, from 1 to 50; default 10. */
  readonly runs?: number | undefined;
  /** For labels. */
  readonly attributes?: CodedAttributes | undefined;
}

export interface RoleCluster extends ClusterHoldings {
  /** Node numbers of identities, in order. */
  readonly members: Uint32Array;
  /** What they have in common in their attributes; undefined where these tell nothing. */
  readonly label: AttributeLabel | undefined;
  /** Mean over the runs of how much of it and of the group that is most like it both have (Jaccard), in (0, 1]. */
  readonly stability: number;
}

export interface FoundClusters {
  /** The largest first, equally large ones in the order of their first members. */
  readonly clusters: readonly RoleCluster[];
  /** Newman's, of the partition of identities and entitlements on the weighted graph of who holds what; at most 1. */
  readonly modularity: number;
  /** The same at the resolution that was used: what the runs raise, and at least that of each of them. */
  readonly quality: number;
  readonly resolution: number;
  /** True when what the runs agree on is told; false when it is the best of them. */
  readonly isConsensus: boolean;
  /** What was tried when none was asked for. */
  readonly sweep: readonly SweepStep[];
  readonly runs: number;
  /** Mean adjusted Rand index between the runs, over identities: 1 when the seed makes no difference. */
  readonly stability: number;
  /** Communities of the runs that hang together only through others: Leiden makes none, and it is checked. */
  readonly disconnected: number;
  /** Identities in groups, and identities that are not disabled and hold nothing: these are in none. */
  readonly identities: number;
  readonly without: number;
  /** For the registry of models. */
  readonly model: ModelEntry;
}

const GREATEST_RESOLUTION = 1_000;
const DEFAULT_RUNS = 10;
const MOST_RUNS = 50;
/** Modularities that differ by no more are equal but for rounding. */
const ROUNDING = 1e-12;

/** @throws GrantlensError ARGUMENT_INVALID for what is out of its range; what the pace throws */
export const findRoleClusters: LongWork<ClustersInput, FoundClusters> = async ([snapshot], asked, pace) => {
  const { at, reach, seed, runs } = checked(asked);
  const matrix = await entitlementMatrix(makeFrame(snapshot!, reach, at), pace);
  const holding = holdingGraph(matrix);
  const sweep = asked.resolution === undefined ? await sweepResolutions(holding, seed, pace) : undefined;
  const resolution = asked.resolution ?? sweep!.resolution;
  const partitions = await partitionsAt(holding, { resolution, seed, runs }, pace);
  const agreed = consensus(holding.graph, partitions, { checkpoint: () => pace.check() });
  const { partition, quality } = bestOf(holding, [agreed, ...partitions.map(numbered)], resolution);
  const figures = {
    modularity: modularity(holding.graph, partition.community),
    stability: agreement(partitions, holding),
  };
  return {
    clusters: told(snapshot!, matrix, holding, partition, partitions, asked.attributes),
    ...figures,
    quality,
    isConsensus: partition === agreed,
    resolution,
    sweep: sweep?.steps ?? [],
    runs,
    disconnected: partitions.reduce((sum, community) => sum + disconnectedIn(holding, community), 0),
    identities: matrix.identities.length,
    without: matrix.without.length,
    model: {
      name: 'role-clusters',
      kind: 'CLUSTERS',
      trainedAtVersion: snapshot!.version,
      hyperParameters: { resolution, seed, runs, reach },
      evaluation: figures,
      features: spreadOf(holdingFeatures(matrix)),
    },
  };
};

function checked({ at, reach = 'ENTITLED', resolution, seed = 1, runs = DEFAULT_RUNS, attributes }: ClustersInput) {
  if (!Number.isFinite(at)) throw invalid('at', 'at must be an instant: milliseconds since 1970');
  if (!REACHES.includes(reach))
    throw invalid('reach', `reach must be one of ${REACHES.join(', ')}, is ${JSON.stringify(reach)}`);
  if (resolution !== undefined && !(resolution > 0 && resolution <= GREATEST_RESOLUTION))
    throw invalid('resolution', `resolution must be above 0 and at most ${GREATEST_RESOLUTION}, is ${resolution}`);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(seed + MOST_RUNS))
    throw invalid('seed', `seed must be a whole number, is ${seed}`);
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS)
    throw invalid('runs', `runs must be a whole number from 1 to ${MOST_RUNS}, is ${runs}`);
  for (const { name, codes, values } of attributes?.columns ?? []) {
    if (codes.length !== attributes!.nodes.length)
      throw invalid('attributes', `the attribute ${name} must have one code for each node`);
    if (codes.some((code) => code >= values.length))
      throw invalid('attributes', `the attribute ${name} has a code without a value`);
  }
  return { at, reach, seed, runs };
}

/**
 * Where the runs differ much, what they agree on strings groups together that no run does: so it is told only where it is
 * worth as much as the best of them, and else that one. The first of equals.
 */
function bestOf({ graph }: HoldingGraph, partitions: readonly Partition[], resolution: number) {
  const [first, ...others] = partitions.map((partition) => ({
    partition,
    quality: modularity(graph, partition.community, resolution),
  }));
  return others.reduce((best, one) => (one.quality > best.quality + ROUNDING ? one : best), first!);
}

function disconnectedIn({ graph }: HoldingGraph, community: Uint32Array): number {
  return connectedParts(levelOf(graph), community).count - new Set(community).size;
}

function told(
  snapshot: Snapshot,
  matrix: EntitlementMatrix,
  holding: HoldingGraph,
  { community, count }: Partition,
  partitions: readonly Uint32Array[],
  attributes: CodedAttributes | undefined,
): readonly RoleCluster[] {
  const ground = attributes === undefined ? undefined : labelGround(attributes, matrix.identities);
  const tell = clusterTeller(matrix, holding);
  const stability = matchedBy(partitions, holding);
  const rowsOf = Array.from({ length: count }, (): number[] => []);
  for (let row = 0; row < matrix.rows; row++) rowsOf[community[row]!]!.push(row);
  return rowsOf
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ rows, members: membersOf(snapshot, matrix, rows) }))
    .sort((a, b) => b.members.length - a.members.length || a.rows[0]! - b.rows[0]!)
    .map(({ rows, members }) => ({
      members,
      label: ground && attributeLabel(ground, members),
      stability: stability(rows),
      ...tell(rows),
    }));
}

function membersOf(
  snapshot: Snapshot,
  { identities, rowBounds }: EntitlementMatrix,
  rows: readonly number[],
): Uint32Array {
  const members = rows.flatMap((row) => [...identities.subarray(rowBounds[row]!, rowBounds[row + 1]!)]);
  return sortNodes(snapshot, Uint32Array.from(members));
}

/** How well a set of rows is found again in each partition: the Jaccard index with the community most like it, on average. */
function matchedBy(
  partitions: readonly Uint32Array[],
  { rowSizes }: HoldingGraph,
): (rows: readonly number[]) => number {
  const totals = partitions.map((community) => {
    const sizes = new Map<number, number>();
    rowSizes.forEach((size, row) => void sizes.set(community[row]!, (sizes.get(community[row]!) ?? 0) + size));
    return sizes;
  });
  return (rows) => {
    const size = rows.reduce((sum, row) => sum + rowSizes[row]!, 0);
    const best = partitions.map((community, i) => {
      const inside = new Map<number, number>();
      for (const row of rows) inside.set(community[row]!, (inside.get(community[row]!) ?? 0) + rowSizes[row]!);
      return [...inside].reduce((most, [of, both]) => Math.max(most, both / (size + totals[i]!.get(of)! - both)), 0);
    });
    return best.reduce((sum, one) => sum + one, 0) / best.length;
  };
}
