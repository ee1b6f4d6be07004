/** The nodes and edges of one version as analyses see them: from a snapshot, or read from the store where nothing is compiled. */
import { EDGE_KINDS, type EdgeKind, type Instant, NODE_KINDS } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import { IdIndex, slotsOf } from '../snapshot/id-index.ts';
import { CompiledIdsBuilder, IdTable } from '../snapshot/id-table.ts';
import { kindStartOf, nodesInOrder } from '../snapshot/nodes.ts';
import { Pace } from '../snapshot/pace.ts';
import { DENY, isLive, NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';

/** `kind` is an index into EDGE_KINDS; of `flags` DENY and NO_INHERIT count. */
export type ArcVisitor = (kind: number, from: number, to: number, flags: number) => void;

export interface AccessGraph {
  readonly version: number;
  readonly nodeCount: number;
  /** The id of a node. Nodes are numbered by kind, then id in code unit order. */
  idOf(node: number): string;
  /** Nodes of NODE_KINDS[k] are `kindStart[k]` to `kindStart[k + 1]`, excluded. */
  readonly kindStart: Uint32Array;
  readonly disabled: Uint8Array;
  /** Number of a node, -1 where there is none. */
  find(id: string): number;
  /** Every edge that is there at an instant. */
  eachArc(at: Instant, visit: ArcVisitor): void;
  /** Instants at which edges begin or end, sorted: between two of them the graph is the same. */
  readonly turns: Float64Array;
}

export function graphOfSnapshot(snapshot: Snapshot): AccessGraph {
  const { nodes, numberOf } = inOrder(snapshot);
  const { source, target, edgeKind, flags } = snapshot;
  return {
    version: snapshot.version,
    nodeCount: nodes.length,
    idOf: (node) => snapshot.ids.at(nodes[node]!),
    kindStart: kindStartOf(snapshot.nodeCounts),
    disabled: Uint8Array.from(nodes, (node) => snapshot.disabled[node]!),
    find: (id) => {
      const node = snapshot.index.find(id);
      return node < 0 ? -1 : numberOf[node]!;
    },
    eachArc(at, visit) {
      for (const { out } of snapshot.adjacency) {
        for (const node of nodes) {
          const patch = out.patchOf(node);
          for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
            const edge = out.edge(i, patch);
            if (isLive(snapshot, edge, at))
              visit(edgeKind[edge]!, numberOf[source[edge]!]!, numberOf[target[edge]!]!, flags[edge]!);
          }
        }
      }
    },
    turns: turnsOf(snapshot.validFrom, snapshot.validTo),
  };
}

/** The nodes that are there, in order, and the place of each in that order. */
function inOrder(snapshot: Snapshot): { readonly nodes: Uint32Array; readonly numberOf: Uint32Array } {
  const nodes = nodesInOrder(snapshot);
  const numberOf = new Uint32Array(snapshot.nodeSpace);
  for (let i = 0; i < nodes.length; i++) numberOf[nodes[i]!] = i;
  return { nodes, numberOf };
}

/** Reads nodes and edges once: some 40 bytes an edge and the ids, far less than a snapshot. */
export async function graphOfReader(reader: StoreReader): Promise<AccessGraph> {
  const { ids, kindStart, disabled, numbers } = await readNodes(reader);
  const kind = new Column(Uint8Array);
  const from = new Column(Uint32Array);
  const to = new Column(Uint32Array);
  const flags = new Column(Uint8Array);
  const validFrom = new Column(Float64Array);
  const validTo = new Column(Float64Array);
  await reader.scanEdges((_, edgeKind, fromRef, toRef, edgeFlags, __, begins, ends) => {
    kind.push(EDGE_KINDS.indexOf(edgeKind));
    from.push(numbers.get(fromRef)!);
    to.push(numbers.get(toRef)!);
    flags.push(edgeFlags & (DENY | NO_INHERIT));
    validFrom.push(begins);
    validTo.push(ends);
  });
  const index = new IdIndex(ids, await slotsOf(ids, new Pace()));
  return {
    version: reader.version,
    nodeCount: ids.length,
    idOf: (node) => ids.at(node),
    kindStart,
    disabled,
    find: (id) => index.find(id),
    eachArc(at, visit) {
      const [kinds, sources, targets, bits] = [kind.values(), from.values(), to.values(), flags.values()];
      const [begins, ends] = [validFrom.values(), validTo.values()];
      for (let edge = 0; edge < kinds.length; edge++) {
        if (at >= begins[edge]! && at < ends[edge]!) visit(kinds[edge]!, sources[edge]!, targets[edge]!, bits[edge]!);
      }
    },
    turns: turnsOf(validFrom.values(), validTo.values()),
  };
}

async function readNodes(reader: StoreReader) {
  const ids = new CompiledIdsBuilder();
  const counts = new Uint32Array(NODE_KINDS.length);
  const disabled = new Column(Uint8Array);
  /** Node number of each of the store's numbers. */
  const numbers = new Map<number, number>();
  await reader.scanNodes((ref, kind, id, isDisabled) => {
    numbers.set(ref, ids.count);
    ids.add(id);
    counts[NODE_KINDS.indexOf(kind)]!++;
    disabled.push(isDisabled ? 1 : 0);
  });
  const kindStart = new Uint32Array(NODE_KINDS.length + 1);
  for (let k = 0; k < NODE_KINDS.length; k++) kindStart[k + 1] = kindStart[k]! + counts[k]!;
  return { ids: new IdTable(ids.finish()), kindStart, disabled: disabled.values().slice(), numbers };
}

function turnsOf(validFrom: Float64Array, validTo: Float64Array): Float64Array {
  const instants = new Set<number>();
  for (const instant of validFrom) if (Number.isFinite(instant)) instants.add(instant);
  for (const instant of validTo) if (Number.isFinite(instant)) instants.add(instant);
  return Float64Array.from(instants).sort();
}

/** Index of a kind in EDGE_KINDS. */
export const kindNumber = (kind: EdgeKind): number => EDGE_KINDS.indexOf(kind);
