/**
 * A version and what was changed since as a version of its own: new numbers for what came, rows replaced where edges came
 * or went. Nothing of the version before is written to, and what did not change is shared. Cost grows with the rows that change.
 */
import { EDGE_KINDS } from '../model/index.ts';
import { spreadToMembers } from './assemble.ts';
import { NodeIndex } from './node-index.ts';
import { compareNodes } from './order.ts';
import type { Rows } from './rows.ts';
import { shared32 } from './shared-arrays.ts';
import {
  type Adjacency,
  classOf,
  DENY,
  EDGE_CLASSES,
  GRANT,
  MEMBERSHIP,
  type Snapshot,
  TAKEOVER,
  TIMED,
} from './snapshot.ts';
import { EVERY_ACTION } from './space.ts';

/** A node as it is after the changes: a new one, or one of which something else is told now. */
export interface NodeEdit {
  readonly id: string;
  /** Index into NODE_KINDS. A node that becomes another kind is gone as what it was: say so too. */
  readonly kind: number;
  readonly disabled: boolean;
  /** The store's number; 0 where no store has it. */
  readonly ref: number;
  readonly text: string;
}

/** An edge that comes. One that changes goes, and comes. */
export interface EdgeEdit {
  readonly id: string;
  readonly ref: number;
  /** Index into EDGE_KINDS. */
  readonly kind: number;
  readonly from: string;
  readonly to: string;
  /** Those of the store port: DENY, NO_INHERIT, CONDITIONAL_EDGE. */
  readonly flags: number;
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
}

export interface Edits {
  readonly version: number;
  readonly nodes: readonly NodeEdit[];
  /** Numbers of nodes that go. Their edges go with them. */
  readonly nodesGone: readonly number[];
  readonly edges: readonly EdgeEdit[];
  /** Numbers of edges that go. */
  readonly edgesGone: readonly number[];
  /** Ids of compiled edges that are like edges that come in all but their ids, as far as their order is to be right. */
  readonly idOf?: ReadonlyMap<number, string>;
}

const CONTROLS = EDGE_KINDS.indexOf('CONTROLS');
const GRANTS = EDGE_KINDS.indexOf('GRANTS');

/** False when there are not numbers enough left for so many edits. */
export const hasRoomFor = ({ space }: Snapshot, edits: { readonly nodes: number; readonly edges: number }): boolean =>
  edits.nodes <= space.nodesLeft && edits.edges <= space.edgesLeft && edits.edges <= space.labelsLeft;

/**
 * The version with the edits. Every end of an edge that comes must be there after them, and there must be room.
 * The numbers that it gives are used up until the space gives them back.
 *
 * @param whenWalked rows are made when they are walked: for what is asked one question and then forgotten
 */
export function extended(snapshot: Snapshot, edits: Edits, whenWalked = false): Snapshot {
  return new Extension(snapshot, edits, whenWalked).result();
}

/** Edges of one class that come to and go from a row. */
interface RowChange {
  readonly added: number[];
  readonly removed: Set<number>;
}

class Extension {
  readonly #whenWalked: boolean;
  readonly #before: Snapshot;
  readonly #edits: Edits;
  readonly #gone: Set<number>;
  readonly #later: Set<number>;
  readonly #nodeCounts: Uint32Array;
  readonly #edgeCounts: Uint32Array;
  readonly #retold: Map<number, string>;
  #disabled: Uint8Array;
  #nodeRef: Uint32Array;
  readonly #out: readonly Map<number, RowChange>[] = Array.from({ length: EDGE_CLASSES }, () => new Map());
  readonly #into: readonly Map<number, RowChange>[] = Array.from({ length: EDGE_CLASSES }, () => new Map());

  constructor(snapshot: Snapshot, edits: Edits, whenWalked: boolean) {
    this.#whenWalked = whenWalked;
    this.#before = snapshot;
    this.#edits = edits;
    const sameNodes = edits.nodesGone.length + edits.nodes.length === 0;
    this.#gone = sameNodes ? (snapshot.gone as Set<number>) : new Set(snapshot.gone);
    this.#later = sameNodes ? (snapshot.later as Set<number>) : new Set(snapshot.later);
    this.#nodeCounts = snapshot.nodeCounts.slice();
    this.#edgeCounts = snapshot.edgeCounts.slice();
    this.#retold = edits.nodes.length > 0 ? new Map(snapshot.retold) : (snapshot.retold as Map<number, string>);
    this.#disabled = snapshot.disabled;
    this.#nodeRef = snapshot.nodeRef;
  }

  result(): Snapshot {
    const before = this.#before;
    const { space } = before;
    this.#removeNodes();
    for (const edge of this.#edits.edgesGone) this.#removeEdge(edge);
    for (const node of this.#edits.nodes) this.#putNode(node);
    const index = new NodeIndex(space, this.#gone, this.#later);
    const added = this.#edits.edges.map((edit) => this.#putEdge(edit, index));
    const adjacency = before.adjacency.map((each, edgeClass) => this.#adjacency(each, edgeClass));
    return Object.freeze({
      ...before,
      version: this.#edits.version,
      nodeSpace: space.nodes,
      // A thread is not told of the ids of later edges, and so counts fewer edges than there are.
      edgeSpace: Math.max(before.edgeSpace, space.edgeCount),
      gone: this.#gone,
      later: this.#later,
      index,
      disabled: this.#disabled,
      nodeRef: this.#nodeRef,
      validFrom: space.windows.from,
      validTo: space.windows.to,
      adjacency,
      nodeCounts: this.#nodeCounts,
      edgeCounts: this.#edgeCounts,
      reachesDenial: this.#reachesDenial(added, adjacency),
      retold: this.#retold,
    });
  }

  #removeNodes(): void {
    const edges = new Set<number>();
    for (const node of this.#edits.nodesGone) {
      for (const edge of edgesAt(this.#before, node)) edges.add(edge);
      if (node < this.#before.space.compiledNodes) this.#gone.add(node);
      else this.#later.delete(node);
      this.#nodeCounts[this.#before.space.kindIndexOf(node)]!--;
    }
    for (const edge of edges) this.#removeEdge(edge);
  }

  #removeEdge(edge: number): void {
    const { source, target, edgeKind } = this.#before;
    const edgeClass = classOf(this.#before, edge);
    const { removed } = changeOf(this.#out[edgeClass]!, source[edge]!);
    if (removed.has(edge)) return;
    removed.add(edge);
    changeOf(this.#into[edgeClass]!, target[edge]!).removed.add(edge);
    this.#edgeCounts[edgeKind[edge]!]!--;
  }

  #putNode({ id, kind, disabled, ref, text }: NodeEdit): void {
    const { space, nodeSpace } = this.#before;
    const known = this.#numberOf(id, kind);
    const node = known < 0 ? space.addNode(id, kind) : known;
    if (this.#comes(node)) this.#nodeCounts[kind]!++;
    if (node >= nodeSpace) {
      // Nobody looks at these places yet.
      this.#disabled[node] = disabled ? 1 : 0;
      this.#nodeRef[node] = ref;
      this.#before.reachesDenial[node] = 0;
    } else {
      if ((this.#disabled[node] === 1) !== disabled) this.#ownDisabled()[node] = disabled ? 1 : 0;
      if (this.#nodeRef[node] !== ref) this.#ownNodeRef()[node] = ref;
    }
    this.#retold.set(node, text);
  }

  /** True for a node that was not there. */
  #comes(node: number): boolean {
    if (node < this.#before.space.compiledNodes) return this.#gone.delete(node);
    const came = !this.#later.has(node);
    this.#later.add(node);
    return came;
  }

  /** The number that this id has as this kind, or had in some version before; -1 where it has none. */
  #numberOf(id: string, kind: number): number {
    const { space, index, nodeSpace } = this.#before;
    const there = index.find(id);
    if (there >= 0 && space.kindIndexOf(there) === kind) return there;
    // Numbers from `nodeSpace` on were given by others meanwhile, who may still give them back.
    let number = space.numberOf(id, nodeSpace);
    while (number >= space.compiledNodes && space.kindIndexOf(number) !== kind) number = space.numberOf(id, number);
    return number >= 0 && space.kindIndexOf(number) === kind ? number : -1;
  }

  #ownDisabled(): Uint8Array {
    if (this.#disabled === this.#before.disabled) this.#disabled = copyOf(this.#disabled);
    return this.#disabled;
  }

  #ownNodeRef(): Uint32Array {
    if (this.#nodeRef === this.#before.nodeRef) this.#nodeRef = copyOf(this.#nodeRef);
    return this.#nodeRef;
  }

  #putEdge(edit: EdgeEdit, index: NodeIndex): number {
    const { space } = this.#before;
    const { id, ref, kind } = edit;
    const [source, target] = [index.find(edit.from), index.find(edit.to)];
    const takeover = kind === CONTROLS;
    const window = space.windows.number(edit.validFrom, edit.validTo);
    const flags = edit.flags | (takeover ? TAKEOVER : 0) | (window === 0 ? 0 : TIMED);
    const granted = kind === GRANTS ? space.terms.number(edit.actions, edit.exceptActions) : 0;
    const terms = takeover ? EVERY_ACTION : granted;
    const edge = space.addEdge({ id, ref, kind, source, target, flags, terms, window });
    const edgeClass = classOf(this.#before, edge);
    changeOf(this.#out[edgeClass]!, source).added.push(edge);
    changeOf(this.#into[edgeClass]!, target).added.push(edge);
    this.#edgeCounts[kind]!++;
    return edge;
  }

  #adjacency({ out, into }: Adjacency, edgeClass: number): Adjacency {
    return { out: this.#rows(out, this.#out[edgeClass]!), into: this.#rows(into, this.#into[edgeClass]!) };
  }

  #rows(rows: Rows, changes: ReadonlyMap<number, RowChange>): Rows {
    const patches = new Map<number, Uint32Array | (() => Uint32Array)>();
    for (const [node, change] of changes) {
      const make = (): Uint32Array => this.#changedRow(rows.of(node), change);
      patches.set(node, this.#whenWalked ? make : make());
    }
    return rows.with(patches);
  }

  #changedRow(row: Uint32Array, { added, removed }: RowChange): Uint32Array {
    const kept = removed.size === 0 ? row : without(row, removed);
    if (added.length === 0) return kept;
    const merged = roomFor(kept.length + added.length);
    const coming = added.length === 1 ? added : [...added].sort((a, b) => this.#compare(a, b));
    let from = 0;
    coming.forEach((edge, i) => {
      const to = this.#placeIn(kept, edge, from);
      merged.set(kept.subarray(from, to), from + i);
      merged[to + i] = edge;
      from = to;
    });
    merged.set(kept.subarray(from), from + coming.length);
    return merged;
  }

  /** The first place in a row, from one on, whose edge comes after this one. */
  #placeIn(row: Uint32Array, edge: number, first: number): number {
    let low = first;
    let high = row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(row[middle]!, edge) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The order of edges of one class. */
  #compare(a: number, b: number): number {
    const { source, target, edgeKind } = this.#before;
    return (
      compareNodes(this.#before, source[a]!, source[b]!) ||
      compareNodes(this.#before, target[a]!, target[b]!) ||
      edgeKind[a]! - edgeKind[b]! ||
      (this.#idOf(a) < this.#idOf(b) ? -1 : 1)
    );
  }

  #idOf(edge: number): string {
    const { space } = this.#before;
    return edge < space.compiledEdges ? (this.#edits.idOf?.get(edge) ?? '') : space.laterEdgeId(edge);
  }

  /** Marks who comes to reach a denial. Who no longer does stays marked: that costs time, and changes no answer. */
  #reachesDenial(added: readonly number[], adjacency: readonly Adjacency[]): Uint8Array {
    const { reachesDenial, flags, source, target, nodeSpace } = this.#before;
    const reaching = added.filter((edge) => {
      if (reachesDenial[source[edge]!] === 1) return false;
      const edgeClass = classOf(this.#before, edge);
      return edgeClass === GRANT ? (flags[edge]! & DENY) !== 0 : edgeClass === MEMBERSHIP;
    });
    const denied = (edge: number): boolean =>
      classOf(this.#before, edge) === GRANT || reachesDenial[target[edge]!] === 1;
    if (!reaching.some(denied)) return reachesDenial;
    const marks = reaching.every((edge) => source[edge]! >= nodeSpace) ? reachesDenial : copyOf(reachesDenial);
    const queue: number[] = [];
    for (const edge of reaching.filter(denied)) {
      if (marks[source[edge]!] === 1) continue;
      marks[source[edge]!] = 1;
      queue.push(source[edge]!);
    }
    spreadToMembers(adjacency[MEMBERSHIP]!, source, marks, queue);
    return marks;
  }
}

/** Long rows lie where other threads can look at them without a copy. */
const LONG_ROW = 512;
const roomFor = (edges: number): Uint32Array => (edges < LONG_ROW ? new Uint32Array(edges) : shared32(edges));

function without(row: Uint32Array, removed: ReadonlySet<number>): Uint32Array {
  const kept = roomFor(row.length);
  let count = 0;
  for (const edge of row) if (!removed.has(edge)) kept[count++] = edge;
  return kept.subarray(0, count);
}

function changeOf(changes: Map<number, RowChange>, node: number): RowChange {
  let change = changes.get(node);
  if (change === undefined) {
    change = { added: [], removed: new Set() };
    changes.set(node, change);
  }
  return change;
}

/** A copy that other threads can look at as well. */
function copyOf<A extends Uint8Array | Uint32Array>(array: A): A {
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => A)(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
}

/** Every edge that leaves or reaches a node; one that does both is told twice. */
export function* edgesAt(snapshot: Snapshot, node: number): Iterable<number> {
  for (const { out, into } of snapshot.adjacency) {
    yield* out.of(node);
    yield* into.of(node);
  }
}
