/** Compiles one version of a store into a snapshot. */
import { identityOrder, rowBounds, stableOrderBy } from '../../algorithms/sorted-edges.ts';
import { strongComponents } from '../../algorithms/strong-components.ts';
import { EDGE_KINDS, type EdgeKind, GrantlensError, NODE_KINDS } from '../model/index.ts';
import type { StoreReader } from '../store/port.ts';
import { ActionTerms, makeTerms, type Terms } from './action-terms.ts';
import { Column } from './growable.ts';
import { IdIndex } from './id-index.ts';
import { SearchTextBuilder } from './search-text.ts';
import {
  type Adjacency,
  BOUND,
  CONTAINMENT,
  DENY,
  EDGE_CLASSES,
  GRANT,
  MEMBERSHIP,
  OWNERSHIP,
  type Snapshot,
  TAKE,
  TAKEOVER,
  TIMED,
} from './snapshot.ts';

const KIND_NUMBER: Readonly<Record<string, number>> = Object.fromEntries(
  EDGE_KINDS.map((kind, number) => [kind, number]),
);
const CLASS_OF: Readonly<Record<EdgeKind, number>> = {
  MEMBER_OF: MEMBERSHIP,
  HAS_ROLE: MEMBERSHIP,
  INHERITS: MEMBERSHIP,
  GRANTS: GRANT,
  CONTAINS: CONTAINMENT,
  CAN_ASSUME: TAKE,
  CONTROLS: TAKE,
  BOUNDED_BY: BOUND,
  OWNS: OWNERSHIP,
};
const EVERY_ACTION = 1;

interface Nodes {
  readonly ids: string[];
  readonly kindStart: Uint32Array;
  readonly disabled: Uint8Array;
  readonly ref: Uint32Array;
  readonly text: SearchTextBuilder;
}

interface EdgeColumns {
  readonly ref: Column<Uint32Array>;
  readonly kind: Column<Uint8Array>;
  readonly edgeClass: Column<Uint8Array>;
  readonly source: Column<Uint32Array>;
  readonly target: Column<Uint32Array>;
  readonly flags: Column<Uint8Array>;
  readonly terms: Column<Uint32Array>;
  readonly window: Column<Uint32Array>;
}

/**
 * Reads nodes, terms and edges once, orders them and builds the rows. Linear in the size of the graph.
 *
 * @throws GrantlensError STORE_CORRUPT when the store tells of an edge whose ends it does not tell of
 */
export async function compileSnapshot(reader: StoreReader): Promise<Snapshot> {
  const nodes = await readNodes(reader);
  const { all, numberOf } = await readTerms(reader);
  const windows = new Windows();
  const columns = await readEdges(reader, nodes, numberOf, windows);
  const order = await orderEdges(reader, columns, nodes.ids.length);
  const pick32 = (from: Uint32Array): Uint32Array => gather(from, order, new Uint32Array(order.length));
  const pick8 = (from: Uint8Array): Uint8Array => gather(from, order, new Uint8Array(order.length));
  const source = pick32(columns.source.values());
  const target = pick32(columns.target.values());
  const flags = pick8(columns.flags.values());
  const { validFrom, validTo, renumber } = windows.finish();
  const adjacency = buildAdjacency(pick8(columns.edgeClass.values()), source, target, nodes.ids.length);
  const membership = adjacency[MEMBERSHIP]!;
  return Object.freeze({
    version: reader.version,
    nodeCount: nodes.ids.length,
    edgeCount: order.length,
    ids: nodes.ids,
    index: new IdIndex(nodes.ids),
    kindStart: nodes.kindStart,
    disabled: nodes.disabled,
    nodeRef: nodes.ref,
    edgeRef: pick32(columns.ref.values()),
    source,
    target,
    edgeKind: pick8(columns.kind.values()),
    flags,
    termsOf: pick32(columns.terms.values()),
    windowOf: gather(renumber, pick32(columns.window.values()), new Uint32Array(order.length)),
    validFrom,
    validTo,
    terms: new ActionTerms(all),
    adjacency,
    component: strongComponents(membership.out, target).component,
    reachesDenial: whatReachesDenial(adjacency, source, flags, nodes.ids.length),
    searchText: nodes.text.finish(),
  });
}

/** `from[order[i]]` for each i, into `to`. */
function gather<A extends Uint8Array | Uint32Array>(from: A, order: Uint32Array, to: A): A {
  for (let i = 0; i < order.length; i++) to[i] = from[order[i]!]!;
  return to;
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
  return { ids, kindStart, disabled: disabled.values().slice(), ref: ref.values().slice(), text };
}

/** Terms in an order that follows from their content, not from when the store met them. */
async function readTerms(
  reader: StoreReader,
): Promise<{ all: readonly Terms[]; numberOf: ReadonlyMap<number, number> }> {
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
): Promise<EdgeColumns> {
  const nodeOf = new NodeOfRef(nodes.ref);
  const resourceStart = nodes.kindStart[NODE_KINDS.indexOf('Resource')]!;
  const columns: EdgeColumns = {
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
    columns.edgeClass.push(takeover && to >= resourceStart ? GRANT : CLASS_OF[kind]);
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
  });
  return columns;
}

/** Edges by class, source, target, kind; those that are alike in all of that by their ids. */
async function orderEdges(reader: StoreReader, columns: EdgeColumns, nodeCount: number): Promise<Uint32Array> {
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
async function orderTwins(reader: StoreReader, columns: EdgeColumns, order: Uint32Array): Promise<void> {
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
function* twinsIn(columns: EdgeColumns, order: Uint32Array): Iterable<readonly [first: number, last: number]> {
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
  columns: EdgeColumns,
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
  source: Uint32Array,
  target: Uint32Array,
  nodeCount: number,
): readonly Adjacency[] {
  const byClass: Adjacency[] = [];
  let first = 0;
  for (let c = 0; c < EDGE_CLASSES; c++) {
    let last = first;
    while (last < edgeClass.length && edgeClass[last] === c) last++;
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
  const out = rowBounds(source, first, last, nodeCount);
  const into = rowBounds(target, first, last, nodeCount);
  for (let v = 0; v <= nodeCount; v++) into[v]! -= first;
  const range = identityOrder(last - first).map((i) => i + first);
  return { out, into, edges: stableOrderBy(target, nodeCount, range) };
}

function whatReachesDenial(
  adjacency: readonly Adjacency[],
  source: Uint32Array,
  flags: Uint8Array,
  nodeCount: number,
): Uint8Array {
  const reaches = new Uint8Array(nodeCount);
  const queue: number[] = [];
  const grants = adjacency[GRANT]!.edges;
  for (const edge of grants) {
    if ((flags[edge]! & DENY) !== 0 && reaches[source[edge]!] === 0) {
      reaches[source[edge]!] = 1;
      queue.push(source[edge]!);
    }
  }
  const membership = adjacency[MEMBERSHIP]!;
  for (let head = 0; head < queue.length; head++) {
    const v = queue[head]!;
    for (let i = membership.into[v]!; i < membership.into[v + 1]!; i++) {
      const member = source[membership.edges[i]!]!;
      if (reaches[member] === 0) {
        reaches[member] = 1;
        queue.push(member);
      }
    }
  }
  return reaches;
}

/** Interns windows of time; number 0 is "always". */
class Windows {
  /** By start, then by end. */
  readonly #numbers = new Map<number, Map<number, number>>();
  readonly #from = new Column(Float64Array, 16);
  readonly #to = new Column(Float64Array, 16);

  constructor() {
    this.#from.push(Number.NEGATIVE_INFINITY);
    this.#to.push(Number.POSITIVE_INFINITY);
  }

  number(from: number, to: number): number {
    if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return 0;
    let ends = this.#numbers.get(from);
    if (ends === undefined) {
      ends = new Map();
      this.#numbers.set(from, ends);
    }
    const known = ends.get(to);
    if (known !== undefined) return known;
    const number = this.#from.length;
    this.#from.push(from);
    this.#to.push(to);
    ends.set(to, number);
    return number;
  }

  /** The windows in order of time, and the number of each window as met → its number in that order. */
  finish(): { validFrom: Float64Array; validTo: Float64Array; renumber: Uint32Array } {
    const from = this.#from.values();
    const to = this.#to.values();
    const order = [...from.keys()].sort((a, b) =>
      a === 0 ? -1 : b === 0 ? 1 : from[a]! - from[b]! || to[a]! - to[b]!,
    );
    const renumber = new Uint32Array(order.length);
    order.forEach((window, number) => {
      renumber[window] = number;
    });
    return {
      validFrom: Float64Array.from(order, (w) => from[w]!),
      validTo: Float64Array.from(order, (w) => to[w]!),
      renumber,
    };
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
