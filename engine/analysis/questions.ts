/** Questions about the shape of the whole graph, and the shapes of their answers. What they mean: docs/analysis.md. */
import type { EdgeKind, Instant, NodeKind } from '../model/index.ts';

/**
 * DEGREE: other nodes with a direct edge from or to it. PAGERANK: share of where access ends up. BETWEENNESS: pairs whose
 * shortest ways lead through it. ENTITLEMENT: resources that a principal can reach, identities that can reach a resource.
 */
export const CENTRALITY_MEASURES = ['DEGREE', 'PAGERANK', 'BETWEENNESS', 'ENTITLEMENT'] as const;
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number];

export const COMMUNITY_METHODS = ['LEIDEN', 'LOUVAIN'] as const;
export type CommunityMethod = (typeof COMMUNITY_METHODS)[number];

/** Who can compute: Grantlens itself, the graphology packages, the plugin of the database that the graph is in. */
export const IMPLEMENTATIONS = ['ours', 'graphology', 'graph-data-science'] as const;
export type Implementation = (typeof IMPLEMENTATIONS)[number];

/** The edges along which access flows, each from who has to what is had. Denying grants are no part of it. */
export const ACCESS_KINDS: readonly EdgeKind[] = [
  'MEMBER_OF',
  'HAS_ROLE',
  'INHERITS',
  'GRANTS',
  'CONTAINS',
  'CAN_ASSUME',
];

/** Common to all analyses. */
export interface AnalysisQuestion {
  /** The graph as it is at this instant; default: now. */
  readonly at?: Instant | undefined;
  /** Default: Graph Data Science where the store has it and it computes this, else Grantlens. */
  readonly implementation?: Implementation | undefined;
  /** A safe integer; for what draws at random. Default 1. */
  readonly seed?: number | undefined;
  /** Stops the work when nobody else waits for the same. */
  readonly signal?: AbortSignal | undefined;
}

export interface CentralityQuestion extends AnalysisQuestion {
  readonly measure: CentralityMeasure;
  /** Only nodes of these kinds are listed; all count. Default: all. */
  readonly kinds?: readonly NodeKind[] | undefined;
  /** From 0 to 10,000; default 100. */
  readonly first?: number | undefined;
}

export interface CentralityScore {
  readonly id: string;
  readonly score: number;
  /** Its place in the list, from 1. */
  readonly rank: number;
  /** How far the score may be from the exact one; 0 when it is exact. See `errorMeans` of the answer. */
  readonly error: number;
}

/** How an answer came about. Equal questions on equal graphs give equal answers. */
export interface Provenance {
  readonly implementation: Implementation;
  /** Why this one, in a sentence without its full stop. */
  readonly because: string;
  /** What it was run with, by name. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly version: number;
}

export interface CentralityAnswer extends Provenance {
  readonly measure: CentralityMeasure;
  /** The highest first, equal ones by id. */
  readonly scores: readonly CentralityScore[];
  /** How many nodes there are of the kinds asked for. */
  readonly totalCount: number;
  /** What the scores' `error` bounds; undefined when they are exact. */
  readonly errorMeans?: string;
}

export interface CommunitiesQuestion extends AnalysisQuestion {
  readonly method?: CommunityMethod | undefined;
  /** Above 0, at most 1,000; the higher, the smaller the communities. Default 1. */
  readonly resolution?: number | undefined;
}

export interface Community {
  /** Ids, sorted. */
  readonly members: readonly string[];
}

export interface CommunitiesAnswer extends Provenance {
  readonly method: CommunityMethod;
  /** Of the partition on the undirected graph of access, at the resolution asked for; at most 1. */
  readonly modularity: number;
  /** The largest first, equally large ones by the id of their first member. */
  readonly communities: readonly Community[];
}

/** Analyses of one version. Errors, all `GrantlensError`: ARGUMENT_INVALID, LIMIT_EXCEEDED, CLOSED; the reason of a signal. */
export interface Analysis {
  centrality(question: CentralityQuestion): Promise<CentralityAnswer>;
  communities(question: CommunitiesQuestion): Promise<CommunitiesAnswer>;
}
