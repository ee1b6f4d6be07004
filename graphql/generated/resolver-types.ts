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

/** What a grant conveys: an action, or pattern of actions, on a resource. */
export type Entitlement = {
  readonly __typename?: 'Entitlement';
  /** An action, or a pattern in which `*` matches any run of characters. */
  readonly action: Scalars['String']['output'];
  /** The resource that the grant names. */
  readonly resource: Entity;
  /** Patterns taken out of it. */
  readonly exceptActions: ReadonlyArray<Scalars['String']['output']>;
  /** True when it reaches what the resource contains. */
  readonly inherit: Scalars['Boolean']['output'];
};

/** An entitlement, and how much of a group holds it. */
export type EntitlementShare = {
  readonly __typename?: 'EntitlementShare';
  /** What is held. */
  readonly entitlement: Entitlement;
  /** Share of the group that holds it, in [0, 1]. */
  readonly share: Scalars['Float']['output'];
  /** Share of everybody else who holds something. */
  readonly elsewhere: Scalars['Float']['output'];
};

/** Groups of identities that hold much the same, and how firm they are. */
export type RoleClustering = {
  readonly __typename?: 'RoleClustering';
  /** Newman modularity of the partition on the weighted projection, as reported by the algorithm. */
  readonly modularity: Scalars['Float']['output'];
  /** The largest first; without a group of one each that holds nothing. */
  readonly clusters: ReadonlyArray<RoleCluster>;
  /** The resolution that was asked for, or chosen. */
  readonly resolution: Scalars['Float']['output'];
  /** Resolutions that were tried; none where one was asked for. */
  readonly sweep: ReadonlyArray<ResolutionStep>;
  /** Mean adjusted Rand index between the runs with different seeds: 1 when the seed makes no difference. */
  readonly stability: Scalars['Float']['output'];
  /** True when what the runs agree on is told; false when it is the best of them. */
  readonly consensus: Scalars['Boolean']['output'];
  /** Identities in groups. */
  readonly identities: Scalars['Int']['output'];
  /** Enabled identities that hold nothing: they are in no group. */
  readonly without: Scalars['Int']['output'];
  /** Why there are no groups, where there are none. */
  readonly because?: Maybe<Scalars['String']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** A resolution that was tried. */
export type ResolutionStep = {
  readonly __typename?: 'ResolutionStep';
  /** The higher, the smaller the groups. */
  readonly resolution: Scalars['Float']['output'];
  /** How many groups there were. */
  readonly clusters: Scalars['Int']['output'];
  /** Mean adjusted Rand index between runs of different seeds. */
  readonly bySeed: Scalars['Float']['output'];
  /** The same with the resolutions before and after. */
  readonly byResolution: Scalars['Float']['output'];
};

/** Identities that hold much the same. */
export type RoleCluster = {
  readonly __typename?: 'RoleCluster';
  /** Follows from who is in it. */
  readonly id: Scalars['ID']['output'];
  /** What it may be called: by attributes of its members, or by what they hold and few others do. */
  readonly label: Scalars['String']['output'];
  /** Who is in it, in the order of ids. */
  readonly members: ReadonlyArray<Entity>;
  /** How many are in it. */
  readonly size: Scalars['Int']['output'];
  /** Attributes that tell it from others, with how well they do; null where they tell nothing. */
  readonly attributes?: Maybe<ClusterAttributes>;
  /** How well it is found again in runs with other seeds: mean Jaccard index, in (0, 1]. */
  readonly stability: Scalars['Float']['output'];
  /** Entitlements that most members hold, with the share that does. Those that tell the group from others best come first; the first 50 grants. */
  readonly signature: ReadonlyArray<EntitlementShare>;
  /** How many grants that half of it or more hold. */
  readonly signatureCount: Scalars['Int']['output'];
  /** What members lack that four fifths of the group hold; the first 100. */
  readonly lacking: ReadonlyArray<ClusterDifference>;
  /** How many such differences there are. 2147483647 stands for that many or more. */
  readonly lackingCount: Scalars['Int']['output'];
  /** What members hold that at most a tenth of the group hold; the first 100. */
  readonly beyond: ReadonlyArray<ClusterDifference>;
  /** How many such differences there are. 2147483647 stands for that many or more. */
  readonly beyondCount: Scalars['Int']['output'];
  /** False for groups of fewer than five: then nobody is said to lack or to have what others do not. */
  readonly isEnough: Scalars['Boolean']['output'];
};

/** Attributes that tell a group from others. */
export type ClusterAttributes = {
  readonly __typename?: 'ClusterAttributes';
  /** One value, or two of different attributes. */
  readonly terms: ReadonlyArray<AttributeValue>;
  /** Of the identities that have these values, the share that is in the group. */
  readonly precision: Scalars['Float']['output'];
  /** Of the group, the share that has them. */
  readonly recall: Scalars['Float']['output'];
};

/** A value of an attribute. */
export type AttributeValue = {
  readonly __typename?: 'AttributeValue';
  /** The attribute's name. */
  readonly attribute: Scalars['String']['output'];
  /** Its value, as text. */
  readonly value: Scalars['String']['output'];
};

/** Somebody who differs from her group. */
export type ClusterDifference = {
  readonly __typename?: 'ClusterDifference';
  /** Who. */
  readonly identity: Entity;
  /** In what. */
  readonly entitlement: GrantedEntitlement;
  /** Share of the group that holds it. */
  readonly share: Scalars['Float']['output'];
  /** Entitlements in which she differs alike, this one among them. */
  readonly together: Scalars['Int']['output'];
};

/** What an allowing grant conveys, all of it. */
export type GrantedEntitlement = {
  readonly __typename?: 'GrantedEntitlement';
  /** Patterns, sorted. */
  readonly actions: ReadonlyArray<Scalars['String']['output']>;
  /** Patterns taken out of them. */
  readonly exceptActions: ReadonlyArray<Scalars['String']['output']>;
  /** The resource that the grant names. */
  readonly resource: Entity;
  /** True when it reaches what the resource contains. */
  readonly inherit: Scalars['Boolean']['output'];
};

/** Nodes of the same kind that stand alike in the graph of access. Near nodes are no proof of anything. */
export type SimilarNodes = {
  readonly __typename?: 'SimilarNodes';
  /** The most alike first, equal ones by id. */
  readonly nodes: ReadonlyArray<SimilarNode>;
  /** How many nodes of its kind it was compared with. */
  readonly compared: Scalars['Int']['output'];
  /** Why nothing is like it, where nothing is. */
  readonly because?: Maybe<Scalars['String']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** A node that is like the one that was asked about. */
export type SimilarNode = {
  readonly __typename?: 'SimilarNode';
  /** The node. */
  readonly entity: Entity;
  /** Cosine of the two embeddings, above 0 and at most 1. */
  readonly likeness: Scalars['Float']['output'];
  /** What both are joined to, what fewest are joined to first; the first five. */
  readonly shared: ReadonlyArray<Entity>;
  /** How many nodes both are joined to. */
  readonly sharedCount: Scalars['Int']['output'];
  /** How many either is joined to. */
  readonly eitherCount: Scalars['Int']['output'];
};

/** Nodes on a plane on which those that stand alike are near. */
export type AccessMap = {
  readonly __typename?: 'AccessMap';
  /** In the order of ids. */
  readonly places: ReadonlyArray<MapPlace>;
  /** Nodes that have a place. Where there are more than were asked for, those told are spread evenly. */
  readonly count: Scalars['Int']['output'];
  /** Share of what tells nodes apart that the axis x shows, and y. */
  readonly explained: ReadonlyArray<Scalars['Float']['output']>;
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** Where a node lies. */
export type MapPlace = {
  readonly __typename?: 'MapPlace';
  /** The node. */
  readonly entity: Entity;
  /** From -1 to 1. */
  readonly x: Scalars['Float']['output'];
  /** From -1 to 1. */
  readonly y: Scalars['Float']['output'];
};

/** How outliers are found. */
export type OutlierMethod =
  /** Embarrassingly shallow autoencoder (Steck 2019). */
  | 'EASE'
  /** Three-step random walks with popularity taken out (Paudel et al. 2017). */
  | 'RP3BETA';

/** Holdings that nothing else their holders have explains. */
export type Outliers = {
  readonly __typename?: 'Outliers';
  /** The least explained first. */
  readonly outliers: ReadonlyArray<Outlier>;
  /** The method that was used. */
  readonly method: OutlierMethod;
  /** Why this one. */
  readonly because: Scalars['String']['output'];
  /** How the methods did that were tried: wrong holdings were put into this very graph, and looked for. */
  readonly checks: ReadonlyArray<OutlierCheck>;
  /** False when too little could be tried: then no chance is told. */
  readonly calibrated: Scalars['Boolean']['output'];
  /** False when the list tells hardly more than one by chance. */
  readonly isTelling: Scalars['Boolean']['output'];
  /** Holdings that were judged. 2147483647 stands for that many or more. */
  readonly judged: Scalars['Int']['output'];
  /** Holdings with too little evidence to be judged. 2147483647 stands for that many or more. */
  readonly undecided: Scalars['Int']['output'];
  /** Identities all of whose holdings have too little evidence. */
  readonly identitiesUndecided: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** A holding that nothing else its holder has explains. */
export type Outlier = {
  readonly __typename?: 'Outlier';
  /** Who holds it. */
  readonly identity: Entity;
  /** What is held. */
  readonly entitlement: GrantedEntitlement;
  /** Entitlements that the same identities hold, this one among them. */
  readonly together: Scalars['Int']['output'];
  /** The lower, the less explained. */
  readonly score: Scalars['Float']['output'];
  /** Of holdings that score so, the share that is wrong where one in a hundred is; null where that is not known. */
  readonly chance?: Maybe<Scalars['Float']['output']>;
  /** What else the holder has whose other holders mostly have it too; the first three. */
  readonly speakFor: ReadonlyArray<OutlierReason>;
  /** What else the holder has whose other holders mostly do not have it; the first three. */
  readonly speakAgainst: ReadonlyArray<OutlierReason>;
  /** What the holder does not have, and most who have it do; the first three. */
  readonly missing: ReadonlyArray<OutlierReason>;
};

/** What speaks for a holding or against it. */
export type OutlierReason = {
  readonly __typename?: 'OutlierReason';
  /** The other entitlement. */
  readonly entitlement: GrantedEntitlement;
  /** Entitlements that the same identities hold, that one among them. */
  readonly together: Scalars['Int']['output'];
  /** Of so many other identities, */
  readonly holders: Scalars['Int']['output'];
  /** so many hold both. */
  readonly alsoHold: Scalars['Int']['output'];
};

/** How a method did in a trial. */
export type OutlierCheck = {
  readonly __typename?: 'OutlierCheck';
  /** The method. */
  readonly method: OutlierMethod;
  /** The chance that a wrong holding stands out more than a given one, of those with evidence enough. */
  readonly auc: Scalars['Float']['output'];
  /** The same over all holdings. */
  readonly aucOfAll: Scalars['Float']['output'];
  /** Average precision of the list, with one in a hundred holdings wrong. */
  readonly averagePrecision: Scalars['Float']['output'];
  /** Wrong holdings that were put in. */
  readonly injected: Scalars['Int']['output'];
  /** Those of them that were judged. */
  readonly judged: Scalars['Int']['output'];
};

/** A model that a run has trained, held against the newest version. */
export type Model = {
  readonly __typename?: 'Model';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What it is for: `OUTLIERS`, `CLUSTERS`, `EMBEDDING` or `RISK`. */
  readonly kind: Scalars['String']['output'];
  /** The version of the graph that it was trained on. */
  readonly trainedAtVersion: Scalars['Int']['output'];
  /** When it was trained. */
  readonly trainedAt: Scalars['DateTime']['output'];
  /** The id of the run that trained it. */
  readonly run: Scalars['ID']['output'];
  /** By name. */
  readonly hyperParameters: Scalars['JSON']['output'];
  /** Figures of its quality, by name. */
  readonly evaluation: Scalars['JSON']['output'];
  /** How far its features have moved since, the one that moved most first. */
  readonly drift: ReadonlyArray<FeatureDrift>;
  /** The version that it is held against. */
  readonly version: Scalars['Int']['output'];
};

/** How far a feature has moved since a model was trained. */
export type FeatureDrift = {
  readonly __typename?: 'FeatureDrift';
  /** The feature. */
  readonly name: Scalars['String']['output'];
  /** Population stability index, 0 or above. */
  readonly index: Scalars['Float']['output'];
  /** `STABLE` below 0.1, `CHANGED` from 0.25 on, `SHIFTED` between. */
  readonly level: Scalars['String']['output'];
  /** How many values there were. */
  readonly trainedOn: Scalars['Int']['output'];
  /** How many there are. */
  readonly presentOn: Scalars['Int']['output'];
};

/** What a plan is to do. */
export type PlanOptions = {
  /** What is best; default `LEAST_COMPLEXITY`. `LEAST_CHANGE` weighs an edit as much as a unit of complexity. */
  readonly objective?: InputMaybe<PlanObjective>;
  /** In place of an objective: what one edit costs against one unit of structural complexity, from 0 up. */
  readonly price?: InputMaybe<Scalars['Float']['input']>;
  /** Limit to what is reachable from, or held by, these nodes. */
  readonly scope?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Roles the plan may not touch. */
  readonly keep?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Share of the present access the plan may leave as direct exceptions, in [0, 1]. */
  readonly exceptionShare?: InputMaybe<Scalars['Float']['input']>;
  /** True: no role may hold something of both sides of a rule of duties that the server was started with. */
  readonly separateDuties?: InputMaybe<Scalars['Boolean']['input']>;
  /** What was agreed that may be lost or gained. Nothing else changes about who can do what. */
  readonly exceptions?: InputMaybe<ReadonlyArray<AgreedExceptionInput>>;
  /** At most so many entitlements in a role. */
  readonly maxEntitlementsPerRole?: InputMaybe<Scalars['Int']['input']>;
  /** At most so many roles for an identity. */
  readonly maxRolesPerIdentity?: InputMaybe<Scalars['Int']['input']>;
  /** The same seed with the same iterations gives the same plan. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
  /** Milliseconds of search in all; default from 3,000 to 20,000, by what is held in scope. */
  readonly deadline?: InputMaybe<Scalars['Int']['input']>;
  /** In place of a deadline: steps of each search. */
  readonly iterations?: InputMaybe<Scalars['Int']['input']>;
};

/** A plan from the roles as they are to better ones: nobody gains or loses anything by it, at the end or midway. */
export type RoleRestructurePlan = {
  readonly __typename?: 'RoleRestructurePlan';
  /** Follows from all the rest. */
  readonly id: Scalars['ID']['output'];
  /** What becomes of which role. */
  readonly roles: ReadonlyArray<PlannedRole>;
  /** The roles as they are. */
  readonly before: RoleMetrics;
  /** The roles as they are to be. */
  readonly after: RoleMetrics;
  /** The batch of changes that carries the plan out, in a safe order: additions first. */
  readonly changes: ReadonlyArray<Change>;
  /** The same in steps. After each of them everybody has what he had, and each can be taken back. */
  readonly steps: ReadonlyArray<PlanStep>;
  /** What the plan would change about who can do what, computed by the engine, not by the planner. Empty when exact, else what was agreed. */
  readonly delta: AccessDelta;
  /** What was looked at to prove that. */
  readonly proof: PlanProof;
  /** Assignments, grants, inclusions and roles that come or go. */
  readonly edits: Scalars['Int']['output'];
  /** What is plainly too much in the roles as they are; of each kind the first 200. */
  readonly detected: ReadonlyArray<PlanDetection>;
  /** Why roles of the graph stay as they are, and how many for each reason. */
  readonly anchored: Scalars['JSON']['output'];
  /** Ways to arrange the roles of which none is better than another in everything; empty for a plan that was kept. */
  readonly front: ReadonlyArray<PlanFrontPoint>;
  /** Of duties that were to be kept apart, what no arrangement of roles keeps apart; empty for a plan that was kept. */
  readonly duties: ReadonlyArray<PlannedDuty>;
  /** What was agreed that may be lost or gained. */
  readonly exceptions: ReadonlyArray<AgreedException>;
  /** Ids of what it was limited to; null for all of the graph. */
  readonly scope?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** The version of the graph that it was made from. */
  readonly version: Scalars['Int']['output'];
};

/** What a plan may change about an access. */
export type AgreedChange =
  /** It may be lost. */
  | 'LOSE'
  /** It may be given. */
  | 'GAIN'
  /** Either. */
  | 'BOTH';

/** What was agreed that a plan may change: one identity, the actions that a pattern matches, a resource and what it contains. */
export type AgreedExceptionInput = {
  /** Id of a user or service account. */
  readonly identity: Scalars['ID']['input'];
  /** An action or a pattern. */
  readonly action: Scalars['String']['input'];
  /** Id of a resource. */
  readonly resource: Scalars['ID']['input'];
  /** What may become of it. */
  readonly may?: InputMaybe<AgreedChange>;
  /** Who has agreed. */
  readonly agreedBy: Scalars['String']['input'];
  /** Why. */
  readonly because: Scalars['String']['input'];
};

/** What was agreed that a plan may change, and what the plan makes of it. */
export type AgreedException = {
  readonly __typename?: 'AgreedException';
  /** Who may lose or gain it. */
  readonly identity: Scalars['ID']['output'];
  /** An action or a pattern. */
  readonly action: Scalars['String']['output'];
  /** Id of the resource. */
  readonly resource: Scalars['ID']['output'];
  /** What may become of it. */
  readonly may: AgreedChange;
  /** Who has agreed. */
  readonly agreedBy: Scalars['String']['output'];
  /** Why. */
  readonly because: Scalars['String']['output'];
  /** True when the plan changes something of it. */
  readonly used: Scalars['Boolean']['output'];
  /** Why nothing of it could be changed, or what to know about it. */
  readonly note?: Maybe<Scalars['String']['output']>;
};

/** What of a rule of duties no arrangement of roles keeps apart. */
export type PlannedDuty = {
  readonly __typename?: 'PlannedDuty';
  /** The name of the rule. */
  readonly rule: Scalars['String']['output'];
  /** Holders in scope that have something of both sides: they are assigned several roles. */
  readonly holderCount: Scalars['Int']['output'];
  /** Ids of the first hundred. */
  readonly holders: ReadonlyArray<Scalars['ID']['output']>;
  /** Entitlements that are of both sides by themselves, in words; the first hundred. */
  readonly undivided: ReadonlyArray<Scalars['String']['output']>;
};

/** What becomes of a role. */
export type RoleFate =
  /** It is as it was in all. */
  | 'KEPT'
  /** It gives something else, or is assigned to others. */
  | 'CHANGED'
  /** It is made. */
  | 'NEW'
  /** It goes. */
  | 'RETIRED';

/** A role of a plan. */
export type PlannedRole = {
  readonly __typename?: 'PlannedRole';
  /** Its id; of a new one, the id that it is to have. */
  readonly id: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** What becomes of it. */
  readonly fate: RoleFate;
  /** The present role that it goes on from, or whose place it takes. */
  readonly basedOn?: Maybe<Entity>;
  /** Who is assigned it, as it is to be; of a role that goes, as it is now. */
  readonly members: ReadonlyArray<Entity>;
  /** What it grants itself. */
  readonly entitlements: ReadonlyArray<Entitlement>;
  /** Ids of roles that it includes. */
  readonly includes: ReadonlyArray<Scalars['ID']['output']>;
  /** Assignments that come. */
  readonly membersAdded: Scalars['Int']['output'];
  /** Assignments that go. */
  readonly membersRemoved: Scalars['Int']['output'];
  /** Grants and inclusions that come. */
  readonly contentsAdded: Scalars['Int']['output'];
  /** Grants and inclusions that go. */
  readonly contentsRemoved: Scalars['Int']['output'];
  /** Why. */
  readonly rationale: Scalars['String']['output'];
};

/** How much there is to look after. Roles that stay for good, and what they hold, are in neither side. */
export type RoleMetrics = {
  readonly __typename?: 'RoleMetrics';
  /** Roles. */
  readonly roles: Scalars['Int']['output'];
  /** Assignments of roles. */
  readonly assignments: Scalars['Int']['output'];
  /** Grants of roles. */
  readonly roleGrants: Scalars['Int']['output'];
  /** Inclusions of roles in roles. */
  readonly hierarchyEdges: Scalars['Int']['output'];
  /** Grants without a role. */
  readonly directGrants: Scalars['Int']['output'];
  /** roles + assignments + role grants + role hierarchy edges + direct grants, each weighted 1 */
  readonly structuralComplexity: Scalars['Int']['output'];
};

/** A step of a plan. */
export type PlanStep = {
  readonly __typename?: 'PlanStep';
  /** What it does. */
  readonly title: Scalars['String']['output'];
  /** How many changes it is. */
  readonly changeCount: Scalars['Int']['output'];
  /** The changes. */
  readonly changes: ReadonlyArray<Change>;
  /** What takes it back. */
  readonly inverse: ReadonlyArray<Change>;
};

/** What was looked at to prove a plan, by the engine and by a second computation that shares nothing with it. */
export type PlanProof = {
  readonly __typename?: 'PlanProof';
  /** The instants: now, and when something begins or ends. */
  readonly instants: ReadonlyArray<Scalars['DateTime']['output']>;
  /** How many instants there are at which something begins or ends. */
  readonly instantsInAll: Scalars['Int']['output'];
  /** Steps after which was looked. */
  readonly steps: Scalars['Int']['output'];
  /** What the engine found, in each reach at each instant. */
  readonly engine: Scalars['JSON']['output'];
  /** How everybody stands before and after, by the second computation: pairs, digests, their Merkle root. */
  readonly twin: Scalars['JSON']['output'];
};

/** Something that is plainly too much in the roles as they are. */
export type PlanDetection = {
  readonly __typename?: 'PlanDetection';
  /** What it is: see docs/restructure.md. */
  readonly kind: Scalars['String']['output'];
  /** Ids of the roles that it is about, the one that could go first. */
  readonly roles: ReadonlyArray<Scalars['ID']['output']>;
  /** The holder, of what is about one. */
  readonly holder?: Maybe<Scalars['ID']['output']>;
  /** How many assignments or grants would go. */
  readonly count: Scalars['Int']['output'];
  /** What is to be done. */
  readonly remedy: Scalars['String']['output'];
};

/** One way to arrange the roles. */
export type PlanFrontPoint = {
  readonly __typename?: 'PlanFrontPoint';
  /** `PRESENT`, `TIDY` (only what is plainly too much goes) or `MINED`. */
  readonly how: Scalars['String']['output'];
  /** Of an edit, of what was mined. */
  readonly price?: Maybe<Scalars['Float']['output']>;
  /** Assignments, grants, inclusions and roles that come or go. */
  readonly edits: Scalars['Int']['output'];
  /** What there would be to look after. */
  readonly metrics: RoleMetrics;
  /** True for the one that the plan leads to. */
  readonly isChosen: Scalars['Boolean']['output'];
};

/** A plan that is kept, in short. */
export type KeptRolePlan = {
  readonly __typename?: 'KeptRolePlan';
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** When it was kept. */
  readonly keptAt: Scalars['DateTime']['output'];
  /** The version of the graph that it was made from. */
  readonly version: Scalars['Int']['output'];
  /** Ids of what it was limited to; null for all of the graph. */
  readonly scope?: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** The roles as they were. */
  readonly before: RoleMetrics;
  /** The roles as they are to be. */
  readonly after: RoleMetrics;
  /** Assignments, grants, inclusions and roles that come or go. */
  readonly edits: Scalars['Int']['output'];
  /** How many steps there are. */
  readonly steps: Scalars['Int']['output'];
};

/** Whether a plan still holds for the graph as it is now. */
export type PlanVerdict =
  /** What is left of it may be carried out. */
  | 'HOLDS'
  /** All of it has been carried out. */
  | 'DONE'
  /** The graph is otherwise than the plan has it. */
  | 'MOVED'
  /** The graph is what it was, and the proof does not hold. */
  | 'FAILS';

/** A plan held against the newest version. */
export type PlanVerification = {
  readonly __typename?: 'PlanVerification';
  /** Whether it holds. */
  readonly verdict: PlanVerdict;
  /** The same in a sentence. */
  readonly text: Scalars['String']['output'];
  /** Steps that the graph shows to be done. */
  readonly done: Scalars['Int']['output'];
  /** How many steps there are. */
  readonly steps: Scalars['Int']['output'];
  /** What the plan may take or give by agreement. */
  readonly exceptions: ReadonlyArray<Scalars['String']['output']>;
  /** How much of what it stands on has moved. */
  readonly movedCount: Scalars['Int']['output'];
  /** The first hundred of these, in words. */
  readonly moved: ReadonlyArray<Scalars['String']['output']>;
  /** The version that it was held against. */
  readonly version: Scalars['Int']['output'];
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
  /** What to remove so that none of some identities can do an action on any of some resources; the cheapest first. Or so that a finding about an access is none any more. */
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
  /** Groups of identities that hold much the same, and what each holds. */
  readonly roleClusters: RoleClustering;
  /** Nodes of the same kind that stand most like one in the graph of access. */
  readonly similar: SimilarNodes;
  /** Where nodes lie on a plane on which those that stand alike are near. */
  readonly accessMap: AccessMap;
  /** Holdings that nothing else their holders have explains, the least explained first. */
  readonly outliers: Outliers;
  /** Roles that together give everybody exactly what he has. */
  readonly roleMining: RoleMining;
  /** A plan from the roles as they are to better ones, with its steps and its proof. It is not kept: `keepRolePlan` does that. */
  readonly roleRestructurePlan: RoleRestructurePlan;
  /** Plans that are kept, those kept last first. */
  readonly rolePlans: ReadonlyArray<KeptRolePlan>;
  /** A plan that is kept. */
  readonly rolePlan: RoleRestructurePlan;
  /** A plan that is kept, held against the newest version. */
  readonly verifyRolePlan: PlanVerification;
  /**
   * A plan that is kept, in a form in which others carry it out or decide about it: `grantlens plan export` writes the same. Of a form
   * of several files one follows the other. Error `EXPORT_UNSUPPORTED` where the form cannot say what the plan does.
   */
  readonly exportRolePlan: Scalars['String']['output'];
  /** What two plans that are kept do otherwise: figures side by side, and roles with which they deal differently. */
  readonly rolePlanDiff: Scalars['JSON']['output'];
  /** What practically everybody of a department, a site, a title has, or of two of these together; and who has it not. */
  readonly birthrights: Birthrights;
  /** Models that runs have trained, by name. */
  readonly models: ReadonlyArray<Model>;
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
  finding?: InputMaybe<Scalars['ID']['input']>;
  identities?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  action?: InputMaybe<Scalars['String']['input']>;
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
export type QueryRoleClustersArgs = {
  resolution?: InputMaybe<Scalars['Float']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QuerySimilarArgs = {
  id: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  includeDisabled?: InputMaybe<Scalars['Boolean']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryAccessMapArgs = {
  kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryOutliersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  method?: InputMaybe<OutlierMethod>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRoleMiningArgs = {
  objective?: InputMaybe<PlanObjective>;
  scope?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  keep?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  maxEntitlementsPerRole?: InputMaybe<Scalars['Int']['input']>;
  maxRolesPerIdentity?: InputMaybe<Scalars['Int']['input']>;
  maxIdentitiesPerRole?: InputMaybe<Scalars['Int']['input']>;
  exceptionShare?: InputMaybe<Scalars['Float']['input']>;
  separateDuties?: InputMaybe<Scalars['Boolean']['input']>;
  hierarchy?: InputMaybe<Scalars['Boolean']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
  deadline?: InputMaybe<Scalars['Int']['input']>;
  iterations?: InputMaybe<Scalars['Int']['input']>;
  firmness?: InputMaybe<Scalars['Boolean']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRoleRestructurePlanArgs = {
  options?: InputMaybe<PlanOptions>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRolePlanArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryVerifyRolePlanArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryExportRolePlanArgs = {
  id: Scalars['ID']['input'];
  format: Scalars['String']['input'];
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryRolePlanDiffArgs = {
  from: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything in one response is of one version of the graph. */
export type QueryBirthrightsArgs = {
  leastShare?: InputMaybe<Scalars['Float']['input']>;
  leastPeople?: InputMaybe<Scalars['Int']['input']>;
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

/** What is best of roles. */
export type PlanObjective =
  /** As few as can be, with a proof where there is one. */
  | 'FEWEST_ROLES'
  /** As little as can be to look after: roles, assignments, grants of roles, roles in roles and direct grants, each weighted. */
  | 'LEAST_COMPLEXITY'
  /** As little complexity as can be, with a price on every change of today's roles. */
  | 'LEAST_CHANGE';

/** Roles that together give everybody exactly what he has. */
export type RoleMining = {
  readonly __typename?: 'RoleMining';
  /** What was asked for. */
  readonly objective: PlanObjective;
  /** Those with most members first. */
  readonly roles: ReadonlyArray<MinedRole>;
  /** What stays without a role. */
  readonly direct: ReadonlyArray<DirectHolding>;
  /** Roles + assignments + grants of roles + inclusions + direct grants, each counted once. 2147483647 stands for that many or more, here and below. */
  readonly structuralComplexity: Scalars['Int']['output'];
  /** No set of roles that is exact has fewer. */
  readonly lowerBound: Scalars['Int']['output'];
  /** How far the number of roles may be above the least, as a share of the bound. */
  readonly gap: Scalars['Float']['output'];
  /** True when there are as many roles as the bound says. */
  readonly provenOptimal: Scalars['Boolean']['output'];
  /** Held against the graph by a second, plain computation. Always true: what fails it is not told. */
  readonly exact: Scalars['Boolean']['output'];
  /** Identities that hold anything. */
  readonly identities: Scalars['Int']['output'];
  /** Distinct entitlements that they hold. */
  readonly entitlements: Scalars['Int']['output'];
  /** Pairs of the two: as many before as after. */
  readonly holdings: Scalars['Int']['output'];
  /** Of duties that were to be kept apart, what no arrangement of roles keeps apart. */
  readonly duties: ReadonlyArray<DutiesHeld>;
  /** The same seed with the same iterations gives the same. */
  readonly seed: Scalars['Int']['output'];
  /** How much of what people hold who were left out is explained by roles that were mined without them; null when that was not asked, or too little is held. */
  readonly generalisation?: Maybe<Generalisation>;
  /** Why there are no roles, where there are none. */
  readonly because?: Maybe<Scalars['String']['output']>;
  /** How long it took. */
  readonly seconds: Scalars['Float']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** A rule of duties of which some hold both sides, though no role does. */
export type DutiesHeld = {
  readonly __typename?: 'DutiesHeld';
  /** The name of the rule. */
  readonly rule: Scalars['String']['output'];
  /** Identities that hold something of both sides: they are assigned several roles. */
  readonly holderCount: Scalars['Int']['output'];
  /** The first hundred of them, in the order of ids. */
  readonly holders: ReadonlyArray<Entity>;
  /** Entitlements that are of both sides by themselves; the first hundred. */
  readonly undivided: ReadonlyArray<MinedEntitlement>;
};

/** How much of what people hold who were left out is explained. */
export type Generalisation = {
  readonly __typename?: 'Generalisation';
  /** Of the half that was hidden, the share that was foretold. */
  readonly recall: Scalars['Float']['output'];
  /** Of what was foretold, the share that is held. */
  readonly precision: Scalars['Float']['output'];
  /** How many people were left out. */
  readonly people: Scalars['Int']['output'];
};

/** A role that would do. */
export type MinedRole = {
  readonly __typename?: 'MinedRole';
  /** No two have the same. */
  readonly name: Scalars['String']['output'];
  /** Why it is one. */
  readonly rationale: Scalars['String']['output'];
  /** The identities that are assigned it, in the order of ids. */
  readonly members: ReadonlyArray<Entity>;
  /** How many are assigned it. */
  readonly size: Scalars['Int']['output'];
  /** All that it gives, what included roles give too. */
  readonly entitlements: ReadonlyArray<MinedEntitlement>;
  /** Names of roles that it includes. */
  readonly includes: ReadonlyArray<Scalars['String']['output']>;
  /** The present role that it is closest to; null for none. */
  readonly basedOn?: Maybe<Entity>;
  /** How well it is found again on samples of the people, in [0, 1]; null when that was not asked. */
  readonly stability?: Maybe<Scalars['Float']['output']>;
};

/** What is held without a role. */
export type DirectHolding = {
  readonly __typename?: 'DirectHolding';
  /** Who holds it. */
  readonly identity: Entity;
  /** What is held. */
  readonly entitlement: MinedEntitlement;
};

/** An action on a resource as it is granted, with what limits it. Those that differ in any of these are never taken for one. */
export type MinedEntitlement = {
  readonly __typename?: 'MinedEntitlement';
  /** An action, or a pattern in which `*` matches any run of characters. */
  readonly action: Scalars['String']['output'];
  /** Patterns taken out of it. */
  readonly exceptActions: ReadonlyArray<Scalars['String']['output']>;
  /** The resource that the grant names. */
  readonly resource: Entity;
  /** True when it reaches what the resource contains. */
  readonly inherit: Scalars['Boolean']['output'];
  /** Texts of conditions that must all hold. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  /** From when on it is held; null for always. */
  readonly validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Until when it is held; null for good. */
  readonly validTo?: Maybe<Scalars['DateTime']['output']>;
};

/** What practically everybody of a department, a site or a title has. */
export type Birthrights = {
  readonly __typename?: 'Birthrights';
  /** The widest groups first. What everybody has is not told again of each department. */
  readonly rules: ReadonlyArray<BirthrightRule>;
  /** Identities that hold anything. */
  readonly people: Scalars['Int']['output'];
  /** The version of the graph that this was computed on. */
  readonly version: Scalars['Int']['output'];
};

/** Practically everybody of a group has these. */
export type BirthrightRule = {
  readonly __typename?: 'BirthrightRule';
  /** What the group has in common: none for everybody, one value, or two of different attributes. */
  readonly terms: ReadonlyArray<AttributeValue>;
  /** How many are of the group. */
  readonly people: Scalars['Int']['output'];
  /** What they have, and how many of them. */
  readonly entitlements: ReadonlyArray<BirthrightEntitlement>;
  /** How many pairs of one of the group and one of these are missing. 2147483647 stands for that many or more. */
  readonly exceptionCount: Scalars['Int']['output'];
  /** Who is of the group and has it not; the first 100. */
  readonly exceptions: ReadonlyArray<DirectHolding>;
};

/** What practically everybody of a group has. */
export type BirthrightEntitlement = {
  readonly __typename?: 'BirthrightEntitlement';
  /** What it is. */
  readonly entitlement: MinedEntitlement;
  /** How many of the group hold it. */
  readonly holders: Scalars['Int']['output'];
};

/** Analyses that can be run on their own. */
export type RunAnalysis =
  /** See `privilegeHubs`. Parameters: `at`, `reach`, `minSensitivity`, `rankBy`, `first`. */
  | 'PRIVILEGE_HUBS'
  /** See `findings`. Parameters: `at`, `kinds`, `minSeverity`, `staleAfterDays`. */
  | 'FINDINGS'
  /** See `roleClusters`. Parameters: `at`, `reach`, `seed`, `resolution`, `runs`. */
  | 'ROLE_CLUSTERS'
  /** See `outliers`. Parameters: `at`, `reach`, `seed`, `first`, `method`. */
  | 'OUTLIERS';

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
  /** Makes a plan and keeps it. */
  readonly keepRolePlan: RoleRestructurePlan;
  /** Drops a plan that is kept. Answers with its id. */
  readonly dropRolePlan: Scalars['ID']['output'];
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
export type MutationKeepRolePlanArgs = {
  options?: InputMaybe<PlanOptions>;
};


/** What may be changed: by POST, and only where the server was started to allow it. The graph itself is changed by loading. */
export type MutationDropRolePlanArgs = {
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
  Entitlement: ResolverTypeWrapper<shapes.OneAction>;
  EntitlementShare: ResolverTypeWrapper<shapes.SharedAction>;
  RoleClustering: ResolverTypeWrapper<engine.RoleClusters>;
  ResolutionStep: ResolverTypeWrapper<ResolutionStep>;
  RoleCluster: ResolverTypeWrapper<engine.PeerGroup>;
  ClusterAttributes: ResolverTypeWrapper<ClusterAttributes>;
  AttributeValue: ResolverTypeWrapper<AttributeValue>;
  ClusterDifference: ResolverTypeWrapper<engine.ClusterDifference>;
  GrantedEntitlement: ResolverTypeWrapper<engine.Entitlement>;
  SimilarNodes: ResolverTypeWrapper<engine.SimilarAnswer>;
  SimilarNode: ResolverTypeWrapper<engine.Similar>;
  AccessMap: ResolverTypeWrapper<engine.AccessMapAnswer>;
  MapPlace: ResolverTypeWrapper<engine.AccessMapAnswer['places'][number]>;
  OutlierMethod: OutlierMethod;
  Outliers: ResolverTypeWrapper<engine.OutliersAnswer>;
  Outlier: ResolverTypeWrapper<engine.OutlierHolding>;
  OutlierReason: ResolverTypeWrapper<engine.OutlierReason>;
  OutlierCheck: ResolverTypeWrapper<OutlierCheck>;
  Model: ResolverTypeWrapper<engine.KeptModel>;
  FeatureDrift: ResolverTypeWrapper<FeatureDrift>;
  PlanOptions: PlanOptions;
  RoleRestructurePlan: ResolverTypeWrapper<shapes.Planned>;
  AgreedChange: AgreedChange;
  AgreedExceptionInput: AgreedExceptionInput;
  AgreedException: ResolverTypeWrapper<AgreedException>;
  PlannedDuty: ResolverTypeWrapper<PlannedDuty>;
  RoleFate: RoleFate;
  PlannedRole: ResolverTypeWrapper<engine.PlannedRole>;
  RoleMetrics: ResolverTypeWrapper<RoleMetrics>;
  PlanStep: ResolverTypeWrapper<engine.PlanStep>;
  PlanProof: ResolverTypeWrapper<engine.RolePlan['proof']>;
  PlanDetection: ResolverTypeWrapper<PlanDetection>;
  PlanFrontPoint: ResolverTypeWrapper<shapes.FrontPoint>;
  KeptRolePlan: ResolverTypeWrapper<engine.KeptPlan>;
  PlanVerdict: PlanVerdict;
  PlanVerification: ResolverTypeWrapper<engine.Verification>;
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
  PlanObjective: PlanObjective;
  RoleMining: ResolverTypeWrapper<engine.RoleMining>;
  DutiesHeld: ResolverTypeWrapper<engine.RoleMining['duties'][number]>;
  Generalisation: ResolverTypeWrapper<Generalisation>;
  MinedRole: ResolverTypeWrapper<engine.MinedRole>;
  DirectHolding: ResolverTypeWrapper<engine.RoleMining['direct'][number]>;
  MinedEntitlement: ResolverTypeWrapper<engine.MinedEntitlement>;
  Birthrights: ResolverTypeWrapper<engine.Birthrights>;
  BirthrightRule: ResolverTypeWrapper<engine.BirthrightRule>;
  BirthrightEntitlement: ResolverTypeWrapper<engine.BirthrightRule['entitlements'][number]>;
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
  Entitlement: shapes.OneAction;
  EntitlementShare: shapes.SharedAction;
  RoleClustering: engine.RoleClusters;
  ResolutionStep: ResolutionStep;
  RoleCluster: engine.PeerGroup;
  ClusterAttributes: ClusterAttributes;
  AttributeValue: AttributeValue;
  ClusterDifference: engine.ClusterDifference;
  GrantedEntitlement: engine.Entitlement;
  SimilarNodes: engine.SimilarAnswer;
  SimilarNode: engine.Similar;
  AccessMap: engine.AccessMapAnswer;
  MapPlace: engine.AccessMapAnswer['places'][number];
  Outliers: engine.OutliersAnswer;
  Outlier: engine.OutlierHolding;
  OutlierReason: engine.OutlierReason;
  OutlierCheck: OutlierCheck;
  Model: engine.KeptModel;
  FeatureDrift: FeatureDrift;
  PlanOptions: PlanOptions;
  RoleRestructurePlan: shapes.Planned;
  AgreedExceptionInput: AgreedExceptionInput;
  AgreedException: AgreedException;
  PlannedDuty: PlannedDuty;
  PlannedRole: engine.PlannedRole;
  RoleMetrics: RoleMetrics;
  PlanStep: engine.PlanStep;
  PlanProof: engine.RolePlan['proof'];
  PlanDetection: PlanDetection;
  PlanFrontPoint: shapes.FrontPoint;
  KeptRolePlan: engine.KeptPlan;
  PlanVerification: engine.Verification;
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
  RoleMining: engine.RoleMining;
  DutiesHeld: engine.RoleMining['duties'][number];
  Generalisation: Generalisation;
  MinedRole: engine.MinedRole;
  DirectHolding: engine.RoleMining['direct'][number];
  MinedEntitlement: engine.MinedEntitlement;
  Birthrights: engine.Birthrights;
  BirthrightRule: engine.BirthrightRule;
  BirthrightEntitlement: engine.BirthrightRule['entitlements'][number];
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

export type EntitlementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Entitlement'] = ResolversParentTypes['Entitlement']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  exceptActions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  inherit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EntitlementShareResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EntitlementShare'] = ResolversParentTypes['EntitlementShare']> = {
  entitlement?: Resolver<ResolversTypes['Entitlement'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  elsewhere?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RoleClusteringResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RoleClustering'] = ResolversParentTypes['RoleClustering']> = {
  modularity?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clusters?: Resolver<ReadonlyArray<ResolversTypes['RoleCluster']>, ParentType, ContextType>;
  resolution?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sweep?: Resolver<ReadonlyArray<ResolversTypes['ResolutionStep']>, ParentType, ContextType>;
  stability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  consensus?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  without?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ResolutionStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ResolutionStep'] = ResolversParentTypes['ResolutionStep']> = {
  resolution?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clusters?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bySeed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  byResolution?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RoleClusterResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RoleCluster'] = ResolversParentTypes['RoleCluster']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attributes?: Resolver<Maybe<ResolversTypes['ClusterAttributes']>, ParentType, ContextType>;
  stability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  signature?: Resolver<ReadonlyArray<ResolversTypes['EntitlementShare']>, ParentType, ContextType>;
  signatureCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lacking?: Resolver<ReadonlyArray<ResolversTypes['ClusterDifference']>, ParentType, ContextType>;
  lackingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  beyond?: Resolver<ReadonlyArray<ResolversTypes['ClusterDifference']>, ParentType, ContextType>;
  beyondCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isEnough?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ClusterAttributesResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ClusterAttributes'] = ResolversParentTypes['ClusterAttributes']> = {
  terms?: Resolver<ReadonlyArray<ResolversTypes['AttributeValue']>, ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recall?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AttributeValueResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AttributeValue'] = ResolversParentTypes['AttributeValue']> = {
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClusterDifferenceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ClusterDifference'] = ResolversParentTypes['ClusterDifference']> = {
  identity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  entitlement?: Resolver<ResolversTypes['GrantedEntitlement'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  together?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GrantedEntitlementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GrantedEntitlement'] = ResolversParentTypes['GrantedEntitlement']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  exceptActions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  inherit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SimilarNodesResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimilarNodes'] = ResolversParentTypes['SimilarNodes']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SimilarNode']>, ParentType, ContextType>;
  compared?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SimilarNodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimilarNode'] = ResolversParentTypes['SimilarNode']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  likeness?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  shared?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  sharedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  eitherCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessMapResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessMap'] = ResolversParentTypes['AccessMap']> = {
  places?: Resolver<ReadonlyArray<ResolversTypes['MapPlace']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  explained?: Resolver<ReadonlyArray<ResolversTypes['Float']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MapPlaceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MapPlace'] = ResolversParentTypes['MapPlace']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type OutliersResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Outliers'] = ResolversParentTypes['Outliers']> = {
  outliers?: Resolver<ReadonlyArray<ResolversTypes['Outlier']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['OutlierMethod'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  checks?: Resolver<ReadonlyArray<ResolversTypes['OutlierCheck']>, ParentType, ContextType>;
  calibrated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTelling?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  judged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  identitiesUndecided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OutlierResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Outlier'] = ResolversParentTypes['Outlier']> = {
  identity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  entitlement?: Resolver<ResolversTypes['GrantedEntitlement'], ParentType, ContextType>;
  together?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  chance?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  speakFor?: Resolver<ReadonlyArray<ResolversTypes['OutlierReason']>, ParentType, ContextType>;
  speakAgainst?: Resolver<ReadonlyArray<ResolversTypes['OutlierReason']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['OutlierReason']>, ParentType, ContextType>;
};

export type OutlierReasonResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OutlierReason'] = ResolversParentTypes['OutlierReason']> = {
  entitlement?: Resolver<ResolversTypes['GrantedEntitlement'], ParentType, ContextType>;
  together?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  alsoHold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OutlierCheckResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OutlierCheck'] = ResolversParentTypes['OutlierCheck']> = {
  method?: Resolver<ResolversTypes['OutlierMethod'], ParentType, ContextType>;
  auc?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  aucOfAll?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  averagePrecision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  injected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  judged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ModelResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trainedAtVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trainedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  hyperParameters?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  evaluation?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  drift?: Resolver<ReadonlyArray<ResolversTypes['FeatureDrift']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FeatureDriftResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FeatureDrift'] = ResolversParentTypes['FeatureDrift']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  trainedOn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  presentOn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RoleRestructurePlanResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RoleRestructurePlan'] = ResolversParentTypes['RoleRestructurePlan']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['PlannedRole']>, ParentType, ContextType>;
  before?: Resolver<ResolversTypes['RoleMetrics'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['RoleMetrics'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['PlanStep']>, ParentType, ContextType>;
  delta?: Resolver<ResolversTypes['AccessDelta'], ParentType, ContextType>;
  proof?: Resolver<ResolversTypes['PlanProof'], ParentType, ContextType>;
  edits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  detected?: Resolver<ReadonlyArray<ResolversTypes['PlanDetection']>, ParentType, ContextType>;
  anchored?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  front?: Resolver<ReadonlyArray<ResolversTypes['PlanFrontPoint']>, ParentType, ContextType>;
  duties?: Resolver<ReadonlyArray<ResolversTypes['PlannedDuty']>, ParentType, ContextType>;
  exceptions?: Resolver<ReadonlyArray<ResolversTypes['AgreedException']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AgreedExceptionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AgreedException'] = ResolversParentTypes['AgreedException']> = {
  identity?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  may?: Resolver<ResolversTypes['AgreedChange'], ParentType, ContextType>;
  agreedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlannedDutyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlannedDuty'] = ResolversParentTypes['PlannedDuty']> = {
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holders?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  undivided?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlannedRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlannedRole'] = ResolversParentTypes['PlannedRole']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fate?: Resolver<ResolversTypes['RoleFate'], ParentType, ContextType>;
  basedOn?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  entitlements?: Resolver<ReadonlyArray<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  includes?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  membersAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  membersRemoved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  contentsAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  contentsRemoved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rationale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RoleMetricsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RoleMetrics'] = ResolversParentTypes['RoleMetrics']> = {
  roles?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  assignments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  roleGrants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hierarchyEdges?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  directGrants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  structuralComplexity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PlanStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlanStep'] = ResolversParentTypes['PlanStep']> = {
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
  inverse?: Resolver<ReadonlyArray<ResolversTypes['Change']>, ParentType, ContextType>;
};

export type PlanProofResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlanProof'] = ResolversParentTypes['PlanProof']> = {
  instants?: Resolver<ReadonlyArray<ResolversTypes['DateTime']>, ParentType, ContextType>;
  instantsInAll?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  engine?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  twin?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type PlanDetectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlanDetection'] = ResolversParentTypes['PlanDetection']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remedy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlanFrontPointResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlanFrontPoint'] = ResolversParentTypes['PlanFrontPoint']> = {
  how?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  edits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  metrics?: Resolver<ResolversTypes['RoleMetrics'], ParentType, ContextType>;
  isChosen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type KeptRolePlanResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['KeptRolePlan'] = ResolversParentTypes['KeptRolePlan']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keptAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
  before?: Resolver<ResolversTypes['RoleMetrics'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['RoleMetrics'], ParentType, ContextType>;
  edits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PlanVerificationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PlanVerification'] = ResolversParentTypes['PlanVerification']> = {
  verdict?: Resolver<ResolversTypes['PlanVerdict'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exceptions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  movedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  moved?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  revocations?: Resolver<ResolversTypes['Revocations'], ParentType, ContextType, Partial<QueryRevocationsArgs>>;
  chokePoints?: Resolver<ResolversTypes['ChokePoints'], ParentType, ContextType, RequireFields<QueryChokePointsArgs, 'resource'>>;
  centrality?: Resolver<ReadonlyArray<ResolversTypes['CentralityScore']>, ParentType, ContextType, RequireFields<QueryCentralityArgs, 'measure'>>;
  privilegeHubs?: Resolver<ReadonlyArray<ResolversTypes['PrivilegeHub']>, ParentType, ContextType, Partial<QueryPrivilegeHubsArgs>>;
  criticalEdges?: Resolver<ReadonlyArray<ResolversTypes['CriticalEdge']>, ParentType, ContextType, Partial<QueryCriticalEdgesArgs>>;
  sensitivity?: Resolver<ResolversTypes['Sensitivity'], ParentType, ContextType, Partial<QuerySensitivityArgs>>;
  roleClusters?: Resolver<ResolversTypes['RoleClustering'], ParentType, ContextType, Partial<QueryRoleClustersArgs>>;
  similar?: Resolver<ResolversTypes['SimilarNodes'], ParentType, ContextType, RequireFields<QuerySimilarArgs, 'id'>>;
  accessMap?: Resolver<ResolversTypes['AccessMap'], ParentType, ContextType, Partial<QueryAccessMapArgs>>;
  outliers?: Resolver<ResolversTypes['Outliers'], ParentType, ContextType, Partial<QueryOutliersArgs>>;
  roleMining?: Resolver<ResolversTypes['RoleMining'], ParentType, ContextType, Partial<QueryRoleMiningArgs>>;
  roleRestructurePlan?: Resolver<ResolversTypes['RoleRestructurePlan'], ParentType, ContextType, Partial<QueryRoleRestructurePlanArgs>>;
  rolePlans?: Resolver<ReadonlyArray<ResolversTypes['KeptRolePlan']>, ParentType, ContextType>;
  rolePlan?: Resolver<ResolversTypes['RoleRestructurePlan'], ParentType, ContextType, RequireFields<QueryRolePlanArgs, 'id'>>;
  verifyRolePlan?: Resolver<ResolversTypes['PlanVerification'], ParentType, ContextType, RequireFields<QueryVerifyRolePlanArgs, 'id'>>;
  exportRolePlan?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryExportRolePlanArgs, 'id' | 'format'>>;
  rolePlanDiff?: Resolver<ResolversTypes['JSON'], ParentType, ContextType, RequireFields<QueryRolePlanDiffArgs, 'from' | 'to'>>;
  birthrights?: Resolver<ResolversTypes['Birthrights'], ParentType, ContextType, Partial<QueryBirthrightsArgs>>;
  models?: Resolver<ReadonlyArray<ResolversTypes['Model']>, ParentType, ContextType>;
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

export type RoleMiningResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RoleMining'] = ResolversParentTypes['RoleMining']> = {
  objective?: Resolver<ResolversTypes['PlanObjective'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['MinedRole']>, ParentType, ContextType>;
  direct?: Resolver<ReadonlyArray<ResolversTypes['DirectHolding']>, ParentType, ContextType>;
  structuralComplexity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lowerBound?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gap?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  provenOptimal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entitlements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holdings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  duties?: Resolver<ReadonlyArray<ResolversTypes['DutiesHeld']>, ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  generalisation?: Resolver<Maybe<ResolversTypes['Generalisation']>, ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DutiesHeldResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DutiesHeld'] = ResolversParentTypes['DutiesHeld']> = {
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holders?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  undivided?: Resolver<ReadonlyArray<ResolversTypes['MinedEntitlement']>, ParentType, ContextType>;
};

export type GeneralisationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Generalisation'] = ResolversParentTypes['Generalisation']> = {
  recall?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MinedRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MinedRole'] = ResolversParentTypes['MinedRole']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rationale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entitlements?: Resolver<ReadonlyArray<ResolversTypes['MinedEntitlement']>, ParentType, ContextType>;
  includes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  basedOn?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  stability?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type DirectHoldingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DirectHolding'] = ResolversParentTypes['DirectHolding']> = {
  identity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  entitlement?: Resolver<ResolversTypes['MinedEntitlement'], ParentType, ContextType>;
};

export type MinedEntitlementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MinedEntitlement'] = ResolversParentTypes['MinedEntitlement']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  exceptActions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  inherit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type BirthrightsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Birthrights'] = ResolversParentTypes['Birthrights']> = {
  rules?: Resolver<ReadonlyArray<ResolversTypes['BirthrightRule']>, ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BirthrightRuleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BirthrightRule'] = ResolversParentTypes['BirthrightRule']> = {
  terms?: Resolver<ReadonlyArray<ResolversTypes['AttributeValue']>, ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entitlements?: Resolver<ReadonlyArray<ResolversTypes['BirthrightEntitlement']>, ParentType, ContextType>;
  exceptionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exceptions?: Resolver<ReadonlyArray<ResolversTypes['DirectHolding']>, ParentType, ContextType>;
};

export type BirthrightEntitlementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BirthrightEntitlement'] = ResolversParentTypes['BirthrightEntitlement']> = {
  entitlement?: Resolver<ResolversTypes['MinedEntitlement'], ParentType, ContextType>;
  holders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  keepRolePlan?: Resolver<ResolversTypes['RoleRestructurePlan'], ParentType, ContextType, Partial<MutationKeepRolePlanArgs>>;
  dropRolePlan?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationDropRolePlanArgs, 'id'>>;
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
  Entitlement?: EntitlementResolvers<ContextType>;
  EntitlementShare?: EntitlementShareResolvers<ContextType>;
  RoleClustering?: RoleClusteringResolvers<ContextType>;
  ResolutionStep?: ResolutionStepResolvers<ContextType>;
  RoleCluster?: RoleClusterResolvers<ContextType>;
  ClusterAttributes?: ClusterAttributesResolvers<ContextType>;
  AttributeValue?: AttributeValueResolvers<ContextType>;
  ClusterDifference?: ClusterDifferenceResolvers<ContextType>;
  GrantedEntitlement?: GrantedEntitlementResolvers<ContextType>;
  SimilarNodes?: SimilarNodesResolvers<ContextType>;
  SimilarNode?: SimilarNodeResolvers<ContextType>;
  AccessMap?: AccessMapResolvers<ContextType>;
  MapPlace?: MapPlaceResolvers<ContextType>;
  Outliers?: OutliersResolvers<ContextType>;
  Outlier?: OutlierResolvers<ContextType>;
  OutlierReason?: OutlierReasonResolvers<ContextType>;
  OutlierCheck?: OutlierCheckResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  FeatureDrift?: FeatureDriftResolvers<ContextType>;
  RoleRestructurePlan?: RoleRestructurePlanResolvers<ContextType>;
  AgreedException?: AgreedExceptionResolvers<ContextType>;
  PlannedDuty?: PlannedDutyResolvers<ContextType>;
  PlannedRole?: PlannedRoleResolvers<ContextType>;
  RoleMetrics?: RoleMetricsResolvers<ContextType>;
  PlanStep?: PlanStepResolvers<ContextType>;
  PlanProof?: PlanProofResolvers<ContextType>;
  PlanDetection?: PlanDetectionResolvers<ContextType>;
  PlanFrontPoint?: PlanFrontPointResolvers<ContextType>;
  KeptRolePlan?: KeptRolePlanResolvers<ContextType>;
  PlanVerification?: PlanVerificationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  GraphSummary?: GraphSummaryResolvers<ContextType>;
  SourceStatus?: SourceStatusResolvers<ContextType>;
  Revocation?: RevocationResolvers<ContextType>;
  Repair?: RepairResolvers<ContextType>;
  Revocations?: RevocationsResolvers<ContextType>;
  ChokePoints?: ChokePointsResolvers<ContextType>;
  ChokeNode?: ChokeNodeResolvers<ContextType>;
  ChokeEdge?: ChokeEdgeResolvers<ContextType>;
  RoleMining?: RoleMiningResolvers<ContextType>;
  DutiesHeld?: DutiesHeldResolvers<ContextType>;
  Generalisation?: GeneralisationResolvers<ContextType>;
  MinedRole?: MinedRoleResolvers<ContextType>;
  DirectHolding?: DirectHoldingResolvers<ContextType>;
  MinedEntitlement?: MinedEntitlementResolvers<ContextType>;
  Birthrights?: BirthrightsResolvers<ContextType>;
  BirthrightRule?: BirthrightRuleResolvers<ContextType>;
  BirthrightEntitlement?: BirthrightEntitlementResolvers<ContextType>;
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
