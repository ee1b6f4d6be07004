/** The questions about access and the shapes of their answers. What they mean is the access model: docs/model.md. */

import type { Change, Decision, EdgeKind, EdgeRecord, Entity, Instant, NodeKind, Reach } from '../model/index.ts';
import type { ProposedChange } from './proposed-changes.ts';

/** How far and when: common to all questions. */
export interface Scope {
  /** Default ASSUMABLE. */
  readonly reach?: Reach | undefined;
  /** Default: now. */
  readonly at?: Instant | undefined;
}

export interface CheckQuestion extends Scope {
  readonly identity: string;
  /** One action as a program would send it; never a pattern. */
  readonly action: string;
  readonly resource: string;
}

export interface AccessDecision {
  readonly decision: Decision;
  /** Source text of the conditions that the answer depends on, each once, sorted; empty unless CONDITIONAL. */
  readonly conditions: readonly string[];
  readonly version: number;
}

/** A part of a long list. Give `after` the `endCursor` of the page before. */
export interface PageRequest {
  /** From 0 to 10,000; default 100. */
  readonly first?: number | undefined;
  readonly after?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** One for each item, made when they are looked at. */
  readonly cursors: readonly string[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly version: number;
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: boolean;
  readonly incompleteBecause?: string;
}

/** One thing an identity can do, or one identity that can do it. */
export interface AccessRow {
  readonly identity: string;
  readonly resource: string;
  /** Action patterns as granted, sorted. */
  readonly actions: readonly string[];
  /** Patterns taken out of those, sorted. */
  readonly exceptions: readonly string[];
  readonly decision: 'ALLOWED' | 'CONDITIONAL';
}

export interface AccessOfQuestion extends Scope, PageRequest {
  readonly identity: string;
  /** Only what allows this one action. */
  readonly action?: string | undefined;
  /** False lists only the resources that grants name, not what those contain. Default true. */
  readonly expand?: boolean | undefined;
}

export interface WhoCanQuestion extends Scope, PageRequest {
  readonly action: string;
  readonly resource: string;
  readonly includeDisabled?: boolean | undefined;
}

/** A way from an identity to a resource, one edge after another. */
export interface AccessPath {
  readonly edges: readonly EdgeRecord[];
  /** Ids, one more than edges. */
  readonly nodes: readonly string[];
  readonly length: number;
  /** What this way alone would give, under the denials and bounds in force. */
  readonly decision: Decision;
  /** From when and until just before when all its edges are there, around the instant asked about; null where that has no end. */
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
}

/** From an instant until just before another; null where it has no end. */
export interface TimeWindow {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

export interface AccessPathsQuestion extends Scope, PageRequest {
  readonly identity: string;
  readonly resource: string;
  /** Only ways that allow this action; default: any. */
  readonly action?: string | undefined;
  /** Longest way in edges; default no limit. */
  readonly maxLength?: number | undefined;
}

export interface WhyQuestion extends CheckQuestion {
  /** How many paths are told; default 10, at most 1,000. */
  readonly maxPaths?: number | undefined;
}

/** At which the counting of what an option opens stops: there may be more. */
export const MOST_OTHER_RESOURCES = 10_000;

/** A proposed change. Changes of one option belong together; each option alone would be enough. */
export interface GrantOption {
  /** Counted from 1, the one that gives the least else first. */
  readonly option: number;
  readonly change: Change;
  /**
   * What it is about in words (`summary`), and how many resources it would open besides (`otherResources`; from
   * MOST_OTHER_RESOURCES on they are not counted).
   */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AccessExplanation {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly conditions: readonly string[];
  /** One plain-English sentence per path, in the order of the paths. */
  readonly sentences: readonly string[];
  readonly paths: readonly AccessPath[];
  /** Null when counting was cut off at a limit, and for more than 2147483647. */
  readonly pathCount: number | null;
  /** The same in digits, exact however many there are; null when counting was cut off. */
  readonly pathCountText: string | null;
  readonly complete: boolean;
  readonly incompleteBecause?: string;
  readonly version: number;
  /** When the decision is the same as at the instant asked about, in order. */
  readonly validWindows: readonly TimeWindow[];
  /** Edges that every allowing path uses: remove any one of them and the access is gone. */
  readonly chokeEdges: readonly EdgeRecord[];
  /** Denying grants in force on this action and resource, in any of the identity's contexts. */
  readonly denials: readonly EdgeRecord[];
  /** For a decision other than ALLOWED: alternatives, each of which alone would make it ALLOWED; those that give the least else first. */
  readonly grantOptions: readonly GrantOption[];
}

/** How much is told of a long answer, and how long it may take. */
export interface Patience {
  /** Rows of each list; from 0 to 10,000, default 100. */
  readonly first?: number | undefined;
  /** Milliseconds after which what has been found by then is told; default 30,000. */
  readonly deadline?: number | undefined;
  /** Ends the question: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface WhatIfQuestion extends Scope, Patience {
  readonly changes: readonly ProposedChange[];
}

/**
 * What two versions of the graph differ in. Counted once for each (identity, resource, action pattern) that is ALLOWED or
 * CONDITIONAL in one of them only; CONDITIONAL becoming ALLOWED is gained, the reverse lost. Disabled identities count too.
 */
export interface AccessDelta {
  readonly version: number;
  readonly gainedCount: number;
  readonly lostCount: number;
  /** Patterns that are listed as before, with other exceptions: neither gained nor lost, and yet not the same. */
  readonly alteredCount: number;
  /** The first rows, by identity, then resource: as they are afterwards. */
  readonly gained: readonly AccessRow[];
  /** As they were before. */
  readonly lost: readonly AccessRow[];
  /** As they are afterwards. */
  readonly altered: readonly AccessRow[];
  /** How many identities the changes may concern. */
  readonly identities: number;
  /** Nodes in the rows that the graph does not have, as they were proposed. */
  readonly proposed: readonly Entity[];
  /** False when the time was up; then `incompleteBecause` says how far the counts go. */
  readonly complete: boolean;
  readonly incompleteBecause?: string;
}

/**
 * Which accesses are looked at: those that fit all that is said. Something fits that does so in either of the versions that
 * are compared.
 */
export interface AccessScope {
  /** Ids of users and service accounts; default: all. */
  readonly identities?: readonly string[] | undefined;
  /** Ids of resources: accesses to these and to what they contain; default: all. */
  readonly resources?: readonly string[] | undefined;
  /** Accesses to resources that are at least so sensitive, from 0 to 1. */
  readonly minSensitivity?: number | undefined;
}

export interface AccessDiffQuestion extends Scope, Patience {
  /** Versions that are kept, in any order. */
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Default: everything. */
  readonly scope?: AccessScope | undefined;
}

/** What it costs to cut an edge, by what it is; 0 or more. What these are for by default: docs/revocation.md. */
export interface RevocationCosts {
  /** A grant to a user or a service account itself. */
  readonly directGrants: number;
  /** A grant to a group or a role. */
  readonly GRANTS: number;
  readonly MEMBER_OF: number;
  readonly HAS_ROLE: number;
  readonly CAN_ASSUME: number;
  readonly CONTROLS: number;
  readonly INHERITS: number;
  readonly CONTAINS: number;
  /** Besides, for an edge that was used not long ago. */
  readonly recentUse: number;
}

export interface RevocationQuestion extends Scope, Patience {
  /** Ids of 1 to 1,000 users and service accounts: none of them is to have the access. */
  readonly identities: readonly string[];
  readonly action: string;
  /** Id of a resource, and of others: 1 to 100 in all. The action is to be out of reach on each of them. */
  readonly resource?: string | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly costs?: { readonly [K in keyof RevocationCosts]?: number | undefined } | undefined;
  /** How many days before `at` a use still counts as recent; default 90. */
  readonly recentDays?: number | undefined;
  /** Ids of edges that are not to be cut. */
  readonly protectedEdges?: readonly string[] | undefined;
  /** Kinds of edge that are not to be cut; default `CONTAINS` alone. */
  readonly protectedKinds?: readonly EdgeKind[] | undefined;
  /** How many cuts are told at most; from 1 to 20, default 3. */
  readonly alternatives?: number | undefined;
  /** True works out for each cut what would give the others back what they lose. Default false. */
  readonly repair?: boolean | undefined;
}

/** Edges without which the access is gone, and what else that would do. */
export interface Revocation {
  readonly edges: readonly EdgeRecord[];
  readonly cost: number;
  /** What the cut does besides ending the access that was asked about: what others lose, and what the same lose elsewhere. */
  readonly collateral: AccessDelta;
  /** When it was asked for. */
  readonly repair?: Repair;
}

/** Grants and memberships to be put besides a cut, so that nothing ends but the access that was asked about. */
export interface Repair {
  readonly changes: readonly GrantOption[];
  /** True when the engine has found that cut and changes together do just that. */
  readonly exact: boolean;
  /** Why there is none, or what it leaves: the changes are empty then. */
  readonly because?: string;
}

export interface RevocationAnswer {
  /** Ranked by cost, then by how much else is lost, then by the number of edges. */
  readonly alternatives: readonly Revocation[];
  /** Where there is no alternative: why. */
  readonly because?: string;
  /** Where there is no alternative: the edges of a way none of which may be cut. */
  readonly uncuttable: readonly EdgeRecord[];
  readonly version: number;
  /** False when a limit was hit: then there may be cheaper cuts. */
  readonly complete: boolean;
  readonly incompleteBecause?: string;
}

export interface ChokePointsQuestion extends Scope {
  readonly resource: string;
  /** Only grants that match this action; default: any. */
  readonly action?: string | undefined;
  /** How many nodes and how many edges are told at most; from 0 to 10,000, default 100. */
  readonly first?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What every way of some identities to a resource passes. */
export interface ChokePoints {
  /** How many identities have a way to the resource. */
  readonly identities: number;
  /** Nodes, by how many identities other than themselves have no other way; ties by id. */
  readonly nodes: readonly { readonly id: string; readonly identities: number }[];
  /** Edges, by how many identities have no other way; ties in the order of edges. */
  readonly edges: readonly { readonly edge: EdgeRecord; readonly identities: number }[];
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly version: number;
}

export interface SearchQuestion extends PageRequest {
  /** Words that must all occur in the id, the name or an attribute; case does not matter. */
  readonly text: string;
  readonly kinds?: readonly NodeKind[] | undefined;
}

export interface GraphSummary {
  readonly version: number;
  /** How many sets of groups or roles belong to each other in a circle; windows of time are not looked at. */
  readonly membershipCycles: number;
  readonly nodeCounts: Readonly<Record<NodeKind, number>>;
  readonly edgeCounts: Readonly<Record<string, number>>;
  readonly sources: readonly {
    readonly source: string;
    readonly nodes: number;
    readonly edges: number;
    readonly loadedAt: Instant;
  }[];
}

/**
 * One version of the graph, ready for questions. Every answer that comes from one view is of one version.
 * A view must be released; it keeps answering until then, whatever is applied meanwhile.
 *
 * Errors, all `GrantlensError`: NODE_NOT_FOUND, NOT_AN_IDENTITY, NOT_A_RESOURCE, ARGUMENT_INVALID, CURSOR_INVALID, LIMIT_EXCEEDED.
 */
export interface GraphView {
  readonly version: number;
  check(question: CheckQuestion): Promise<AccessDecision>;
  /** Sorted by resource id, then ALLOWED before CONDITIONAL, then actions. */
  accessOf(question: AccessOfQuestion): Promise<Page<AccessRow>>;
  /** Sorted by identity id; one row an identity. */
  whoCan(question: WhoCanQuestion): Promise<Page<AccessRow>>;
  /** Shortest first. `totalCount` is exact when `complete`. A page may be shorter than asked for and not the last when a limit was hit. */
  accessPaths(question: AccessPathsQuestion): Promise<Page<AccessPath>>;
  whyHasAccess(question: WhyQuestion): Promise<AccessExplanation>;
  /**
   * What changes would do. Nothing is changed. Other questions go on being answered meanwhile.
   *
   * @throws InputError for changes that make no sense; GrantlensError EXECUTION_UNSUPPORTED where questions are executed in
   *   the store
   */
  whatIf(question: WhatIfQuestion): Promise<AccessDelta>;
  /**
   * The cheapest sets of edges to remove so that none of some identities can do an action on a resource. Nothing is changed.
   *
   * @throws GrantlensError EDGE_NOT_FOUND for a protected edge that is not there; EXECUTION_UNSUPPORTED as `whatIf`
   */
  revocation(question: RevocationQuestion): Promise<RevocationAnswer>;
  /**
   * What every way of some identities to a resource passes: allowing ways, whatever is denied or conditional.
   *
   * @throws GrantlensError EXECUTION_UNSUPPORTED as `whatIf`
   */
  chokePoints(question: ChokePointsQuestion): Promise<ChokePoints>;
  /** Best match first. */
  search(question: SearchQuestion): Promise<Page<Entity>>;
  /** In the order asked; undefined where no node has the id. */
  entities(ids: readonly string[]): Promise<readonly (Entity | undefined)[]>;
  /** Ids of all resources that contain one, to any depth and at whatever time, in code unit order; none where no node has the id. */
  containersOf(id: string): Promise<readonly string[]>;
  /** Ids of the nodes that some source says are of this kind, each once, in code unit order. O(nodes). */
  nodeIds(kind: NodeKind): AsyncIterable<string>;
  /** The edges that leave or reach a node, effective ones: by what they do (membership, assumption, grant, containment, bound, ownership), other end, kind, id. */
  edgesOf(id: string, direction: 'out' | 'in', page?: PageRequest): Promise<Page<EdgeRecord>>;
  edgeById(id: string): Promise<EdgeRecord | undefined>;
  summary(): Promise<GraphSummary>;
  /** The graph as Graph JSON Lines, sorted, a line an item without its line end: equal graphs give equal lines. */
  exportLines(): AsyncIterable<string>;
  /** Edges that are kept without effect because an end is gone. */
  danglingEdges(limit?: number): Promise<{ readonly total: number; readonly edges: readonly EdgeRecord[] }>;
  release(): void;
}
