/** What graphql/generated/ must hold, from graphql/schema/*.graphql. A test holds the folder against it. */
import { readdir, readFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const SCHEMA = new URL('../graphql/schema/', import.meta.url);
export const OUTPUT = new URL('../graphql/generated/', import.meta.url);

const NOTICE = '/* Written by `npm run codegen` from graphql/schema/*.graphql. Change those. */\n';

/** GraphQL types that resolvers hand on as values of the engine (`engine.`) or of this API (`shapes.`). */
const MAPPERS = {
  Access: 'engine.AccessRow',
  AccessConnection: 'engine.Page<engine.AccessRow>',
  AccessChange: 'engine.AccessChange',
  AccessDecision: 'engine.AccessDecision',
  AccessDelta: 'engine.AccessDelta',
  AccessEdge: 'shapes.Item<engine.AccessRow>',
  AccessExplanation: 'shapes.Explained',
  AccessMap: 'engine.AccessMapAnswer',
  AccessPath: 'engine.AccessPath',
  AccessPathConnection: 'engine.Page<engine.AccessPath>',
  AccessPathEdge: 'shapes.Item<engine.AccessPath>',
  AnalysisImplementation: 'engine.Implementation',
  BirthrightEntitlement: "engine.BirthrightRule['entitlements'][number]",
  BirthrightRule: 'engine.BirthrightRule',
  Birthrights: 'engine.Birthrights',
  CentralityScore: 'shapes.Ranked',
  Change: 'shapes.ProposedStep',
  ChokeEdge: 'shapes.ChokeEdge',
  ChokeNode: 'shapes.ChokeNode',
  ChokePoints: 'engine.ChokePoints',
  CriticalEdge: 'shapes.CriticalEdge',
  ClusterDifference: 'engine.ClusterDifference',
  DirectHolding: "engine.RoleMining['direct'][number]",
  Entitlement: 'shapes.OneAction',
  EntitlementShare: 'shapes.SharedAction',
  Entity: 'engine.Entity',
  EntityConnection: 'engine.Page<engine.Entity>',
  EntityEdge: 'shapes.Item<engine.Entity>',
  Finding: 'engine.ListedFinding',
  FindingConnection: 'engine.FindingsPage',
  FindingDismissal: 'engine.Dismissal',
  FindingEdge: 'shapes.Item<engine.ListedFinding>',
  GraphEdge: 'engine.EdgeRecord',
  GraphEdgeConnection: 'engine.Page<engine.EdgeRecord>',
  GraphEdgeItem: 'shapes.Item<engine.EdgeRecord>',
  GraphSummary: 'engine.GraphSummary',
  GrantedEntitlement: 'engine.Entitlement',
  Group: 'engine.Entity',
  MapPlace: "engine.AccessMapAnswer['places'][number]",
  MinedEntitlement: 'engine.MinedEntitlement',
  MinedRole: 'engine.MinedRole',
  DutiesHeld: "engine.RoleMining['duties'][number]",
  Model: 'engine.KeptModel',
  Node: 'engine.Entity',
  Outlier: 'engine.OutlierHolding',
  OutlierReason: 'engine.OutlierReason',
  Outliers: 'engine.OutliersAnswer',
  PageInfo: 'engine.Page<unknown>',
  PlannedRole: 'engine.PlannedRole',
  PlanFrontPoint: 'shapes.FrontPoint',
  PlanProof: "engine.RolePlan['proof']",
  PlanStep: 'engine.PlanStep',
  PlanVerification: 'engine.Verification',
  KeptRolePlan: 'engine.KeptPlan',
  PrivilegeHub: 'shapes.RankedHub',
  Repair: 'engine.Repair',
  Resource: 'engine.Entity',
  Revocation: 'engine.Revocation',
  Revocations: 'engine.RevocationAnswer',
  Role: 'engine.Entity',
  RoleCluster: 'engine.PeerGroup',
  RoleClustering: 'engine.RoleClusters',
  RoleMining: 'engine.RoleMining',
  RoleRestructurePlan: 'shapes.Planned',
  Run: 'engine.Run',
  RunDiff: 'engine.RunDiff',
  Sensitivity: 'engine.HubsAnswer',
  ServiceAccount: 'engine.Entity',
  SimilarNode: 'engine.Similar',
  SimilarNodes: 'engine.SimilarAnswer',
  SourceStatus: 'shapes.SourceStatus',
  User: 'engine.Entity',
};

/** The resolvers see kinds of node and implementations in the engine's words. The other enums have the same words on both sides. */
const ENUMS = {
  AnalysisImplementation: { OURS: 'ours', GRAPHOLOGY: 'graphology', GRAPH_DATA_SCIENCE: 'graph-data-science' },
  NodeKind: { USER: 'User', SERVICE_ACCOUNT: 'ServiceAccount', GROUP: 'Group', ROLE: 'Role', RESOURCE: 'Resource' },
};

const IMPORTS = `import type * as engine from '../../engine/index.ts';
import type { RequestContext } from '../request.ts';
import type * as shapes from '../shapes.ts';`;

/** The schema files, in order of their names, as one text. */
export async function schemaText(): Promise<string> {
  const names = (await readdir(SCHEMA)).filter((name) => name.endsWith('.graphql')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, SCHEMA), 'utf8')));
  return texts.join('\n');
}

/** File name → text, for every generated file. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const sdl = await schemaText();
  return new Map([
    ['resolver-types.ts', NOTICE + (await resolverTypes(sdl))],
    ['schema-text.ts', `${NOTICE}export const SCHEMA_TEXT = ${JSON.stringify(sdl)};\n`],
  ]);
}

function resolverTypes(sdl: string): Promise<string> {
  return codegen({
    filename: 'resolver-types.ts',
    schema: parse(sdl),
    documents: [],
    config: {
      contextType: 'RequestContext',
      enumsAsTypes: true,
      enumValues: ENUMS,
      immutableTypes: true,
      mappers: MAPPERS,
      scalars: { DateTime: 'engine.Instant', JSON: 'unknown', ID: 'string' },
      strictScalars: true,
      useTypeImports: true,
    },
    plugins: [{ imports: {} }, { typescript: {} }, { resolvers: {} }],
    pluginMap: { imports: { plugin: () => ({ prepend: [IMPORTS], content: '' }) }, typescript, resolvers },
  });
}
