/**
 * Sensitive resources that the same principals hold directly, in the same containers, and on which the same grants count:
 * one search serves all of them.
 */
import { strongComponents } from '../../algorithms/strong-components.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Acceptance } from './acceptance.ts';
import type { Entrances } from './entrances.ts';
import type { HubGraph } from './hub-graph.ts';

/** A sensitive resource with the arcs that reach it, in an order in which those of the others of its group correspond. */
export interface Target {
  /** Of the hub graph, as are the arcs. */
  readonly node: number;
  /** In whole units. */
  readonly weight: number;
  readonly arcs: readonly number[];
  readonly leafArcs: readonly number[];
}

export interface TargetGroup {
  readonly filter: number;
  /** At least one. */
  readonly targets: readonly Target[];
  /** The sum of their weights. */
  readonly weight: number;
}

/**
 * @param targets nodes of the snapshot
 * @param weights one for each, in whole units
 */
export async function targetGroups(
  graph: HubGraph,
  targets: Uint32Array,
  weights: Float64Array,
  acceptance: Acceptance,
  entrances: Entrances,
  pace: Pace,
): Promise<readonly TargetGroup[]> {
  const onCircle = circles(graph);
  const groups = new Map<string, { filter: number; targets: Target[]; weight: number }>();
  for (let i = 0; i < targets.length; i++) {
    if (pace.isDue()) await pace.rest();
    const filter = acceptance.filterOf(targets[i]!);
    const target = targetOf(graph, entrances, graph.numberOf[targets[i]!]! - 1, weights[i]!, filter);
    // Resources that contain each other do not correspond, though their arcs do: one lies on the ways to the other.
    const key = `${filter}:${onCircle[target.node] === 1 ? `alone ${target.node}` : keyOf(graph, target)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { filter, targets: [target], weight: target.weight });
    else {
      group.targets.push(target);
      group.weight += target.weight;
    }
  }
  return [...groups.values()];
}

function targetOf(graph: HubGraph, entrances: Entrances, node: number, weight: number, filter: number): Target {
  const { bounds, sources, leaves } = graph;
  const arcs: number[] = [];
  for (let arc = bounds[node]!; arc < bounds[node + 1]!; arc++) if (entrances.counts(arc, filter, true)) arcs.push(arc);
  const leafArcs: number[] = [];
  for (let i = leaves.intoBounds[node]!; i < leaves.intoBounds[node + 1]!; i++)
    if (entrances.countsOfLeaf(leaves.into[i]!, filter, true)) leafArcs.push(leaves.into[i]!);
  arcs.sort((a, b) => sources[a]! - sources[b]! || a - b);
  leafArcs.sort((a, b) => leaves.classes[a]! - leaves.classes[b]! || a - b);
  return { node, weight, arcs, leafArcs };
}

const keyOf = ({ sources, leaves }: HubGraph, { arcs, leafArcs }: Target): string =>
  `${arcs.map((arc) => sources[arc]).join()}|${leafArcs.map((arc) => leaves.classes[arc]).join()}`;

/** 1 for resources that contain each other. */
function circles({ nodes, principals, bounds, sources }: HubGraph): Uint8Array {
  const count = nodes.length - principals;
  const rows = new Uint32Array(count + 1);
  const containers: number[] = [];
  for (let v = principals; v < nodes.length; v++) {
    for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++)
      if (sources[arc]! >= principals) containers.push(sources[arc]! - principals);
    rows[v - principals + 1] = containers.length;
  }
  const { component, count: components } = strongComponents(rows, Uint32Array.from(containers));
  const sizes = new Uint32Array(components);
  for (const each of component) sizes[each]!++;
  const onCircle = new Uint8Array(nodes.length);
  component.forEach((each, v) => {
    if (sizes[each]! > 1) onCircle[principals + v] = 1;
  });
  return onCircle;
}
