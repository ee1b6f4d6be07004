/** Roles rearranged: from the graph to a proved plan, and to the end of it. See docs/restructure.md. */
export type { AnchorReason } from './anchors.ts';
export {
  type Applied,
  type ApplyOptions,
  applyPlan,
  type PlanTrail,
  planTrail,
  type TrailEntry,
  undoPlan,
} from './apply-plan.ts';
export { type Atom, atomText } from './atom.ts';
export { comparePlans, type PlanComparison } from './compare-plans.ts';
export { type Detected, type Detection, detect } from './detect.ts';
export {
  AGREED_CHANGES,
  type AgreedChange,
  type AgreedException,
  type AgreedList,
  exceptionText,
  type PlannedException,
} from './exceptions/agreed-exception.ts';
export { listedExceptions, readExceptions } from './exceptions/read-exceptions.ts';
export { EXPORTERS, exportedText, exportPlan } from './export/export-plan.ts';
export type { ExportedFile, Exporter } from './export/exporter.ts';
export { dropPlan, type KeptPlan, keepPlan, keptPlan, listPlans } from './kept-plans.ts';
export { makePlan, type PlanOptions } from './make-plan.ts';
export { presentMetrics, targetMetrics } from './metrics.ts';
export { type MinedRole, type MiningMatrix, miningMatrices } from './mining-matrix.ts';
export * from './plan.ts';
export type { PlanStep } from './plan-steps.ts';
export type { OpenVersion, PlanStore } from './plan-store.ts';
export { faultOf, type Proof, type ProofLimits } from './proof/prove.ts';
export { readPlan } from './read-plan.ts';
export { readRoleState, type StateOptions } from './read-role-state.ts';
export { type FrontPoint, type Miner, type Restructuring, restructure, USUAL_PRICES } from './restructure.ts';
export type { PresentRole, RoleState, Row } from './role-state.ts';
export { checkTarget, presentTarget, type Target, type TargetRole } from './target.ts';
export { tidyTarget } from './tidy-target.ts';
export { type PlanVerdict, type Verification, type VerifyOptions, verdictText, verifyPlan } from './verify-plan.ts';
