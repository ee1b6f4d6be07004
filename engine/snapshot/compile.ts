/** Compiles one version of a store into a snapshot. */
import { identityOrder, rowBounds, stableOrderBy } from '../../algorithms/sorted-edges.ts';
import { EDGE_KINDS, GrantlensError, NODE_KINDS } from '../model/index.ts';
import type { DanglingVisitor, StoreReader } from '../store/port.ts';
import { ActionTerms, makeTerms, type Terms } from './action-terms.ts';
import { Column } from './growable.ts';
import { NodeIndex } from './node-index.ts';
import { Rows } from './rows.ts';
import { SearchTextBuilder } from './search-text.ts';
import {
  type Adjacency,
  CLASS_OF_KIND,
  DENY,
  EDGE_CLASSES,
  GRANT,
  MEMBERSHIP,
  RESOURCE,
  type Snapshot,
  TAKEOVER,
  TIMED,
} from './snapshot.ts';
import { type EdgeColumns, Space } from './space.ts';
import { Windows } from './windows.ts';

const KIND_NUMBER: Readonly<Record<string, number>> = Object.fromEntries(
  EDGE_KINDS.map((kind, number) => [kind, number]),
);
export const EVERY_ACTION = 1;

interface Nodes {
  readonly ids: string[];
  readonly kindStart: Uint32Array;
  readonly disabled: Column<Uint8Array>;
  readonly ref: Column<Uint32Array>;
  readonly text: SearchTextBuilder;
}

interface ReadEdges {
  readonly ref: Column<Uint32Array>;
  readonly kind: Column<Uint8Array>;
  readonly edgeClass: Column<Uint8Array>;
  readonly source: Column<Uint32Array>;
  readonly target: Column<Uint32Array>;
  readonly flags: Column<Uint8Array>;
  readonly terms: Column<Uint32Array>;
  readonly window: Column<Uint32Array>;
}

const NONE: ReadonlySet<number> = new Set();

/** For how many changes there is to be room beside what is compiled. */
export interface Room {
  readonly nodes: number;
  readonly edges: number;
}

/** For a part of a graph that nothing is added to but what is supposed for a moment. */
const LITTLE_ROOM = (): Room => ({ nodes: 0, edges: 64 });

/** For a graph that changes: a thirty-second of it, and some thousands. */
export const roomForChanges = (nodes: number, edges: number): Room => ({
  nodes: (nodes >>> 5) + 8_192,
  edges: (edges >>> 5) + 32_768,
});

/**
 * Reads nodes, terms and edges once, orders them and builds the rows. Linear in the size of the graph.
 *
 * @throws GrantlensError STORE_CORRUPT when the store tells of an edge whose ends it does not tell of
 */
export async function compileSnapshot(
  reader: StoreReader,
  roomFor: (nodes: number, edges: number) => Room = LITTLE_ROOM,
): Promise<Snapshot> {
  const nodes = await readNodes(reader);
  const { all, numberOf } = await readTerms(reader);
  const met = new Windows();
  const dangling: (readonly [id: string, from: string, to: string])[] = [];
  const columns = await readEdges(reader, nodes, numberOf, met, (...edge) => dangling.push(edge));
  const nodeCount = nodes.ids.length;
  const order = await orderEdges(reader, columns, nodeCount);
  const room = roomFor(nodeCount, order.length);
  const { windows, renumber } = met.inOrder();
  const edges = edgeColumns(columns, order, renumber, room.edges);
  const terms = new ActionTerms(all);
  const compiledEdges = order.length;
  const nodeRoom = nodeCount + room.nodes;
  const adjacency = buildAdjacency(columns.edgeClass.values(), order, edges, nodeCount);
  const { ids, kindStart } = nodes;
  const space = new Space({ ids, kindStart, nodeRoom, edges, compiledEdges, terms, windows });
  for (const [id, from, to] of dangling) space.await(id, from, to);
  return Object.freeze({
    version: reader.version,
    space,
    nodeSpace: nodeCount,
    edgeSpace: compiledEdges,
    gone: NONE,
    later: NONE,
    index: new NodeIndex(space, NONE, NONE),
    ids,
    disabled: withRoom(nodes.disabled.values(), shared8(nodeRoom)),
    nodeRef: withRoom(nodes.ref.values(), shared32(nodeRoom)),
    edgeRef: edges.ref,
    source: edges.source,
    target: edges.target,
    edgeKind: edges.kind,
    flags: edges.flags,
    termsOf: edges.terms,
    windowOf: edges.window,
    validFrom: windows.from,
    validTo: windows.to,
    terms,
    adjacency,
    nodeCounts: Uint32Array.from(NODE_KINDS, (_, k) => nodes.kindStart[k + 1]! - nodes.kindStart[k]!),
    edgeCounts: countsOf(columns.kind.values(), EDGE_KINDS.length),
    reachesDenial: whatReachesDenial(adjacency, edges, nodeCount, nodeRoom),
    searchText: nodes.text.finish(),
    retold: new Map<number, string>(),
  });
}

/** Memory that other threads can look at. */
const shared8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
const shared32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));

function withRoom<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}

/** The columns in order, with room after them. */
function edgeColumns(read: ReadEdges, order: Uint32Array, renumber: Uint32Array, room: number): EdgeColumns {
  const length = order.length + room;
  const window = gather(read.window.values(), order, shared32(length));
  for (let i = 0; i < order.length; i++) window[i] = renumber[window[i]!]!;
  return {
    ref: gather(read.ref.values(), order, shared32(length)),
    kind: gather(read.kind.values(), order, shared8(length)),
    source: gather(read.source.values(), order, shared32(length)),
    target: gather(read.target.values(), order, shared32(length)),
    flags: gather(read.flags.values(), order, shared8(length)),
    terms: gather(read.terms.values(), order, shared32(length)),
    window,
  };
}

/** `from[order[i]]` for each i, into `to`. */
function gather<A extends Uint8Array | Uint32Array>(from: A, order: Uint32Array, to: A): A {
  for (let i = 0; i < order.length; i++) to[i] = from[order[i]!]!;
  return to;
}

function countsOf(keys: Uint8Array, keyCount: number): Uint32Array {
  const counts = new Uint32Array(keyCount);
  for (const key of keys) counts[key]!++;
  return counts;
}

async function readNodes(reader: StoreReader): Promise<Nodes> {
  const ids: string[] = [];
  const kindCounts = new Uint32Array(NODE_KINDS.length);
  const disabled = new Column(Uint8Array);
  const ref = new Column(Uint32Array);
  const text = new SearchTextBuilder();
  await reader.scanNodes((nodeRef, kind, id, isDisabled, searchText) => {
    ids.push(id);
    kindCounts[NODE_KINDS.indexOf(kind)]!++;
    disabled.push(isDisabled ? 1 : 0);
    ref.push(nodeRef);
    text.add(searchText);
  });
  const kindStart = new Uint32Array(NODE_KINDS.length + 1);
  for (let k = 0; k < NODE_KINDS.length; k++) kindStart[k + 1] = kindStart[k]! + kindCounts[k]!;
  return { ids, kindStart, disabled, ref, text };
}

/** Terms in an order that follows from their content, not from when the store met them. */
async function readTerms(reader: StoreReader): Promise<{ all: Terms[]; numberOf: ReadonlyMap<number, number> }> {
  const met: { ref: number; key: string; terms: Terms }[] = [];
  await reader.scanTerms((ref, actions, exceptActions) => {
    met.push({ ref, key: JSON.stringify([actions, exceptActions]), terms: makeTerms(actions, exceptActions) });
  });
  met.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const all: Terms[] = [makeTerms([], []), makeTerms(['*'], [])];
  const numberOf = new Map<number, number>();
  for (const { ref, terms } of met) {
    numberOf.set(ref, all.length);
    all.push(terms);
  }
  return { all, numberOf };
}

async function readEdges(
  reader: StoreReader,
  nodes: Nodes,
  terms: ReadonlyMap<number, number>,
  windows: Windows,
  dangling: DanglingVisitor,
): Promise<ReadEdges> {
  const nodeOf = new NodeOfRef(nodes.ref.values());
  const resourceStart = nodes.kindStart[RESOURCE]!;
  const columns: ReadEdges = {
    ref: new Column(Uint32Array),
    kind: new Column(Uint8Array),
    edgeClass: new Column(Uint8Array),
    source: new Column(Uint32Array),
    target: new Column(Uint32Array),
    flags: new Column(Uint8Array),
    terms: new Column(Uint32Array),
    window: new Column(Uint32Array),
  };
  await reader.scanEdges((ref, kind, fromRef, toRef, flags, termsRef, validFrom, validTo) => {
    const from = nodeOf.find(fromRef);
    const to = nodeOf.find(toRef);
    const takeover = kind === 'CONTROLS';
    const window = windows.number(validFrom, validTo);
    columns.ref.push(ref);
    columns.kind.push(KIND_NUMBER[kind]!);
    columns.edgeClass.push(takeover && to >= resourceStart ? GRANT : CLASS_OF_KIND[kind]);
    columns.source.push(from);
    columns.target.push(to);
    columns.flags.push(flags | (takeover ? TAKEOVER : 0) | (window === 0 ? 0 : TIMED));
    columns.terms.push(
      kind === 'GRANTS'
        ? (terms.get(termsRef) ?? corrupt('an edge names action patterns that are not there'))
        : takeover
          ? EVERY_ACTION
          : 0,
    );
    columns.window.push(window);
  }, dangling);
  return columns;
}

/** Edges by class, source, target, kind; those that are alike in all of that by their ids. */
async function orderEdges(reader: StoreReader, columns: ReadEdges, nodeCount: number): Promise<Uint32Array> {
  let order = identityOrder(columns.ref.length);
  order = stableOrderBy(columns.kind.values(), EDGE_KINDS.length, order);
  order = stableOrderBy(columns.target.values(), nodeCount, order);
  order = stableOrderBy(columns.source.values(), nodeCount, order);
  order = stableOrderBy(columns.edgeClass.values(), EDGE_CLASSES, order);
  await orderTwins(reader, columns, order);
  return order;
}

/** Edges whose ids are asked for at a time. */
const TWINS_AT_A_TIME = 10_000;

/** The ids of many are asked for together: to some stores each call is a journey. */
async function orderTwins(reader: StoreReader, columns: ReadEdges, order: Uint32Array): Promise<void> {
  const groups: (readonly [first: number, last: number])[] = [];
  let waiting = 0;
  for (const group of twinsIn(columns, order)) {
    groups.push(group);
    waiting += group[1] - group[0];
    if (waiting < TWINS_AT_A_TIME) continue;
    await orderGroups(reader, columns, order, groups.splice(0));
    waiting = 0;
  }
  await orderGroups(reader, columns, order, groups);
}

/** Runs of places whose edges are alike in all but their ids. */
function* twinsIn(columns: ReadEdges, order: Uint32Array): Iterable<readonly [first: number, last: number]> {
  const source = columns.source.values();
  const target = columns.target.values();
  const kind = columns.kind.values();
  const alike = (a: number, b: number): boolean =>
    source[a] === source[b] && target[a] === target[b] && kind[a] === kind[b];
  for (let first = 0; first < order.length; ) {
    let last = first + 1;
    while (last < order.length && alike(order[first]!, order[last]!)) last++;
    if (last - first > 1) yield [first, last];
    first = last;
  }
}

async function orderGroups(
  reader: StoreReader,
  columns: ReadEdges,
  order: Uint32Array,
  groups: readonly (readonly [first: number, last: number])[],
): Promise<void> {
  const ref = columns.ref.values();
  const twins = groups.flatMap(([first, last]) => [...order.subarray(first, last)]);
  if (twins.length === 0) return;
  const records = await reader.edges(twins.map((edge) => ref[edge]!));
  const idOf = new Map(
    twins.map((edge, i) => [edge, records[i]?.id ?? corrupt('an edge is told of twice and then not found')]),
  );
  for (const [first, last] of groups) {
    order.subarray(first, last).sort((a, b) => (idOf.get(a)! < idOf.get(b)! ? -1 : 1));
  }
}

function buildAdjacency(
  edgeClass: Uint8Array,
  order: Uint32Array,
  { source, target }: EdgeColumns,
  nodeCount: number,
): readonly Adjacency[] {
  const byClass: Adjacency[] = [];
  let first = 0;
  for (let c = 0; c < EDGE_CLASSES; c++) {
    let last = first;
    while (last < order.length && edgeClass[order[last]!] === c) last++;
    byClass.push(adjacencyOf(source, target, first, last, nodeCount));
    first = last;
  }
  return byClass;
}

function adjacencyOf(
  source: Uint32Array,
  target: Uint32Array,
  first: number,
  last: number,
  nodeCount: number,
): Adjacency {
  const out = rowBounds(source, first, last, nodeCount, shared32(nodeCount + 1));
  const into = rowBounds(target, first, last, nodeCount, shared32(nodeCount + 1));
  for (let v = 0; v <= nodeCount; v++) into[v]! -= first;
  return { out: new Rows(out, undefined), into: new Rows(into, orderByTarget(target, first, last, into)) };
}

/** Edges `first` to `last`, excluded, by target and then number: `bounds` says where those of each target begin. */
function orderByTarget(target: Uint32Array, first: number, last: number, bounds: Uint32Array): Uint32Array {
  const next = bounds.slice();
  const edges = shared32(last - first);
  for (let edge = first; edge < last; edge++) edges[next[target[edge]!]!++] = edge;
  return edges;
}

function whatReachesDenial(
  adjacency: readonly Adjacency[],
  { source, flags }: EdgeColumns,
  nodeCount: number,
  nodeRoom: number,
): Uint8Array {
  const reaches = shared8(nodeRoom);
  const queue: number[] = [];
  const grants = adjacency[GRANT]!.out.bounds;
  for (let edge = grants[0]!; edge < grants[nodeCount]!; edge++) {
    if ((flags[edge]! & DENY) !== 0 && reaches[source[edge]!] === 0) {
      reaches[source[edge]!] = 1;
      queue.push(source[edge]!);
    }
  }
  spreadToMembers(adjacency[MEMBERSHIP]!, source, reaches, queue);
  return reaches;
}

/** Marks all that reach a node of the queue by membership. */
export function spreadToMembers({ into }: Adjacency, source: Uint32Array, marks: Uint8Array, queue: number[]): void {
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const member = source[into.edge(i, patch)]!;
      if (marks[member] === 0) {
        marks[member] = 1;
        queue.push(member);
      }
    }
  }
}

/** From the store's number of a node to ours. The store's numbers are dense but for what was removed. */
class NodeOfRef {
  readonly #byRef: Uint32Array;

  constructor(refs: Uint32Array) {
    let most = 0;
    for (const ref of refs) if (ref > most) most = ref;
    this.#byRef = new Uint32Array(most + 1);
    for (let node = 0; node < refs.length; node++) this.#byRef[refs[node]!] = node + 1;
  }

  find(ref: number): number {
    const node = this.#byRef[ref];
    if (node === undefined || node === 0) corrupt('an edge has an end that is not there');
    return node! - 1;
  }
}

function corrupt(what: string): never {
  throw new GrantlensError('STORE_CORRUPT', `The store contradicts itself: ${what}.`);
}
