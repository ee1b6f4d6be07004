/** A restructure plan as plain values: what is to become of which role, in which steps, and the proof. See docs/restructure.md. */
import type { Instant, JsonValue, NodeKind } from '../model/index.ts';
import { canonicalJson, digestOf } from '../runs/canonical.ts';
import type { Atom } from './atom.ts';
import type { Detected } from './detect.ts';
import type { PlannedException } from './exceptions/agreed-exception.ts';
import type { PlanStep } from './plan-steps.ts';
import type { Proof } from './proof/prove.ts';

export const PLAN_FORMAT = 'grantlens-role-plan';
export const PLAN_FORMAT_VERSION = 1;

/** KEPT: as it is in all. CHANGED: gives something else, or is assigned to others. */
export const ROLE_FATES = ['KEPT', 'CHANGED', 'NEW', 'RETIRED'] as const;
export type RoleFate = (typeof ROLE_FATES)[number];

/** Who is assigned a role, and when. */
export interface PlannedMember {
  readonly id: string;
  readonly kind: NodeKind;
  readonly condition?: string;
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
}

export interface PlannedRole {
  readonly id: string;
  readonly name: string;
  readonly fate: RoleFate;
  /** The present role that it goes on from, or whose place it takes. */
  readonly basedOn: string | null;
  /** Sources that vouch for it. */
  readonly sources: readonly string[];
  /** As it is to be; of a retired role, as it is now. */
  readonly members: readonly PlannedMember[];
  /** Entitlements that it grants itself. */
  readonly entitlements: readonly Atom[];
  /** Ids of roles that it includes. */
  readonly juniors: readonly string[];
  /** How many assignments, and grants and inclusions, come and go. */
  readonly membersAdded: number;
  readonly membersRemoved: number;
  readonly contentsAdded: number;
  readonly contentsRemoved: number;
  readonly rationale: string;
}

/** Counts of what is in play: roles that stay for good, and what they hold, are in neither side. */
export interface RoleMetrics {
  readonly roles: number;
  readonly assignments: number;
  readonly roleGrants: number;
  readonly hierarchyEdges: number;
  readonly directGrants: number;
  /** All five added up. */
  readonly structuralComplexity: number;
}

/** Something that a plan stands on, and the digest of what it says: see plan-ground.ts. */
export type GroundLine = readonly [name: string, digest: string];

export interface RolePlan {
  readonly format: typeof PLAN_FORMAT;
  readonly formatVersion: number;
  /** Follows from all the rest. */
  readonly id: string;
  /** Of the graph that it was made from. */
  readonly version: number;
  readonly at: Instant;
  /** Null for all of the graph. */
  readonly scope: readonly string[] | null;
  readonly keep: readonly string[];
  /** What was agreed that may be lost or gained; absent where nothing was. */
  readonly exceptions?: readonly PlannedException[];
  /** Why roles of the graph stay as they are, and how many for each reason. */
  readonly anchored: Readonly<Record<string, number>>;
  readonly roles: readonly PlannedRole[];
  readonly before: RoleMetrics;
  readonly after: RoleMetrics;
  /** Assignments, grants and inclusions that come or go, and roles that come or go. */
  readonly edits: number;
  /** Present roles that are made anew instead of changed, because roles waited for each other in a circle. */
  readonly brokenCircles: number;
  /** What is plainly too much in the roles as they are. */
  readonly detected: Detected;
  readonly steps: readonly PlanStep[];
  readonly ground: readonly GroundLine[];
  /** Ids of roles that the plan touches; all around them is `ground`. */
  readonly groundRoles: readonly string[];
  readonly proof: Proof;
}

/** The id of a plan: a digest of its content. */
export function planId(plan: Omit<RolePlan, 'id'>): string {
  const { id: _, ...content } = plan as RolePlan;
  return `plan-${digestOf([canonicalJson(content as unknown as JsonValue)]).slice(0, 24)}`;
}

/** A plan as text, the same for the same plan: what is kept, and what a plan file holds. */
export const planText = (plan: RolePlan): string => `${canonicalJson(plan as unknown as JsonValue)}\n`;
