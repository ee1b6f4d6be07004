/**
 * What the numbers of nodes, edges, action patterns and windows of time stand for, for all versions that go back to one
 * compiled version. It is only ever added to: whoever holds a version never looks at what came after it. There is room
 * for so many more numbers; where it is used up, a version is compiled anew.
 */
import type { ActionTerms } from './action-terms.ts';
import type { CompiledArrays } from './compiled-arrays.ts';
import type { IdIndex } from './id-index.ts';
import type { IdTable } from './id-table.ts';
import type { Windows } from './windows.ts';

/** What belongs to an edge's number. */
export interface EdgeFacts {
  readonly id: string;
  readonly ref: number;
  /** Index into EDGE_KINDS. */
  readonly kind: number;
  readonly source: number;
  readonly target: number;
  readonly flags: number;
  readonly terms: number;
  readonly window: number;
}

/** Numbers of action patterns or of windows. Few graphs have more of them than two bytes can count. */
export type Labels = Uint16Array | Uint32Array;

/** So many different labels fit into two bytes. */
export const NARROW = 0x10000;

/** Columns by edge number, longer than there are compiled edges. */
export interface EdgeColumns {
  readonly ref: Uint32Array;
  readonly kind: Uint8Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly flags: Uint8Array;
  readonly terms: Labels;
  readonly window: Labels;
}

/** What a take-over gives: the number of "every action" among action patterns. */
export const EVERY_ACTION = 1;

/** Edges that had no effect when somebody looked, because an end was not there: they may have one when it comes. */
export class Waiting {
  /** Ids of edges by the ids of their ends. */
  readonly #edges = new Map<string, Set<string>>();
  readonly #all = new Map<string, readonly [from: string, to: string]>();

  /** All that was added. */
  list(): readonly (readonly [edge: string, from: string, to: string])[] {
    return [...this.#all].map(([edge, [from, to]]) => [edge, from, to] as const);
  }

  add(edge: string, from: string, to: string): void {
    this.#all.set(edge, [from, to]);
    for (const end of [from, to]) {
      const there = this.#edges.get(end);
      if (there === undefined) this.#edges.set(end, new Set([edge]));
      else there.add(edge);
    }
  }

  /** Edges to look at again now that a node of this id has come; some are named without need. */
  for(node: string): Iterable<string> {
    return this.#edges.get(node) ?? [];
  }
}

export class Space {
  /** Ids by node number; the compiled ones by kind, then id in code unit order. */
  readonly ids: IdTable;
  /** The compiled arrays. */
  readonly arrays: CompiledArrays;
  /** Where each kind begins among compiled nodes: those of NODE_KINDS[k] are `kindStart[k]` to `kindStart[k + 1]`, excluded. */
  readonly kindStart: Uint32Array;
  readonly compiledNodes: number;
  readonly compiledEdges: number;
  /** How many nodes there is room for. */
  readonly nodeRoom: number;
  readonly edges: EdgeColumns;
  readonly terms: ActionTerms;
  readonly windows: Windows;
  readonly waiting: Waiting;
  readonly #laterKinds: number[] = [];
  readonly #places: number[] = [];
  /** The number of the same id before this one, if that came later too. */
  readonly #earlier: (number | undefined)[] = [];
  readonly #laterEdgeIds: string[] = [];
  readonly #compiledIndex: IdIndex;
  /** Numbers that came later, by id: the last one of each. */
  readonly #laterById = new Map<string, number>();

  constructor(parts: {
    readonly arrays: CompiledArrays;
    readonly ids: IdTable;
    readonly terms: ActionTerms;
    readonly windows: Windows;
    readonly waiting: Waiting;
    readonly index: IdIndex;
  }) {
    const { arrays } = parts;
    this.ids = parts.ids;
    this.arrays = arrays;
    this.kindStart = arrays.kindStart;
    this.compiledNodes = parts.ids.length;
    this.compiledEdges = arrays.compiledEdges;
    this.nodeRoom = arrays.disabled.length;
    this.edges = arrays.edges;
    this.terms = parts.terms;
    this.windows = parts.windows;
    this.waiting = parts.waiting;
    this.#compiledIndex = parts.index;
  }

  get nodes(): number {
    return this.ids.length;
  }

  get edgeCount(): number {
    return this.compiledEdges + this.#laterEdgeIds.length;
  }

  /** How many more edges have room. */
  get edgesLeft(): number {
    return this.edges.ref.length - this.edgeCount;
  }

  get nodesLeft(): number {
    return this.nodeRoom - this.nodes;
  }

  /** How many more action patterns, or windows of time, can be told apart. */
  get labelsLeft(): number {
    return Math.min(left(this.edges.terms, this.terms.all.length), left(this.edges.window, this.windows.count));
  }

  /** Index into NODE_KINDS. */
  kindIndexOf(node: number): number {
    if (node >= this.compiledNodes) return this.#laterKinds[node - this.compiledNodes]!;
    let kind = 0;
    while (node >= this.kindStart[kind + 1]!) kind++;
    return kind;
  }

  /** The place of a node among the compiled ones: its number, or half a place before the one that follows it. */
  placeOf(node: number): number {
    return node < this.compiledNodes ? node : this.#places[node - this.compiledNodes]!;
  }

  /** The id of an edge that came after compiling. */
  laterEdgeId(edge: number): string {
    return this.#laterEdgeIds[edge - this.compiledEdges]!;
  }

  /** The number that was given to an id last, before number `before`; -1 where there is none. An id gets another number with another kind. */
  numberOf(id: string, before = this.nodes): number {
    let node = this.#laterById.get(id);
    while (node !== undefined && node >= before) node = this.#earlier[node - this.compiledNodes];
    return node ?? this.#compiledIndex.find(id);
  }

  /** @param kind index into NODE_KINDS */
  addNode(id: string, kind: number): number {
    this.#laterKinds.push(kind);
    this.#places.push(this.#placeFor(id, kind) - 0.5);
    this.#earlier.push(this.#laterById.get(id));
    const node = this.ids.push(id);
    this.#laterById.set(id, node);
    return node;
  }

  /** How many compiled nodes come before a node of this kind and id. */
  #placeFor(id: string, kind: number): number {
    let low = this.kindStart[kind]!;
    let high = this.kindStart[kind + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ids.at(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  addEdge(facts: EdgeFacts): number {
    const edge = this.compiledEdges + this.#laterEdgeIds.length;
    this.#laterEdgeIds.push(facts.id);
    const { ref, kind, source, target, flags, terms, window } = this.edges;
    ref[edge] = facts.ref;
    kind[edge] = facts.kind;
    source[edge] = facts.source;
    target[edge] = facts.target;
    flags[edge] = facts.flags;
    terms[edge] = facts.terms;
    window[edge] = facts.window;
    return edge;
  }

  /** Forgets all nodes that came after compiling. Nobody may look at a version that has them any more. */
  reset(): void {
    this.#forgetNodes(this.compiledNodes);
  }

  #forgetNodes(from: number): void {
    while (this.ids.length > from) {
      const id = this.ids.pop()!;
      const earlier = this.#earlier.pop();
      if (earlier === undefined) this.#laterById.delete(id);
      else this.#laterById.set(id, earlier);
    }
    this.#laterKinds.length = this.#places.length = from - this.compiledNodes;
  }

  /** How far numbers have been given: for `giveBack`. */
  mark(): SpaceMark {
    return { nodes: this.nodes, edges: this.edgeCount, terms: this.terms.all.length, windows: this.windows.count };
  }

  /**
   * Forgets the numbers that were given between two marks, if they are the last ones: else they stay without meaning. Nobody
   * may look at a version that has them any more.
   */
  giveBack({ nodes, edges, terms, windows }: SpaceMark, until: SpaceMark): void {
    const now = this.mark();
    if (SPACE_MARKS.some((each) => until[each] !== now[each])) return;
    this.#forgetNodes(nodes);
    this.#laterEdgeIds.length = edges - this.compiledEdges;
    this.terms.giveBack(terms);
    this.windows.giveBack(windows);
  }
}

const left = (labels: Labels, used: number): number =>
  (labels.BYTES_PER_ELEMENT === 2 ? NARROW : Number.POSITIVE_INFINITY) - used;

const SPACE_MARKS = ['nodes', 'edges', 'terms', 'windows'] as const;

export type SpaceMark = Readonly<Record<(typeof SPACE_MARKS)[number], number>>;
