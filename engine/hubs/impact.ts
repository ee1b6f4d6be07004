/**
 * What hangs on each node and edge: for every group of sensitive resources the dominators of the ways turned round, from the
 * resource back to the identities; summed. Leaves are left out of the trees: a class of them hangs on the node at which
 * its ways meet, which is the nearest common one above the nodes that its arcs lead to.
 *
 * O(groups · what reaches them), near enough; some words of space for each node and arc.
 */
import { type Dominators, dominatedWeights, dominatingArcs, dominators, NONE } from '../../algorithms/dominators.ts';
import type { Pace } from '../snapshot/pace.ts';
import { Doors } from './doors.ts';
import type { Entrances } from './entrances.ts';
import type { HubGraph } from './hub-graph.ts';
import { classSize } from './leaf-classes.ts';
import type { TargetGroup } from './target-groups.ts';

export interface Impact {
  /** All pairs, and what they weigh. */
  readonly pairs: number;
  readonly weight: number;
  /** By node: pairs of others that end without it, and what these weigh. */
  readonly lost: Sums;
  /** By arc: pairs that end without it. */
  readonly lostByArc: Sums;
  /** By arc of a class of leaves: pairs that end without it, for each member of the class. */
  readonly lostByLeafArc: Sums;
  /** By node: other sensitive resources that it lies on a way to. */
  readonly reached: Sums;
  /** The same for resources, told apart by filter. */
  readonly doors: Doors;
}

/** How many, and what they weigh in the units of the groups. */
export interface Sums {
  readonly count: Float64Array;
  readonly weight: Float64Array;
}

const sums = (length: number): Sums => ({ count: new Float64Array(length), weight: new Float64Array(length) });

function add({ count, weight }: Sums, place: number, times: number, each: number, weightOfEach: number): void {
  count[place]! += times * each;
  weight[place]! += times * weightOfEach;
}

/**
 * Stops when the time is up: what it gives is then of no use.
 *
 * @param filters how many filters there are
 */
export async function impactOf(
  graph: HubGraph,
  groups: readonly TargetGroup[],
  entrances: Entrances,
  filters: number,
  pace: Pace,
): Promise<Impact> {
  const trees = new TargetTrees(graph, entrances, filters);
  for (const [done, group] of groups.entries()) {
    if (pace.isDue()) await pace.rest();
    pace.progress('groups of sensitive resources', done, groups.length);
    if (pace.isOver()) break;
    trees.add(group, () => pace.check());
  }
  return trees;
}

/** In place of an arc where several lead somewhere. */
const SEVERAL = NONE;

class TargetTrees implements Impact {
  pairs = 0;
  weight = 0;
  readonly lost: Sums;
  readonly lostByArc: Sums;
  readonly lostByLeafArc: Sums;
  readonly reached: Sums;
  readonly doors: Doors;
  readonly #graph: HubGraph;
  readonly #entrances: Entrances;
  // One group's graph: its nodes by place, 0 is the sensitive resource; their places, plus one; its arcs in rows.
  readonly #nodes: Uint32Array;
  readonly #places: Uint32Array;
  readonly #bounds: Uint32Array;
  readonly #targets: Uint32Array;
  /** Arcs of the hub graph; for those into the sensitive resource, which place they have among them. */
  readonly #arcs: Uint32Array;
  #size = 0;
  /** True when the sensitive resource contains something that contains it. */
  #isOnCircle = false;
  // Classes of leaves that the group meets: where they hang, and the only arc that leads there.
  readonly #meeting: Uint32Array;
  readonly #only: Uint32Array;
  readonly #met: Uint32Array;

  constructor(graph: HubGraph, entrances: Entrances, filters: number) {
    const { nodes, sources, leaves } = graph;
    this.#graph = graph;
    this.#entrances = entrances;
    this.lost = sums(nodes.length);
    this.lostByArc = sums(sources.length);
    this.lostByLeafArc = sums(leaves.edges.length);
    this.reached = sums(nodes.length);
    this.doors = new Doors(filters);
    this.#nodes = new Uint32Array(nodes.length);
    this.#places = new Uint32Array(nodes.length);
    this.#bounds = new Uint32Array(nodes.length + 1);
    this.#targets = new Uint32Array(sources.length);
    this.#arcs = new Uint32Array(sources.length);
    this.#meeting = new Uint32Array(leaves.count).fill(NONE);
    this.#only = new Uint32Array(leaves.count);
    this.#met = new Uint32Array(leaves.count);
  }

  add(group: TargetGroup, checkpoint: () => void): void {
    this.#search(group);
    this.#tellReached(group);
    const count = this.#size;
    const rows = {
      nodeCount: count,
      bounds: this.#bounds.subarray(0, count + 1),
      targets: this.#targets.subarray(0, this.#bounds[count]),
    };
    const tree = dominators(rows, 0, checkpoint);
    const ones = new Float64Array(count);
    for (let place = 0; place < count; place++) ones[place] = this.#graph.isOne[this.#nodes[place]!]!;
    this.#hangLeaves(group, tree, ones);
    const hanging = dominatedWeights(tree, ones);
    this.#tellLost(group, hanging);
    this.#tellLostByArc(group, hanging, dominatingArcs(rows, tree));
    this.#forget();
  }

  /** Finds everything that lies on a way to the sensitive resource. */
  #search({ filter, targets }: TargetGroup): void {
    const { principals, bounds, sources } = this.#graph;
    const first = targets[0]!;
    this.#size = 0;
    this.#isOnCircle = false;
    let size = 0;
    this.#placeOf(first.node);
    first.arcs.forEach((arc, i) => {
      this.#arcs[size] = i;
      this.#targets[size++] = this.#placeOf(sources[arc]!);
    });
    this.#bounds[1] = size;
    for (let head = 1; head < this.#size; head++) {
      const node = this.#nodes[head]!;
      const isResource = node >= principals;
      for (let arc = bounds[node]!; arc < bounds[node + 1]!; arc++) {
        if (isResource && !this.#entrances.counts(arc, filter, false)) continue;
        this.#arcs[size] = arc;
        const place = this.#placeOf(sources[arc]!);
        if (place === 0) this.#isOnCircle = true;
        this.#targets[size++] = place;
      }
      this.#bounds[head + 1] = size;
    }
  }

  #placeOf(node: number): number {
    const known = this.#places[node]!;
    if (known !== 0) return known - 1;
    this.#nodes[this.#size] = node;
    this.#places[node] = ++this.#size;
    return this.#size - 1;
  }

  #forget(): void {
    for (let place = 0; place < this.#size; place++) this.#places[this.#nodes[place]!] = 0;
  }

  #tellReached({ filter, targets, weight }: TargetGroup): void {
    // Who comes in through it also comes to what it contains, and from there back.
    if (this.#isOnCircle) this.doors.add(targets[0]!.node, filter, 0, 0);
    for (let place = 1; place < this.#size; place++) {
      const node = this.#nodes[place]!;
      add(this.reached, node, 1, targets.length, weight);
      if (node >= this.#graph.principals) this.doors.add(node, filter, targets.length, weight);
    }
  }

  /** Adds each class of leaves to the node that it hangs on, and tells of arcs that all its ways begin with. */
  #hangLeaves({ filter, targets, weight }: TargetGroup, tree: Dominators, ones: Float64Array): void {
    const { leaves, principals } = this.#graph;
    const numbers = searchNumbers(tree, this.#size);
    let met = 0;
    const meet = (leafClass: number, place: number, arc: number): void => {
      const known = this.#meeting[leafClass]!;
      if (known === NONE) {
        this.#met[met++] = leafClass;
        this.#meeting[leafClass] = place;
        this.#only[leafClass] = arc;
        return;
      }
      if (known !== place) this.#meeting[leafClass] = nearestCommon(tree.immediate, numbers, known, place);
      this.#only[leafClass] = SEVERAL;
    };
    const own = targets[0]!.leafArcs;
    own.forEach((arc) => {
      meet(leaves.classes[arc]!, 0, arc);
    });
    for (let place = 1; place < this.#size; place++) {
      const node = this.#nodes[place]!;
      for (let i = leaves.intoBounds[node]!; i < leaves.intoBounds[node + 1]!; i++) {
        const arc = leaves.into[i]!;
        if (node < principals || this.#entrances.countsOfLeaf(arc, filter, false))
          meet(leaves.classes[arc]!, place, arc);
      }
    }
    const ownPlaces = new Map(own.map((arc, i) => [arc, i]));
    for (let i = 0; i < met; i++) {
      const leafClass = this.#met[i]!;
      ones[this.#meeting[leafClass]!]! += classSize(leaves, leafClass);
      this.#meeting[leafClass] = NONE;
      const arc = this.#only[leafClass]!;
      if (arc === SEVERAL) continue;
      const ownPlace = ownPlaces.get(arc);
      if (ownPlace === undefined) add(this.lostByLeafArc, arc, 1, targets.length, weight);
      else for (const target of targets) add(this.lostByLeafArc, target.leafArcs[ownPlace]!, 1, 1, target.weight);
    }
  }

  /** @param hanging by place: how many identities hang on the node, itself among them */
  #tellLost({ targets, weight }: TargetGroup, hanging: Float64Array): void {
    this.pairs += hanging[0]! * targets.length;
    this.weight += hanging[0]! * weight;
    for (let place = 1; place < this.#size; place++) {
      const node = this.#nodes[place]!;
      const others = hanging[place]! - this.#graph.isOne[node]!;
      if (others > 0) add(this.lost, node, others, targets.length, weight);
    }
  }

  #tellLostByArc({ targets, weight }: TargetGroup, hanging: Float64Array, dominating: Uint32Array): void {
    const own = targets[0]!.arcs.length;
    for (let place = 1; place < this.#size; place++) {
      const row = dominating[place]!;
      const lost = hanging[place]!;
      if (row === NONE || lost === 0) continue;
      const arc = this.#arcs[row]!;
      if (row >= own) add(this.lostByArc, arc, lost, targets.length, weight);
      else for (const target of targets) add(this.lostByArc, target.arcs[arc]!, lost, 1, target.weight);
    }
  }
}

/** By node: when the search that made the tree came to it. */
function searchNumbers({ order }: Dominators, size: number): Uint32Array {
  const numbers = new Uint32Array(size);
  for (let i = 0; i < order.length; i++) numbers[order[i]!] = i;
  return numbers;
}

/** The nearest node above both in the tree, which may be one of them: a node is found after what dominates it. */
function nearestCommon(immediate: Uint32Array, numbers: Uint32Array, one: number, other: number): number {
  let a = one;
  let b = other;
  while (a !== b) {
    if (numbers[a]! > numbers[b]!) a = immediate[a]!;
    else b = immediate[b]!;
  }
  return a;
}
