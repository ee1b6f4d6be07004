/** A store in memory for plans: its graph as plain records, its batches applied in the plainest way, its documents in a map. */
import { type Change, GrantlensError, type JsonValue } from '../../engine/model/index.ts';
import type { PlanStore } from '../../engine/roles/plan-store.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import type { DocumentStore } from '../../engine/store/port.ts';
import { changed } from './changed-graph.ts';
import { memoryReader } from './memory-reader.ts';
import type { OracleGraph } from './oracle/index.ts';

export async function planStoreOf(begun: OracleGraph): Promise<PlanStore> {
  let graph = begun;
  let version = 1;
  return {
    documents: documentsInMemory(),
    async open() {
      const reader = memoryReader(graph.nodes, graph.edges, version);
      return { reader, snapshot: await compileSnapshot(reader, roomForChanges), release: () => {} };
    },
    async apply({ id, source, changes }) {
      graph = changed(graph, [...(changes as Iterable<Change>)]);
      version += 1;
      return { version, id, source, appliedAt: 1_000 + version, added: 0, changed: 0, removed: 0, repeated: false };
    },
  };
}

/** All of the newest version, in order. */
export async function graphOf({ open }: PlanStore): Promise<OracleGraph> {
  const { reader } = await open();
  const [nodes, edges] = [[], []] as [OracleGraph['nodes'][number][], OracleGraph['edges'][number][]];
  for await (const node of reader.nodeRecords()) nodes.push(node);
  for await (const edge of reader.edgeRecords()) edges.push(edge);
  return { nodes, edges };
}

function documentsInMemory(): DocumentStore {
  const kept = new Map<string, { readonly value: JsonValue; readonly revision: number }>();
  const check = (name: string, revision: number): void => {
    if ((kept.get(name)?.revision ?? 0) !== revision) throw new GrantlensError('DOCUMENT_CONFLICT', name);
  };
  return {
    get: async (name) => kept.get(name),
    async put(name, value, revision) {
      check(name, revision);
      kept.set(name, { value: JSON.parse(JSON.stringify(value)), revision: revision + 1 });
      return revision + 1;
    },
    async delete(name, revision) {
      check(name, revision);
      kept.delete(name);
    },
    list: async (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)).sort(),
  };
}
