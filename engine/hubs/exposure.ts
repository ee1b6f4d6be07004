/** What goes through each node: identities with a way to it, times what it lies on a way to. Exact. */
import { arcRows } from '../../algorithms/arc-rows.ts';
import { reachingWeights } from '../../algorithms/reaching-weights.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Entrances } from './entrances.ts';
import type { HubGraph } from './hub-graph.ts';
import type { Impact } from './impact.ts';
import { classSize } from './leaf-classes.ts';

/** By node of the hub graph; the node itself is left out. */
export interface Exposure {
  readonly identities: Float64Array;
  readonly resources: Float64Array;
  readonly pairs: Float64Array;
  readonly weight: Float64Array;
}

/**
 * A principal passes all that come to it on to all that it reaches. A resource does so by filter, at its doors: a grant on
 * it may count for one resource that it contains and not for another.
 */
export function exposureOf(graph: HubGraph, impact: Impact, entrances: Entrances, pace: Pace): Exposure {
  const { principals, isOne } = graph;
  const { doors, reached } = impact;
  const ways = new Ways(graph, impact, entrances);
  const coming = reachingWeights(ways.rows(), ways.sources(), () => pace.check());
  const size = graph.nodes.length;
  const [identities, resources] = [new Float64Array(size), new Float64Array(size)];
  const [pairs, weight] = [new Float64Array(size), new Float64Array(size)];
  for (let v = 0; v < principals; v++) {
    identities[v] = reached.count[v] === 0 ? 0 : coming[v]! - isOne[v]!;
    if (identities[v] === 0) continue;
    resources[v] = reached.count[v]!;
    pairs[v] = identities[v]! * reached.count[v]!;
    weight[v] = identities[v]! * reached.weight[v]!;
  }
  for (let door = 0; door < doors.nodes.length; door++) {
    const v = doors.nodes[door]!;
    const entering = coming[principals + door]!;
    if (entering === 0 || doors.resources[door] === 0) continue;
    identities[v] = coming[ways.entranceOf(v)]!;
    resources[v]! += doors.resources[door]!;
    pairs[v]! += entering * doors.resources[door]!;
    weight[v]! += entering * doors.weights[door]!;
  }
  return { identities, resources, pairs, weight };
}

/** The ways forward: principals first, then the doors, then for each resource with doors all of them together. */
class Ways {
  readonly #graph: HubGraph;
  readonly #impact: Impact;
  readonly #entrances: Entrances;
  readonly #doorsOf = new Map<number, number[]>();
  readonly #entranceOf = new Map<number, number>();
  readonly #size: number;

  constructor(graph: HubGraph, impact: Impact, entrances: Entrances) {
    this.#graph = graph;
    this.#impact = impact;
    this.#entrances = entrances;
    const { nodes } = impact.doors;
    nodes.forEach((v, door) => {
      const there = this.#doorsOf.get(v);
      if (there === undefined) this.#doorsOf.set(v, [door]);
      else there.push(door);
    });
    let size = graph.principals + nodes.length;
    for (const v of this.#doorsOf.keys()) this.#entranceOf.set(v, size++);
    this.#size = size;
  }

  /** Where everybody is who comes in through any door of a resource. */
  entranceOf(v: number): number {
    return this.#entranceOf.get(v)!;
  }

  rows() {
    const { principals, bounds, sources } = this.#graph;
    const { doors } = this.#impact;
    const [from, to]: [number[], number[]] = [[], []];
    const put = (near: number, far: number): void => {
      from.push(near);
      to.push(far);
    };
    for (let v = 0; v < principals; v++) for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) put(sources[arc]!, v);
    doors.nodes.forEach((v, door) => {
      const filter = doors.filters[door]!;
      if (doors.resources[door]! > 0) put(principals + door, this.entranceOf(v));
      for (let arc = bounds[v]!; arc < bounds[v + 1]!; arc++) {
        if (!this.#entrances.counts(arc, filter, false)) continue;
        const near = sources[arc]!;
        // What contains a resource on a way lies on one too, so there is such a door.
        put(near < principals ? near : principals + doors.find(near, filter)!, principals + door);
      }
    });
    return arcRows(this.#size, Uint32Array.from(from), Uint32Array.from(to));
  }

  /** The classes of leaves, then the principals that are identities. */
  sources() {
    const { leaves, principals, isOne } = this.#graph;
    const bounds: number[] = [0];
    const starts: number[] = [];
    const weights: number[] = [];
    for (let leafClass = 0; leafClass < leaves.count; leafClass++) {
      for (let arc = leaves.arcBounds[leafClass]!; arc < leaves.arcBounds[leafClass + 1]!; arc++)
        this.#begin(arc, starts);
      weights.push(classSize(leaves, leafClass));
      bounds.push(starts.length);
    }
    for (let v = 0; v < principals; v++) {
      if (isOne[v] === 0) continue;
      starts.push(v);
      weights.push(1);
      bounds.push(starts.length);
    }
    return { bounds: Uint32Array.from(bounds), starts: Uint32Array.from(starts), weights };
  }

  /** Where an arc of leaves leads: to a principal, or through the doors of a resource at which it counts. */
  #begin(leafArc: number, starts: number[]): void {
    const { leaves, principals } = this.#graph;
    const target = leaves.targets[leafArc]!;
    if (target < principals) {
      starts.push(target);
      return;
    }
    for (const door of this.#doorsOf.get(target) ?? [])
      if (this.#entrances.countsOfLeaf(leafArc, this.#impact.doors.filters[door]!, false))
        starts.push(principals + door);
  }
}
