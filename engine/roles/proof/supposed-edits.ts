/** Changes as edits of a snapshot: what is left of them when each node and edge has had its last word. */
import { type Change, type EdgeRecord, GrantlensError, NODE_KINDS } from '../../model/index.ts';
import { roomForChanges } from '../../snapshot/assemble.ts';
import { compileSnapshot } from '../../snapshot/compile.ts';
import { type Edits, hasRoomFor } from '../../snapshot/extend.ts';
import { edgeEditOf } from '../../snapshot/follow.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { StoreReader } from '../../store/port.ts';

const AT_A_TIME = 2_000;

/** A snapshot that has room for the edits, and these by its numbers. */
export interface Supposition {
  readonly snapshot: Snapshot;
  readonly edits: Edits;
  /** Numbers of the edges that go, by their ids; undefined for one that is not there yet. */
  readonly numbers: ReadonlyMap<string, number | undefined>;
}

/**
 * O(changes + edges of the nodes that removed edges leave). Where the snapshot has no room left, it is compiled anew.
 *
 * @param more edges besides that there is to be room for
 * @throws GrantlensError PLAN_GROUND_MOVED when something is to go that is not there
 */
export async function supposition(
  snapshot: Snapshot,
  reader: StoreReader,
  changes: readonly Change[],
  more = 0,
): Promise<Supposition> {
  const last = new Map<string, EdgeRecord | undefined>();
  /** Edges that are there already, for they go before they come. */
  const present = new Set<string>();
  for (const change of changes) {
    if (change.op === 'PUT_EDGE') last.set(change.edge.id, change.edge);
    else if (change.op === 'REMOVE_EDGE') {
      if (!last.has(change.id)) present.add(change.id);
      last.set(change.id, undefined);
    }
  }
  const puts = [...last.values()].filter((edge) => edge !== undefined);
  // Where steps are looked at one by one an edge may come more than once.
  const need = { nodes: changes.length, edges: more + changes.filter(({ op }) => op === 'PUT_EDGE').length };
  const roomy = hasRoomFor(snapshot, need)
    ? snapshot
    : await compileSnapshot(reader, (nodes, edges) => {
        const usual = roomForChanges(nodes, edges);
        return { nodes: usual.nodes + need.nodes, edges: usual.edges + need.edges };
      });
  const nodes = nodeEdits(roomy, changes);
  const ids = [...last.keys()];
  const numbers = await edgeNumbers(roomy, reader, ids);
  const edgesGone = ids.flatMap((id) => numbers.get(id) ?? (present.has(id) ? absent(id) : []));
  return {
    snapshot: roomy,
    numbers,
    edits: {
      version: snapshot.version,
      ...nodes,
      edges: puts.map((edge) => edgeEditOf(edge, 0)),
      edgesGone,
    },
  };
}

/** Nodes that the graph does not have, and those that go: all their sources withdraw them in one plan. */
export function nodeEdits({ index }: Snapshot, changes: readonly Change[]): Pick<Edits, 'nodes' | 'nodesGone'> {
  const nodes = new Map<string, Edits['nodes'][number]>();
  const nodesGone = new Set<number>();
  for (const change of changes) {
    if (change.op === 'PUT_NODE') {
      const { id, kind } = change.node;
      const known = index.find(id);
      if (known >= 0) nodesGone.delete(known);
      else nodes.set(id, { id, kind: NODE_KINDS.indexOf(kind), disabled: false, ref: 0, text: '' });
    } else if (change.op === 'REMOVE_NODE' && !nodes.delete(change.id)) {
      const node = index.find(change.id);
      if (node >= 0) nodesGone.add(node);
    }
  }
  return { nodes: [...nodes.values()], nodesGone: [...nodesGone] };
}

async function edgeNumbers(snapshot: Snapshot, reader: StoreReader, ids: readonly string[]) {
  const numbers = new Map<string, number | undefined>();
  const rows = new Map<number, ReadonlyMap<number, number>>();
  for (let first = 0; first < ids.length; first += AT_A_TIME) {
    const part = ids.slice(first, first + AT_A_TIME);
    const { edges: refs } = await reader.refsOf([], part);
    const records = await reader.edges(refs.filter((ref) => ref !== undefined));
    let next = 0;
    for (const [i, ref] of refs.entries()) {
      const record = ref === undefined ? undefined : records[next++];
      const from = record === undefined ? -1 : snapshot.index.find(record.from);
      numbers.set(part[i]!, from < 0 ? undefined : (leavingBy(snapshot, rows, from).get(ref!) ?? absent(part[i]!)));
    }
  }
  return numbers;
}

/** Edges that leave a node, by the store's numbers of them. */
function leavingBy(snapshot: Snapshot, rows: Map<number, ReadonlyMap<number, number>>, node: number) {
  const known = rows.get(node);
  if (known !== undefined) return known;
  const found = new Map<number, number>();
  for (const { out } of snapshot.adjacency) for (const edge of out.of(node)) found.set(snapshot.edgeRef[edge]!, edge);
  rows.set(node, found);
  return found;
}

function absent(id: string): never {
  throw new GrantlensError('PLAN_GROUND_MOVED', `The edge ${id} that the plan takes away is not there.`, { edge: id });
}
