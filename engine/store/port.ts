/**
 * The store port: what the engine needs of a place that keeps the graph. It is small because everything clever happens
 * on the snapshot. One contract suite (test/contract/store-contract.ts) holds for every store.
 */
import type {
  AppliedBatch,
  Change,
  ChangeBatch,
  EdgeKind,
  EdgeRecord,
  Entity,
  Instant,
  JsonValue,
  NodeKind,
  NodeRecord,
  UseKey,
  UseRecord,
} from '../model/index.ts';

/** The graph's nodes as merged by precedence, without what only a page shows. `ref` is the store's own number of the node. */
export type NodeVisitor = (ref: number, kind: NodeKind, id: string, disabled: boolean, searchText: string) => void;

/** Flags of an edge row. */
export const EDGE_DENY = 1;
export const EDGE_NO_INHERIT = 2;
export const EDGE_CONDITIONAL = 4;

/**
 * The graph's edges. `from` and `to` are node refs, `terms` numbers the action patterns of a grant (0: none), `validFrom`
 * and `validTo` are instants, -Infinity and Infinity where unbounded. Edges with an end that no source vouches for (any
 * more) are kept by the store and not visited: they have no effect until the node is back.
 */
export type EdgeVisitor = (
  ref: number,
  kind: EdgeKind,
  from: number,
  to: number,
  flags: number,
  terms: number,
  validFrom: number,
  validTo: number,
) => void;

/** An edge that is kept without effect: its id, and the ids of its ends. */
export type DanglingVisitor = (id: string, from: string, to: string) => void;

/** What a grant's `actions` and `exceptActions` are, told once for all grants that share them. `terms` is 1 or more. */
export type TermsVisitor = (terms: number, actions: readonly string[], exceptActions: readonly string[]) => void;

/** A node that a walk tells of: its number, its kind, its id, whether it is disabled. */
export type ReachedVisitor = (ref: number, kind: NodeKind, id: string, disabled: boolean) => void;

/** Who is told what a walk meets: each node and each edge once, in no order. What a visitor throws ends the walk. */
export interface WalkVisitor {
  readonly node: ReachedVisitor;
  readonly edge: EdgeVisitor;
}

/** Which edges to follow, and from where. */
export interface Walk {
  /** Ids or refs of the nodes to start from. Those that are not there are passed over. */
  readonly from: { readonly ids: readonly string[] } | { readonly refs: readonly number[] };
  /** `out`: along the edges. `in`: against them. */
  readonly direction: 'out' | 'in';
  readonly kinds: readonly EdgeKind[];
  /** True: on from what is reached, to any depth. False: one step. */
  readonly deep: boolean;
  /** Only edges that point at a principal, or at a resource: CONTROLS may point at either. */
  readonly toward?: 'PRINCIPAL' | 'RESOURCE';
  /** Only denying grants. */
  readonly denying?: true;
  /** Only edges that leave what can be assigned: groups, roles, and those that some CAN_ASSUME edge reaches. */
  readonly assignable?: true;
}

/** How many nodes and effective edges there are of each kind. */
export interface KindCounts {
  readonly nodes: Readonly<Record<NodeKind, number>>;
  readonly edges: Readonly<Record<EdgeKind, number>>;
}

/**
 * Finds parts of one version of a graph where they lie, without reading the rest of it. Windows of time are not looked
 * at: a part holds for any instant. Only effective edges are met. A walker may find that its version has gone while it
 * walked; it then rejects with VERSION_NOT_FOUND, and what it told is of no use.
 */
export interface GraphWalker {
  /** Tells the nodes to start from, the nodes that are reached, and the edges that are followed. */
  walk(walk: Walk, visitor: WalkVisitor): Promise<void>;
  /** Tells the edges of some kinds from one set of nodes to another. */
  between(
    from: readonly number[],
    to: readonly number[],
    kinds: readonly EdgeKind[],
    visit: EdgeVisitor,
  ): Promise<void>;
  /** Tells all groups and roles, and the membership edges between them. */
  hierarchy(visitor: WalkVisitor): Promise<void>;
  /** What the numbers of action patterns stand for that edges were told with. */
  terms(numbers: readonly number[], visit: TermsVisitor): Promise<void>;
  /** Tells the nodes of some kinds whose search text holds all the words. */
  search(words: readonly string[], kinds: readonly NodeKind[], visit: NodeVisitor): Promise<void>;
  counts(): Promise<KindCounts>;
}

/** How one source stands: what it vouches for, and when it was last loaded whole or changed. */
export interface SourceStatus {
  readonly source: string;
  readonly nodes: number;
  readonly edges: number;
  /** Milliseconds since the epoch. */
  readonly loadedAt: number;
}

/** A version's own numbers; undefined for what is not there. */
export interface Refs {
  readonly nodes: readonly (number | undefined)[];
  readonly edges: readonly (number | undefined)[];
}

/** One version of the graph, whole and unchanging until it is closed, whatever is applied meanwhile. */
export interface StoreReader {
  readonly version: number;
  /**
   * What this version of this graph is known by, as it is told here: under equal marks the same is told under the same
   * numbers, in any process, now and later. Absent where a store cannot say so.
   */
  readonly mark?: string | undefined;
  /** How a store finds parts of the graph by itself. Of one that cannot, parts are found by scanning all of it. */
  readonly walker?: GraphWalker;
  scanNodes(visit: NodeVisitor): Promise<void>;
  scanTerms(visit: TermsVisitor): Promise<void>;
  /** @param dangling told of each edge that is kept without effect, if given */
  scanEdges(visit: EdgeVisitor, dangling?: DanglingVisitor): Promise<void>;
  /** Each source's version of every node, by id then source. */
  nodeRecords(): AsyncIterable<NodeRecord>;
  /** Every edge, also those without effect, by kind (in the order of EDGE_KINDS), from, to, key, source; in code unit order. */
  edgeRecords(): AsyncIterable<EdgeRecord>;
  /** Every use, by identity, action, resource, source. */
  useRecords(): AsyncIterable<UseRecord>;
  /** In the order asked; undefined where there is no such node. */
  entities(refs: readonly number[]): Promise<readonly (Entity | undefined)[]>;
  /** In the order asked; undefined where there is no such edge. */
  edges(refs: readonly number[]): Promise<readonly (EdgeRecord | undefined)[]>;
  /**
   * The version's own numbers of nodes by id and of edges by edge id, in the order asked; undefined where there is no such
   * node, or no such edge with effect. Cost grows with what is asked, and in an older version with
   * what ended since, not with the graph.
   */
  refsOf(nodeIds: readonly string[], edgeIds: readonly string[]): Promise<Refs>;
  /** The edge of an id, effective or not. */
  edgeById(id: string): Promise<EdgeRecord | undefined>;
  sources(): Promise<readonly SourceStatus[]>;
  /** Edges that are kept without effect because an end is gone. */
  danglingEdges(limit: number): Promise<{ readonly total: number; readonly edges: readonly EdgeRecord[] }>;
  close(): Promise<void>;
}

/** A batch as the journal keeps it: the changes that had an effect, withdrawals spelled out as removals. */
export interface JournalBatch extends AppliedBatch {
  /** In a form that gives the same graph when applied in order. */
  readonly changes: readonly Change[];
  /** Uses that went with the batch: give them to `apply` with the changes. */
  readonly withdrawnUses: readonly UseKey[];
}

/** Small named records with compare-and-set: runs, requests, settings. */
export interface DocumentStore {
  get(name: string): Promise<{ readonly value: JsonValue; readonly revision: number } | undefined>;
  /**
   * @param revision the revision that was read; 0 for a document that must not exist yet
   * @returns the new revision
   * @throws GrantlensError DOCUMENT_CONFLICT when someone else was faster
   */
  put(name: string, value: JsonValue, revision: number): Promise<number>;
  delete(name: string, revision: number): Promise<void>;
  /** Names with this prefix, sorted. */
  list(prefix: string): Promise<readonly string[]>;
}

/** What a store is asked to compute, on which part of its graph. */
export interface StoreAnalysis {
  readonly method: 'PAGERANK' | 'BETWEENNESS' | 'LOUVAIN' | 'LEIDEN';
  /** The version that it is about. */
  readonly version: number;
  /** Edges of these kinds count, denying grants aside, that are there at this instant; parallel ones are one that weighs more. */
  readonly kinds: readonly EdgeKind[];
  readonly at: Instant;
  /** PageRank's damping, and what its scores may change in a step at most. */
  readonly damping: number;
  readonly tolerance: number;
  /** Of Leiden; Louvain has none but 1. */
  readonly resolution: number;
  readonly seed: number;
}

/** Analyses that a store runs by itself. They write nothing into it. */
export interface StoreAnalytics {
  /** What runs them, such as `Graph Data Science 2.13.9`; undefined where there is nothing. */
  name(): Promise<string | undefined>;
  /**
   * Tells a value for each node: PageRank's and betweenness' score as the store has it, or the number of a community.
   *
   * @throws GrantlensError VERSION_NOT_FOUND when the store no longer has the version, LIMIT_EXCEEDED for a graph of more
   *   nodes times edges than `most`; the reason of the signal
   */
  run(
    analysis: StoreAnalysis,
    visit: (id: string, value: number) => void,
    options: { readonly signal: AbortSignal; readonly most?: number },
  ): Promise<void>;
}

export interface ApplyOptions {
  /** Checks and counts everything and then applies nothing; the version told is the present one. */
  readonly dryRun?: boolean;
  /**
   * The share of its nodes, and of its edges, in [0, 1], that a source may lose because the batch tells all of it without them. A
   * batch that would take more is refused, or with `dryRun` told as `tooMuch`. Default 1. See withdrawal.ts on small sources.
   */
  readonly maxWithdrawn?: number;
  /** Applies such a batch all the same, and tells `tooMuch`. */
  readonly tellTooMuch?: boolean;
}

export interface HoldOptions {
  /** What the source is held for, told to others. */
  readonly purpose?: string;
  /** Milliseconds to wait while another load holds it; default 0. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** Keeps other loads away from a source. */
export interface SourceHold {
  release(): Promise<void>;
}

export interface GraphStore {
  /** A folder for what can be worked out again from the graph. Absent where a store has none. */
  readonly derivedFolder?: string;
  /** Absent for a store that runs no analyses. */
  readonly analytics?: StoreAnalytics;
  /** The version of the newest applied batch; 0 when nothing was ever applied. */
  version(): Promise<number>;
  /**
   * Applies a batch: all of it or nothing, durable when the promise resolves.
   * The batch is refused whole when an edge that it puts has an end that is not there after the batch, joins kinds that
   * the model does not join, or a node is put under another kind than another source has it.
   *
   * @throws InputError with every such place (file and line as the changes tell them, field `from` or `to`);
   *   GrantlensError WITHDRAWAL_TOO_LARGE, ARGUMENT_INVALID, STORE_READ_ONLY, STORE_FAILED
   */
  apply(batch: ChangeBatch, options?: ApplyOptions): Promise<AppliedBatch>;
  /**
   * Holds a source for a load: whoever else wants to hold it waits or is refused, until it is released or its holder is gone. A
   * batch that is applied by a handle whose hold was lost is refused. Absent where only one process writes at all.
   *
   * @throws GrantlensError STORE_LOCKED, which names the holder
   */
  hold?(source: string, options?: HoldOptions): Promise<SourceHold>;
  /** Opens the newest version, or an older one that the journal still reaches, for reading. */
  read(version?: number): Promise<StoreReader>;
  /** The journal after a version, oldest first. */
  batches(after: number): AsyncIterable<JournalBatch>;
  readonly documents: DocumentStore;
  /** Drops the journal up to a version (kept versions stay readable) and gives unused space back. */
  compact(options?: { readonly keepVersions?: number }): Promise<void>;
  /** Checks every byte it can: the chain of the journal and the sums of all records. @throws GrantlensError STORE_CORRUPT */
  verify(): Promise<void>;
  close(): Promise<void>;
}
