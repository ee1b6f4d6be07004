/**
 * What the walks for one question have found, each node and each edge once. It is bounded: a question that needs more of the
 * graph than fits fails with a clear error and is never answered from a part.
 */
import { EDGE_KINDS, type EdgeKind, GrantlensError, type NodeKind } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import type { EdgeVisitor, GraphWalker, ReachedVisitor, Walk } from '../store/port.ts';

/** A node that was met. */
export interface GatheredNode {
  readonly ref: number;
  readonly kind: NodeKind;
  readonly id: string;
  readonly disabled: boolean;
  /** Empty but for a search. */
  readonly searchText: string;
}

/** An edge that was met, by its store's numbers. */
export interface GatheredEdge {
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
  readonly flags: number;
  readonly terms: number;
  readonly validFrom: number;
  readonly validTo: number;
}

type Terms = readonly [actions: readonly string[], exceptActions: readonly string[]];

export class Gathering {
  readonly #walker: GraphWalker;
  readonly #limit: number;
  readonly #nodes = new Map<number, GatheredNode>();
  readonly #edges = new EdgeColumns();
  readonly #terms = new Map<number, Terms>();

  /** @param limit the most nodes and edges together */
  constructor(walker: GraphWalker, limit: number) {
    this.#walker = walker;
    this.#limit = limit;
  }

  /** How many nodes and edges there are. */
  get size(): number {
    return this.#nodes.size + this.#edges.length;
  }

  get edgeCount(): number {
    return this.#edges.length;
  }

  get nodes(): Iterable<GatheredNode> {
    return this.#nodes.values();
  }

  /** Follows edges. Returns the nodes that this walk told of, those it started from included. */
  async walk(walk: Walk): Promise<readonly number[]> {
    const from = sensible(walk.from);
    if (('ids' in from ? from.ids : from.refs).length === 0) return [];
    const reached = new Set<number>();
    const node: ReachedVisitor = (ref, kind, id, disabled) => {
      reached.add(ref);
      this.#addNode({ ref, kind, id, disabled, searchText: '' });
    };
    await this.#walker.walk({ ...walk, from }, { node, edge: this.#edge });
    return [...reached];
  }

  /** Edges of some kinds between nodes that are gathered already. */
  async between(from: readonly number[], to: readonly number[], kinds: readonly EdgeKind[]): Promise<void> {
    if (from.length > 0 && to.length > 0) await this.#walker.between(from, to, kinds, this.#edge);
  }

  /** All groups and roles with the memberships between them. */
  async hierarchy(): Promise<void> {
    const node: ReachedVisitor = (ref, kind, id, disabled) =>
      this.#addNode({ ref, kind, id, disabled, searchText: '' });
    await this.#walker.hierarchy({ node, edge: this.#edge });
  }

  /** Nodes whose text holds all the words. */
  async search(words: readonly string[], kinds: readonly NodeKind[]): Promise<void> {
    await this.#walker.search(words, kinds, (ref, kind, id, disabled, searchText) =>
      this.#addNode({ ref, kind, id, disabled, searchText }),
    );
  }

  #addNode(node: GatheredNode): void {
    if (this.#nodes.has(node.ref)) return;
    this.#nodes.set(node.ref, node);
    this.#check();
  }

  readonly #edge: EdgeVisitor = (...edge) => {
    if (this.#edges.add(...edge)) this.#check();
  };

  #check(): void {
    if (this.size <= this.#limit) return;
    throw new GrantlensError(
      'LIMIT_EXCEEDED',
      `The answer depends on more than ${this.#limit} nodes and edges, which is the most that one question may gather.`,
      { limit: this.#limit },
    );
  }

  node(ref: number): GatheredNode | undefined {
    return this.#nodes.get(ref);
  }

  /** The ref of a node that was met, by its id: for a few. */
  refsOf(ids: readonly string[]): readonly number[] {
    const wanted = new Set(ids);
    const found: number[] = [];
    for (const { id, ref } of this.#nodes.values()) if (wanted.has(id)) found.push(ref);
    return found;
  }

  /** All edges that were met, or those from a place on. */
  *edges(first = 0): Iterable<GatheredEdge> {
    for (let i = first; i < this.#edges.length; i++) yield this.#edges.at(i);
  }

  /** The action patterns of grants that were met, asked for where they are not known yet. */
  async terms(): Promise<ReadonlyMap<number, Terms>> {
    const missing = this.#edges.terms().filter((number) => number !== 0 && !this.#terms.has(number));
    if (missing.length > 0) {
      await this.#walker.terms(missing, (number, ...patterns) => void this.#terms.set(number, patterns));
    }
    return this.#terms;
  }

  /** Tells every edge with its place among those that were met. */
  eachEdge(visit: EdgeVisitor): void {
    this.#edges.each(visit);
  }

  /** The place of the edge with a store's number, if it was met: for a few. */
  placeOf(ref: number): number | undefined {
    return this.#edges.placeOf(ref);
  }

  /** The store's number of the edge at a place. */
  edgeRef(place: number): number | undefined {
    return this.#edges.ref(place);
  }
}

/** Ids come from questions, which may hold anything. */
const sensible = (from: Walk['from']): Walk['from'] =>
  'ids' in from ? { ids: from.ids.filter((id) => typeof id === 'string') } : from;

/** Edges as columns: some forty bytes each. */
class EdgeColumns {
  readonly #known = new Set<number>();
  readonly #ref = new Column(Float64Array);
  readonly #kind = new Column(Uint8Array);
  readonly #from = new Column(Float64Array);
  readonly #to = new Column(Float64Array);
  readonly #flags = new Column(Uint8Array);
  readonly #terms = new Column(Uint32Array);
  readonly #validFrom = new Column(Float64Array);
  readonly #validTo = new Column(Float64Array);

  get length(): number {
    return this.#ref.length;
  }

  /** False for an edge that is there already. */
  add(...[ref, kind, from, to, flags, terms, validFrom, validTo]: Parameters<EdgeVisitor>): boolean {
    if (this.#known.has(ref)) return false;
    this.#known.add(ref);
    this.#ref.push(ref);
    this.#kind.push(EDGE_KINDS.indexOf(kind));
    this.#from.push(from);
    this.#to.push(to);
    this.#flags.push(flags);
    this.#terms.push(terms);
    this.#validFrom.push(validFrom);
    this.#validTo.push(validTo);
    return true;
  }

  at(i: number): GatheredEdge {
    return {
      kind: EDGE_KINDS[this.#kind.values()[i]!]!,
      from: this.#from.values()[i]!,
      to: this.#to.values()[i]!,
      flags: this.#flags.values()[i]!,
      terms: this.#terms.values()[i]!,
      validFrom: this.#validFrom.values()[i]!,
      validTo: this.#validTo.values()[i]!,
    };
  }

  ref(i: number): number | undefined {
    return this.#ref.values()[i];
  }

  placeOf(ref: number): number | undefined {
    return this.#known.has(ref) ? this.#ref.values().indexOf(ref) : undefined;
  }

  terms(): number[] {
    return [...new Set(this.#terms.values())];
  }

  each(visit: EdgeVisitor): void {
    for (let i = 0; i < this.length; i++) {
      const { kind, from, to, flags, terms, validFrom, validTo } = this.at(i);
      visit(i, kind, from, to, flags, terms, validFrom, validTo);
    }
  }
}
