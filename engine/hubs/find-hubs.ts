/**
 * Privilege hubs: nodes through which much sensitive access flows, and edges without which much of it ends. On allowing
 * ways: denials, conditions and bounds do not hide one. Everything is exact.
 */
import type { LongWork } from '../access/apart.ts';
import { makeFrame } from '../access/frame.ts';
import { GrantlensError, type Instant, type Reach } from '../model/index.ts';
import { greatestOf, type SensitivityTable } from '../sensitivity/sensitivity-table.ts';
import { nodesInOrder } from '../snapshot/nodes.ts';
import { compareNodes, sortedEdges } from '../snapshot/order.ts';
import type { Pace } from '../snapshot/pace.ts';
import { CONTAINMENT, classOf, isResource, kindIndexOf, type Snapshot } from '../snapshot/snapshot.ts';
import { Acceptance } from './acceptance.ts';
import { reachedWeights } from './blast.ts';
import { Entrances } from './entrances.ts';
import { type Exposure, exposureOf } from './exposure.ts';
import { type HubGraph, hubGraph } from './hub-graph.ts';
import { type Impact, impactOf, type Sums } from './impact.ts';
import { classSize, leafEdges } from './leaf-classes.ts';
import type { HubMeasures, HubRanking } from './questions.ts';
import { targetGroups } from './target-groups.ts';

export interface HubsInput {
  readonly reach: Reach;
  readonly at: Instant;
  readonly sensitivity: SensitivityTable;
  /** 0 for everything that weighs something. */
  readonly minSensitivity: number;
  /** How many hubs, and how many edges, are told. */
  readonly first: number;
  readonly rankBy: HubRanking;
  /** Indexes into NODE_KINDS. */
  readonly kinds: readonly number[];
}

export interface FoundHub extends HubMeasures {
  /** Node number. */
  readonly node: number;
}

export interface FoundHubEdge {
  /** Edge number. */
  readonly edge: number;
  readonly exclusivePairs: number;
  readonly weightedImpact: number;
}

export interface FoundHubs {
  readonly hubs: readonly FoundHub[];
  readonly edges: readonly FoundHubEdge[];
  readonly hubCount: number;
  readonly edgeCount: number;
  readonly pairs: number;
  readonly weight: number;
  /** Sensitive resources. */
  readonly resources: number;
}

/** @throws GrantlensError LIMIT_EXCEEDED when the time is up; what the pace throws */
export const findHubs: LongWork<HubsInput, FoundHubs> = async ([snapshot], asked, pace) => {
  const { weights, targets, acceptance } = sensitiveResources(snapshot!, asked);
  const lens = await looked(snapshot!, asked, asked.reach, targets, weights, acceptance, pace);
  const impact = await impactOf(lens.graph, lens.groups, lens.entrances, acceptance.count, pace);
  refuseLate(pace);
  const exposure = exposureOf(lens.graph, impact, lens.entrances, pace);
  const ranked = rankedHubs(snapshot!, lens.graph, asked, impact, exposure);
  const top = ranked.slice(0, asked.first);
  const whenTaken =
    asked.reach === 'ESCALATION' || top.length === 0
      ? lens
      : await looked(snapshot!, asked, 'ESCALATION', targets, weights, acceptance, pace);
  const nodes = top.map((v) => lens.graph.nodes[v]!);
  const blasts = await reachedWeights(whenTaken.graph, whenTaken.groups, whenTaken.entrances, nodes, pace);
  refuseLate(pace);
  const edges = rankedEdges(snapshot!, lens, impact, asked.first);
  return {
    hubs: top.map((v, i) => ({
      node: nodes[i]!,
      ...measuresOf(v, impact, exposure),
      blastRadius: ofUnits(blasts[i]!),
    })),
    ...edges,
    hubCount: ranked.length,
    pairs: impact.pairs,
    weight: ofUnits(impact.weight),
    resources: targets.length,
  };
};

/** Weights are counted in whole steps of this, so that sums are exact and do not hang on the order of what is summed. */
const UNITS = 10_000;
const inUnits = (weight: number): number => Math.max(1, Math.round(weight * UNITS));
const ofUnits = (units: number): number => units / UNITS;

function refuseLate(pace: Pace): void {
  if (!pace.isOver()) return;
  throw new GrantlensError(
    'LIMIT_EXCEEDED',
    'The time that hubs may take was up before all pairs were counted.',
    {},
    undefined,
    'Raise the least sensitivity, so that fewer resources count, or give it more time.',
  );
}

function sensitiveResources(snapshot: Snapshot, { sensitivity, minSensitivity }: HubsInput) {
  const acceptance = new Acceptance(sensitivity, minSensitivity, snapshot.terms.all);
  const targets = nodesInOrder(snapshot).filter(
    (node) => isResource(snapshot, node) && acceptance.isEnough(greatestOf(sensitivity, node)),
  );
  for (const node of targets) acceptance.filterOf(node);
  const weights = Float64Array.from(targets, (node) => inUnits(greatestOf(sensitivity, node)));
  return { targets, weights, acceptance };
}

/** The graph of ways in one reach. */
async function looked(
  snapshot: Snapshot,
  { at }: HubsInput,
  reach: Reach,
  targets: Uint32Array,
  weights: Float64Array,
  acceptance: Acceptance,
  pace: Pace,
) {
  const frame = makeFrame(snapshot, reach, at);
  const { graph, gives } = await hubGraph(frame, targets, acceptance, pace);
  const entrances = new Entrances(snapshot, graph, acceptance);
  const groups = await targetGroups(graph, targets, weights, acceptance, entrances, pace);
  return { frame, graph, gives, entrances, groups };
}

type Lens = Awaited<ReturnType<typeof looked>>;

function measuresOf(v: number, { lost }: Impact, { identities, resources, pairs, weight }: Exposure) {
  return {
    identities: identities[v]!,
    resources: resources[v]!,
    exposure: pairs[v]!,
    weightedExposure: ofUnits(weight[v]!),
    exclusivePairs: lost.count[v]!,
    weightedImpact: ofUnits(lost.weight[v]!),
    redundancy: 1 - lost.weight[v]! / weight[v]!,
  };
}

/** Numbers of the hub graph. */
function rankedHubs(
  snapshot: Snapshot,
  graph: HubGraph,
  { kinds, rankBy }: HubsInput,
  { lost }: Impact,
  { pairs, weight }: Exposure,
): readonly number[] {
  const [first, second] = rankBy === 'IMPACT' ? [lost, { count: pairs, weight }] : [{ count: pairs, weight }, lost];
  return Array.from(graph.nodes.keys())
    .filter((v) => pairs[v]! > 0 && kinds.includes(kindIndexOf(snapshot, graph.nodes[v]!)))
    .sort(
      (a, b) =>
        first.weight[b]! - first.weight[a]! ||
        second.weight[b]! - second.weight[a]! ||
        compareNodes(snapshot, graph.nodes[a]!, graph.nodes[b]!),
    );
}

/** Those without which most weight ends first; edges that weigh alike in the order of edges. */
function rankedEdges(
  snapshot: Snapshot,
  { frame, graph, gives }: Lens,
  { lostByArc, lostByLeafArc }: Impact,
  first: number,
): { readonly edges: readonly FoundHubEdge[]; readonly edgeCount: number } {
  const { leaves } = graph;
  const isLoss = (sums: Sums) => (place: number) => sums.count[place]! > 0;
  // How resources lie in each other is structure, and nothing that somebody was given.
  const arcs = Array.from(lostByArc.count.keys()).filter(
    (arc) => isLoss(lostByArc)(arc) && classOf(snapshot, graph.edges[arc]!) !== CONTAINMENT,
  );
  const leafArcs = Array.from(lostByLeafArc.count.keys()).filter(isLoss(lostByLeafArc));
  const weights = [...arcs.map((arc) => lostByArc.weight[arc]!), ...leafArcs.map((arc) => lostByLeafArc.weight[arc]!)];
  const byWeight = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!);
  const edgesOf = (place: number): readonly number[] => {
    if (place < arcs.length) return [graph.edges[arcs[place]!]!];
    const arc = leafArcs[place - arcs.length]!;
    const leafClass = leaves.classes[arc]!;
    const nth = arc - leaves.arcBounds[leafClass]!;
    const members = leaves.members.subarray(leaves.memberBounds[leafClass], leaves.memberBounds[leafClass + 1]);
    return Array.from(members, (leaf) => leafEdges(frame, leaf, graph.numberOf, gives)[nth]!);
  };
  const edges: FoundHubEdge[] = [];
  for (let i = 0; i < byWeight.length && edges.length < first; ) {
    const weight = weights[byWeight[i]!]!;
    const pairsOf = new Map<number, number>();
    for (; i < byWeight.length && weights[byWeight[i]!] === weight; i++) {
      const place = byWeight[i]!;
      const pairs =
        place < arcs.length ? lostByArc.count[arcs[place]!]! : lostByLeafArc.count[leafArcs[place - arcs.length]!]!;
      for (const edge of edgesOf(place)) pairsOf.set(edge, pairs);
    }
    for (const edge of sortedEdges(snapshot, pairsOf.keys()))
      edges.push({ edge, exclusivePairs: pairsOf.get(edge)!, weightedImpact: ofUnits(weight) });
  }
  const ofLeaves = leafArcs.reduce((sum, arc) => sum + classSize(leaves, leaves.classes[arc]!), 0);
  return { edges: edges.slice(0, first), edgeCount: arcs.length + ofLeaves };
}
