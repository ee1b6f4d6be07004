/** What every way to more access is worked out from, and what it is told as. */
import type { Estate, Identity } from '../estate.ts';
import type { Answer } from '../policy-answer.ts';
import type { Assumption } from '../trust.ts';
import type { Powers } from './powers.ts';
import type { Targets } from './targets.ts';

/** A principal or resource that is gained, under a condition of its own. */
export interface Gained {
  readonly to: string;
  readonly condition?: string;
}

export interface Takeover {
  readonly technique: string;
  /** One, or the members of a stand-in. */
  readonly gains: readonly Gained[];
  /** What stands before all of them. */
  readonly condition?: string;
  readonly evidence: readonly string[];
}

/** One account as those see it who would have more of it. */
export interface Matter {
  readonly account: string;
  readonly estate: Estate;
  readonly powers: Powers;
  readonly users: Targets;
  readonly groups: Targets;
  /** Roles that can be edited and passed: not those that AWS made for itself. */
  readonly roles: Targets;
  /** Managed policies that the account wrote. */
  readonly policies: Targets;
  /** Who may become a role of the account, by the ARN of the role. */
  readonly trusted: ReadonlyMap<string, readonly Assumption[]>;
  /** Which roles an identity may become, by its ARN. */
  readonly assumed: ReadonlyMap<string, readonly Assumption[]>;
  /** Users and roles of the account by ARN. */
  readonly identities: ReadonlyMap<string, Identity>;
  /** Users and roles of the account that may become roles of other accounts. */
  readonly abroad: readonly Gained[];
  /** The node of everything in the account. */
  readonly everything: string;
  /** The node of a principal that was given whatever one likes. */
  rewritten(identity: Identity): string;
  /** Whether somebody whom the trust policy of a role names could assume it. */
  enter(identity: Identity, role: string): Answer;
}
