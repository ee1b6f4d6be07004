/** Records of edges: by ref, by id, without effect, and all of them in order. */
import {
  DANGLING_BY_ID,
  EDGE_BY_ID,
  EDGE_COLUMNS,
  EDGES_BY_REF,
  LIST_DANGLING,
  REFS_OF_EDGES,
} from '../../../cypher/index.ts';
import { EDGE_KINDS, type EdgeKind, type EdgeRecord, type JsonValue } from '../../model/index.ts';
import { integer, type Values } from './door.ts';
import { edgeRecord } from './properties.ts';
import { byCodeUnits, corrupt, type VersionRead } from './version-read.ts';

/** The record in a row: ref, kind, from, to, then the fields. */
export function recordOf([, kind, from, to, ...values]: Values): EdgeRecord {
  const fields: Record<string, JsonValue | undefined> = {};
  for (const [i, field] of EDGE_COLUMNS.entries()) fields[field] = values[i] as JsonValue;
  return edgeRecord(kind as EdgeKind, from as string, to as string, fields);
}

/** The edges with effect by Neo4j's ids; nothing for what is no edge of the version. */
export async function edgesByRef(
  read: VersionRead,
  internal: readonly number[],
): Promise<ReadonlyMap<number, EdgeRecord>> {
  const parameters = { refs: internal.map(integer), version: integer(read.version) };
  const rows = await read.door.read((tx) => tx.all(EDGES_BY_REF, parameters));
  const found = new Map(rows.map((row) => [row[0] as number, recordOf(row)]));
  const missing = internal.filter((ref) => !found.has(ref));
  if (missing.length === 0) return found;
  const { edgesByRef: images } = await read.later.images();
  for (const ref of missing) {
    const edge = images.get(ref);
    if (edge !== undefined) found.set(ref, edge);
  }
  return found;
}

/** What an edge's id looks like: nothing else is asked for. */
const EDGE_ID = /^e_[\w-]{22}$/;

export async function edgeById(read: VersionRead, id: string): Promise<EdgeRecord | undefined> {
  if (!EDGE_ID.test(id)) return undefined;
  const [row] = await read.door.read((tx) => tx.all(EDGE_BY_ID, { id, version: integer(read.version) }));
  if (row !== undefined) return recordOf(row);
  return (await read.later.images()).edges.get(id)?.edge;
}

/** Neo4j's ids of edges that have effect at the version. */
export async function refsOfEdges(read: VersionRead, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sought = ids.filter((id) => EDGE_ID.test(id));
  if (sought.length === 0) return new Map();
  const parameters = { ids: sought, version: integer(read.version) };
  const rows = await read.door.read((tx) => tx.all(REFS_OF_EDGES, parameters));
  const found = new Map(rows.map(([id, internal]) => [id as string, internal as number]));
  const missing = sought.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const { edges: images } = await read.later.images();
  for (const id of missing) {
    const ref = images.get(id)?.ref;
    if (ref !== undefined) found.set(id, ref);
  }
  return found;
}

/** By which edges are sorted, but for key and source. */
export interface EdgeEnds {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
}

/** The edges without effect, by id. */
export async function listDangling(read: VersionRead): Promise<ReadonlyMap<string, EdgeEnds>> {
  let found = new Map<string, EdgeEnds>();
  await read.door.read((tx) => {
    found = new Map();
    return tx.each(LIST_DANGLING, { version: integer(read.version) }, ([id, kind, from, to]) => {
      found.set(id as string, { kind, from, to } as EdgeEnds);
    });
  });
  for (const [id, { edge, ref }] of (await read.later.images()).edges) {
    if (edge === undefined || ref !== undefined) found.delete(id);
    else found.set(id, edge);
  }
  return found;
}

/** The records of edges without effect, by id. */
export async function danglingById(
  read: VersionRead,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EdgeRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await read.door.read((tx) => tx.all(DANGLING_BY_ID, { ids, version: integer(read.version) }));
  const found = new Map(rows.map(recordOf).map((edge) => [edge.id, edge]));
  if (found.size === ids.length) return found;
  const { edges: images } = await read.later.images();
  for (const id of ids) {
    const edge = found.get(id) ?? images.get(id)?.edge;
    if (edge === undefined) throw corrupt(`the edge ${id} is told of and then not found`);
    found.set(id, edge);
  }
  return found;
}

const PLACE: Readonly<Record<string, number>> = Object.fromEntries(EDGE_KINDS.map((kind, place) => [kind, place]));

export const byEnds = (a: EdgeEnds, b: EdgeEnds): number =>
  PLACE[a.kind]! - PLACE[b.kind]! || byCodeUnits(a.from, b.from) || byCodeUnits(a.to, b.to);

/** By kind, from, to, key, source, in code unit order. */
export const inEdgeOrder = (a: EdgeRecord, b: EdgeRecord): number =>
  byEnds(a, b) || byCodeUnits(a.key ?? '', b.key ?? '') || byCodeUnits(a.source, b.source);
