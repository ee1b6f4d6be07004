/** One resolver map for the whole schema: thin, a question to the view each. */
import type { NodeKindResolvers, Resolvers } from '../generated/resolver-types.ts';
import { DateTime, Json } from '../scalars.ts';
import { Access, AccessExplanation, AccessPath } from './access.ts';
import { Subscription } from './access-change.ts';
import { AnalysisImplementation, CentralityScore } from './analysis.ts';
import { Change } from './change.ts';
import {
  AccessConnection,
  AccessEdge,
  AccessPathConnection,
  AccessPathEdge,
  EntityConnection,
  EntityEdge,
  FindingConnection,
  FindingEdge,
  GraphEdgeConnection,
  GraphEdgeItem,
  PageInfo,
} from './connection.ts';
import { GraphEdge } from './edge.ts';
import { Entity, Group, Node, Resource, Role, ServiceAccount, User } from './entity.ts';
import { Finding } from './finding.ts';
import { CriticalEdge, PrivilegeHub, Sensitivity } from './hub.ts';
import {
  ClusterDifference,
  Entitlement,
  GrantedEntitlement,
  MapPlace,
  Outlier,
  Outliers,
  RoleCluster,
  RoleClustering,
  SimilarNode,
  SimilarNodes,
} from './peers.ts';
import { PlannedRole, PlanStep, PlanVerification, RoleRestructurePlan } from './plan.ts';
import { GraphSummary, Query, SourceStatus } from './query.ts';
import { ChokeNode } from './revocation.ts';
import { BirthrightRule, DirectHolding, MinedEntitlement, MinedRole, RoleMining } from './roles.ts';
import { Mutation, Run, RunDiff } from './run.ts';
import { AccessDelta } from './what-if.ts';

/** The API's words for the kinds of node, and the engine's. The other enums use the engine's words. */
const NodeKind: NodeKindResolvers = {
  USER: 'User',
  SERVICE_ACCOUNT: 'ServiceAccount',
  GROUP: 'Group',
  ROLE: 'Role',
  RESOURCE: 'Resource',
};

export const resolvers: Resolvers = {
  Access,
  AccessConnection,
  AccessDelta,
  AccessEdge,
  AccessExplanation,
  AccessPath,
  AccessPathConnection,
  AccessPathEdge,
  AnalysisImplementation,
  BirthrightRule,
  CentralityScore,
  Change,
  ChokeNode,
  ClusterDifference,
  CriticalEdge,
  DateTime,
  DirectHolding,
  Entitlement,
  Entity,
  EntityConnection,
  EntityEdge,
  Finding,
  FindingConnection,
  FindingEdge,
  GrantedEntitlement,
  GraphEdge,
  GraphEdgeConnection,
  GraphEdgeItem,
  GraphSummary,
  Group,
  JSON: Json,
  MapPlace,
  MinedEntitlement,
  MinedRole,
  Mutation,
  Node,
  NodeKind,
  Outlier,
  Outliers,
  PageInfo,
  PlannedRole,
  PlanStep,
  PlanVerification,
  PrivilegeHub,
  Query,
  Resource,
  Role,
  RoleCluster,
  RoleClustering,
  RoleMining,
  RoleRestructurePlan,
  Run,
  RunDiff,
  Sensitivity,
  ServiceAccount,
  SimilarNode,
  SimilarNodes,
  SourceStatus,
  Subscription,
  User,
};
