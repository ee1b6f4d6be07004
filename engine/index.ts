/** The public API of the engine. Transports (GraphQL, command line) see this file only. */
export type { ProposedChange } from './access/proposed-changes.ts';
export * from './access/questions.ts';
export * from './analysis/questions.ts';
export type { AnalysisRules } from './analysis-rules.ts';
export * from './api.ts';
export { openEngine } from './engine.ts';
export type { Dismissal } from './findings/dismissals.ts';
export { readSodRules } from './findings/duties/read-sod-rules.ts';
export type { SodRule } from './findings/duties/sod-rule.ts';
export * from './findings/questions.ts';
export * from './generate/index.ts';
export * from './hubs/questions.ts';
export * from './joins/join-rule.ts';
export * from './model/index.ts';
export { itemsOf } from './model/rules-file.ts';
export { YamlReading } from './model/yaml-reading.ts';
export type { AttributeLabel } from './peers/cluster-label.ts';
export type { FeatureDrift, ModelEntry } from './peers/model-registry.ts';
export { OUTLIER_METHODS, type OutlierMethod } from './peers/outlier-check.ts';
export * from './peers/questions.ts';
export type { SweepStep } from './peers/resolution-sweep.ts';
export { openRehearsal, type Rehearsal } from './rehearsal.ts';
export type { Applied, PlanTrail, TrailEntry } from './roles/apply-plan.ts';
export type { Atom } from './roles/atom.ts';
export type { PlanComparison } from './roles/compare-plans.ts';
export {
  AGREED_CHANGES,
  type AgreedException,
  type AgreedList,
  exceptionText,
  type PlannedException,
} from './roles/exceptions/agreed-exception.ts';
export { listedExceptions, readExceptions } from './roles/exceptions/read-exceptions.ts';
export { EXPORTERS, exportedText, exportPlan } from './roles/export/export-plan.ts';
export type { ExportedFile } from './roles/export/exporter.ts';
export type { KeptPlan } from './roles/kept-plans.ts';
export * from './roles/mining/questions.ts';
export {
  type PlannedMember,
  type PlannedRole,
  planText,
  type RoleFate,
  type RoleMetrics,
  type RolePlan,
} from './roles/plan.ts';
export type { MadePlan, PlanFrontPoint, RolePlanQuestion, RolePlans } from './roles/plan-questions.ts';
export type { PlanStep } from './roles/plan-steps.ts';
export { readPlan } from './roles/read-plan.ts';
export { type Verification, verdictText } from './roles/verify-plan.ts';
export * from './runs/questions.ts';
export type { SensitivityRule } from './sensitivity/rule.ts';
export { parseSensitivityRules } from './sensitivity/rules-file.ts';
export type { RuleUse } from './sensitivity/sensitivity-table.ts';
export type { Progress } from './snapshot/pace.ts';
export { isNeo4jAddress, type Neo4jConnection, neo4jConnection } from './store/neo4j/connection.ts';
export { importArguments, shellCommand } from './store/neo4j/import-command.ts';
export type { ImportFile, ImportFiles, WriteText } from './store/neo4j/import-rows.ts';
export type { ApplyOptions, DocumentStore, HoldOptions, SourceHold } from './store/port.ts';
