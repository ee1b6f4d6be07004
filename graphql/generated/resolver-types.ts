/* Written by `npm run codegen` from graphql/schema/*.graphql. Change those. */
import type * as engine from '../../engine/index.ts';
import type { RequestContext } from '../request.ts';
import type * as shapes from '../shapes.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time as RFC 3339 text with its offset, such as `2026-11-02T09:00:00Z`. Answers are in UTC. Digits beyond milliseconds are dropped. */
  DateTime: { input: engine.Instant; output: engine.Instant; }
  /** Any JSON value: free-form facts whose shape is the source's own. */
  JSON: { input: unknown; output: unknown; }
};

/** Whether one identity may do one action on one resource. */
export type AccessDecision = {
  readonly __typename?: 'AccessDecision';
  /** The answer. */
  readonly decision: Decision;
  /** Source text of the conditions that the answer depends on, each once, sorted; empty unless `CONDITIONAL`. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** One thing an identity can do, or one identity that can do it. */
export type Access = {
  readonly __typename?: 'Access';
  /** Who. */
  readonly identity: Entity;
  /** Action patterns as granted, sorted. */
  readonly actions: ReadonlyArray<Scalars['String']['output']>;
  /** What is taken out of those: exceptActions, and deny patterns in force that overlap without covering. */
  readonly exceptions: ReadonlyArray<Scalars['String']['output']>;
  /** On what. */
  readonly resource: Entity;
  /** `ALLOWED` or `CONDITIONAL`. */
  readonly decision: Decision;
};

/** A way from an identity to a resource, one edge after another, the shortest first. */
export type AccessPath = {
  readonly __typename?: 'AccessPath';
  /** The edges in the order they are walked. */
  readonly edges: ReadonlyArray<GraphEdge>;
  /** The nodes in the order they are walked: one more than edges, the identity first, the resource last. */
  readonly nodes: ReadonlyArray<Entity>;
  /** How many edges. */
  readonly length: Scalars['Int']['output'];
  /** What this way alone would give, under the denials and bounds in force. */
  readonly decision: Decision;
  /** From when all its edges are there, up to the instant asked about; null when they always were. */
  readonly validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Until just before when all its edges are there; null when that has no end. */
  readonly validTo?: Maybe<Scalars['DateTime']['output']>;
};

/** A stretch of time: from an instant until just before another. */
export type TimeWindow = {
  readonly __typename?: 'TimeWindow';
  /** Its beginning; null when it has none. */
  readonly from?: Maybe<Scalars['DateTime']['output']>;
  /** Its end, which is not in it; null when it has none. */
  readonly to?: Maybe<Scalars['DateTime']['output']>;
};

/** Why an identity may, or may not, do an action on a resource. */
export type AccessExplanation = {
  readonly __typename?: 'AccessExplanation';
  /** Who. */
  readonly identity: Entity;
  /** The action that was asked about. */
  readonly action: Scalars['String']['output'];
  /** On what. */
  readonly resource: Entity;
  /** The answer. */
  readonly decision: Decision;
  /** Source text of the conditions that the answer depends on, each once, sorted; empty unless `CONDITIONAL`. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  /** One plain-English sentence per path, in the order of the paths. */
  readonly sentences: ReadonlyArray<Scalars['String']['output']>;
  /** The ways by which it is, or would be, allowed; the shortest first, at most `maxPaths`. */
  readonly paths: ReadonlyArray<AccessPath>;
  /** How many distinct simple paths there are; null when counting was cut off at the limit, and for more than 2147483647. */
  readonly pathCount?: Maybe<Scalars['Int']['output']>;
  /** The same in digits, exact however many there are; null when counting was cut off. */
  readonly pathCountText?: Maybe<Scalars['String']['output']>;
  /** False when a limit was hit; then incompleteBecause says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** When the decision is the same as at the instant asked about, in order; that instant is in one of them. */
  readonly validWindows: ReadonlyArray<TimeWindow>;
  /** Edges that every allowing path uses: remove any one of them and the access is gone. */
  readonly chokeEdges: ReadonlyArray<GraphEdge>;
  /** A cheapest set of edges whose removal ends the access, and who else would lose what; null when there is no access, or no such set. `revocations` tells more. */
  readonly revocation?: Maybe<Revocation>;
  /** Denying grants in force on this action and resource. */
  readonly denials: ReadonlyArray<GraphEdge>;
  /** For a decision other than ALLOWED: the smallest additions, each of which alone would allow it; those that give the least else first. */
  readonly grantOptions: ReadonlyArray<Change>;
};

/** A change to the graph, as a proposal. */
export type Change = {
  readonly __typename?: 'Change';
  /** `PUT_NODE`, `REMOVE_NODE`, `PUT_EDGE`, `REMOVE_EDGE` or `PUT_USE`. */
  readonly op: Scalars['String']['output'];
  /** The kind of edge, such as `HAS_ROLE`, or of node, such as `User`; `Use` for a fact of use. */
  readonly kind: Scalars['String']['output'];
  /** Edges: where it leaves. Uses: the identity. */
  readonly from?: Maybe<Scalars['ID']['output']>;
  /** Edges: where it arrives. Uses: the resource. */
  readonly to?: Maybe<Scalars['ID']['output']>;
  /** The id of the node or edge. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** What the change would do, or more about what it puts. */
  readonly detail?: Maybe<Scalars['JSON']['output']>;
};

/** What makes a node central. All but `ENTITLEMENT` are about the graph of access: every node, and the edges `MEMBER_OF`, `HAS_ROLE`, `INHERITS`, `CAN_ASSUME`, `CONTAINS` and allowing `GRANTS` that are there now. */
export type CentralityMeasure =
  /** With how many other nodes it is joined directly; two edges of opposite directions count twice. */
  | 'DEGREE'
  /** Its share of where access ends up: PageRank along the edges, damping 0.85; all shares together are 1. */
  | 'PAGERANK'
  /** Over all pairs of other nodes, which part of the shortest ways from one to the other leads through it. */
  | 'BETWEENNESS'
  /** Of a principal: how many resources its allowing grants reach, also by `CAN_ASSUME`. Of a resource: how many enabled identities reach it so. Denials, bounds and conditions are not looked at. */
  | 'ENTITLEMENT';

/** Who computed something. */
export type AnalysisImplementation =
  /** Grantlens itself. */
  | 'ours'
  /** The graphology packages. */
  | 'graphology'
  /** The Graph Data Science plugin of the Neo4j database that the graph is in. */
  | 'graph-data-science';

/** How central a node is. Highest scores come first, equal ones by id. */
export type CentralityScore = {
  readonly __typename?: 'CentralityScore';
  /** The node. */
  readonly entity: Entity;
  /** The higher, the more central. What it counts is told with the measure. */
  readonly score: Scalars['Float']['output'];
  /** Its place among the nodes that were asked about, from 1. */
  readonly rank: Scalars['Int']['output'];
  /** How far the score may be from the exact one: 0 when it is exact. Of `PAGERANK`, all scores together are off by no more than this; of `BETWEENNESS` on a very large graph, with a probability of 0.95 none is off by more than its own. */
  readonly error: Scalars['Float']['output'];
  /** Who computed it. */
  readonly implementation: AnalysisImplementation;
  /** Why this implementation. */
  readonly because: Scalars['String']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** Where a part of a list begins and ends. Lists are read forward: give `endCursor` as `after` to go on. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** True when there is more after this part. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True when there is something before this part. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null when this part is empty. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** Cursor of the last item; null when this part is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** A part of a list of nodes. */
export type EntityConnection = {
  readonly __typename?: 'EntityConnection';
  /** The items of this part, in order. */
  readonly edges: ReadonlyArray<EntityEdge>;
  /** Where this part begins and ends. */
  readonly pageInfo: PageInfo;
  /** How long the whole list is. 2147483647 stands for that many or more. */
  readonly totalCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
};

/** A node as an item of a list. */
export type EntityEdge = {
  readonly __typename?: 'EntityEdge';
  /** The item. */
  readonly node: Entity;
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
};

/** A part of a list of edges of the graph. */
export type GraphEdgeConnection = {
  readonly __typename?: 'GraphEdgeConnection';
  /** The items of this part, in order. */
  readonly edges: ReadonlyArray<GraphEdgeItem>;
  /** Where this part begins and ends. */
  readonly pageInfo: PageInfo;
  /** How long the whole list is. 2147483647 stands for that many or more. */
  readonly totalCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
};

/** An edge of the graph as an item of a list. */
export type GraphEdgeItem = {
  readonly __typename?: 'GraphEdgeItem';
  /** The item. */
  readonly node: GraphEdge;
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
};

/** A part of a list of accesses. */
export type AccessConnection = {
  readonly __typename?: 'AccessConnection';
  /** The items of this part, in order. */
  readonly edges: ReadonlyArray<AccessEdge>;
  /** Where this part begins and ends. */
  readonly pageInfo: PageInfo;
  /** How long the whole list is. 2147483647 stands for that many or more. */
  readonly totalCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
};

/** An access as an item of a list. */
export type AccessEdge = {
  readonly __typename?: 'AccessEdge';
  /** The item. */
  readonly node: Access;
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
};

/** A part of a list of paths. */
export type AccessPathConnection = {
  readonly __typename?: 'AccessPathConnection';
  /** The items of this part, in order. */
  readonly edges: ReadonlyArray<AccessPathEdge>;
  /** Where this part begins and ends. */
  readonly pageInfo: PageInfo;
  /** How long the whole list is; exact when `complete`. 2147483647 stands for that many or more. */
  readonly totalCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
};

/** A path as an item of a list. */
export type AccessPathEdge = {
  readonly __typename?: 'AccessPathEdge';
  /** The item. */
  readonly node: AccessPath;
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
};

/** What can be wrong. docs/findings.md says what each looks for. */
export type FindingKind =
  /** An edge whose removal changes nobody's access, now or later. */
  | 'REDUNDANT_GRANT'
  /** A role that gives what another gives. */
  | 'DUPLICATE_ROLE'
  /** A role that gives a part of what another gives. */
  | 'SUBSUMED_ROLE'
  /** A role that is held and gives nothing. */
  | 'EMPTY_ROLE'
  /** A role that gives something and that nobody can come to have. */
  | 'UNUSED_ROLE'
  /** Groups or roles that belong to each other in a circle. */
  | 'MEMBERSHIP_CYCLE'
  /** Access that is not known to have been used for long, where use is known. */
  | 'STALE_ACCESS'
  /** An account that nobody answers for, or that should have none. */
  | 'ORPHANED_ACCOUNT'
  /** Access that peers do not have. */
  | 'OUTLIER'
  /** Duties in one hand that are to be kept apart. */
  | 'SOD_VIOLATION'
  /** A way from little to much by taking over. */
  | 'ESCALATION_PATH'
  /** An edge whose time is over. */
  | 'EXPIRED_GRANT';

/** What the remedy of a finding does. */
export type RemedyEffect =
  /** Nobody gains or loses anything. */
  | 'NOTHING_CHANGES'
  /** Nobody gains or loses an action; lists of access name fewer of the patterns by which they are had. */
  | 'LISTS_SHRINK'
  /** Some lose access, nobody gains any. */
  | 'ACCESS_ENDS'
  /** There is none: somebody has to decide. */
  | 'NO_REMEDY';

/** Something that is wrong, with what shows it and what would put it right. */
export type Finding = {
  readonly __typename?: 'Finding';
  /** Stays the same for as long as what it is about is there, over loads and versions. */
  readonly id: Scalars['ID']['output'];
  /** What is wrong. */
  readonly kind: FindingKind;
  /** In [0, 1]. */
  readonly severity: Scalars['Float']['output'];
  /** In a line. */
  readonly title: Scalars['String']['output'];
  /** In sentences, with the figures that it goes by. */
  readonly rationale: Scalars['String']['output'];
  /** The nodes that it is about, the main one first. */
  readonly entities: ReadonlyArray<Entity>;
  /** The edges that show it. */
  readonly edges: ReadonlyArray<GraphEdge>;
  /** Changes that would put it right; empty where nobody but a person can say. `whatIf` takes them as they are. */
  readonly remedy: ReadonlyArray<Change>;
  /** What the remedy does. */
  readonly remedyEffect: RemedyEffect;
  /** Who lets it be, and until when; null when it is told as usual. */
  readonly dismissal?: Maybe<FindingDismissal>;
};

/** A finding that somebody lets be. */
export type FindingDismissal = {
  readonly __typename?: 'FindingDismissal';
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** Since when. */
  readonly dismissedAt: Scalars['DateTime']['output'];
  /** When it is told again; null for never. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/** A part of a list of findings. */
export type FindingConnection = {
  readonly __typename?: 'FindingConnection';
  /** The items of this part, in order. */
  readonly edges: ReadonlyArray<FindingEdge>;
  /** Where this part begins and ends. */
  readonly pageInfo: PageInfo;
  /** How long the whole list is. 2147483647 stands for that many or more. */
  readonly totalCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
  /** False when a limit was hit; then `incompleteBecause` says which. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
  /** What a silence does not mean: what would have to be known and is not, such as use or sensitivity. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
};

/** A finding as an item of a list. */
export type FindingEdge = {
  readonly __typename?: 'FindingEdge';
  /** The item. */
  readonly node: Finding;
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
};

/** By what hubs are ranked. */
export type HubRanking =
  /** By what goes through them: the weighted exposure. */
  | 'EXPOSURE'
  /** By what ends with them: the weighted impact. */
  | 'IMPACT';

/** A node through which much sensitive access flows. A pair is an enabled identity and a sensitive resource that it has a way to; those of the node itself are left out. Denials, bounds and conditions do not hide a way. */
export type PrivilegeHub = {
  readonly __typename?: 'PrivilegeHub';
  /** The node. */
  readonly entity: Entity;
  /** What it is ranked by: the weighted exposure or impact. */
  readonly score: Scalars['Float']['output'];
  /** Identities with some path to a sensitive resource through this node (allow paths; denials and conditions do not hide them). 2147483647 stands for that many or more, here and below. */
  readonly identities: Scalars['Int']['output'];
  /** Sensitive resources reached through it. */
  readonly resources: Scalars['Int']['output'];
  /** Pairs (identity, sensitive resource) with a way through it. */
  readonly exposure: Scalars['Float']['output'];
  /** Each pair counted with the weight of its resource. */
  readonly weightedExposure: Scalars['Float']['output'];
  /** Pairs (identity, sensitive resource) that exist only through it: they end if it goes. */
  readonly exclusivePairs: Scalars['Int']['output'];
  /** Each of those counted with the weight of its resource. */
  readonly weightedImpact: Scalars['Float']['output'];
  /** 1 - weightedImpact / weightedExposure: how much of what goes through it has another way too. High exposure and high redundancy: duplicate plumbing. No redundancy: a choke point. */
  readonly redundancy: Scalars['Float']['output'];
  /** The weight of all sensitive resources that the node itself reaches when take-overs count. */
  readonly blastRadius: Scalars['Float']['output'];
  /** Its place, from 1. */
  readonly rank: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** An edge without which pairs of an identity and a sensitive resource end: the single assignment that is worth certifying. */
export type CriticalEdge = {
  readonly __typename?: 'CriticalEdge';
  /** The edge. */
  readonly edge: GraphEdge;
  /** Pairs that end if it goes. 2147483647 stands for that many or more. */
  readonly exclusivePairs: Scalars['Int']['output'];
  /** Each counted with the weight of its resource. */
  readonly weightedImpact: Scalars['Float']['output'];
  /** Its place by weighted impact, from 1. */
  readonly rank: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** What is known of how sensitive resources are, and which rules say so. */
export type Sensitivity = {
  readonly __typename?: 'Sensitivity';
  /** False when no resource weighs anything: answers that need it have nothing to go by. */
  readonly known: Scalars['Boolean']['output'];
  /** How many resources count as sensitive. */
  readonly resources: Scalars['Int']['output'];
  /** Why there is nothing to tell, where there is not. */
  readonly because?: Maybe<Scalars['String']['output']>;
  /** The rules that decide something, in their order: the first that fits decides. */
  readonly rules: ReadonlyArray<SensitivityRule>;
  /** The version of the graph that this is about. */
  readonly version: Scalars['Int']['output'];
};

/** A rule that says how sensitive something is. */
export type SensitivityRule = {
  readonly __typename?: 'SensitivityRule';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** True for those that come with the product, false for those of a file. */
  readonly builtIn: Scalars['Boolean']['output'];
  /** How much an action that it fits weighs, in [0, 1]. */
  readonly weight: Scalars['Float']['output'];
  /** On how many resources it decides some action. */
  readonly resources: Scalars['Int']['output'];
};

/** The five kinds of node. `USER` and `SERVICE_ACCOUNT` are identities; all but `RESOURCE` are principals. */
export type NodeKind =
  /** A person's account. */
  | 'User'
  /** An account that is no person's: workload, bot, machine, API client. */
  | 'ServiceAccount'
  /** A set of principals. */
  | 'Group'
  /** A bundle of grants that can be assigned. */
  | 'Role'
  /** Anything that is accessed: host, database, bucket, namespace, application, folder. */
  | 'Resource';

/** The nine kinds of edge. An edge is read from left to right: `from` KIND `to`. */
export type EdgeKind =
  /** Identity or group belongs to a group. */
  | 'MEMBER_OF'
  /** Identity or group is assigned a role. */
  | 'HAS_ROLE'
  /** A senior role has all that the junior role has. */
  | 'INHERITS'
  /** A principal may, or by a denial may not, do some actions on a resource. */
  | 'GRANTS'
  /** A resource is the scope of another: a grant on the outer reaches the inner. */
  | 'CONTAINS'
  /** A principal may act as an identity or a role, by design: assume-role, impersonation, delegation. */
  | 'CAN_ASSUME'
  /** A principal can take over a node though no one granted it: reset a password, rewrite a policy, edit a group. */
  | 'CONTROLS'
  /** A role is the upper bound of an identity or a role: permissions boundary, service control policy. */
  | 'BOUNDED_BY'
  /** A principal is accountable for a node. Gives no access. */
  | 'OWNS';

/** How far a question follows the graph. Each reach holds the one before it; the default of every question is `ASSUMABLE`. */
export type Reach =
  /** What the identity has as itself: groups, roles, inheritance. */
  | 'ENTITLED'
  /** And what it has by acting as another, as designed (`CAN_ASSUME`). */
  | 'ASSUMABLE'
  /** And what it could have by taking over what it controls (`CONTROLS`). */
  | 'ESCALATION';

/** The answer to 'may this identity do this action on this resource?', strongest first. */
export type Decision =
  /** Allowed, whatever the circumstances. */
  | 'ALLOWED'
  /** Allowed if conditions hold that are kept as text and not evaluated. */
  | 'CONDITIONAL'
  /** A denial is in force. */
  | 'DENIED'
  /** Nothing allows it and nothing denies it. */
  | 'NONE';

/** Anything with an id of its own. */
export type Node = {
  /** Unique and stable over all sources: the source's own id where it has one, such as an ARN or a distinguished name. */
  readonly id: Scalars['ID']['output'];
};

/** A node of the graph, as all its sources together tell of it: each field is that of the first source, in order of precedence, that has it. */
export type Entity = {
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** The kind of node; the type of this object says the same. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. Empty when there is nothing. */
  readonly attributes: Scalars['JSON']['output'];
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** A node of the graph, as all its sources together tell of it: each field is that of the first source, in order of precedence, that has it. */
export type EntityOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A node of the graph, as all its sources together tell of it: each field is that of the first source, in order of precedence, that has it. */
export type EntityIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A person's account. An identity. */
export type User = Entity & Node & {
  readonly __typename?: 'User';
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** Always `USER`. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. */
  readonly attributes: Scalars['JSON']['output'];
  /** False only where a source says so. A disabled identity keeps its access; lists of identities leave it out unless asked. */
  readonly enabled: Scalars['Boolean']['output'];
  /** The attribute `department`, if it is a text. */
  readonly department?: Maybe<Scalars['String']['output']>;
  /** The attribute `title`, if it is a text. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The attribute `employeeType`, if it is a text. */
  readonly employeeType?: Maybe<Scalars['String']['output']>;
  /** The user whose id is in the attribute `manager`; null where there is none or the graph has no such user. */
  readonly manager?: Maybe<User>;
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** A person's account. An identity. */
export type UserOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person's account. An identity. */
export type UserIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An account that is no person's: workload, bot, machine, API client. An identity. */
export type ServiceAccount = Entity & Node & {
  readonly __typename?: 'ServiceAccount';
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** Always `SERVICE_ACCOUNT`. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. */
  readonly attributes: Scalars['JSON']['output'];
  /** False only where a source says so. A disabled identity keeps its access; lists of identities leave it out unless asked. */
  readonly enabled: Scalars['Boolean']['output'];
  /** The attribute `owner`, if it is a text, as the source tells it. Owners that are nodes are `incoming` edges of kind `OWNS`. */
  readonly owner?: Maybe<Scalars['String']['output']>;
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** An account that is no person's: workload, bot, machine, API client. An identity. */
export type ServiceAccountOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** An account that is no person's: workload, bot, machine, API client. An identity. */
export type ServiceAccountIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A set of principals. */
export type Group = Entity & Node & {
  readonly __typename?: 'Group';
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** Always `GROUP`. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. */
  readonly attributes: Scalars['JSON']['output'];
  /** The attribute `distinguishedName`, if it is a text. */
  readonly distinguishedName?: Maybe<Scalars['String']['output']>;
  /** The attribute `email`, if it is a text. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** A set of principals. */
export type GroupOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A set of principals. */
export type GroupIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A bundle of grants that can be assigned. A role bound at a scope is a node of its own. */
export type Role = Entity & Node & {
  readonly __typename?: 'Role';
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** Always `ROLE`. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. */
  readonly attributes: Scalars['JSON']['output'];
  /** For a role bound at a scope: the role it is a binding of, whose id is in the attribute `definition`; null where there is none or the graph has no such role. */
  readonly definition?: Maybe<Role>;
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** A bundle of grants that can be assigned. A role bound at a scope is a node of its own. */
export type RoleOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A bundle of grants that can be assigned. A role bound at a scope is a node of its own. */
export type RoleIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Anything that is accessed: host, database, bucket, namespace, application, folder. */
export type Resource = Entity & Node & {
  readonly __typename?: 'Resource';
  /** Unique and stable over all sources. */
  readonly id: Scalars['ID']['output'];
  /** Always `RESOURCE`. */
  readonly kind: NodeKind;
  /** The name to show; the id where no source gives a name. */
  readonly name: Scalars['String']['output'];
  /** The sources that vouch for this node, in order of precedence. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** Everything else that the sources tell, as they tell it. */
  readonly attributes: Scalars['JSON']['output'];
  /** What sort of thing it is, in the source's words, such as `database`. */
  readonly resourceType?: Maybe<Scalars['String']['output']>;
  /** How much it is worth guarding, in [0, 1]; null where no source says. */
  readonly sensitivity?: Maybe<Scalars['Float']['output']>;
  /** Edges that leave this node, by what they do, other end, kind and id. */
  readonly outgoing: GraphEdgeConnection;
  /** Edges that arrive at this node, by what they do, other end, kind and id. */
  readonly incoming: GraphEdgeConnection;
};


/** Anything that is accessed: host, database, bucket, namespace, application, folder. */
export type ResourceOutgoingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Anything that is accessed: host, database, bucket, namespace, application, folder. */
export type ResourceIncomingArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One source's edge between two nodes. The same edge told by two sources is two edges. */
export type GraphEdge = {
  readonly __typename?: 'GraphEdge';
  /** Follows from source, kind, ends and key: the same edge has the same id anywhere and at any time. */
  readonly id: Scalars['ID']['output'];
  /** What the edge means. */
  readonly kind: EdgeKind;
  /** Where it leaves. */
  readonly from: Entity;
  /** Where it arrives. */
  readonly to: Entity;
  /** Grants only: action patterns, sorted. `*` matches any run of characters, case does not matter. */
  readonly actions?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Grants only: patterns taken out of `actions`. A difference, never a denial. Null when nothing is taken out. */
  readonly exceptActions?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Grants only: `ALLOW` or `DENY`. */
  readonly effect?: Maybe<Scalars['String']['output']>;
  /** Grants only: whether it reaches what the resource contains. */
  readonly inherit?: Maybe<Scalars['Boolean']['output']>;
  /** How a take-over or an assumption is done. */
  readonly technique?: Maybe<Scalars['String']['output']>;
  /** Source text of a condition that is not evaluated; null when there is none. */
  readonly condition?: Maybe<Scalars['String']['output']>;
  /** The edge exists from this instant on; null for always. */
  readonly validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** The edge exists until just before this instant; null for ever. */
  readonly validTo?: Maybe<Scalars['DateTime']['output']>;
  /** When it was last used, where the source knows. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often it was used, where the source knows: a whole number, of a type that does not overflow. */
  readonly useCount?: Maybe<Scalars['Float']['output']>;
  /** The source that vouches for it. */
  readonly source: Scalars['String']['output'];
  /** Where it was read: file and line, policy and statement. */
  readonly evidence?: Maybe<Scalars['String']['output']>;
  /** Tells parallel edges of one kind and source apart. */
  readonly key?: Maybe<Scalars['String']['output']>;
};

/** What can be asked. Everything in one response is of one version of the graph. */
export type Query = {
  readonly __typename?: 'Query';
  /** The node of an id; null when there is none. */
  readonly node?: Maybe<Node>;
  /** The edge of an id; null when there is none. */
  readonly edge?: Maybe<GraphEdge>;
  /** Nodes whose id, name or attributes hold all the words; the best match first. */
  readonly search: EntityConnection;
  /** What the graph holds. */
  readonly graph: GraphSummary;
  /** May this identity do this action on this resource? */
  readonly check: AccessDecision;
  /** What can this identity do? Sorted by resource id, then ALLOWED before CONDITIONAL, then actions. */
  readonly accessOf: AccessConnection;
  /** Who can do this action on this resource? One row an identity, sorted by its id. */
  readonly whoCan: AccessConnection;
  /** The ways from an identity to a resource, the shortest first. */
  readonly accessPaths: AccessPathConnection;
  /** Why may this identity do this action on this resource; or why may it not, and what would allow it? */
  readonly whyHasAccess: AccessExplanation;
  /** What would these changes do to who can do what? Nothing is changed. */
  readonly whatIf: AccessDelta;
  /** Who gained and who lost what from one version of the graph to another. */
  readonly accessDiff: AccessDelta;
  /** What to remove so that none of some identities can do an action on any of some resources; the cheapest first. */
  readonly revocations: Revocations;
  /** What does every way to this resource pass, and whom would it cut off? */
  readonly chokePoints: ChokePoints;
  /** The most central nodes, as the graph is now. */
  readonly centrality: ReadonlyArray<CentralityScore>;
  /** The nodes through which most sensitive access flows. Where no sensitivity is known the list is empty: `sensitivity` says why. */
  readonly privilegeHubs: ReadonlyArray<PrivilegeHub>;
  /** The edges without which most sensitive access ends: the single assignments that are worth certifying. */
  readonly criticalEdges: ReadonlyArray<CriticalEdge>;
  /** What is known of how sensitive resources are. */
  readonly sensitivity: Sensitivity;
  /** What is wrong, the severest first. */
  readonly findings: FindingConnection;
  /** The finding of an id; null when there is none. */
  readonly finding?: Maybe<Finding>;
  /** Runs of analyses, the newest first. */
  readonly runs: ReadonlyArray<Run>;
  /** The run of an id. */
  readonly run: Run;
  /** What differs between the results of two runs. */
  readonly runDiff: RunDiff;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryEdgeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QuerySearchArgs = {
  text: Scalars['String']['input'];
  kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryCheckArgs = {
  identity: Scalars['ID']['input'];
  action: Scalars['String']['input'];
  resource: Scalars['ID']['input'];
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryAccessOfArgs = {
  identity: Scalars['ID']['input'];
  action?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  expand?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryWhoCanArgs = {
  action: Scalars['String']['input'];
  resource: Scalars['ID']['input'];
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  includeDisabled?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryAccessPathsArgs = {
  identity: Scalars['ID']['input'];
  resource: Scalars['ID']['input'];
  action?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  maxLength?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryWhyHasAccessArgs = {
  identity: Scalars['ID']['input'];
  action: Scalars['String']['input'];
  resource: Scalars['ID']['input'];
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  maxPaths?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryWhatIfArgs = {
  changes: ReadonlyArray<ChangeInput>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  deadline?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryAccessDiffArgs = {
  fromVersion: Scalars['Int']['input'];
  toVersion: Scalars['Int']['input'];
  scope?: InputMaybe<AccessScope>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRevocationsArgs = {
  identities: ReadonlyArray<Scalars['ID']['input']>;
  action: Scalars['String']['input'];
  resource?: InputMaybe<Scalars['ID']['input']>;
  resources?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  alternatives?: InputMaybe<Scalars['Int']['input']>;
  protectedEdges?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  protectedKinds?: InputMaybe<ReadonlyArray<EdgeKind>>;
  costs?: InputMaybe<RevocationCosts>;
  recentDays?: InputMaybe<Scalars['Float']['input']>;
  repair?: InputMaybe<Scalars['Boolean']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryChokePointsArgs = {
  resource: Scalars['ID']['input'];
  action?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryCentralityArgs = {
  measure: CentralityMeasure;
  kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryPrivilegeHubsArgs = {
  minSensitivity?: InputMaybe<Scalars['Float']['input']>;
  reach?: InputMaybe<Reach>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  rankBy?: InputMaybe<HubRanking>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryCriticalEdgesArgs = {
  minSensitivity?: InputMaybe<Scalars['Float']['input']>;
  reach?: InputMaybe<Reach>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QuerySensitivityArgs = {
  minSensitivity?: InputMaybe<Scalars['Float']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryFindingsArgs = {
  kinds?: InputMaybe<ReadonlyArray<FindingKind>>;
  minSeverity?: InputMaybe<Scalars['Float']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  dismissed?: InputMaybe<Scalars['Boolean']['input']>;
  staleAfterDays?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryFindingArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRunsArgs = {
  analysis?: InputMaybe<RunAnalysis>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRunArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRunDiffArgs = {
  from: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What the graph holds. */
export type GraphSummary = {
  readonly __typename?: 'GraphSummary';
  /** Grows by one with every applied batch of changes. */
  readonly version: Scalars['Int']['output'];
  /** How many nodes of each kind: an object such as {"User": 5000, …}. */
  readonly nodeCounts: Scalars['JSON']['output'];
  /** How many edges of each kind: an object such as {"MEMBER_OF": 20000, …}. */
  readonly edgeCounts: Scalars['JSON']['output'];
  /** The sources that vouch for all this. */
  readonly sources: ReadonlyArray<SourceStatus>;
  /** How many sets of groups or roles belong to each other in a circle. They are legal, and seldom meant. */
  readonly membershipCycles: Scalars['Int']['output'];
  /** Edges that are kept without effect because an end of theirs is gone. 2147483647 stands for that many or more. */
  readonly danglingEdges: Scalars['Int']['output'];
};

/** How one source stands. */
export type SourceStatus = {
  readonly __typename?: 'SourceStatus';
  /** Its name: the connector instance. */
  readonly source: Scalars['String']['output'];
  /** How many nodes it vouches for. 2147483647 stands for that many or more. */
  readonly nodes: Scalars['Int']['output'];
  /** How many edges it vouches for. 2147483647 stands for that many or more. */
  readonly edges: Scalars['Int']['output'];
  /** When it was last loaded whole or changed. */
  readonly loadedAt: Scalars['DateTime']['output'];
};

/** Edges without which an access is gone, and what else that would do. */
export type Revocation = {
  readonly __typename?: 'Revocation';
  /** The edges to remove, all of them. */
  readonly edges: ReadonlyArray<GraphEdge>;
  /** The sum of what it costs to cut each. */
  readonly cost: Scalars['Float']['output'];
  /** Access lost by others if those edges went, and by the same identities beyond what was asked about. Removing an edge may also give access, where a denial goes with it: that is gained here. */
  readonly collateral: AccessDelta;
  /** What would give the others back what they lose; null unless it was asked for. */
  readonly repair?: Maybe<Repair>;
};

/** Grants and memberships to put besides a cut, so that nothing ends but the access that was asked about. */
export type Repair = {
  readonly __typename?: 'Repair';
  /** What to put; empty when there is nothing to give back, or no way to. */
  readonly changes: ReadonlyArray<Change>;
  /** True when the engine has found that cut and changes together end just that access and change nothing else. */
  readonly exact: Scalars['Boolean']['output'];
  /** Why it is not exact. */
  readonly because?: Maybe<Scalars['String']['output']>;
};

/** Ways to end an access. */
export type Revocations = {
  readonly __typename?: 'Revocations';
  /** Ranked by cost, then by how much else is lost, then by the number of edges. */
  readonly alternatives: ReadonlyArray<Revocation>;
  /** Where there is no alternative: why. */
  readonly because?: Maybe<Scalars['String']['output']>;
  /** Where there is no alternative: the edges of a way none of which may be cut, in the order they are walked. */
  readonly uncuttable: ReadonlyArray<GraphEdge>;
  /** False when a limit was hit: then there may be cheaper cuts. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that was hit. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** What it costs to cut an edge, by what it is: from 0 to 1,000,000 each. What is left out keeps its default. */
export type RevocationCosts = {
  /** A grant to a user or a service account itself. Default 1. */
  readonly directGrants?: InputMaybe<Scalars['Float']['input']>;
  /** A grant to a group or a role. Default 4. */
  readonly GRANTS?: InputMaybe<Scalars['Float']['input']>;
  /** Default 1. */
  readonly MEMBER_OF?: InputMaybe<Scalars['Float']['input']>;
  /** Default 1. */
  readonly HAS_ROLE?: InputMaybe<Scalars['Float']['input']>;
  /** Default 2. */
  readonly CAN_ASSUME?: InputMaybe<Scalars['Float']['input']>;
  /** Default 2. */
  readonly CONTROLS?: InputMaybe<Scalars['Float']['input']>;
  /** Default 5. */
  readonly INHERITS?: InputMaybe<Scalars['Float']['input']>;
  /** Default 10; counts only where `protectedKinds` lets it be cut. */
  readonly CONTAINS?: InputMaybe<Scalars['Float']['input']>;
  /** Besides, for an edge that was used in the last `recentDays`. Default 1. */
  readonly recentUse?: InputMaybe<Scalars['Float']['input']>;
};

/** What every way of some identities to a resource passes. Allowing ways count, whatever is denied, bounded or conditional. */
export type ChokePoints = {
  readonly __typename?: 'ChokePoints';
  /** How many identities have a way to the resource. Disabled ones count. */
  readonly identities: Scalars['Int']['output'];
  /** The nodes, those that cut off most first; ties by id. */
  readonly nodes: ReadonlyArray<ChokeNode>;
  /** The edges, those that cut off most first. */
  readonly edges: ReadonlyArray<ChokeEdge>;
  /** How many nodes there are, told or not. */
  readonly nodeCount: Scalars['Int']['output'];
  /** How many edges there are, told or not. */
  readonly edgeCount: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** A node that all ways of some identities pass. */
export type ChokeNode = {
  readonly __typename?: 'ChokeNode';
  /** The node. */
  readonly entity: Entity;
  /** How many identities, itself left out, have no way without it. */
  readonly identities: Scalars['Int']['output'];
};

/** An edge that all ways of some identities take. */
export type ChokeEdge = {
  readonly __typename?: 'ChokeEdge';
  /** The edge. */
  readonly edge: GraphEdge;
  /** How many identities have no way without it. */
  readonly identities: Scalars['Int']['output'];
};

/** Analyses that can be run on their own. */
export type RunAnalysis =
  /** See `privilegeHubs`. Parameters: `at`, `reach`, `minSensitivity`, `rankBy`, `first`. */
  | 'PRIVILEGE_HUBS'
  /** See `findings`. Parameters: `at`, `kinds`, `minSeverity`, `staleAfterDays`. */
  | 'FINDINGS';

/** How a run stands. */
export type RunState =
  /** It goes on. */
  | 'RUNNING'
  /** It has a result. */
  | 'DONE'
  /** It ended with an error. */
  | 'FAILED'
  /** Somebody ended it. */
  | 'CANCELLED'
  /** The process that ran it has gone. */
  | 'INTERRUPTED';

/** One run of an analysis. The same parameters on the same version give the same result. */
export type Run = {
  readonly __typename?: 'Run';
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** What was run. */
  readonly analysis: RunAnalysis;
  /** All parameters, also those that were left out. Instants are milliseconds since 1970. */
  readonly parameters: Scalars['JSON']['output'];
  /** The version of the graph that it is about. */
  readonly version: Scalars['Int']['output'];
  /** How it stands. */
  readonly state: RunState;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** When it ended; null while it goes on. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it is; null where that is not known. */
  readonly progress?: Maybe<RunProgress>;
  /** SHA-256 of the result; null without one. */
  readonly digest?: Maybe<Scalars['String']['output']>;
  /** How many items the result has. */
  readonly itemCount?: Maybe<Scalars['Int']['output']>;
  /** The result in short. */
  readonly summary?: Maybe<Scalars['JSON']['output']>;
  /** Why it failed. */
  readonly failure?: Maybe<RunFailure>;
  /** A part of the result, in its order. Each item has a `key` that is the same in every run. */
  readonly items: ReadonlyArray<Scalars['JSON']['output']>;
};


/** One run of an analysis. The same parameters on the same version give the same result. */
export type RunItemsArgs = {
  from?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How far a run is. */
export type RunProgress = {
  readonly __typename?: 'RunProgress';
  /** What is being done. */
  readonly stage: Scalars['String']['output'];
  /** How much of that is done, in [0, 1]. */
  readonly share: Scalars['Float']['output'];
};

/** Why a run failed. */
export type RunFailure = {
  readonly __typename?: 'RunFailure';
  /** A stable code. */
  readonly code: Scalars['String']['output'];
  /** In words. */
  readonly message: Scalars['String']['output'];
};

/** What differs between the results of two runs of one analysis, by the keys of their items. */
export type RunDiff = {
  readonly __typename?: 'RunDiff';
  /** The one. */
  readonly from: Run;
  /** The other. */
  readonly to: Run;
  /** How many items only the other has. */
  readonly addedCount: Scalars['Int']['output'];
  /** How many items only the one has. */
  readonly removedCount: Scalars['Int']['output'];
  /** How many both have and tell otherwise. */
  readonly changedCount: Scalars['Int']['output'];
  /** The first of them. */
  readonly added: ReadonlyArray<Scalars['JSON']['output']>;
  /** The first of them. */
  readonly removed: ReadonlyArray<Scalars['JSON']['output']>;
  /** The first of them, each an object of `before` and `after`. */
  readonly changed: ReadonlyArray<Scalars['JSON']['output']>;
};

/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Begins a run on the newest version; it goes on when nobody looks. */
  readonly runAnalysis: Run;
  /** Ends a run, whichever process runs it. One that has ended stays as it is. */
  readonly cancelRun: Run;
  /** Lets a finding be: lists leave it out, over loads and versions. */
  readonly dismissFinding: Finding;
  /** Tells a finding again that was dismissed. Answers with its id. */
  readonly restoreFinding: Scalars['ID']['output'];
};


/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type MutationRunAnalysisArgs = {
  analysis: RunAnalysis;
  parameters?: InputMaybe<Scalars['JSON']['input']>;
  deadline?: InputMaybe<Scalars['Int']['input']>;
};


/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type MutationCancelRunArgs = {
  id: Scalars['ID']['input'];
};


/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type MutationDismissFindingArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
};


/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type MutationRestoreFindingArgs = {
  id: Scalars['ID']['input'];
};

/** Which accesses are looked at: those that fit all that is said, in either of the versions that are compared. */
export type AccessScope = {
  /** Ids of users and service accounts; default: all. */
  readonly identities?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Ids of resources: accesses to these and to what they contain; default: all. */
  readonly resources?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Only resources that are at least so sensitive, in [0, 1]. */
  readonly minSensitivity?: InputMaybe<Scalars['Float']['input']>;
};

/** What can be followed, over WebSocket (graphql-ws) at the same address. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Who gains and who loses what, with each version of the graph and as time passes. What changes nothing in scope is not told. */
  readonly accessChanged: AccessChange;
  /** How a run goes on, until it has ended; how it stands first. */
  readonly runProgress: Run;
};


/** What can be followed, over WebSocket (graphql-ws) at the same address. */
export type SubscriptionAccessChangedArgs = {
  scope?: InputMaybe<AccessScope>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  reach?: InputMaybe<Reach>;
  afterVersion?: InputMaybe<Scalars['Int']['input']>;
  everyVersion?: InputMaybe<Scalars['Boolean']['input']>;
};


/** What can be followed, over WebSocket (graphql-ws) at the same address. */
export type SubscriptionRunProgressArgs = {
  id: Scalars['ID']['input'];
};

/** Who gains and who loses what from one version to a later one. */
export type AccessChange = {
  readonly __typename?: 'AccessChange';
  /** The version that was told before. */
  readonly fromVersion: Scalars['Int']['output'];
  /** The version that this leads to: more than one later where versions came fast, the same where time alone has passed. */
  readonly version: Scalars['Int']['output'];
  /** The instant at which it was looked at. */
  readonly at: Scalars['DateTime']['output'];
  /** Who gains and who loses what. */
  readonly delta: AccessDelta;
};

/**
 * A change to suppose. An edge is put under its kind, its ends and its key, with its other fields as `properties`, named as in the
 * exchange form: `actions`, `exceptActions`, `effect`, `inherit`, `condition`, `validFrom`, `validTo`, `technique`, `source`.
 */
export type ChangeInput = {
  /** `PUT_NODE`, `REMOVE_NODE`, `PUT_EDGE` or `REMOVE_EDGE`. */
  readonly op: Scalars['String']['input'];
  /** The id of a node; of an edge, for `REMOVE_EDGE`, unless it is named by kind, from, to and key. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** The kind of edge, such as `MEMBER_OF`, or of node, such as `User`. */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** Edges: where it leaves. */
  readonly from?: InputMaybe<Scalars['ID']['input']>;
  /** Edges: where it arrives. */
  readonly to?: InputMaybe<Scalars['ID']['input']>;
  /** Edges: what tells parallel ones apart. `REMOVE_EDGE` without one means all of the kind between the two. */
  readonly key?: InputMaybe<Scalars['String']['input']>;
  /** The other fields. */
  readonly properties?: InputMaybe<Scalars['JSON']['input']>;
};

/**
 * What two graphs differ in. Counted once for each (identity, resource, action pattern) that is ALLOWED or CONDITIONAL on one side only;
 * CONDITIONAL becoming ALLOWED is gained, the reverse lost. Disabled identities count too.
 */
export type AccessDelta = {
  readonly __typename?: 'AccessDelta';
  /** How many were gained. 2147483647 stands for that many or more. */
  readonly gainedCount: Scalars['Int']['output'];
  /** How many were lost. 2147483647 stands for that many or more. */
  readonly lostCount: Scalars['Int']['output'];
  /** Patterns that are listed as before, with other exceptions: neither gained nor lost, and yet not the same. */
  readonly alteredCount: Scalars['Int']['output'];
  /** What was gained, by identity, then resource: as it is afterwards. */
  readonly gained: ReadonlyArray<Access>;
  /** What was lost: as it was before. */
  readonly lost: ReadonlyArray<Access>;
  /** What has other exceptions: as it is afterwards. */
  readonly altered: ReadonlyArray<Access>;
  /** False when the time was up; then incompleteBecause says how far the counts go. */
  readonly complete: Scalars['Boolean']['output'];
  /** How far it came. */
  readonly incompleteBecause?: Maybe<Scalars['String']['output']>;
  /** The version of the graph that this was computed on, or leads to. */
  readonly version: Scalars['Int']['output'];
};


/**
 * What two graphs differ in. Counted once for each (identity, resource, action pattern) that is ALLOWED or CONDITIONAL on one side only;
 * CONDITIONAL becoming ALLOWED is gained, the reverse lost. Disabled identities count too.
 */
export type AccessDeltaGainedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * What two graphs differ in. Counted once for each (identity, resource, action pattern) that is ALLOWED or CONDITIONAL on one side only;
 * CONDITIONAL becoming ALLOWED is gained, the reverse lost. Disabled identities count too.
 */
export type AccessDeltaLostArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * What two graphs differ in. Counted once for each (identity, resource, action pattern) that is ALLOWED or CONDITIONAL on one side only;
 * CONDITIONAL becoming ALLOWED is gained, the reverse lost. Disabled identities count too.
 */
export type AccessDeltaAlteredArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessDecision: ResolverTypeWrapper<engine.AccessDecision>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Access: ResolverTypeWrapper<engine.AccessRow>;
  AccessPath: ResolverTypeWrapper<engine.AccessPath>;
  TimeWindow: ResolverTypeWrapper<TimeWindow>;
  AccessExplanation: ResolverTypeWrapper<shapes.Explained>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Change: ResolverTypeWrapper<shapes.ProposedStep>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CentralityMeasure: CentralityMeasure;
  AnalysisImplementation: ResolverTypeWrapper<engine.Implementation>;
  CentralityScore: ResolverTypeWrapper<shapes.Ranked>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PageInfo: ResolverTypeWrapper<engine.Page<unknown>>;
  EntityConnection: ResolverTypeWrapper<engine.Page<engine.Entity>>;
  EntityEdge: ResolverTypeWrapper<shapes.Item<engine.Entity>>;
  GraphEdgeConnection: ResolverTypeWrapper<engine.Page<engine.EdgeRecord>>;
  GraphEdgeItem: ResolverTypeWrapper<shapes.Item<engine.EdgeRecord>>;
  AccessConnection: ResolverTypeWrapper<engine.Page<engine.AccessRow>>;
  AccessEdge: ResolverTypeWrapper<shapes.Item<engine.AccessRow>>;
  AccessPathConnection: ResolverTypeWrapper<engine.Page<engine.AccessPath>>;
  AccessPathEdge: ResolverTypeWrapper<shapes.Item<engine.AccessPath>>;
  FindingKind: FindingKind;
  RemedyEffect: RemedyEffect;
  Finding: ResolverTypeWrapper<engine.ListedFinding>;
  FindingDismissal: ResolverTypeWrapper<engine.Dismissal>;
  FindingConnection: ResolverTypeWrapper<engine.FindingsPage>;
  FindingEdge: ResolverTypeWrapper<shapes.Item<engine.ListedFinding>>;
  HubRanking: HubRanking;
  PrivilegeHub: ResolverTypeWrapper<shapes.RankedHub>;
  CriticalEdge: ResolverTypeWrapper<shapes.CriticalEdge>;
  Sensitivity: ResolverTypeWrapper<engine.HubsAnswer>;
  SensitivityRule: ResolverTypeWrapper<SensitivityRule>;
  NodeKind: null;
  EdgeKind: EdgeKind;
  Reach: Reach;
  Decision: Decision;
  Node: ResolverTypeWrapper<engine.Entity>;
  Entity: ResolverTypeWrapper<engine.Entity>;
  User: ResolverTypeWrapper<engine.Entity>;
  ServiceAccount: ResolverTypeWrapper<engine.Entity>;
  Group: ResolverTypeWrapper<engine.Entity>;
  Role: ResolverTypeWrapper<engine.Entity>;
  Resource: ResolverTypeWrapper<engine.Entity>;
  GraphEdge: ResolverTypeWrapper<engine.EdgeRecord>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  GraphSummary: ResolverTypeWrapper<engine.GraphSummary>;
  SourceStatus: ResolverTypeWrapper<shapes.SourceStatus>;
  Revocation: ResolverTypeWrapper<engine.Revocation>;
  Repair: ResolverTypeWrapper<engine.Repair>;
  Revocations: ResolverTypeWrapper<engine.RevocationAnswer>;
  RevocationCosts: RevocationCosts;
  ChokePoints: ResolverTypeWrapper<engine.ChokePoints>;
  ChokeNode: ResolverTypeWrapper<shapes.ChokeNode>;
  ChokeEdge: ResolverTypeWrapper<shapes.ChokeEdge>;
  RunAnalysis: RunAnalysis;
  RunState: RunState;
  Run: ResolverTypeWrapper<engine.Run>;
  RunProgress: ResolverTypeWrapper<RunProgress>;
  RunFailure: ResolverTypeWrapper<RunFailure>;
  RunDiff: ResolverTypeWrapper<engine.RunDiff>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  AccessScope: AccessScope;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  AccessChange: ResolverTypeWrapper<engine.AccessChange>;
  ChangeInput: ChangeInput;
  AccessDelta: ResolverTypeWrapper<engine.AccessDelta>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessDecision: engine.AccessDecision;
  String: Scalars['String']['output'];
  Access: engine.AccessRow;
  AccessPath: engine.AccessPath;
  TimeWindow: TimeWindow;
  AccessExplanation: shapes.Explained;
  Boolean: Scalars['Boolean']['output'];
  Change: shapes.ProposedStep;
  ID: Scalars['ID']['output'];
  CentralityScore: shapes.Ranked;
  Float: Scalars['Float']['output'];
  PageInfo: engine.Page<unknown>;
  EntityConnection: engine.Page<engine.Entity>;
  EntityEdge: shapes.Item<engine.Entity>;
  GraphEdgeConnection: engine.Page<engine.EdgeRecord>;
  GraphEdgeItem: shapes.Item<engine.EdgeRecord>;
  AccessConnection: engine.Page<engine.AccessRow>;
  AccessEdge: shapes.Item<engine.AccessRow>;
  AccessPathConnection: engine.Page<engine.AccessPath>;
  AccessPathEdge: shapes.Item<engine.AccessPath>;
  Finding: engine.ListedFinding;
  FindingDismissal: engine.Dismissal;
  FindingConnection: engine.FindingsPage;
  FindingEdge: shapes.Item<engine.ListedFinding>;
  PrivilegeHub: shapes.RankedHub;
  CriticalEdge: shapes.CriticalEdge;
  Sensitivity: engine.HubsAnswer;
  SensitivityRule: SensitivityRule;
  Node: engine.Entity;
  Entity: engine.Entity;
  User: engine.Entity;
  ServiceAccount: engine.Entity;
  Group: engine.Entity;
  Role: engine.Entity;
  Resource: engine.Entity;
  GraphEdge: engine.EdgeRecord;
  Query: Record<PropertyKey, never>;
  GraphSummary: engine.GraphSummary;
  SourceStatus: shapes.SourceStatus;
  Revocation: engine.Revocation;
  Repair: engine.Repair;
  Revocations: engine.RevocationAnswer;
  RevocationCosts: RevocationCosts;
  ChokePoints: engine.ChokePoints;
  ChokeNode: shapes.ChokeNode;
  ChokeEdge: shapes.ChokeEdge;
  Run: engine.Run;
  RunProgress: RunProgress;
  RunFailure: RunFailure;
  RunDiff: engine.RunDiff;
  Mutation: Record<PropertyKey, never>;
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  AccessScope: AccessScope;
  Subscription: Record<PropertyKey, never>;
  AccessChange: engine.AccessChange;
  ChangeInput: ChangeInput;
  AccessDelta: engine.AccessDelta;
  Int: Scalars['Int']['output'];
};

export type AtVersionDirectiveArgs = {
  version: Scalars['Int']['input'];
};

export type AtVersionDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = AtVersionDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccessDecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessDecision'] = ResolversParentTypes['AccessDecision']> = {
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Access'] = ResolversParentTypes['Access']> = {
  identity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  actions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  exceptions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
};

export type AccessPathResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPath'] = ResolversParentTypes['AccessPath']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TimeWindowResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TimeWindow'] = ResolversParentTypes['TimeWindow']> = {
  from?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AccessExplanationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessExplanation'] = ResolversParentTypes['AccessExplanation']> = {
  identity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sentences?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  paths?: Resolver<ReadonlyArray<ResolversTypes['AccessPath']>, ParentType, ContextType>;
  pathCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pathCountText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  validWindows?: Resolver<ReadonlyArray<ResolversTypes['TimeWindow']>, ParentType, ContextType>;
  chokeEdges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  revocation?: Resolver<Maybe<ResolversTypes['Revocation']>, ParentType, ContextType>;
  denials?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  grantOptions?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  op?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type AnalysisImplementationResolvers = { OURS: 'ours', GRAPHOLOGY: 'graphology', GRAPH_DATA_SCIENCE: 'graph-data-science' };

export type CentralityScoreResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CentralityScore'] = ResolversParentTypes['CentralityScore']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  implementation?: Resolver<ResolversTypes['AnalysisImplementation'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EntityConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EntityConnection'] = ResolversParentTypes['EntityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EntityEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EntityEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EntityEdge'] = ResolversParentTypes['EntityEdge']> = {
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GraphEdgeConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GraphEdgeConnection'] = ResolversParentTypes['GraphEdgeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdgeItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GraphEdgeItemResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GraphEdgeItem'] = ResolversParentTypes['GraphEdgeItem']> = {
  node?: Resolver<ResolversTypes['GraphEdge'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessConnection'] = ResolversParentTypes['AccessConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccessEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessEdge'] = ResolversParentTypes['AccessEdge']> = {
  node?: Resolver<ResolversTypes['Access'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessPathConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPathConnection'] = ResolversParentTypes['AccessPathConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessPathEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccessPathEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPathEdge'] = ResolversParentTypes['AccessPathEdge']> = {
  node?: Resolver<ResolversTypes['AccessPath'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FindingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FindingKind'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rationale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entities?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  remedy?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  remedyEffect?: Resolver<ResolversTypes['RemedyEffect'], ParentType, ContextType>;
  dismissal?: Resolver<Maybe<ResolversTypes['FindingDismissal']>, ParentType, ContextType>;
};

export type FindingDismissalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FindingDismissal'] = ResolversParentTypes['FindingDismissal']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dismissedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  notes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FindingEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FindingEdge'] = ResolversParentTypes['FindingEdge']> = {
  node?: Resolver<ResolversTypes['Finding'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PrivilegeHubResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PrivilegeHub'] = ResolversParentTypes['PrivilegeHub']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resources?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposure?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  weightedExposure?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  exclusivePairs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightedImpact?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  redundancy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  blastRadius?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CriticalEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CriticalEdge'] = ResolversParentTypes['CriticalEdge']> = {
  edge?: Resolver<ResolversTypes['GraphEdge'], ParentType, ContextType>;
  exclusivePairs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightedImpact?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SensitivityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Sensitivity'] = ResolversParentTypes['Sensitivity']> = {
  known?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  resources?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['SensitivityRule']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SensitivityRuleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SensitivityRule'] = ResolversParentTypes['SensitivityRule']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  builtIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  resources?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NodeKindResolvers = { USER: 'User', SERVICE_ACCOUNT: 'ServiceAccount', GROUP: 'Group', ROLE: 'Role', RESOURCE: 'Resource' };

export type NodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'User' | 'ServiceAccount' | 'Group' | 'Role' | 'Resource', ParentType, ContextType>;
};

export type EntityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Entity'] = ResolversParentTypes['Entity']> = {
  __resolveType: TypeResolveFn<'User' | 'ServiceAccount' | 'Group' | 'Role' | 'Resource', ParentType, ContextType>;
};

export type UserResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employeeType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manager?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<UserOutgoingArgs>>;
  incoming?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<UserIncomingArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ServiceAccountResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ServiceAccount'] = ResolversParentTypes['ServiceAccount']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<ServiceAccountOutgoingArgs>>;
  incoming?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<ServiceAccountIncomingArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  distinguishedName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<GroupOutgoingArgs>>;
  incoming?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<GroupIncomingArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  definition?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<RoleOutgoingArgs>>;
  incoming?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<RoleIncomingArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResourceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Resource'] = ResolversParentTypes['Resource']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  resourceType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sensitivity?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<ResourceOutgoingArgs>>;
  incoming?: Resolver<ResolversTypes['GraphEdgeConnection'], ParentType, ContextType, Partial<ResourceIncomingArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GraphEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GraphEdge'] = ResolversParentTypes['GraphEdge']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EdgeKind'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  actions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  exceptActions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  effect?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  inherit?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  technique?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  useCount?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  edge?: Resolver<Maybe<ResolversTypes['GraphEdge']>, ParentType, ContextType, RequireFields<QueryEdgeArgs, 'id'>>;
  search?: Resolver<ResolversTypes['EntityConnection'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'text'>>;
  graph?: Resolver<ResolversTypes['GraphSummary'], ParentType, ContextType>;
  check?: Resolver<ResolversTypes['AccessDecision'], ParentType, ContextType, RequireFields<QueryCheckArgs, 'identity' | 'action' | 'resource'>>;
  accessOf?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<QueryAccessOfArgs, 'identity'>>;
  whoCan?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<QueryWhoCanArgs, 'action' | 'resource'>>;
  accessPaths?: Resolver<ResolversTypes['AccessPathConnection'], ParentType, ContextType, RequireFields<QueryAccessPathsArgs, 'identity' | 'resource'>>;
  whyHasAccess?: Resolver<ResolversTypes['AccessExplanation'], ParentType, ContextType, RequireFields<QueryWhyHasAccessArgs, 'identity' | 'action' | 'resource'>>;
  whatIf?: Resolver<ResolversTypes['AccessDelta'], ParentType, ContextType, RequireFields<QueryWhatIfArgs, 'changes'>>;
  accessDiff?: Resolver<ResolversTypes['AccessDelta'], ParentType, ContextType, RequireFields<QueryAccessDiffArgs, 'fromVersion' | 'toVersion'>>;
  revocations?: Resolver<ResolversTypes['Revocations'], ParentType, ContextType, RequireFields<QueryRevocationsArgs, 'identities' | 'action'>>;
  chokePoints?: Resolver<ResolversTypes['ChokePoints'], ParentType, ContextType, RequireFields<QueryChokePointsArgs, 'resource'>>;
  centrality?: Resolver<ReadonlyArray<ResolversTypes['CentralityScore']>, ParentType, ContextType, RequireFields<QueryCentralityArgs, 'measure'>>;
  privilegeHubs?: Resolver<ReadonlyArray<ResolversTypes['PrivilegeHub']>, ParentType, ContextType, Partial<QueryPrivilegeHubsArgs>>;
  criticalEdges?: Resolver<ReadonlyArray<ResolversTypes['CriticalEdge']>, ParentType, ContextType, Partial<QueryCriticalEdgesArgs>>;
  sensitivity?: Resolver<ResolversTypes['Sensitivity'], ParentType, ContextType, Partial<QuerySensitivityArgs>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, Partial<QueryFindingsArgs>>;
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType, RequireFields<QueryFindingArgs, 'id'>>;
  runs?: Resolver<ReadonlyArray<ResolversTypes['Run']>, ParentType, ContextType, Partial<QueryRunsArgs>>;
  run?: Resolver<ResolversTypes['Run'], ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  runDiff?: Resolver<ResolversTypes['RunDiff'], ParentType, ContextType, RequireFields<QueryRunDiffArgs, 'from' | 'to'>>;
};

export type GraphSummaryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GraphSummary'] = ResolversParentTypes['GraphSummary']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodeCounts?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  edgeCounts?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  membershipCycles?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  danglingEdges?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceStatusResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SourceStatus'] = ResolversParentTypes['SourceStatus']> = {
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  edges?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  loadedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RevocationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Revocation'] = ResolversParentTypes['Revocation']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  collateral?: Resolver<ResolversTypes['AccessDelta'], ParentType, ContextType>;
  repair?: Resolver<Maybe<ResolversTypes['Repair']>, ParentType, ContextType>;
};

export type RepairResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Repair'] = ResolversParentTypes['Repair']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RevocationsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Revocations'] = ResolversParentTypes['Revocations']> = {
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['Revocation']>, ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uncuttable?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChokePointsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChokePoints'] = ResolversParentTypes['ChokePoints']> = {
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ChokeNode']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChokeEdge']>, ParentType, ContextType>;
  nodeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  edgeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChokeNodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChokeNode'] = ResolversParentTypes['ChokeNode']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChokeEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChokeEdge'] = ResolversParentTypes['ChokeEdge']> = {
  edge?: Resolver<ResolversTypes['GraphEdge'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  analysis?: Resolver<ResolversTypes['RunAnalysis'], ParentType, ContextType>;
  parameters?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunState'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['RunProgress']>, ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  itemCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['RunFailure']>, ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType, Partial<RunItemsArgs>>;
};

export type RunProgressResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RunProgress'] = ResolversParentTypes['RunProgress']> = {
  stage?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RunFailureResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RunFailure'] = ResolversParentTypes['RunFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RunDiffResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RunDiff'] = ResolversParentTypes['RunDiff']> = {
  from?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
  addedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  added?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType>;
  removed?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType>;
  changed?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  runAnalysis?: Resolver<ResolversTypes['Run'], ParentType, ContextType, RequireFields<MutationRunAnalysisArgs, 'analysis'>>;
  cancelRun?: Resolver<ResolversTypes['Run'], ParentType, ContextType, RequireFields<MutationCancelRunArgs, 'id'>>;
  dismissFinding?: Resolver<ResolversTypes['Finding'], ParentType, ContextType, RequireFields<MutationDismissFindingArgs, 'id' | 'reason'>>;
  restoreFinding?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationRestoreFindingArgs, 'id'>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type SubscriptionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  accessChanged?: SubscriptionResolver<ResolversTypes['AccessChange'], "accessChanged", ParentType, ContextType, Partial<SubscriptionAccessChangedArgs>>;
  runProgress?: SubscriptionResolver<ResolversTypes['Run'], "runProgress", ParentType, ContextType, RequireFields<SubscriptionRunProgressArgs, 'id'>>;
};

export type AccessChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessChange'] = ResolversParentTypes['AccessChange']> = {
  fromVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delta?: Resolver<ResolversTypes['AccessDelta'], ParentType, ContextType>;
};

export type AccessDeltaResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessDelta'] = ResolversParentTypes['AccessDelta']> = {
  gainedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lostCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  alteredCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gained?: Resolver<ReadonlyArray<ResolversTypes['Access']>, ParentType, ContextType, RequireFields<AccessDeltaGainedArgs, 'first'>>;
  lost?: Resolver<ReadonlyArray<ResolversTypes['Access']>, ParentType, ContextType, RequireFields<AccessDeltaLostArgs, 'first'>>;
  altered?: Resolver<ReadonlyArray<ResolversTypes['Access']>, ParentType, ContextType, RequireFields<AccessDeltaAlteredArgs, 'first'>>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  incompleteBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  AccessDecision?: AccessDecisionResolvers<ContextType>;
  Access?: AccessResolvers<ContextType>;
  AccessPath?: AccessPathResolvers<ContextType>;
  TimeWindow?: TimeWindowResolvers<ContextType>;
  AccessExplanation?: AccessExplanationResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  AnalysisImplementation?: AnalysisImplementationResolvers;
  CentralityScore?: CentralityScoreResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  EntityConnection?: EntityConnectionResolvers<ContextType>;
  EntityEdge?: EntityEdgeResolvers<ContextType>;
  GraphEdgeConnection?: GraphEdgeConnectionResolvers<ContextType>;
  GraphEdgeItem?: GraphEdgeItemResolvers<ContextType>;
  AccessConnection?: AccessConnectionResolvers<ContextType>;
  AccessEdge?: AccessEdgeResolvers<ContextType>;
  AccessPathConnection?: AccessPathConnectionResolvers<ContextType>;
  AccessPathEdge?: AccessPathEdgeResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingDismissal?: FindingDismissalResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  PrivilegeHub?: PrivilegeHubResolvers<ContextType>;
  CriticalEdge?: CriticalEdgeResolvers<ContextType>;
  Sensitivity?: SensitivityResolvers<ContextType>;
  SensitivityRule?: SensitivityRuleResolvers<ContextType>;
  NodeKind?: NodeKindResolvers;
  Node?: NodeResolvers<ContextType>;
  Entity?: EntityResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  ServiceAccount?: ServiceAccountResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  Resource?: ResourceResolvers<ContextType>;
  GraphEdge?: GraphEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  GraphSummary?: GraphSummaryResolvers<ContextType>;
  SourceStatus?: SourceStatusResolvers<ContextType>;
  Revocation?: RevocationResolvers<ContextType>;
  Repair?: RepairResolvers<ContextType>;
  Revocations?: RevocationsResolvers<ContextType>;
  ChokePoints?: ChokePointsResolvers<ContextType>;
  ChokeNode?: ChokeNodeResolvers<ContextType>;
  ChokeEdge?: ChokeEdgeResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunProgress?: RunProgressResolvers<ContextType>;
  RunFailure?: RunFailureResolvers<ContextType>;
  RunDiff?: RunDiffResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Subscription?: SubscriptionResolvers<ContextType>;
  AccessChange?: AccessChangeResolvers<ContextType>;
  AccessDelta?: AccessDeltaResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = RequestContext> = {
  atVersion?: AtVersionDirectiveResolver<any, any, ContextType>;
};
