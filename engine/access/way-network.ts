/**
 * The ways from some identities to one resource as a network to cut: from a source in front of the identities to the resource.
 *
 * An identity gets at the resource by one of its contexts. Some contexts let nothing through as they stand: what they
 * are granted is denied, or a bound is in the way. One can still become someone else from there. So each principal stands
 * twice in the network, as reached by a context that lets through and by one that does not, and only the former has grants.
 * An edge that is there twice is paid for once: its arc among those that let nothing through is free. What a cut costs there
 * is therefore the least that it may cost, and exactly what it costs where nothing is denied and nothing is bounded.
 */
import { arcRows, type NumberedRows, reachedFrom, reversedRows } from '../../algorithms/arc-rows.ts';
import { betweenGraph } from '../../algorithms/between-graph.ts';
import type { CutNetwork } from '../../algorithms/minimum-cut.ts';
import { CONTAINMENT, DENY, GRANT, isResource, MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import type { Question } from './decide.ts';
import { counts } from './frame.ts';

export interface WayNetwork extends CutNetwork {
  /** The edge of each arc; `NO_EDGE` for the arcs from the source to the identities. */
  readonly edges: Uint32Array;
}

export const NO_EDGE = 0xffffffff;

export interface WaysAsked {
  readonly identities: readonly number[];
  /** What it costs to cut an edge: a whole number, or Infinity. */
  readonly priceOf: (edge: number) => number;
  /** False for a context whose own grants are left out. */
  readonly letsThrough: (context: number) => boolean;
}

/** @returns `undefined` when no way is there. O(edges walked) */
export function wayNetwork(question: Question, asked: WaysAsked): WayNetwork | undefined {
  const walk = new WayWalk(question, asked.letsThrough);
  for (const identity of asked.identities) walk.enter(identity);
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
export function wayEdges(question: Question, identities: readonly number[]): readonly number[] {
  const walk = new WayWalk(question, () => true);
  for (const identity of identities) walk.enter(identity);
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

function capacitiesOf(
  arcs: NumberedRows['arcs'],
  edges: Uint32Array,
  walk: WayWalk,
  priceOf: (edge: number) => number,
): Float64Array {
  const isThrough = (arc: number): boolean => walk.letsThrough[walk.sources[arc]!]!;
  const paid = new Set<number>();
  arcs.forEach((arc, i) => {
    if (isThrough(arc)) paid.add(edges[i]!);
  });
  return Float64Array.from(arcs, (arc, i) => {
    const edge = edges[i]!;
    if (edge === NO_EDGE) return Number.POSITIVE_INFINITY;
    const price = priceOf(edge);
    return isThrough(arc) || !paid.has(edge) || price === Number.POSITIVE_INFINITY ? price : 0;
  });
}

/** All that is reached from the identities, as arcs between states: a node, and whether its context lets through. */
class WayWalk {
  readonly sources: number[] = [];
  readonly targets: number[] = [];
  readonly edges: number[] = [];
  readonly letsThrough: boolean[] = [true, true];
  readonly #question: Question;
  readonly #lets: (context: number) => boolean;
  readonly #nodes: number[] = [];
  readonly #numbers = new Map<number, number>();

  constructor(question: Question, letsThrough: (context: number) => boolean) {
    this.#question = question;
    this.#lets = letsThrough;
    this.#numbers.set(question.resource * 2 + 1, SINK);
  }

  get stateCount(): number {
    return FIRST_STATE + this.#nodes.length;
  }

  enter(identity: number): void {
    this.#arc(SOURCE, this.#state(identity, this.#lets(identity)), NO_EDGE);
  }

  go(): void {
    const { frame, work } = this.#question;
    const { snapshot } = frame;
    const [membership, take, grant, containment] = [MEMBERSHIP, TAKE, GRANT, CONTAINMENT].map(
      (edgeClass) => snapshot.adjacency[edgeClass]!.out,
    );
    for (let head = 0; head < this.#nodes.length; head++) {
      const node = this.#nodes[head]!;
      const state = head + FIRST_STATE;
      const through = this.letsThrough[state]!;
      if (isResource(snapshot, node)) {
        for (const edge of containment!.of(node)) {
          const target = snapshot.target[edge]!;
          if (work.upward.has(target) && counts(frame, edge)) this.#arc(state, this.#state(target, true), edge);
        }
        continue;
      }
      for (const edge of membership!.of(node))
        if (counts(frame, edge)) this.#arc(state, this.#state(snapshot.target[edge]!, through), edge);
      if (frame.reach !== 'ENTITLED') {
        for (const edge of take!.of(node)) {
          const context = snapshot.target[edge]!;
          if (counts(frame, edge)) this.#arc(state, this.#state(context, this.#lets(context)), edge);
        }
      }
      if (!through) continue;
      for (const edge of grant!.of(node)) {
        if ((snapshot.flags[edge]! & DENY) === 0 && this.#question.speaks(edge))
          this.#arc(state, this.#state(snapshot.target[edge]!, true), edge);
      }
    }
  }

  #arc(source: number, target: number, edge: number): void {
    this.sources.push(source);
    this.targets.push(target);
    this.edges.push(edge);
  }

  #state(node: number, through: boolean): number {
    const key = node * 2 + (through ? 1 : 0);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const made = FIRST_STATE + this.#nodes.push(node) - 1;
    this.#numbers.set(key, made);
    this.letsThrough.push(through);
    return made;
  }
}
