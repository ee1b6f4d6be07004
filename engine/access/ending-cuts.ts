/**
 * Sets of edges without which none of some identities can do an action on any of some resources, the cheapest first.
 *
 * Without denials and bounds these are the cuts of the network of ways. With them a cut may open something: an edge to
 * what is denied goes too, and what was denied is allowed. So every cut is tried on the graph: where access is left, the
 * search goes on in the graph without those edges. Each part of the search is some edges that are gone and some that stay;
 * the cheapest cut of what lets through there bounds its cost from below, and the parts beside a cut are those of Lawler
 * (see algorithms/minimum-cut.ts), with one more for what holds the whole cut. The least bound is looked at first, so
 * that what is told comes in the order of cost, and the first is the cheapest.
 */
import { BinaryHeap } from '../../algorithms/binary-heap.ts';
import { minimumCut } from '../../algorithms/minimum-cut.ts';
import { CONDITIONAL, NONE } from '../model/index.ts';
import { sortedEdges } from '../snapshot/order.ts';
import type { Pace } from '../snapshot/pace.ts';
import { CONTAINMENT, classOf, GRANT, MEMBERSHIP } from '../snapshot/snapshot.ts';
import { type AccessToEnd, isEnded, withoutEdges } from './access-to-end.ts';
import { boundsOf, membersOf, needsCare } from './contexts.ts';
import { Question } from './decide.ts';
import { allOf, edgesOfArcs, type ResourceSet, type WayNetwork, wayNetwork } from './way-network.ts';
import type { Workspace } from './workspace.ts';

export interface EndingCut {
  /** Edge numbers, in the order of edges. */
  readonly edges: readonly number[];
  /** The sum of their prices. */
  readonly price: number;
}

export interface CutsWanted {
  /** What it costs to cut an edge: a whole number, or Infinity. */
  readonly priceOf: (edge: number) => number;
  /** The edges of all ways. */
  readonly edges: readonly number[];
  /** How many cuts; and with them all others that cost as much as the last of these. */
  readonly wanted: number;
  /** How many of both together. */
  readonly most: number;
}

export interface EndingCuts {
  /** Ascending by price. */
  readonly cuts: readonly EndingCut[];
  /** False when the search was given up: then there may be cheaper ones, and others. */
  readonly complete: boolean;
  /** Where there is no cut: the edges of a way none of which may be cut. */
  readonly uncuttable: readonly number[] | undefined;
}

/** Parts of the search that are looked at. Few are enough but where a bound hangs on edges that may be cut. */
const MOST_PARTS = 2_000;

/** Of so many edges every part is tried by itself. */
const MOST_TRIED_WHOLE = 6;

/**
 * @param work scratch space that nobody else uses meanwhile
 * @throws what the pace's `check` and `rest` throw
 */
export async function endingCuts(
  access: AccessToEnd,
  work: Workspace,
  wanted: CutsWanted,
  pace: Pace,
): Promise<EndingCuts> {
  const search = new CutSearch(access, work, wanted, pace);
  while (search.goesOn) {
    if (pace.isDue()) await pace.rest();
    if (pace.isOver() || !inTime(() => search.step())) return search.givenUp();
  }
  return search.found();
}

/** Thrown within a step when its time is up: one step may try a great many edges. */
class TimeIsUp extends Error {}

/** False for a step that had no time. */
function inTime(step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof TimeIsUp) return false;
    throw error;
  }
}

/** Some of the sets of edges: those with all of `gone` and none of `stay`. */
interface Part {
  readonly gone: readonly number[];
  readonly stay: readonly number[];
}

/** A part, or a cut that waits for its turn. */
interface Waiting {
  readonly part: Part | undefined;
  readonly cut: readonly number[];
  readonly bound: number;
  readonly number: number;
}

/** Of equal bounds what is ready first, then what was parted earlier. */
function comesFirst(a: Waiting, b: Waiting): boolean {
  if (a.bound !== b.bound) return a.bound < b.bound;
  if ((a.part === undefined) !== (b.part === undefined)) return a.part === undefined;
  return a.number < b.number;
}

class CutSearch {
  readonly #access: AccessToEnd;
  readonly #work: Workspace;
  readonly #wanted: CutsWanted;
  readonly #pace: Pace;
  readonly #queue = new BinaryHeap<Waiting>(comesFirst);
  readonly #cuts: EndingCut[] = [];
  readonly #met = new Set<string>();
  /** Edges that may be cut. */
  readonly #candidates: readonly number[];
  readonly #fragile: (context: number) => boolean;
  #uncuttable: readonly number[] | undefined;
  #parts = 0;
  #number = 0;
  #isDone = false;

  constructor(access: AccessToEnd, work: Workspace, wanted: CutsWanted, pace: Pace) {
    this.#access = access;
    this.#work = work;
    this.#wanted = wanted;
    this.#pace = pace;
    this.#candidates = wanted.edges.filter((edge) => Number.isFinite(wanted.priceOf(edge)));
    this.#fragile = fragileContexts(access, work, new Set(this.#candidates));
    this.#wait({ gone: [], stay: [] }, 0);
  }

  get goesOn(): boolean {
    return !this.#isDone && this.#parts < MOST_PARTS && this.#queue.size > 0;
  }

  found(): EndingCuts {
    return this.#isDone || this.#queue.size === 0 ? this.#result(true) : this.givenUp();
  }

  /** What was found by now. */
  givenUp(): EndingCuts {
    if (this.#cuts.length === 0) this.#tellWhatCutsAll();
    return this.#result(false);
  }

  #result(complete: boolean): EndingCuts {
    return { cuts: this.#cuts, complete, uncuttable: this.#cuts.length === 0 ? this.#uncuttable : undefined };
  }

  step(): void {
    const next = this.#queue.pop()!;
    if (next.part === undefined) this.#tell(next);
    else this.#search(next.part, next.bound);
  }

  #tell({ cut, bound: price }: Waiting): void {
    const { wanted, most } = this.#wanted;
    const { length } = this.#cuts;
    if (length >= most || (length >= wanted && price > this.#cuts[length - 1]!.price)) {
      this.#isDone = true;
      return;
    }
    const edges = sortedEdges(this.#access.frame.snapshot, cut);
    if (this.#isLeast(edges)) this.#cuts.push({ edges, price });
  }

  /** True when no part of the edges would do: of few edges each part is tried, of many those that are one less. */
  #isLeast(edges: readonly number[]): boolean {
    if (edges.length > MOST_TRIED_WHOLE)
      return edges.every((edge) => !this.#isEndedWithout(edges.filter((each) => each !== edge)));
    const all = 2 ** edges.length - 1;
    for (let part = 0; part < all; part++)
      if (this.#isEndedWithout(edges.filter((_, i) => (part & (1 << i)) !== 0))) return false;
    return true;
  }

  #search(part: Part, known: number): void {
    this.#parts++;
    const { gone, stay } = part;
    const network = this.#networkWithout(gone, new Set(stay));
    if (network === undefined) {
      if (this.#isEndedWithout(gone)) this.#ready(gone);
      else this.#tryEach(part, known);
      return;
    }
    const least = minimumCut(network, () => this.#check());
    if ('uncuttable' in least) {
      this.#uncuttable ??= edgesOfArcs(network, least.uncuttable);
      return;
    }
    const bound = this.#priceOf(gone) + least.value;
    const cut = edgesOfArcs(network, least.sourceMost);
    const whole = [...gone, ...cut];
    const ends = this.#isEndedWithout(whole);
    if (ends) this.#ready(whole);
    const other = [...gone, ...edgesOfArcs(network, least.sinkMost)];
    if (this.#isEndedWithout(other)) this.#ready(other);
    cut.forEach((edge, i) => {
      this.#wait({ gone: [...gone, ...cut.slice(0, i)], stay: [...stay, edge] }, bound);
    });
    if (!ends) this.#wait({ gone: whole, stay }, bound);
  }

  /** Where access is left that no network shows, because what bounds it may itself be cut: every edge in turn. */
  #tryEach({ gone, stay }: Part, bound: number): void {
    const taken = new Set([...gone, ...stay]);
    const open = this.#candidates.filter((edge) => !taken.has(edge));
    open.forEach((edge, i) => {
      this.#wait({ gone: [...gone, edge], stay: [...stay, ...open.slice(0, i)] }, bound);
    });
  }

  #wait(part: Part, bound: number): void {
    this.#queue.push({ part, cut: [], bound, number: this.#number++ });
  }

  #ready(cut: readonly number[]): void {
    const key = [...cut].sort((a, b) => a - b).join();
    if (this.#met.has(key)) return;
    this.#met.add(key);
    this.#queue.push({ part: undefined, cut, bound: this.#priceOf(cut), number: this.#number++ });
  }

  #priceOf(edges: readonly number[]): number {
    return edges.reduce((sum, edge) => sum + this.#wanted.priceOf(edge), 0);
  }

  #isEndedWithout(edges: readonly number[]): boolean {
    return withoutEdges(this.#access, edges, (access) => isEnded(access, this.#work, () => this.#check()));
  }

  #check(): void {
    this.#pace.check();
    if (this.#pace.isOver()) throw new TimeIsUp();
  }

  #networkWithout(gone: readonly number[], stay: ReadonlySet<number>): WayNetwork | undefined {
    this.#check();
    const priceOf = (edge: number): number => (stay.has(edge) ? Number.POSITIVE_INFINITY : this.#wanted.priceOf(edge));
    return withoutEdges(this.#access, gone, (access) =>
      wayNetwork(access, this.#work, { priceOf, letsThrough: letsThrough(access, this.#work, this.#fragile) }),
    );
  }

  /** The cheapest that ends all ways, those too that let nothing through: it always does, and may be dearer than need be. */
  #tellWhatCutsAll(): void {
    const all = allOf(this.#access);
    const ways = wayNetwork(this.#access, this.#work, { priceOf: this.#wanted.priceOf, letsThrough: () => all });
    const least = ways && minimumCut(ways, () => this.#pace.check());
    if (least === undefined || 'uncuttable' in least) return;
    const edges = edgesOfArcs(ways!, least.sourceMost);
    this.#cuts.push({ edges: sortedEdges(this.#access.frame.snapshot, edges), price: this.#priceOf(edges) });
  }
}

/** To which resources the grants of a context have an effect; to those that it has none to it does not matter. Each context is asked once. */
function letsThrough(
  access: AccessToEnd,
  work: Workspace,
  isFragile: (context: number) => boolean,
): (context: number) => ResourceSet {
  const { frame, matcher, resources } = access;
  const all = allOf(access);
  return once((context) => {
    if (!needsCare(frame, context)) return all;
    let lets = 0n;
    resources.forEach((resource, i) => {
      const rank = new Question(frame, work, matcher, resource).decideContext(context);
      if (rank === NONE || (rank >= CONDITIONAL && !isFragile(context))) lets |= 1n << BigInt(i);
    });
    return lets;
  });
}

/** Contexts that lose something when a bound of theirs does, as some of the edges are cut. */
function fragileContexts(
  { frame }: AccessToEnd,
  work: Workspace,
  edges: ReadonlySet<number>,
): (context: number) => boolean {
  const { snapshot } = frame;
  const structure = [...edges].some((edge) => classOf(snapshot, edge) === CONTAINMENT);
  const uses = (node: number): boolean =>
    [MEMBERSHIP, GRANT].some((each) => snapshot.adjacency[each]!.out.of(node).some((edge) => edges.has(edge)));
  return once((context) =>
    boundsOf(frame, context).some((bound) => {
      membersOf(frame, bound, work.members);
      return structure || work.members.nodes.some(uses);
    }),
  );
}

function once<T>(ask: (context: number) => T): (context: number) => T {
  const known = new Map<number, T>();
  return (context) => {
    let answer = known.get(context);
    if (answer === undefined) {
      answer = ask(context);
      known.set(context, answer);
    }
    return answer;
  };
}
