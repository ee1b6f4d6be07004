/**
 * What some nodes reach themselves: sets of them as bits go forward along the ways of principals, and then into the sensitive
 * resources. O((nodes + arcs) · nodes asked for / 32).
 */
import { arcRows } from '../../algorithms/arc-rows.ts';
import { setsReaching } from '../../algorithms/bit-reach.ts';
import { stronglyCondensed } from '../../algorithms/condensation.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Entrances } from './entrances.ts';
import type { HubGraph } from './hub-graph.ts';
import type { TargetGroup } from './target-groups.ts';

/** Nodes that are worked on together: what is read of the graph once serves all of them. */
const AT_A_TIME = 256;

/**
 * @param asked nodes of the snapshot
 * @returns for each of them the weight of the sensitive resources that it reaches, itself left out
 */
export async function reachedWeights(
  graph: HubGraph,
  groups: readonly TargetGroup[],
  entrances: Entrances,
  asked: readonly number[],
  pace: Pace,
): Promise<Float64Array> {
  const condensed = stronglyCondensed(principalWays(graph));
  const weights = new Float64Array(asked.length);
  for (let first = 0; first < asked.length; first += AT_A_TIME) {
    const some = asked.slice(first, first + AT_A_TIME);
    const words = Math.ceil(some.length / 32);
    const sets = new Uint32Array(graph.nodes.length * words);
    some.forEach((node, i) => {
      const v = graph.numberOf[node]! - 1;
      if (v >= 0) sets[v * words + (i >> 5)]! |= 1 << (i & 31);
    });
    const coming = setsReaching(condensed, sets, words, () => pace.check());
    for (const group of groups) {
      if (pace.isDue()) await pace.rest();
      const here = new Uint32Array(words);
      for (const v of before(graph, group, entrances))
        for (let word = 0; word < words; word++) here[word]! |= coming[v * words + word]!;
      for (let word = 0; word < words; word++)
        for (let set = here[word]!; set !== 0; set &= set - 1)
          weights[first + word * 32 + 31 - Math.clz32(set & -set)]! += group.weight;
    }
  }
  return weights;
}

/** The ways between principals; resources stand alone. */
function principalWays({ nodes, principals, bounds, sources }: HubGraph) {
  const targets = new Uint32Array(bounds[principals]!);
  for (let v = 0; v < principals; v++) targets.fill(v, bounds[v], bounds[v + 1]);
  return arcRows(nodes.length, sources.subarray(0, targets.length), targets);
}

/** Who holds a grant that counts on a sensitive resource, and what contains it; some more than once. */
function* before(graph: HubGraph, { filter, targets }: TargetGroup, entrances: Entrances): Iterable<number> {
  const { principals, bounds, sources } = graph;
  const first = targets[0]!;
  const seen = new Set([first.node]);
  for (const resource of seen) {
    for (let arc = bounds[resource]!; arc < bounds[resource + 1]!; arc++) {
      if (!entrances.counts(arc, filter, resource === first.node)) continue;
      const source = sources[arc]!;
      if (seen.has(source)) continue;
      yield source;
      if (source >= principals) seen.add(source);
    }
  }
}
