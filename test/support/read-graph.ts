/** Everything that a reader tells, in a form that can be compared. */
import { expect } from 'vitest';
import type { EdgeRecord } from '../../engine/model/index.ts';
import { EDGE_CONDITIONAL, EDGE_DENY, EDGE_NO_INHERIT, type StoreReader } from '../../engine/store/port.ts';
import { isDisabled, type NaiveGraph, naiveSearchText } from './naive-graph.ts';

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The records alone, which a journal or a reopened store must give again. */
export async function recordsOf(reader: StoreReader) {
  return {
    nodes: await listed(reader.nodeRecords()),
    edges: await listed(reader.edgeRecords()),
    uses: await listed(reader.useRecords()),
  };
}

/** Holds every method of a reader against the naive graph. */
export async function expectReader(
  reader: StoreReader,
  graph: NaiveGraph,
  precedence: readonly string[],
): Promise<void> {
  expect(await recordsOf(reader)).toEqual({ nodes: graph.nodes(), edges: graph.edges(), uses: graph.uses() });
  const nodes = await expectNodes(reader, graph, precedence);
  const edges = await expectEdges(reader, graph, nodes);
  await expectRefs(reader, graph, nodes, edges);
  expect(await reader.sources()).toEqual(graph.sources());
  const dangling = graph.edges().filter((edge) => !graph.hasEffect(edge));
  expect(await reader.danglingEdges(1_000)).toEqual({ total: dangling.length, edges: dangling });
  expect((await reader.danglingEdges(1)).edges).toHaveLength(Math.min(1, dangling.length));
}

async function expectNodes(reader: StoreReader, graph: NaiveGraph, precedence: readonly string[]) {
  const found: unknown[] = [];
  const refs = new Map<number, string>();
  await reader.scanNodes((ref, kind, id, disabled, text) => {
    found.push({ kind, id, disabled, text });
    refs.set(ref, id);
  });
  const entities = graph.entities(precedence);
  expect(found).toEqual(
    entities.map((entity) => ({
      kind: entity.kind,
      id: entity.id,
      disabled: isDisabled(entity),
      text: naiveSearchText(entity),
    })),
  );
  expect(await reader.entities([...refs.keys()])).toEqual(entities);
  expect(await reader.entities([0, -1, 1e9, 0.5])).toEqual([undefined, undefined, undefined, undefined]);
  return refs;
}

async function expectEdges(
  reader: StoreReader,
  graph: NaiveGraph,
  ids: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, string>> {
  const terms = new Map<number, readonly [readonly string[], readonly string[]]>([[0, [[], []]]]);
  await reader.scanTerms((number, actions, exceptActions) => void terms.set(number, [actions, exceptActions]));
  const found: Record<string, unknown>[] = [];
  const refs: number[] = [];
  await reader.scanEdges((ref, kind, from, to, flags, number, validFrom, validTo) => {
    refs.push(ref);
    const [actions, exceptActions] = terms.get(number)!;
    found.push({ kind, from: ids.get(from), to: ids.get(to), flags, actions, exceptActions, validFrom, validTo });
  });
  const records = await reader.edges(refs);
  expect(found).toEqual(records.map((edge) => scanned(edge!)));
  const effective = graph.edges().filter((edge) => graph.hasEffect(edge));
  const byId = (a: EdgeRecord, b: EdgeRecord) => (a.id < b.id ? -1 : 1);
  expect([...(records as EdgeRecord[])].sort(byId)).toEqual([...effective].sort(byId));
  expect(await reader.edges([0, -1, 1e9, 0.5])).toEqual([undefined, undefined, undefined, undefined]);
  for (const edge of graph.edges()) expect(await reader.edgeById(edge.id)).toEqual(edge);
  expect(await reader.edgeById('e_AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
  expect(await reader.edgeById('no edge at all')).toBeUndefined();
  return new Map(refs.map((ref, i) => [ref, records[i]!.id]));
}

/** Holds the numbers of all ids against those that the scans told of: what they did not tell of has none. */
async function expectRefs(
  reader: StoreReader,
  graph: NaiveGraph,
  nodes: ReadonlyMap<number, string>,
  edges: ReadonlyMap<number, string>,
): Promise<void> {
  const ends = graph.edges().flatMap(({ from, to }) => [from, to]);
  const nodeIds = [...nodes.values(), ...ends, '', 'no node at all'];
  const edgeIds = graph.edges().map(({ id }) => id);
  edgeIds.push('e_AAAAAAAAAAAAAAAAAAAAAA', ...edgeIds.slice(0, 2), 'no edge at all');
  const refs = await reader.refsOf(nodeIds, edgeIds);
  const told = (scanned: ReadonlyMap<number, string>, ids: readonly string[]) => {
    const byId = new Map([...scanned].map(([ref, id]) => [id, ref]));
    return ids.map((id) => byId.get(id));
  };
  expect(refs).toEqual({ nodes: told(nodes, nodeIds), edges: told(edges, edgeIds) });
  expect(await reader.refsOf([], [])).toEqual({ nodes: [], edges: [] });
}

/** What a scan tells of an edge. */
function scanned(edge: EdgeRecord): Record<string, unknown> {
  const flags =
    (edge.effect === 'DENY' ? EDGE_DENY : 0) |
    (edge.inherit === false ? EDGE_NO_INHERIT : 0) |
    (edge.condition === undefined ? 0 : EDGE_CONDITIONAL);
  const { kind, from, to, actions = [], exceptActions = [], validFrom = -Infinity, validTo = Infinity } = edge;
  return { kind, from, to, flags, actions, exceptActions, validFrom, validTo };
}
