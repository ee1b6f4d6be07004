/**
 * What was gathered, as a reader: a small graph of its own for whoever compiles it, and the store's records behind it.
 * Nodes and edges are numbered anew without gaps, for the store's numbers go up to the size of the whole graph. Records that
 * were read once are kept: the next page asks for them again as the place where the last one ended.
 */
import { type EdgeRecord, type Entity, GrantlensError, NODE_KINDS } from '../model/index.ts';
import type { EdgeVisitor, NodeVisitor, Refs, StoreReader, TermsVisitor } from '../store/port.ts';
import type { GatheredNode, Gathering } from './gathering.ts';

/** Records that are kept. */
const MOST_KEPT = 20_000;

export class SliceReader implements StoreReader {
  readonly version: number;
  readonly #reader: StoreReader;
  readonly #gathering: Gathering;
  /** By kind, then id, as every reader tells them; a node's number is its place plus one. */
  readonly #nodes: readonly GatheredNode[];
  readonly #numbers: ReadonlyMap<number, number>;
  readonly #entities = new Kept<Entity>();
  readonly #edges = new Kept<EdgeRecord>();
  /** Places of edges whose records were read. */
  readonly #places = new Map<string, number>();

  constructor(reader: StoreReader, gathering: Gathering) {
    this.version = reader.version;
    this.#reader = reader;
    this.#gathering = gathering;
    const place = new Map(NODE_KINDS.map((kind, i) => [kind, i]));
    this.#nodes = [...gathering.nodes].sort(
      (a, b) => place.get(a.kind)! - place.get(b.kind)! || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    );
    this.#numbers = new Map(this.#nodes.map(({ ref }, i) => [ref, i + 1]));
  }

  async scanNodes(visit: NodeVisitor): Promise<void> {
    this.#nodes.forEach(({ kind, id, disabled, searchText }, i) => {
      visit(i + 1, kind, id, disabled, searchText);
    });
  }

  async scanTerms(visit: TermsVisitor): Promise<void> {
    for (const [number, terms] of await this.#gathering.terms()) visit(number, ...terms);
  }

  async scanEdges(visit: EdgeVisitor): Promise<void> {
    this.#gathering.eachEdge((place, kind, from, to, ...rest) => {
      visit(place, kind, this.#number(from), this.#number(to), ...rest);
    });
  }

  #number(ref: number): number {
    const number = this.#numbers.get(ref);
    if (number !== undefined) return number;
    throw new GrantlensError('STORE_CORRUPT', 'The store told of an edge in a part of the graph, but not of its ends.');
  }

  async entities(numbers: readonly number[]): Promise<readonly (Entity | undefined)[]> {
    return this.#entities.read(numbers, (missing) =>
      this.#reader.entities(missing.map((number) => this.#nodes[number - 1]?.ref ?? -1)),
    );
  }

  async edges(places: readonly number[]): Promise<readonly (EdgeRecord | undefined)[]> {
    return this.#edges.read(places, async (missing) => {
      const records = await this.#reader.edges(missing.map((place) => this.#gathering.edgeRef(place) ?? -1));
      for (const [i, record] of records.entries()) if (record !== undefined) this.#keepPlace(record.id, missing[i]!);
      return records;
    });
  }

  async refsOf(nodeIds: readonly string[], edgeIds: readonly string[]): Promise<Refs> {
    const numbers = new Map(this.#nodes.map(({ id }, i) => [id, i + 1]));
    const unknown = edgeIds.filter((id) => !this.#places.has(id));
    const { edges } = unknown.length === 0 ? { edges: [] } : await this.#reader.refsOf([], unknown);
    const places = new Map(
      unknown.map((id, i) => [id, edges[i] === undefined ? undefined : this.#gathering.placeOf(edges[i])]),
    );
    return {
      nodes: nodeIds.map((id) => numbers.get(id)),
      edges: edgeIds.map((id) => this.#places.get(id) ?? places.get(id)),
    };
  }

  async edgeById(id: string): Promise<EdgeRecord | undefined> {
    const place = this.#places.get(id);
    return place === undefined ? this.#reader.edgeById(id) : (await this.edges([place]))[0];
  }

  #keepPlace(id: string, place: number): void {
    if (this.#places.size >= MOST_KEPT) this.#places.clear();
    this.#places.set(id, place);
  }

  nodeRecords(): ReturnType<StoreReader['nodeRecords']> {
    return this.#reader.nodeRecords();
  }

  edgeRecords(): ReturnType<StoreReader['edgeRecords']> {
    return this.#reader.edgeRecords();
  }

  useRecords(): ReturnType<StoreReader['useRecords']> {
    return this.#reader.useRecords();
  }

  sources(): ReturnType<StoreReader['sources']> {
    return this.#reader.sources();
  }

  danglingEdges(limit: number): ReturnType<StoreReader['danglingEdges']> {
    return this.#reader.danglingEdges(limit);
  }

  /** The store's reader stays open: others read through it too. */
  async close(): Promise<void> {}
}

/** Records by number, read where they are not there yet. */
class Kept<T> {
  readonly #known = new Map<number, T>();

  async read(
    numbers: readonly number[],
    fetch: (missing: readonly number[]) => Promise<readonly (T | undefined)[]>,
  ): Promise<readonly (T | undefined)[]> {
    const missing = [...new Set(numbers)].filter((number) => !this.#known.has(number));
    const fetched = missing.length === 0 ? [] : await fetch(missing);
    const fresh = new Map(missing.map((number, i) => [number, fetched[i]]));
    const records = numbers.map((number) => this.#known.get(number) ?? fresh.get(number));
    if (this.#known.size + fresh.size > MOST_KEPT) this.#known.clear();
    if (fresh.size <= MOST_KEPT)
      for (const [number, record] of fresh) if (record !== undefined) this.#known.set(number, record);
    return records;
  }
}
