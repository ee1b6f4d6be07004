/**
 * A version of the graph compiled for questions: nodes and edges are numbers, adjacency is compressed sparse rows, names
 * and properties stay in the store. Immutable. Equal graphs compile to equal arrays.
 */
import type { Instant } from '../model/index.ts';
import type { ActionTerms } from './action-terms.ts';
import type { IdIndex } from './id-index.ts';
import type { SearchText } from './search-text.ts';

/** What an edge does in a question. Edges are numbered class by class, in a class by source node, then target node. */
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

/** Edges of one class by node: forward they are a range of edge numbers, backward a range of positions in `edges`. */
export interface Adjacency {
  /** Edges that leave node v: numbers `out[v]` to `out[v + 1]`, excluded. */
  readonly out: Uint32Array;
  /** Edges that reach node v: `edges[into[v]]` to `edges[into[v + 1]]`, excluded. */
  readonly into: Uint32Array;
  /** Edge numbers ordered by target, then source. */
  readonly edges: Uint32Array;
}

export interface Snapshot {
  readonly version: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Id of each node. Nodes are numbered by kind, then id in code unit order. */
  readonly ids: readonly string[];
  readonly index: IdIndex;
  /** Where each kind begins: nodes of NODE_KINDS[k] are `kindStart[k]` to `kindStart[k + 1]`, excluded. */
  readonly kindStart: Uint32Array;
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
  readonly termsOf: Uint32Array;
  /** Index into `validFrom` and `validTo`; 0 is "always". */
  readonly windowOf: Uint32Array;
  readonly validFrom: Float64Array;
  readonly validTo: Float64Array;
  readonly terms: ActionTerms;
  /** One for each edge class. */
  readonly adjacency: readonly Adjacency[];
  /** Membership components: nodes of one component are members of each other. Numbers ascend from the tops of the hierarchy. */
  readonly component: Uint32Array;
  /** Per node: 1 if a denying grant can be reached by membership edges at some time, so its own decision needs care. */
  readonly reachesDenial: Uint8Array;
  readonly searchText: SearchText;
}

/** The kind of a node, as an index into NODE_KINDS. */
export function kindIndexOf(snapshot: Snapshot, node: number): number {
  const start = snapshot.kindStart;
  let kind = 0;
  while (node >= start[kind + 1]!) kind++;
  return kind;
}

const RESOURCE = 4;
/** True for nodes of the kind Resource. */
export const isResource = (snapshot: Snapshot, node: number): boolean => node >= snapshot.kindStart[RESOURCE]!;
/** True for users and service accounts. */
export const isIdentity = (snapshot: Snapshot, node: number): boolean => node < snapshot.kindStart[2]!;

/** True when an edge is there at an instant. */
export function isLive(snapshot: Snapshot, edge: number, at: Instant): boolean {
  if ((snapshot.flags[edge]! & TIMED) === 0) return true;
  const window = snapshot.windowOf[edge]!;
  return at >= snapshot.validFrom[window]! && at < snapshot.validTo[window]!;
}
