/**
 * The records that changes may concern, found without a compiled graph: by a walk over the ends of all edges as the store
 * tells them. What is told of them is what is told of all records, as far as these changes go, and costs what they reach.
 */
import {
  type Change,
  EDGE_KINDS,
  type EdgeKind,
  type EdgeRecord,
  GrantlensError,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
} from '../../model/index.ts';
import { EDGE_CONDITIONAL, type StoreReader } from '../../store/port.ts';
import { CARRYING, LEADING, type PlainNode, type Records } from '../twin/plain-graph.ts';

/** Records that are asked of the store at a time. */
const AT_A_TIME = 2_000;

/**
 * All edges that leave what somebody behind a change can come to have, those that make a role more than what it grants, those
 * that change, and those that are without effect. O(edges) numbers, and the records of what is concerned.
 *
 * @param rest called now and then, so that others have a turn and the time is looked at
 * @param containers ids of resources of which is told what they contain
 */
export async function concernedRecords(
  reader: StoreReader,
  changes: readonly Change[],
  rest: () => Promise<void>,
  containers: readonly string[] = [],
): Promise<Records> {
  const ends = await EdgeEnds.read(reader);
  await rest();
  const waiting = await withoutEffect(reader);
  const puts = changes.flatMap((change) => (change.op === 'PUT_EDGE' ? [change.edge] : []));
  const named = await Named.read(reader, ends, changes, [...puts, ...waiting], containers);
  await rest();
  for (const { kind, from, to } of [...puts, ...waiting]) ends.add(kind, named.numberOf(from), named.numberOf(to));
  ends.join(named.count);
  const gone = new Set(changes.flatMap((change) => (change.op === 'REMOVE_EDGE' ? [change.id] : [])));
  const begun = [...puts, ...waiting.filter(({ id }) => gone.has(id))].map(({ from }) => named.numberOf(from));
  const behind = ends.walked([...begun, ...named.changed.from, ...named.about], 'into');
  const reached = ends.walked(behind, 'out');
  const edges: EdgeRecord[] = [...waiting];
  const kinds = new Map(named.kinds());
  const below = ends.containedIn(containers.map((id) => named.numberOf(id)));
  const places = ends.chosen(reached, (node) => named.kindOf(node) === 'Role', [...named.changed.edges, ...below]);
  for (let first = 0; first < places.length; first += AT_A_TIME) {
    await rest();
    const part = places.subarray(first, first + AT_A_TIME);
    const records = await reader.edges(Array.from(part, (place) => ends.refOf(place)));
    for (const [i, place] of part.entries()) {
      const record = records[i] ?? missing();
      edges.push(record);
      kinds.set(record.from, named.kindOf(ends.fromOf(place))!);
      kinds.set(record.to, named.kindOf(ends.toOf(place))!);
    }
  }
  const nodes = [...kinds].flatMap(([id, kind]): readonly PlainNode[] =>
    (named.sources.get(id) ?? [NOBODY]).map((source) => ({ id, kind, source })),
  );
  return { nodes: () => nodes, edges: () => edges };
}

/** In place of the source of a node that no change is about. */
const NOBODY = '';

async function withoutEffect(reader: StoreReader): Promise<readonly EdgeRecord[]> {
  const { total } = await reader.danglingEdges(0);
  return total === 0 ? [] : (await reader.danglingEdges(total)).edges;
}

/** Nodes by number: those of the store by its own, then those that are not there. */
class Named {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #kindsOfAll: Uint8Array;
  /** All sources of nodes that changes are about. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** Places of edges that go, and the numbers of the nodes that they leave. */
  readonly changed: { readonly edges: readonly number[]; readonly from: readonly number[] };
  /** Nodes that come or go. */
  readonly about: readonly number[];
  readonly count: number;

  private constructor(
    numbers: ReadonlyMap<string, number>,
    kindsOfAll: Uint8Array,
    count: number,
    sources: Named['sources'],
    changed: Named['changed'],
    about: readonly number[],
  ) {
    this.#numbers = numbers;
    this.#kindsOfAll = kindsOfAll;
    this.count = count;
    this.sources = sources;
    this.changed = changed;
    this.about = about;
  }

  static async read(
    reader: StoreReader,
    ends: EdgeEnds,
    changes: readonly Change[],
    edges: readonly EdgeRecord[],
    others: readonly string[],
  ): Promise<Named> {
    const about = new Set(changes.flatMap(nodeOf));
    const ids = [...new Set([...about, ...edges.flatMap(({ from, to }) => [from, to]), ...others])];
    const gone = [...new Set(changes.flatMap((change) => (change.op === 'REMOVE_EDGE' ? [change.id] : [])))];
    const refs = await reader.refsOf(ids, gone);
    const kinds = await nodeKinds(reader);
    let count = Math.max(kinds.length, ends.nodes);
    const numbers = new Map(ids.map((id, i) => [id, refs.nodes[i] ?? count++]));
    const places = ends.placesOf(refs.edges.filter((ref) => ref !== undefined));
    const changed = { edges: places, from: places.map((place) => ends.fromOf(place)) };
    const sources = await sourcesOf(reader, [...about], numbers);
    return new Named(
      numbers,
      kinds,
      count,
      sources,
      changed,
      [...about].map((id) => numbers.get(id)!),
    );
  }

  numberOf(id: string): number {
    return this.#numbers.get(id)!;
  }

  /** Undefined for what is not there. */
  kindOf(node: number): NodeKind | undefined {
    const kind = this.#kindsOfAll[node] ?? 0;
    return kind === 0 ? undefined : NODE_KINDS[kind - 1];
  }

  *kinds(): Iterable<[string, NodeKind]> {
    for (const [id, number] of this.#numbers) {
      const kind = this.kindOf(number);
      if (kind !== undefined) yield [id, kind];
    }
  }
}

function nodeOf(change: Change): readonly string[] {
  if (change.op === 'PUT_NODE') return [change.node.id];
  return change.op === 'REMOVE_NODE' ? [change.id] : [];
}

/** By number of the store, 1 for the first kind; 0 where there is no node. */
async function nodeKinds(reader: StoreReader): Promise<Uint8Array> {
  let kinds = new Uint8Array(1_024);
  await reader.scanNodes((ref, kind) => {
    if (ref >= kinds.length) kinds = grown(kinds, ref + 1);
    kinds[ref] = NODE_KINDS.indexOf(kind) + 1;
  });
  return kinds;
}

async function sourcesOf(reader: StoreReader, ids: readonly string[], numbers: ReadonlyMap<string, number>) {
  const sources = new Map<string, readonly string[]>();
  const entities = await reader.entities(ids.map((id) => numbers.get(id)!));
  for (const entity of entities) if (entity !== undefined) sources.set(entity.id, entity.sources);
  return sources;
}

function missing(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has an edge of the version that is being read.');
}

type Numbers = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

function grown<T extends Numbers>(list: T, least: number): T {
  const longer = new (list.constructor as new (length: number) => T)(Math.max(least, list.length * 2));
  longer.set(list);
  return longer;
}

/** On from a node: places of edges, by where they leave or arrive. */
interface Rows {
  readonly starts: Int32Array;
  readonly places: Int32Array;
}

/** Ends and kinds of edges, as numbers. Those of the store come first. */
class EdgeEnds {
  count = 0;
  /** One more than the greatest number of a node. */
  nodes = 0;
  #refs = new Int32Array(1_024);
  #from = new Int32Array(1_024);
  #to = new Int32Array(1_024);
  /** Place in EDGE_KINDS. */
  #kinds = new Uint8Array(1_024);
  /** 1 for what holds under a condition or for a time. */
  #bent = new Uint8Array(1_024);
  #out: Rows = NO_ROWS;
  #into: Rows = NO_ROWS;

  static async read(reader: StoreReader): Promise<EdgeEnds> {
    const ends = new EdgeEnds();
    await reader.scanEdges((ref, kind, from, to, flags, _, validFrom, validTo) => {
      const isTimed = validFrom !== Number.NEGATIVE_INFINITY || validTo !== Number.POSITIVE_INFINITY;
      ends.add(kind, from, to, ref, isTimed || (flags & EDGE_CONDITIONAL) !== 0);
    });
    return ends;
  }

  /** @param ref 0 for an edge that the store does not tell of */
  add(kind: EdgeKind, from: number, to: number, ref = 0, isBent = false): void {
    const place = this.count++;
    if (place === this.#refs.length) this.#grow(place + 1);
    this.#refs[place] = ref;
    this.#from[place] = from;
    this.#to[place] = to;
    this.#kinds[place] = EDGE_KINDS.indexOf(kind);
    this.#bent[place] = isBent ? 1 : 0;
    this.nodes = Math.max(this.nodes, from + 1, to + 1);
  }

  #grow(least: number): void {
    this.#refs = grown(this.#refs, least);
    this.#from = grown(this.#from, least);
    this.#to = grown(this.#to, least);
    this.#kinds = grown(this.#kinds, least);
    this.#bent = grown(this.#bent, least);
  }

  refOf(place: number): number {
    return this.#refs[place]!;
  }

  fromOf(place: number): number {
    return this.#from[place]!;
  }

  toOf(place: number): number {
    return this.#to[place]!;
  }

  /** To be called when all edges are there, and before any walk. */
  join(nodes: number): void {
    this.nodes = Math.max(this.nodes, nodes);
    this.#out = this.#rows(this.#from);
    this.#into = this.#rows(this.#to);
  }

  #rows(ends: Int32Array): Rows {
    const starts = new Int32Array(this.nodes + 1);
    for (let place = 0; place < this.count; place++) starts[ends[place]! + 1]! += 1;
    for (let node = 0; node < this.nodes; node++) starts[node + 1]! += starts[node]!;
    const next = starts.slice();
    const places = new Int32Array(this.count);
    for (let place = 0; place < this.count; place++) places[next[ends[place]!]!++] = place;
    return { starts, places };
  }

  placesOf(refs: readonly number[]): readonly number[] {
    const wanted = new Set(refs);
    const places: number[] = [];
    for (let place = 0; wanted.size > 0 && place < this.count; place++)
      if (wanted.has(this.#refs[place]!)) places.push(place);
    return places;
  }

  /** Some nodes, and all that lie before or behind them along edges by which one comes to have what another has. */
  walked(nodes: Iterable<number>, direction: 'out' | 'into'): ReadonlySet<number> {
    const { starts, places } = direction === 'out' ? this.#out : this.#into;
    const far = direction === 'out' ? this.#to : this.#from;
    const met = new Set(nodes);
    for (const node of met)
      for (let i = starts[node]!; i < starts[node + 1]!; i++)
        if (IS_LEADING[this.#kinds[places[i]!]!] === 1) met.add(far[places[i]!]!);
    return met;
  }

  /** Places of the edges along which some resources contain others, however deep. */
  containedIn(resources: readonly number[]): readonly number[] {
    const { starts, places } = this.#out;
    const met = new Set(resources);
    const found: number[] = [];
    for (const node of met)
      for (let i = starts[node]!; i < starts[node + 1]!; i++) {
        const place = places[i]!;
        if (EDGE_KINDS[this.#kinds[place]!] !== 'CONTAINS' || this.#refs[place] === 0) continue;
        found.push(place);
        met.add(this.#to[place]!);
      }
    return found;
  }

  /** Places of the store's edges that count, ascending. */
  chosen(reached: ReadonlySet<number>, isRole: (node: number) => boolean, changed: readonly number[]): Int32Array {
    const found = new Set(changed);
    for (const node of reached) {
      this.#add(found, this.#out, node, (kind) => IS_CARRYING[kind] === 1);
      if (isRole(node)) this.#add(found, this.#into, node, (kind, place) => this.#isMore(kind, place));
    }
    return Int32Array.from(found).sort();
  }

  #add(
    found: Set<number>,
    { starts, places }: Rows,
    node: number,
    counts: (kind: number, place: number) => boolean,
  ): void {
    for (let i = starts[node]!; i < starts[node + 1]!; i++) {
      const place = places[i]!;
      if (this.#refs[place] !== 0 && counts(this.#kinds[place]!, place)) found.add(place);
    }
  }

  /** Whether an edge that reaches a role makes it more than what it grants: what is assigned always, or owned, does not. */
  #isMore(kind: number, place: number): boolean {
    if (EDGE_KINDS[kind] === 'HAS_ROLE' || EDGE_KINDS[kind] === 'OWNS') return false;
    return EDGE_KINDS[kind] !== 'INHERITS' || this.#bent[place] === 1;
  }
}

const NO_ROWS: Rows = { starts: new Int32Array(1), places: new Int32Array(0) };
const IS_LEADING = Uint8Array.from(EDGE_KINDS, (kind) => (LEADING.has(kind) ? 1 : 0));
const IS_CARRYING = Uint8Array.from(EDGE_KINDS, (kind) => (CARRYING.has(kind) ? 1 : 0));

/** All that a store has: the same in the plainest way. */
export const allRecords = (reader: StoreReader): Records => ({
  nodes: (): AsyncIterable<NodeRecord> => reader.nodeRecords(),
  edges: () => reader.edgeRecords(),
});
