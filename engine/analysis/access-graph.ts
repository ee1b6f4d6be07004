/** The nodes and edges of one version as analyses see them: from a snapshot, or read from the store where nothing is compiled. */
import { EDGE_KINDS, type EdgeKind, type Instant, NODE_KINDS } from '../model/index.ts';
import { Column } from '../snapshot/growable.ts';
import { IdIndex } from '../snapshot/id-index.ts';
import { DENY, isLive, NO_INHERIT, type Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';

/** `kind` is an index into EDGE_KINDS; of `flags` DENY and NO_INHERIT count. */
export type ArcVisitor = (kind: number, from: number, to: number, flags: number) => void;

export interface AccessGraph {
  readonly version: number;
  readonly nodeCount: number;
  /** By kind, then id in code unit order. */
  readonly ids: readonly string[];
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
  const { source, target, edgeKind, flags, edgeCount } = snapshot;
  return {
    version: snapshot.version,
    nodeCount: snapshot.nodeCount,
    ids: snapshot.ids,
    kindStart: snapshot.kindStart,
    disabled: snapshot.disabled,
    find: (id) => snapshot.index.find(id),
    eachArc(at, visit) {
      for (let edge = 0; edge < edgeCount; edge++) {
        if (isLive(snapshot, edge, at)) visit(edgeKind[edge]!, source[edge]!, target[edge]!, flags[edge]!);
      }
    },
    turns: turnsOf(snapshot.validFrom, snapshot.validTo),
  };
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
  const index = new IdIndex(ids);
  return {
    version: reader.version,
    nodeCount: ids.length,
    ids,
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
  const ids: string[] = [];
  const counts = new Uint32Array(NODE_KINDS.length);
  const disabled = new Column(Uint8Array);
  /** Node number of each of the store's numbers. */
  const numbers = new Map<number, number>();
  await reader.scanNodes((ref, kind, id, isDisabled) => {
    numbers.set(ref, ids.length);
    ids.push(id);
    counts[NODE_KINDS.indexOf(kind)]!++;
    disabled.push(isDisabled ? 1 : 0);
  });
  const kindStart = new Uint32Array(NODE_KINDS.length + 1);
  for (let k = 0; k < NODE_KINDS.length; k++) kindStart[k + 1] = kindStart[k]! + counts[k]!;
  return { ids, kindStart, disabled: disabled.values().slice(), numbers };
}

function turnsOf(validFrom: Float64Array, validTo: Float64Array): Float64Array {
  const instants = new Set<number>();
  for (const instant of validFrom) if (Number.isFinite(instant)) instants.add(instant);
  for (const instant of validTo) if (Number.isFinite(instant)) instants.add(instant);
  return Float64Array.from(instants).sort();
}

/** Index of a kind in EDGE_KINDS. */
export const kindNumber = (kind: EdgeKind): number => EDGE_KINDS.indexOf(kind);
