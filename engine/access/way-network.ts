/**
 * The ways from some identities to some resources as a network to cut: from a source in front of the identities to a sink that
 * stands for all the resources.
 *
 * An identity gets at a resource by one of its contexts. Some contexts let nothing through to it as they stand: what they
 * are granted is denied, or a bound is in the way. One can still become someone else from there. So a principal stands in the
 * network once for each set of resources that some context it is reached by lets through to, and has the grants that lead
 * to one of that set. An edge that is there several times is paid for once, where it leads to the most resources: its other
 * arcs are free. What a cut costs there is therefore the least that it may cost, and exactly what it costs where nothing is
 * denied and nothing is bounded.
 */
import { arcRows, type NumberedRows, reachedFrom, reversedRows } from '../../algorithms/arc-rows.ts';
import { betweenGraph } from '../../algorithms/between-graph.ts';
import type { CutNetwork } from '../../algorithms/minimum-cut.ts';
import { CONTAINMENT, DENY, GRANT, isResource, MEMBERSHIP, NO_INHERIT, TAKE } from '../snapshot/snapshot.ts';
import type { AccessToEnd } from './access-to-end.ts';
import { collectUpward } from './decide.ts';
import { counts, type Frame } from './frame.ts';
import type { Workspace } from './workspace.ts';

export interface WayNetwork extends CutNetwork {
  /** The edge of each arc; `NO_EDGE` for the arcs from the source to the identities. */
  readonly edges: Uint32Array;
}

export const NO_EDGE = 0xffffffff;

/** Some of the resources of an access: bit `i` stands for the one at place `i`. */
export type ResourceSet = bigint;

export const allOf = ({ resources }: AccessToEnd): ResourceSet => (1n << BigInt(resources.length)) - 1n;

export interface WaysAsked {
  /** What it costs to cut an edge: a whole number, or Infinity. */
  readonly priceOf: (edge: number) => number;
  /** The resources to which a context's own grants count. */
  readonly letsThrough: (context: number) => ResourceSet;
}

/**
 * @param work uses `upward`
 * @returns `undefined` when no way is there. O(edges walked), for each set of resources
 */
export function wayNetwork(access: AccessToEnd, work: Workspace, asked: WaysAsked): WayNetwork | undefined {
  const walk = new WayWalk(access, work, asked.letsThrough);
  walk.go();
  const { stateCount, sources, targets, edges } = walk;
  const rows = arcRows(stateCount, Uint32Array.from(sources), Uint32Array.from(targets));
  const between = betweenGraph(rows, SOURCE, SINK);
  if (between.targets.length === 0) return undefined;
  const arcs = between.arcs.map((place) => rows.arcs[place]!);
  const kept = arcs.map((arc) => edges[arc]!);
  return {
    nodeCount: stateCount,
    sources: arcs.map((arc) => sources[arc]!),
    targets: between.targets,
    source: SOURCE,
    sink: SINK,
    edges: kept,
    capacities: capacitiesOf(arcs, kept, walk, asked.priceOf),
  };
}

/** Every edge that some way takes, each once; those too that only lead back to where one was, as someone else. */
export function wayEdges(access: AccessToEnd, work: Workspace): readonly number[] {
  const all = allOf(access);
  const walk = new WayWalk(access, work, () => all, true);
  walk.go();
  const { stateCount, sources, targets, edges } = walk;
  const rows = arcRows(stateCount, Uint32Array.from(sources), Uint32Array.from(targets));
  const leads = reachedFrom(reversedRows(rows), SINK);
  return [...new Set(edges.filter((edge, arc) => edge !== NO_EDGE && leads[targets[arc]!] === 1))];
}

/** The edges of a cut, each once. */
export function edgesOfArcs({ edges }: WayNetwork, arcs: Iterable<number>): readonly number[] {
  const found = new Set<number>();
  for (const arc of arcs) if (edges[arc] !== NO_EDGE) found.add(edges[arc]!);
  return [...found];
}

const SOURCE = 0;
const SINK = 1;
const FIRST_STATE = 2;

/** Each edge has its price on the arc that leads to the most resources, the first of several; its other arcs are free. */
function capacitiesOf(
  arcs: NumberedRows['arcs'],
  edges: Uint32Array,
  walk: WayWalk,
  priceOf: (edge: number) => number,
): Float64Array {
  const reach = (arc: number): number => walk.resourceCounts[walk.sources[arc]!]!;
  const paying = new Map<number, number>();
  arcs.forEach((arc, i) => {
    const before = paying.get(edges[i]!);
    if (before === undefined || reach(arc) > reach(before)) paying.set(edges[i]!, arc);
  });
  return Float64Array.from(arcs, (arc, i) => {
    const edge = edges[i]!;
    if (edge === NO_EDGE) return Number.POSITIVE_INFINITY;
    const price = priceOf(edge);
    return paying.get(edge) === arc || price === Number.POSITIVE_INFINITY ? price : 0;
  });
}

/** Which of the resources each resource contains, itself among them, for all that contain one. */
function containedBy(frame: Frame, work: Workspace, resources: readonly number[]): ReadonlyMap<number, ResourceSet> {
  const contained = new Map<number, ResourceSet>();
  resources.forEach((resource, i) => {
    collectUpward(frame, resource, work.upward);
    for (const container of work.upward.nodes)
      contained.set(container, (contained.get(container) ?? 0n) | (1n << BigInt(i)));
  });
  return contained;
}

/** All that is reached from the identities, as arcs between states: a node, and the resources that its context lets through to. */
class WayWalk {
  readonly sources: number[] = [];
  readonly targets: number[] = [];
  readonly edges: number[] = [];
  /** To how many resources each state lets through. */
  readonly resourceCounts: number[] = [0, 0];
  readonly #access: AccessToEnd;
  readonly #goesOn: boolean;
  readonly #lets: (context: number) => ResourceSet;
  readonly #contained: ReadonlyMap<number, ResourceSet>;
  readonly #asked: ReadonlyMap<number, ResourceSet>;
  readonly #nodes: number[] = [];
  /** By state: the number of its set of resources. */
  readonly #sets: number[] = [];
  readonly #all: ResourceSet[] = [];
  readonly #counts: number[] = [];
  readonly #setNumbers = new Map<ResourceSet, number>();
  readonly #states = new Map<number, number>();

  /** @param goesOn from a resource that is asked about to others that it contains, though whoever goes there is at the end */
  constructor(access: AccessToEnd, work: Workspace, letsThrough: (context: number) => ResourceSet, goesOn = false) {
    this.#access = access;
    this.#goesOn = goesOn;
    this.#lets = letsThrough;
    this.#contained = containedBy(access.frame, work, access.resources);
    this.#asked = new Map(access.resources.map((resource, i) => [resource, 1n << BigInt(i)]));
  }

  get stateCount(): number {
    return FIRST_STATE + this.#nodes.length;
  }

  go(): void {
    for (const identity of this.#access.identities) this.#arc(SOURCE, this.#entered(identity), NO_EDGE);
    for (let head = 0; head < this.#nodes.length; head++) {
      const [node, set] = [this.#nodes[head]!, this.#sets[head]!];
      if (isResource(this.#access.frame.snapshot, node)) this.#walkDown(node, set, head + FIRST_STATE);
      else this.#walkOn(node, set, head + FIRST_STATE);
    }
  }

  #walkDown(node: number, set: number, state: number): void {
    const { frame } = this.#access;
    const { snapshot } = frame;
    for (const edge of snapshot.adjacency[CONTAINMENT]!.out.of(node)) {
      const target = snapshot.target[edge]!;
      if (this.#leads(target, set) && counts(frame, edge)) this.#arcDown(state, target, set, edge);
    }
  }

  #walkOn(node: number, set: number, state: number): void {
    const { frame } = this.#access;
    const { snapshot } = frame;
    const { adjacency, target } = snapshot;
    for (const edge of adjacency[MEMBERSHIP]!.out.of(node))
      if (counts(frame, edge)) this.#arc(state, this.#state(target[edge]!, set), edge);
    if (frame.reach !== 'ENTITLED') {
      for (const edge of adjacency[TAKE]!.out.of(node))
        if (counts(frame, edge)) this.#arc(state, this.#entered(target[edge]!), edge);
    }
    if (this.#all[set] === 0n) return;
    for (const edge of adjacency[GRANT]!.out.of(node))
      if (this.#speaks(edge, set)) this.#arcDown(state, target[edge]!, set, edge);
  }

  /** True when the grant allows the action on one of a set of resources. */
  #speaks(edge: number, set: number): boolean {
    const { frame, matcher } = this.#access;
    const { target, flags, termsOf } = frame.snapshot;
    if ((flags[edge]! & DENY) !== 0) return false;
    const within = (flags[edge]! & NO_INHERIT) === 0 ? this.#leads(target[edge]!, set) : this.#ends(target[edge]!, set);
    return within && matcher.matches(termsOf[edge]!) && counts(frame, edge);
  }

  /** True for a resource that is one of the set, or contains one. */
  #leads(resource: number, set: number): boolean {
    const contained = this.#contained.get(resource);
    return contained !== undefined && (contained & this.#all[set]!) !== 0n;
  }

  /** True for a resource that is one of the set. */
  #ends(resource: number, set: number): boolean {
    const itself = this.#asked.get(resource);
    return itself !== undefined && (itself & this.#all[set]!) !== 0n;
  }

  #arc(source: number, target: number, edge: number): void {
    this.sources.push(source);
    this.targets.push(target);
    this.edges.push(edge);
  }

  #entered(context: number): number {
    return this.#state(context, this.#numberOf(this.#lets(context)));
  }

  #numberOf(set: ResourceSet): number {
    const known = this.#setNumbers.get(set);
    if (known !== undefined) return known;
    const made = this.#all.push(set) - 1;
    this.#counts.push(sizeOf(set));
    this.#setNumbers.set(set, made);
    return made;
  }

  /** Whoever gets at one of the set is at the end, whatever else it contains. */
  #arcDown(state: number, resource: number, set: number, edge: number): void {
    const ends = this.#ends(resource, set);
    if (ends) this.#arc(state, SINK, edge);
    const leadsOn = this.#goesOn && this.#contained.get(resource) !== this.#asked.get(resource);
    if (!ends || leadsOn) this.#arc(state, this.#state(resource, set), edge);
  }

  #state(node: number, set: number): number {
    const key = set * 2 ** 32 + node;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const made = FIRST_STATE + this.#nodes.push(node) - 1;
    this.#sets.push(set);
    this.#states.set(key, made);
    this.resourceCounts.push(this.#counts[set]!);
    return made;
  }
}

function sizeOf(set: ResourceSet): number {
  let size = 0;
  for (let rest = set; rest !== 0n; rest &= rest - 1n) size++;
  return size;
}
