/** Looking around in the graph: search, single entities, the edges of a node, counts, the export. */
import {
  EDGE_KINDS,
  type EdgeRecord,
  type Entity,
  GrantlensError,
  lineOfEdge,
  lineOfNode,
  lineOfUse,
  NODE_KINDS,
  type NodeKind,
} from '../model/index.ts';
import { membershipCycles } from '../snapshot/cycles.ts';
import { compareNodes } from '../snapshot/order.ts';
import { searchSnapshot } from '../snapshot/search.ts';
import type { Found } from '../snapshot/search-text.ts';
import { CONTAINMENT, EDGE_CLASSES, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import { decodeCursor, encodeCursor, markOf, pageSize } from './cursor.ts';
import { type Ground, invalid, nodeOf } from './ground.ts';
import type { GraphSummary, Page, PageRequest, SearchQuestion } from './questions.ts';

const LONGEST_SEARCH = 256;

/** What is searched for, in lower case; undefined for what cannot be. */
export function searchedText(asked: string): string | undefined {
  const text = typeof asked === 'string' ? asked.trim().toLowerCase() : '';
  return text === '' || text.length > LONGEST_SEARCH || text.includes('\u0000') ? undefined : text;
}

/** Nodes whose id, name or attributes hold all words, best match first. */
export async function askSearch(ground: Ground, asked: SearchQuestion): Promise<Page<Entity>> {
  const { snapshot } = ground;
  const text = searchedText(asked.text);
  if (text === undefined) throw invalid('text', `text must have 1 to ${LONGEST_SEARCH} characters`);
  const kinds = asked.kinds ?? NODE_KINDS;
  for (const kind of kinds)
    if (!NODE_KINDS.includes(kind)) throw invalid('kinds', `kinds must be of ${NODE_KINDS.join(', ')}`);
  const size = pageSize(asked.first);
  const mark = markOf(['search', text, [...kinds].sort()]);
  const after = asked.after === undefined ? undefined : decodeCursor(mark, asked.after, ['number', 'string']);
  const found = searchSnapshot(snapshot, text, kinds);
  const start = after === undefined ? 0 : placeAfter(snapshot, found, after[0] as number, after[1] as string);
  const part = slice(found, start, size);
  const items = await entitiesOf(
    ground,
    part.map(({ node }) => node),
  );
  return {
    items,
    cursors: part.map(({ node, grade }) => encodeCursor(mark, [grade, snapshot.ids.at(node)])),
    totalCount: found.total,
    hasNextPage: start + part.length < found.total,
    hasPreviousPage: start > 0,
    version: snapshot.version,
    complete: true,
  };
}

function slice(found: Found, start: number, size: number): { readonly node: number; readonly grade: number }[] {
  const part: { node: number; grade: number }[] = [];
  let skipped = 0;
  found.byGrade.forEach((nodes, grade) => {
    const from = Math.max(0, start - skipped);
    for (const node of nodes.slice(from, from + size - part.length)) part.push({ node, grade });
    skipped += nodes.length;
  });
  return part;
}

/** The place after (grade, id): answers are by grade, then by node. */
function placeAfter(snapshot: Snapshot, found: Found, grade: number, id: string): number {
  const node = snapshot.index.find(id);
  if (node < 0)
    throw new GrantlensError(
      'CURSOR_INVALID',
      'The node that this cursor names has gone. Search again from the start.',
    );
  let place = 0;
  found.byGrade.forEach((nodes, each) => {
    if (each < grade) place += nodes.length;
    else if (each === grade) place += countUpTo(snapshot, nodes, node);
  });
  return place;
}

/** How many of ordered nodes come no later than `last`. */
function countUpTo(snapshot: Snapshot, ordered: readonly number[], last: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNodes(snapshot, ordered[middle]!, last) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entities by node number. @throws GrantlensError STORE_CORRUPT when the store does not have one */
async function entitiesOf(ground: Ground, nodes: readonly number[]): Promise<readonly Entity[]> {
  const found = await ground.reader.entities(nodes.map((node) => ground.snapshot.nodeRef[node]!));
  return found.map((entity) => entity ?? missingNode());
}

function missingNode(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has a node of the version that is being read.');
}

/** In the order asked; undefined where no node has the id. */
export async function askEntities(ground: Ground, ids: readonly string[]): Promise<readonly (Entity | undefined)[]> {
  const nodes = ids.map((id) => ground.snapshot.index.find(id));
  const known = await entitiesOf(
    ground,
    nodes.filter((node) => node >= 0),
  );
  let next = 0;
  return nodes.map((node) => (node < 0 ? undefined : known[next++]));
}

/** The edges of a node: by class of edge, then other end, kind and id. */
export async function askEdgesOf(
  ground: Ground,
  id: string,
  direction: 'out' | 'in',
  page: PageRequest,
): Promise<Page<EdgeRecord>> {
  const { snapshot } = ground;
  const node = nodeOf(ground, id);
  const size = pageSize(page.first);
  const mark = markOf(['edgesOf', id, direction]);
  const edges = edgesAt(snapshot, node, direction);
  const after = page.after === undefined ? undefined : decodeCursor(mark, page.after, ['string', 'string']);
  const start = after === undefined ? 0 : await edgePlaceAfter(ground, edges, direction, after as readonly string[]);
  const part = edges.slice(start, start + size);
  const items = (await ground.reader.edges(part.map((edge) => snapshot.edgeRef[edge]!))).map(
    (record) => record ?? missingNode(),
  );
  return {
    items,
    cursors: items.map((record) => encodeCursor(mark, [record.id, direction === 'out' ? record.to : record.from])),
    totalCount: edges.length,
    hasNextPage: start + part.length < edges.length,
    hasPreviousPage: start > 0,
    version: snapshot.version,
    complete: true,
  };
}

function edgesAt(snapshot: Snapshot, node: number, direction: 'out' | 'in'): readonly number[] {
  const found: number[] = [];
  for (let c = 0; c < EDGE_CLASSES; c++) {
    for (const edge of snapshot.adjacency[c]![direction === 'out' ? 'out' : 'into'].of(node)) found.push(edge);
  }
  return found;
}

/** The place after the edge of this id, among the edges to the same other end. */
async function edgePlaceAfter(
  ground: Ground,
  edges: readonly number[],
  direction: 'out' | 'in',
  [id, other]: readonly string[],
): Promise<number> {
  const { snapshot, reader } = ground;
  const end = snapshot.index.find(other!);
  const positions = [...edges.keys()].filter(
    (i) => (direction === 'out' ? snapshot.target : snapshot.source)[edges[i]!] === end,
  );
  const records = await reader.edges(positions.map((i) => snapshot.edgeRef[edges[i]!]!));
  const found = records.findIndex((record) => record?.id === id);
  if (found < 0)
    throw new GrantlensError('CURSOR_INVALID', 'The edge that this cursor names has gone. Ask again from the start.');
  return positions[found]! + 1;
}

export async function summaryOf(ground: Ground): Promise<GraphSummary> {
  const { snapshot, reader } = ground;
  const edgeCounts = Object.fromEntries(EDGE_KINDS.map((kind, k) => [kind, snapshot.edgeCounts[k]!]));
  const nodeCounts = Object.fromEntries(NODE_KINDS.map((kind, k) => [kind, snapshot.nodeCounts[k]!]));
  return {
    version: snapshot.version,
    membershipCycles: membershipCycles(snapshot),
    nodeCounts: nodeCounts as GraphSummary['nodeCounts'],
    edgeCounts,
    sources: await reader.sources(),
  };
}

/** What contains a resource, to any depth. Windows of time are not looked at. O(edges to it and to what contains it). */
export function containersOf({ snapshot }: Ground, id: string): readonly string[] {
  const start = snapshot.index.find(id);
  if (start < 0) return [];
  const found = new Set([start]);
  const { into } = snapshot.adjacency[CONTAINMENT]!;
  for (const node of found) for (const edge of into.of(node)) found.add(snapshot.source[edge]!);
  found.delete(start);
  return [...found].map((node) => snapshot.ids.at(node)).sort();
}

/** Records come by id: those of one node one after the other. */
export async function* nodeIds(reader: StoreReader, kind: NodeKind): AsyncIterable<string> {
  let last: string | undefined;
  for await (const node of reader.nodeRecords()) {
    if (node.kind !== kind || node.id === last) continue;
    last = node.id;
    yield last;
  }
}

/** Nodes, then edges, then uses, each in the store's documented order. */
export async function* exportLines(reader: StoreReader): AsyncIterable<string> {
  for await (const node of reader.nodeRecords()) yield JSON.stringify(lineOfNode(node));
  for await (const edge of reader.edgeRecords()) yield JSON.stringify(lineOfEdge(edge));
  for await (const use of reader.useRecords()) yield JSON.stringify(lineOfUse(use));
}
