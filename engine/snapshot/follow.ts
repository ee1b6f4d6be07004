/**
 * Takes a version on to a later one: which nodes and edges were touched is read from the journal, how they are now from
 * the store. The answer is as if the later version had been compiled, at a cost that grows with the changes.
 */
import { EDGE_KINDS, type EdgeRecord, type Entity, GrantlensError, isDisabled, NODE_KINDS } from '../model/index.ts';
import { searchText } from '../model/search-text.ts';
import { EDGE_CONDITIONAL, EDGE_DENY, EDGE_NO_INHERIT, type JournalBatch, type StoreReader } from '../store/port.ts';
import { type EdgeEdit, type Edits, edgesAt, extended, hasRoomFor, type NodeEdit } from './extend.ts';
import type { Snapshot } from './snapshot.ts';
import { classOfEnds } from './snapshot.ts';

/** Ids of what batches of changes touched. */
export interface Touched {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Those of the nodes that some source withdrew: they may have been gone meanwhile. */
  readonly withdrawn: ReadonlySet<string>;
}

/**
 * What batches touched, up to a version; undefined when it is more than `most`.
 */
export async function touchedBy(
  batches: AsyncIterable<JournalBatch>,
  upTo: number,
  most: number,
): Promise<Touched | undefined> {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  const withdrawn = new Set<string>();
  for await (const { version, changes } of batches) {
    if (version > upTo) break;
    for (const change of changes) {
      if (change.op === 'PUT_NODE') nodes.add(change.node.id);
      else if (change.op === 'REMOVE_NODE') withdrawn.add(change.id);
      else if (change.op === 'PUT_EDGE') edges.add(change.edge.id);
      else if (change.op === 'REMOVE_EDGE') edges.add(change.id);
    }
    if (nodes.size + withdrawn.size + edges.size > most) return undefined;
  }
  for (const id of withdrawn) nodes.add(id);
  return { nodes, edges, withdrawn };
}

/**
 * The version of `to`, from that of `snapshot` and what was touched in between.
 *
 * @param from reads the version of the snapshot
 * @returns undefined when the changes have no room: the version is to be compiled then
 */
export async function followed(
  snapshot: Snapshot,
  from: StoreReader,
  to: StoreReader,
  touched: Touched,
): Promise<Snapshot | undefined> {
  const nodes = await nodeChanges(snapshot, to, touched.nodes);
  const edgeIds = new Set(touched.edges);
  for (const id of nodes.other) for (const edge of snapshot.space.waiting.for(id)) edgeIds.add(edge);
  // A store may give edges other numbers that were without effect meanwhile.
  const back = [...touched.withdrawn].map((id) => snapshot.index.find(id)).filter((node) => node >= 0);
  await addEdgesOf(snapshot, from, [...new Set([...nodes.gone, ...back])], edgeIds);
  const edges = await edgeChanges(snapshot, from, to, [...edgeIds]);
  const edits: Edits = { version: to.version, nodes: nodes.put, nodesGone: nodes.gone, ...edges };
  return hasRoomFor(snapshot, { nodes: edits.nodes.length, edges: edits.edges.length })
    ? extended(snapshot, edits)
    : undefined;
}

interface NodeChanges {
  readonly put: readonly NodeEdit[];
  readonly gone: readonly number[];
  /** Ids of nodes that came, went or are of another kind than before: edges may have or lose effect by that. */
  readonly other: readonly string[];
}

async function nodeChanges(snapshot: Snapshot, to: StoreReader, touched: ReadonlySet<string>): Promise<NodeChanges> {
  const ids = [...touched];
  const entities = await entitiesById(to, ids);
  const put: NodeEdit[] = [];
  const gone: number[] = [];
  const other: string[] = [];
  ids.forEach((id, i) => {
    const known = snapshot.index.find(id);
    const now = entities[i];
    const kind = now === undefined ? -1 : NODE_KINDS.indexOf(now.entity.kind);
    if (known >= 0 && snapshot.space.kindIndexOf(known) !== kind) gone.push(known);
    if ((known < 0 ? -1 : snapshot.space.kindIndexOf(known)) !== kind) other.push(id);
    if (now !== undefined) put.push(nodeEdit(now.entity, now.ref, kind));
  });
  return { put, gone, other };
}

const nodeEdit = (entity: Entity, ref: number, kind: number): NodeEdit => ({
  id: entity.id,
  kind,
  ref,
  disabled: isDisabled(entity),
  text: searchText(entity.id, entity.name, entity.attributes),
});

async function entitiesById(
  reader: StoreReader,
  ids: readonly string[],
): Promise<readonly ({ readonly ref: number; readonly entity: Entity } | undefined)[]> {
  const { nodes: refs } = await reader.refsOf(ids, []);
  const entities = await reader.entities(refs.filter((ref) => ref !== undefined));
  let next = 0;
  return refs.map((ref) => (ref === undefined ? undefined : { ref, entity: entities[next++] ?? contradiction() }));
}

/** Edges of nodes that go or went: they may be kept without effect, and have it again when the node is back. */
async function addEdgesOf(
  snapshot: Snapshot,
  from: StoreReader,
  gone: readonly number[],
  ids: Set<string>,
): Promise<void> {
  const edges = new Set<number>();
  for (const node of gone) for (const edge of edgesAt(snapshot, node)) edges.add(edge);
  for (const record of await recordsOf(snapshot, from, [...edges])) {
    ids.add(record.id);
    snapshot.space.waiting.add(record.id, record.from, record.to);
  }
}

async function recordsOf(
  snapshot: Snapshot,
  reader: StoreReader,
  edges: readonly number[],
): Promise<readonly EdgeRecord[]> {
  const records = await reader.edges(edges.map((edge) => snapshot.edgeRef[edge]!));
  return records.map((record) => record ?? contradiction());
}

type EdgeChanges = Pick<Edits, 'edges' | 'edgesGone' | 'idOf'>;

async function edgeChanges(
  snapshot: Snapshot,
  from: StoreReader,
  to: StoreReader,
  ids: readonly string[],
): Promise<EdgeChanges> {
  const [before, after] = await Promise.all([edgesById(from, ids), edgesById(to, ids)]);
  const edges: EdgeEdit[] = [];
  const edgesGone: number[] = [];
  ids.forEach((_, i) => {
    const [was, is] = [before[i], after[i]];
    if (was !== undefined) edgesGone.push(numberOfEdge(snapshot, was));
    if (is !== undefined) edges.push(edgeEditOf(is.record, is.ref));
  });
  return { edges, edgesGone, idOf: await idsOfTwins(snapshot, to, edges, new Set(edgesGone)) };
}

interface KnownEdge {
  readonly ref: number;
  readonly record: EdgeRecord;
}

async function edgesById(reader: StoreReader, ids: readonly string[]): Promise<readonly (KnownEdge | undefined)[]> {
  const { edges: refs } = await reader.refsOf([], ids);
  const records = await reader.edges(refs.filter((ref) => ref !== undefined));
  let next = 0;
  return refs.map((ref) => (ref === undefined ? undefined : { ref, record: records[next++] ?? contradiction() }));
}

/** The number of an edge that has effect, by its ends and the store's number of it. */
function numberOfEdge(snapshot: Snapshot, { ref, record }: KnownEdge): number {
  for (const edge of twinsOf(snapshot, EDGE_KINDS.indexOf(record.kind), record.from, record.to))
    if (snapshot.edgeRef[edge] === ref) return edge;
  return contradiction();
}

/** The edges of a kind between two nodes. */
function* twinsOf(snapshot: Snapshot, kind: number, from: string, to: string): Iterable<number> {
  const [source, target] = [snapshot.index.find(from), snapshot.index.find(to)];
  if (source < 0 || target < 0) return;
  const { out, into } = snapshot.adjacency[classOfEnds(snapshot, kind, target)]!;
  const shorter = out.count(source) <= into.count(target) ? out.of(source) : into.of(target);
  for (const edge of shorter) {
    if (snapshot.source[edge] === source && snapshot.target[edge] === target && snapshot.edgeKind[edge] === kind)
      yield edge;
  }
}

/** @param ref the store's number; 0 where no store has it */
export function edgeEditOf(record: EdgeRecord, ref: number): EdgeEdit {
  return {
    id: record.id,
    ref,
    kind: EDGE_KINDS.indexOf(record.kind),
    from: record.from,
    to: record.to,
    flags: flagsOf(record),
    actions: record.actions ?? [],
    exceptActions: record.exceptActions ?? [],
    validFrom: record.validFrom ?? Number.NEGATIVE_INFINITY,
    validTo: record.validTo ?? Number.POSITIVE_INFINITY,
  };
}

/** The flags of the store port. */
const flagsOf = ({ effect, inherit, condition }: EdgeRecord): number =>
  (effect === 'DENY' ? EDGE_DENY : 0) |
  (inherit === false ? EDGE_NO_INHERIT : 0) |
  (condition === undefined ? 0 : EDGE_CONDITIONAL);

/** Edges that differ in nothing but their ids are in the order of these, which compiled ones do not have by them. */
async function idsOfTwins(
  snapshot: Snapshot,
  reader: StoreReader,
  edges: readonly EdgeEdit[],
  gone: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> {
  const twins = new Set<number>();
  for (const { kind, from, to } of edges)
    for (const edge of twinsOf(snapshot, kind, from, to))
      if (edge < snapshot.space.compiledEdges && !gone.has(edge)) twins.add(edge);
  const numbers = [...twins];
  const records = await recordsOf(snapshot, reader, numbers);
  return new Map(numbers.map((edge, i) => [edge, records[i]!.id]));
}

function contradiction(): never {
  throw new GrantlensError(
    'STORE_CORRUPT',
    'The store contradicts itself: it tells of something that it then does not have.',
  );
}
