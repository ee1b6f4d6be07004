/** Compiles one version of a store into a snapshot. */
import { identityOrder, stableOrderInSteps } from '../../algorithms/sorted-edges.ts';
import { EDGE_KINDS, GrantlensError, NODE_KINDS } from '../model/index.ts';
import type { DanglingVisitor, StoreReader } from '../store/port.ts';
import { ActionTerms, makeTerms, type Terms } from './action-terms.ts';
import { assembled, emptyColumns, type Room } from './assemble.ts';
import { snapshotOf } from './compiled-arrays.ts';
import { Column } from './growable.ts';
import { type CompiledIds, CompiledIdsBuilder } from './id-table.ts';
import { Pace } from './pace.ts';
import { SearchTextBuilder } from './search-text.ts';
import { CLASS_OF_KIND, EDGE_CLASSES, GRANT, RESOURCE, type Snapshot, TAKEOVER, TIMED } from './snapshot.ts';
import { type EdgeColumns, EVERY_ACTION, Waiting } from './space.ts';
import { Windows } from './windows.ts';

const KIND_NUMBER: Readonly<Record<string, number>> = Object.fromEntries(
  EDGE_KINDS.map((kind, number) => [kind, number]),
);

interface Nodes {
  readonly ids: CompiledIds;
  readonly count: number;
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

/** For a part of a graph that nothing is added to but what is supposed for a moment. */
const LITTLE_ROOM = (): Room => ({ nodes: 0, edges: 64 });

/**
 * Reads nodes, terms and edges once, orders them and builds the rows. Linear in the size of the graph; what is done after
 * reading is done a few milliseconds at a time.
 *
 * @throws GrantlensError STORE_CORRUPT when the store tells of an edge whose ends it does not tell of
 */
export async function compileSnapshot(
  reader: StoreReader,
  roomFor: (nodes: number, edges: number) => Room = LITTLE_ROOM,
): Promise<Snapshot> {
  const nodes = await readNodes(reader);
  const { all, numberOf } = await readTerms(reader);
  const met = Windows.none();
  const waiting = new Waiting();
  const columns = await readEdges(reader, nodes, numberOf, met, (id, from, to) => waiting.add(id, from, to));
  const pace = new Pace();
  const order = await orderEdges(reader, columns, nodes.count, pace);
  const room = roomFor(nodes.count, order.length);
  const { windows, renumber } = met.inOrder();
  const edges = emptyColumns(order.length + room.edges, all.length, windows.count);
  await fill(edges, columns, order, renumber, pace);
  const arrays = await assembled(
    {
      ids: nodes.ids,
      kindStart: nodes.kindStart,
      disabled: nodes.disabled.values(),
      nodeRef: nodes.ref.values(),
      text: nodes.text.finish(),
      edges,
      classStart: classStarts(columns.edgeClass.values(), order.length),
      edgeCounts: countsOf(columns.kind.values(), EDGE_KINDS.length),
      nodeRoom: room.nodes,
    },
    pace,
  );
  return snapshotOf(arrays, { version: reader.version, terms: new ActionTerms(all), windows, waiting });
}

/** Where each class begins among ordered edges, and where the last one ends. */
function classStarts(edgeClass: Uint8Array, edges: number): Uint32Array {
  const starts = new Uint32Array(EDGE_CLASSES + 1);
  countsOf(edgeClass, EDGE_CLASSES).forEach((count, c) => {
    starts[c + 1] = starts[c]! + count;
  });
  return starts[EDGE_CLASSES] === edges ? starts : corrupt('it tells of an edge that does nothing');
}

/** Edges between two looks at the clock. */
const STRETCH = 1 << 16;

/** Puts the columns that were read in order. */
async function fill(
  to: EdgeColumns,
  read: ReadEdges,
  order: Uint32Array,
  renumber: Uint32Array,
  pace: Pace,
): Promise<void> {
  const window = read.window.values();
  for (let first = 0; first < order.length; first += STRETCH) {
    const end = Math.min(order.length, first + STRETCH);
    gather(read.ref.values(), order, to.ref, first, end);
    gather(read.kind.values(), order, to.kind, first, end);
    gather(read.source.values(), order, to.source, first, end);
    gather(read.target.values(), order, to.target, first, end);
    gather(read.flags.values(), order, to.flags, first, end);
    gather(read.terms.values(), order, to.terms, first, end);
    for (let i = first; i < end; i++) to.window[i] = renumber[window[order[i]!]!]!;
    if (pace.isDue()) await pace.rest();
  }
}

/** `from[order[i]]` for each i of a stretch, into `to`. */
function gather(
  from: Uint8Array | Uint32Array,
  order: Uint32Array,
  to: Uint8Array | Uint16Array | Uint32Array,
  first: number,
  end: number,
): void {
  for (let i = first; i < end; i++) to[i] = from[order[i]!]!;
}

function countsOf(keys: Uint8Array, keyCount: number): Uint32Array {
  const counts = new Uint32Array(keyCount);
  for (const key of keys) counts[key]!++;
  return counts;
}

async function readNodes(reader: StoreReader): Promise<Nodes> {
  const ids = new CompiledIdsBuilder();
  const kindCounts = new Uint32Array(NODE_KINDS.length);
  const disabled = new Column(Uint8Array);
  const ref = new Column(Uint32Array);
  const text = new SearchTextBuilder();
  await reader.scanNodes((nodeRef, kind, id, isDisabled, searchText) => {
    ids.add(id);
    kindCounts[NODE_KINDS.indexOf(kind)]!++;
    disabled.push(isDisabled ? 1 : 0);
    ref.push(nodeRef);
    text.add(searchText);
  });
  const kindStart = new Uint32Array(NODE_KINDS.length + 1);
  for (let k = 0; k < NODE_KINDS.length; k++) kindStart[k + 1] = kindStart[k]! + kindCounts[k]!;
  return { ids: ids.finish(), count: ids.count, kindStart, disabled, ref, text };
}

/** Terms in an order that follows from their content, not from when the store met them. */
async function readTerms(reader: StoreReader): Promise<{ all: Terms[]; numberOf: ReadonlyMap<number, number> }> {
  const met: { ref: number; key: string; terms: Terms }[] = [];
  await reader.scanTerms((ref, actions, exceptActions) => {
    const terms = makeTerms(actions, exceptActions);
    met.push({ ref, key: terms.key, terms });
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
async function orderEdges(
  reader: StoreReader,
  columns: ReadEdges,
  nodeCount: number,
  pace: Pace,
): Promise<Uint32Array> {
  const ordered = async (keys: Uint32Array | Uint8Array, keyCount: number, order: Uint32Array) => {
    const steps = stableOrderInSteps(keys, keyCount, order);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) if (pace.isDue()) await pace.rest();
    return step.value;
  };
  let order = identityOrder(columns.ref.length);
  order = await ordered(columns.kind.values(), EDGE_KINDS.length, order);
  order = await ordered(columns.target.values(), nodeCount, order);
  order = await ordered(columns.source.values(), nodeCount, order);
  order = await ordered(columns.edgeClass.values(), EDGE_CLASSES, order);
  await orderTwins(reader, columns, order, pace);
  return order;
}

/** Edges whose ids are asked for at a time. */
const TWINS_AT_A_TIME = 10_000;

/** The ids of many are asked for together: to some stores each call is a journey. */
async function orderTwins(reader: StoreReader, columns: ReadEdges, order: Uint32Array, pace: Pace): Promise<void> {
  const groups: (readonly [first: number, last: number])[] = [];
  let waiting = 0;
  for (let first = 0; first < order.length; first += STRETCH) {
    for (const group of twinsIn(columns, order, first, Math.min(order.length, first + STRETCH))) {
      groups.push(group);
      waiting += group[1] - group[0];
    }
    if (pace.isDue()) await pace.rest();
    if (waiting < TWINS_AT_A_TIME) continue;
    await orderGroups(reader, columns, order, groups.splice(0));
    waiting = 0;
  }
  await orderGroups(reader, columns, order, groups);
}

/** Runs of places whose edges are alike in all but their ids: those that begin within a stretch. */
function* twinsIn(
  columns: ReadEdges,
  order: Uint32Array,
  begin: number,
  end: number,
): Iterable<readonly [first: number, last: number]> {
  const source = columns.source.values();
  const target = columns.target.values();
  const kind = columns.kind.values();
  const continues = (place: number): boolean => {
    const [a, b] = [order[place - 1]!, order[place]!];
    return source[a] === source[b] && target[a] === target[b] && kind[a] === kind[b];
  };
  let first = begin;
  while (first > 0 && first < end && continues(first)) first++;
  while (first < end) {
    let last = first + 1;
    while (last < order.length && continues(last)) last++;
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
