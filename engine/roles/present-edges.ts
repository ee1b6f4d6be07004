/** Records of what stands around roles: what a plan takes away, and what it stands on. */

import { edgesAround } from '../findings/still-there.ts';
import { type EdgeRecord, GrantlensError, type NodeRecord } from '../model/index.ts';
import type { RoleState } from './role-state.ts';

const AT_A_TIME = 2_000;

/** The records of edges by number. Cost grows with the edges asked for. */
export async function recordsOf(
  { snapshot, reader }: Pick<RoleState, 'snapshot' | 'reader'>,
  edges: readonly number[],
): Promise<ReadonlyMap<number, EdgeRecord>> {
  const found = new Map<number, EdgeRecord>();
  for (let first = 0; first < edges.length; first += AT_A_TIME) {
    const part = edges.slice(first, first + AT_A_TIME);
    const records = await reader.edges(part.map((edge) => snapshot.edgeRef[edge]!));
    for (const [i, edge] of part.entries()) found.set(edge, records[i] ?? missing());
  }
  return found;
}

function missing(): never {
  throw new GrantlensError('STORE_CORRUPT', 'The store no longer has an edge of the version that is being read.');
}

/** All edges that leave a role or reach it, over or not, each once. */
export function edgesOfRole({ snapshot, roles }: RoleState, role: number): readonly number[] {
  const { out, into } = edgesAround(snapshot, roles[role]!.node);
  return [...new Set([...out, ...into])];
}

/**
 * Every source's version of some nodes. What one source alone vouches for is read by its number; where several do, all nodes are
 * read: a store does not find versions by id.
 */
export async function nodeVersions(
  { reader }: Pick<RoleState, 'reader'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly NodeRecord[]>> {
  const found = new Map<string, NodeRecord[]>();
  const left = new Set<string>();
  for (let first = 0; first < ids.length; first += AT_A_TIME) {
    const part = ids.slice(first, first + AT_A_TIME);
    const { nodes } = await reader.refsOf(part, []);
    const entities = await reader.entities(nodes.filter((ref) => ref !== undefined));
    for (const entity of entities) {
      if (entity === undefined) continue;
      const { sources, ...record } = entity;
      // Who has no name is shown by his id: the record may have said either.
      if (sources.length === 1 && record.name !== record.id) found.set(record.id, [{ ...record, source: sources[0]! }]);
      else left.add(record.id);
    }
  }
  if (left.size === 0) return found;
  for await (const record of reader.nodeRecords()) {
    if (!left.has(record.id)) continue;
    const known = found.get(record.id);
    if (known === undefined) found.set(record.id, [record]);
    else known.push(record);
  }
  return found;
}
