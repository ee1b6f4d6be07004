/** Questions about the roles that would do, and the shapes of their answers. What they mean: docs/role-mining.md. */
import type { Waiting } from '../../access/apart.ts';
import type { Instant, Reach } from '../../model/index.ts';

export const PLAN_OBJECTIVES = ['FEWEST_ROLES', 'LEAST_COMPLEXITY', 'LEAST_CHANGE'] as const;
export type PlanObjective = (typeof PLAN_OBJECTIVES)[number];

/** What each part of a structure of roles costs. */
export interface ComplexityWeights {
  readonly role: number;
  readonly assignment: number;
  readonly grant: number;
  readonly hierarchy: number;
  /** Of what an identity is granted without a role; undefined allows none. */
  readonly direct?: number | undefined;
}

export interface RoleMiningQuestion extends Pick<Waiting, 'signal' | 'onProgress'> {
  /** Default: now. */
  readonly at?: Instant | undefined;
  /** Default ENTITLED: what identities were given themselves and by their groups and roles. */
  readonly reach?: Reach | undefined;
  /** Default LEAST_COMPLEXITY. */
  readonly objective?: PlanObjective | undefined;
  /** A whole number; default 1. */
  readonly seed?: number | undefined;
  /** Milliseconds that are spent on looking for better ones; from 0 to 3,600,000, default 20,000. What is found by then is exact all the same. */
  readonly deadline?: number | undefined;
  /** In place of a deadline: so many steps of the search for each part. The same seed then gives the same, on any machine. */
  readonly iterations?: number | undefined;
  /** Ids of groups, roles, identities and resources: only what these hold, and on these; default: all. */
  readonly scope?: readonly string[] | undefined;
  readonly weights?: Partial<ComplexityWeights> | undefined;
  /** Default true: roles may include roles. Not for FEWEST_ROLES. */
  readonly hierarchy?: boolean | undefined;
  /** Entitlements of a role, roles of an identity, identities of a role, at most. */
  readonly maxEntitlementsPerRole?: number | undefined;
  readonly maxRolesPerIdentity?: number | undefined;
  readonly maxIdentitiesPerRole?: number | undefined;
  /** Ids of roles that must stay as they are, as far as the scope holds them. */
  readonly keep?: readonly string[] | undefined;
  /** Share of all holdings that may stay without a role, in [0, 1]; default 0. Not for FEWEST_ROLES. */
  readonly exceptionShare?: number | undefined;
  /** Default true. False does without the dominance kernel: fewer proofs, and the same exactness. */
  readonly kernel?: boolean | undefined;
  /** True tells how firm the roles are, by mining samples; default false. */
  readonly firmness?: boolean | undefined;
  /** True: no role may hold something of both sides of a rule that the engine was opened with. Default false. */
  readonly separateDuties?: boolean | undefined;
}

/** An action on a resource, as it is granted. */
export interface MinedEntitlement {
  readonly action: string;
  readonly exceptActions: readonly string[];
  readonly resource: string;
  readonly inherits: boolean;
  /** Texts of conditions that must all hold. */
  readonly conditions: readonly string[];
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
}

export interface MinedRole {
  /** No two have the same. */
  readonly name: string;
  readonly rationale: string;
  /** Ids of the identities that are assigned it, in order. */
  readonly members: readonly string[];
  /** All that it gives, what included roles give too. */
  readonly entitlements: readonly MinedEntitlement[];
  /** Names of roles that it includes. */
  readonly includes: readonly string[];
  /** The present role that it is closest to; null for none. */
  readonly basedOn: string | null;
  /** How well it is found again on samples of the people, in [0, 1]; null when that was not asked. */
  readonly stability: number | null;
}

export interface BirthrightsQuestion extends Pick<RoleMiningQuestion, 'at' | 'reach' | 'signal' | 'onProgress'> {
  /** Share of a group that has something for it to be a birthright; above 0.5 and at most 1, default 0.95. */
  readonly leastShare?: number | undefined;
  /** People of a group at least; from 2, default 5. */
  readonly leastPeople?: number | undefined;
}

export interface Birthrights {
  /** The widest groups first. */
  readonly rules: readonly BirthrightRule[];
  /** Identities that hold anything. */
  readonly people: number;
  readonly version: number;
}

/** Practically everybody of a group has these. */
export interface BirthrightRule {
  /** None stands for everybody. */
  readonly terms: readonly { readonly attribute: string; readonly value: string }[];
  readonly people: number;
  readonly entitlements: readonly { readonly entitlement: MinedEntitlement; readonly holders: number }[];
  readonly exceptionCount: number;
  /** Who is of the group and has it not; the first 100. */
  readonly exceptions: readonly { readonly identity: string; readonly entitlement: MinedEntitlement }[];
}

/** Roles keep the sides of a rule apart, and some hold both all the same. */
export interface DutiesHeld {
  readonly rule: string;
  /** How many identities hold something of both sides: they are assigned several roles. */
  readonly holderCount: number;
  /** Ids of the first hundred, in order. */
  readonly holders: readonly string[];
  /** Entitlements that are of both sides by themselves; the first hundred. */
  readonly undivided: readonly MinedEntitlement[];
}

export interface RoleMining {
  readonly objective: PlanObjective;
  /** Those with most members first. */
  readonly roles: readonly MinedRole[];
  /** What stays without a role. */
  readonly direct: readonly { readonly identity: string; readonly entitlement: MinedEntitlement }[];
  /** Roles + assignments + grants of roles + inclusions + direct grants, each counted once. */
  readonly structuralComplexity: number;
  /** The same by the weights that were asked for. */
  readonly cost: number;
  /** No set of roles that is exact has fewer. */
  readonly lowerBound: number;
  /** How far the number of roles may be above the least, as a share of the bound. */
  readonly gap: number;
  /** True when there are as many roles as the bound says. */
  readonly provenOptimal: boolean;
  /** Held against the graph by a second, plain computation. Always true: what fails it is not told. */
  readonly exact: true;
  readonly identities: number;
  readonly entitlements: number;
  /** Pairs of an identity and an entitlement: as many before as after. */
  readonly holdings: number;
  /** Of rules of duties that were to be kept apart, what no arrangement of roles keeps apart. */
  readonly duties: readonly DutiesHeld[];
  readonly seed: number;
  /** Of what people who were left out hold, how much roles that were mined without them explain; null when that was not asked, or too little is held. */
  readonly generalisation: { readonly recall: number; readonly precision: number; readonly people: number } | null;
  /** Says why there are no roles, where there are none. */
  readonly because?: string;
  readonly seconds: number;
  readonly version: number;
}
