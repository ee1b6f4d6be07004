/**
 * All records in the orders that the port names. What they are sorted by is held as numbers, some thirty bytes an edge or
 * use, and every id once; the records of nodes and edges themselves come a page at a time.
 */
import { SCAN_USES } from '../../../cypher/index.ts';
import { EDGE_KINDS, type EdgeRecord, type NodeRecord, type UseRecord } from '../../model/index.ts';
import { nameOfUse } from './before-images.ts';
import { integer } from './door.ts';
import { danglingById, type EdgeEnds, edgesByRef, inEdgeOrder, listDangling } from './edge-records.ts';
import { scanEdges, type TermNumbers } from './edge-scan.ts';
import { listNodes, type NodeList, nodesByRef } from './node-scan.ts';
import { byCodeUnits, corrupt, internalOf, type VersionRead } from './version-read.ts';

/** Records asked for at a time. */
const PAGE = 2_000;

/** By id, then source. */
export async function* nodeRecordsInOrder(read: VersionRead): AsyncGenerator<NodeRecord> {
  const { internal } = await listNodes(read);
  for (let start = 0; start < internal.length; start += PAGE) {
    const page = internal.slice(start, start + PAGE);
    const records = await nodesByRef(read, page);
    for (const ref of page) yield* records.get(ref) ?? missing('node');
  }
}

function missing(what: string): never {
  throw corrupt(`a ${what} is told of and then not found`);
}

/** By kind, from, to, key, source. */
export async function* edgeRecordsInOrder(read: VersionRead, terms: TermNumbers): AsyncGenerator<EdgeRecord> {
  const dangling = await listDangling(read);
  const edges = new EdgeOrder(await listNodes(read), dangling);
  await scanEdges(read, terms, (ref, kind, from, to) => {
    edges.add(EDGE_KINDS.indexOf(kind), edges.rankOfRef(from), edges.rankOfRef(to), internalOf(ref)!);
  });
  yield* edges.records(read);
}

/** The edges of a list that have no effect, by kind, from, to, key, source. */
export async function danglingInOrder(
  read: VersionRead,
  dangling: ReadonlyMap<string, EdgeEnds>,
  limit: number,
): Promise<readonly EdgeRecord[]> {
  const order = new EdgeOrder({ ids: [], internal: [] }, dangling);
  const found: EdgeRecord[] = [];
  if (!(limit > 0)) return found;
  for await (const edge of order.records(read)) if (found.push(edge) >= limit) break;
  return found;
}

/** Edges being put in order: columns of kind, ends by rank, and where the record is. */
class EdgeOrder {
  readonly #rankOfInternal = new Map<number, number>();
  readonly #kinds: number[] = [];
  readonly #froms: number[] = [];
  readonly #tos: number[] = [];
  /** Neo4j's id of an edge with effect; of one without, minus its place among those and one. */
  readonly #places: number[] = [];
  readonly #dangling: readonly string[];

  constructor(nodes: NodeList, dangling: ReadonlyMap<string, EdgeEnds>) {
    const ends = [...dangling.values()].flatMap(({ from, to }) => [from, to]);
    const ids = ends.length === 0 ? nodes.ids : [...new Set([...nodes.ids, ...ends])].sort(byCodeUnits);
    const ranks = new Map(ids.map((id, rank) => [id, rank]));
    for (const [i, id] of nodes.ids.entries()) this.#rankOfInternal.set(nodes.internal[i]!, ranks.get(id)!);
    this.#dangling = [...dangling.keys()];
    for (const [i, { kind, from, to }] of [...dangling.values()].entries())
      this.add(EDGE_KINDS.indexOf(kind), ranks.get(from)!, ranks.get(to)!, -1 - i);
  }

  add(kind: number, from: number, to: number, place: number): void {
    this.#kinds.push(kind);
    this.#froms.push(from);
    this.#tos.push(to);
    this.#places.push(place);
  }

  rankOfRef(ref: number): number {
    return this.#rankOfInternal.get(internalOf(ref)!) ?? missing('node');
  }

  async *records(read: VersionRead): AsyncGenerator<EdgeRecord> {
    const order = Uint32Array.from(this.#kinds.keys()).sort((a, b) => this.#compare(a, b));
    for (let start = 0; start < order.length; ) {
      let end = Math.min(start + PAGE, order.length);
      // Edges that only key or source tell apart are sorted when they are here, so they come in one page.
      while (end < order.length && this.#compare(order[end - 1]!, order[end]!) === 0) end++;
      yield* (await this.#page(read, order.subarray(start, end))).sort(inEdgeOrder);
      start = end;
    }
  }

  #compare(a: number, b: number): number {
    const [kinds, froms, tos] = [this.#kinds, this.#froms, this.#tos];
    return kinds[a]! - kinds[b]! || froms[a]! - froms[b]! || tos[a]! - tos[b]!;
  }

  async #page(read: VersionRead, items: Uint32Array): Promise<EdgeRecord[]> {
    const places = Array.from(items, (item) => this.#places[item]!);
    const refs = places.filter((place) => place >= 0);
    const ids = places.filter((place) => place < 0).map((place) => this.#dangling[-1 - place]!);
    const effective = refs.length === 0 ? new Map<number, EdgeRecord>() : await edgesByRef(read, refs);
    const found = refs.map((ref) => effective.get(ref) ?? missing('edge'));
    return [...found, ...(await danglingById(read, ids)).values()];
  }
}

/** Names that many records share, each kept once. */
class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  name(number: number): string {
    return this.#names[number]!;
  }

  /** The place of each number when all names are sorted. */
  ranks(): Uint32Array {
    const sorted = Uint32Array.from(this.#names.keys()).sort((a, b) => byCodeUnits(this.#names[a]!, this.#names[b]!));
    const ranks = new Uint32Array(sorted.length);
    for (const [rank, number] of sorted.entries()) ranks[number] = rank;
    return ranks;
  }
}

/** Identity, action, resource and source as numbers of names, time and count. */
type UseRow = readonly [number, number, number, number, number, number];

/** By identity, action, resource, source. */
export async function* useRecordsInOrder(read: VersionRead): AsyncGenerator<UseRecord> {
  const names = new Names();
  const rows = await useRows(read, names);
  const ranks = names.ranks();
  rows.sort((a, b) => {
    for (let i = 0; i < 4; i++) if (a[i] !== b[i]) return ranks[a[i]!]! - ranks[b[i]!]!;
    return 0;
  });
  for (const row of rows) yield useOf(row, names);
}

const rowOf = ({ identity, action, resource, source, lastUsedAt, useCount }: UseRecord, names: Names): UseRow => [
  names.number(identity),
  names.number(action),
  names.number(resource),
  names.number(source),
  lastUsedAt,
  useCount,
];

const useOf = ([identity, action, resource, source, lastUsedAt, useCount]: UseRow, names: Names): UseRecord => ({
  identity: names.name(identity),
  action: names.name(action),
  resource: names.name(resource),
  source: names.name(source),
  lastUsedAt,
  useCount,
});

async function useRows(read: VersionRead, names: Names): Promise<UseRow[]> {
  let rows: UseRow[] = [];
  await read.door.read((tx) => {
    rows = [];
    return tx.each(SCAN_USES, { version: integer(read.version) }, (values) => {
      const [identity, action, resource, source, lastUsedAt, useCount] = values as [
        string,
        string,
        string,
        string,
        number,
        number,
      ];
      rows.push(rowOf({ identity, action, resource, source, lastUsedAt, useCount }, names));
    });
  });
  const { uses: images } = await read.later.images();
  if (images.size === 0) return rows;
  const before = [...images.values()].flatMap(({ use }) => (use === undefined ? [] : [rowOf(use, names)]));
  return [...rows.filter((row) => !images.has(nameOfUse(useOf(row, names)))), ...before];
}
