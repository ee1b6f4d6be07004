/**
 * A version of the graph compiled for questions: nodes and edges are numbers, adjacency is compressed sparse rows, names
 * and properties stay in the store. Immutable. Equal graphs compile to equal arrays.
 *
 * A version may also be one that was compiled and the changes since: new nodes and edges have numbers after the compiled
 * ones, and rows that changed are replaced (extend.ts). Numbers mean the same in all versions that go back to one compiled
 * version, so these share what belongs to a number for good: see `Space`.
 */
import { EDGE_KINDS, type EdgeKind, type Instant, NODE_KINDS } from '../model/index.ts';
import type { ActionTerms } from './action-terms.ts';
import type { IdTable } from './id-table.ts';
import type { NodeIndex } from './node-index.ts';
import type { Rows } from './rows.ts';
import type { SearchText } from './search-text.ts';
import type { Labels, Space } from './space.ts';

/** What an edge does in a question. Compiled edges are numbered class by class, in a class by source node, then target node. */
export const MEMBERSHIP = 0;
/** CAN_ASSUME, and CONTROLS of a principal. */
export const TAKE = 1;
/** GRANTS, and CONTROLS of a resource. */
export const GRANT = 2;
export const CONTAINMENT = 3;
export const BOUND = 4;
export const OWNERSHIP = 5;
export const EDGE_CLASSES = 6;

/** Edge flags. The first three are those of the store port. */
export const DENY = 1;
export const NO_INHERIT = 2;
export const CONDITIONAL_EDGE = 4;
/** A CONTROLS edge: counts in the reach ESCALATION only. */
export const TAKEOVER = 8;
/** Valid for a time only: look at the windows. */
export const TIMED = 16;

/** Edges of one class by node. In a row edges are in the order of edges: see order.ts. */
export interface Adjacency {
  /** Edges that leave a node. */
  readonly out: Rows;
  /** Edges that reach a node. */
  readonly into: Rows;
}

export interface Snapshot {
  readonly version: number;
  /** What numbers stand for, shared by all versions that go back to the same compiled one. */
  readonly space: Space;
  /** Every node's number is below this; numbers of nodes that are not there (any more) are among them. */
  readonly nodeSpace: number;
  /** Every edge's number is below this, as with nodes. */
  readonly edgeSpace: number;
  /** Compiled nodes that are not there any more, and nodes that came after compiling and are there. */
  readonly gone: ReadonlySet<number>;
  readonly later: ReadonlySet<number>;
  readonly index: NodeIndex;
  /** Id of each node. Compiled nodes are numbered by kind, then id in code unit order. */
  readonly ids: IdTable;
  readonly disabled: Uint8Array;
  /** The store's numbers. */
  readonly nodeRef: Uint32Array;
  readonly edgeRef: Uint32Array;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Index into EDGE_KINDS. */
  readonly edgeKind: Uint8Array;
  readonly flags: Uint8Array;
  /** Index into `terms`; 0 for edges that are no grants. */
  readonly termsOf: Labels;
  /** Index into `validFrom` and `validTo`; 0 is "always". */
  readonly windowOf: Labels;
  readonly validFrom: Float64Array;
  readonly validTo: Float64Array;
  readonly terms: ActionTerms;
  /** One for each edge class. */
  readonly adjacency: readonly Adjacency[];
  /** Nodes by kind, in the order of NODE_KINDS; edges by kind, in the order of EDGE_KINDS. */
  readonly nodeCounts: Uint32Array;
  readonly edgeCounts: Uint32Array;
  /**
   * Per node: 1 if a denying grant can be reached by membership edges at some time, so its own decision needs care. After
   * changes it may say so without need.
   */
  readonly reachesDenial: Uint8Array;
  /** Texts as compiled. */
  readonly searchText: SearchText;
  /** Texts of nodes that came or changed since. */
  readonly retold: ReadonlyMap<number, string>;
}

export const CLASS_OF_KIND: Readonly<Record<EdgeKind, number>> = {
  MEMBER_OF: MEMBERSHIP,
  HAS_ROLE: MEMBERSHIP,
  INHERITS: MEMBERSHIP,
  GRANTS: GRANT,
  CONTAINS: CONTAINMENT,
  CAN_ASSUME: TAKE,
  CONTROLS: TAKE,
  BOUNDED_BY: BOUND,
  OWNS: OWNERSHIP,
};
const CLASS_BY_KIND = Uint8Array.from(EDGE_KINDS, (kind) => CLASS_OF_KIND[kind]);
const CONTROLS = EDGE_KINDS.indexOf('CONTROLS');
export const RESOURCE = NODE_KINDS.indexOf('Resource');
export const GROUP = NODE_KINDS.indexOf('Group');
export const ROLE = NODE_KINDS.indexOf('Role');

/** What an edge does in a question. */
export function classOf(snapshot: Snapshot, edge: number): number {
  return classOfEnds(snapshot, snapshot.edgeKind[edge]!, snapshot.target[edge]!);
}

/** What an edge of a kind (index into EDGE_KINDS) that reaches a node does in a question. */
export function classOfEnds(snapshot: Snapshot, kind: number, target: number): number {
  return kind === CONTROLS && isResource(snapshot, target) ? GRANT : CLASS_BY_KIND[kind]!;
}

/** The kind of a node, as an index into NODE_KINDS. */
export function kindIndexOf(snapshot: Snapshot, node: number): number {
  return snapshot.space.kindIndexOf(node);
}

/** True for nodes of the kind Resource. */
export function isResource({ space }: Snapshot, node: number): boolean {
  return node < space.compiledNodes ? node >= space.kindStart[RESOURCE]! : space.kindIndexOf(node) === RESOURCE;
}

/** True for users and service accounts. */
export function isIdentity({ space }: Snapshot, node: number): boolean {
  return node < space.compiledNodes ? node < space.kindStart[GROUP]! : space.kindIndexOf(node) < GROUP;
}

/** True when an edge is there at an instant. */
export function isLive(snapshot: Snapshot, edge: number, at: Instant): boolean {
  if ((snapshot.flags[edge]! & TIMED) === 0) return true;
  const window = snapshot.windowOf[edge]!;
  return at >= snapshot.validFrom[window]! && at < snapshot.validTo[window]!;
}
