/** Questions about what is wrong in the graph, and the shapes of their answers. What each kind means: docs/findings.md. */
import type { Page, PageRequest, RevocationQuestion, Scope } from '../access/questions.ts';
import type { Change, EdgeRecord } from '../model/index.ts';
import type { Dismissal } from './dismissals.ts';

export const FINDING_KINDS = [
  'REDUNDANT_GRANT',
  'DUPLICATE_ROLE',
  'SUBSUMED_ROLE',
  'EMPTY_ROLE',
  'UNUSED_ROLE',
  'MEMBERSHIP_CYCLE',
  'STALE_ACCESS',
  'ORPHANED_ACCOUNT',
  'OUTLIER',
  'SOD_VIOLATION',
  'ESCALATION_PATH',
  'EXPIRED_GRANT',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What a remedy does when it is applied: what `whatIf` says of it. */
export type RemedyEffect =
  /** Nobody gains or loses anything. */
  | 'NOTHING_CHANGES'
  /** Nobody gains or loses an action; lists of access name fewer of the patterns by which they are had. */
  | 'LISTS_SHRINK'
  /** Some lose, nobody gains. */
  | 'ACCESS_ENDS'
  /** There is none: somebody has to decide. */
  | 'NO_REMEDY';

/** Something that is wrong, with what shows it and what would put it right. */
export interface Finding {
  /** Stays the same for as long as what it is about is there, over loads and versions. */
  readonly id: string;
  readonly kind: FindingKind;
  /** In [0, 1]. */
  readonly severity: number;
  readonly title: string;
  readonly rationale: string;
  /** Ids, the one that it is about first. */
  readonly entities: readonly string[];
  /** What shows it. */
  readonly edges: readonly EdgeRecord[];
  /** Empty where nobody but a person can say what would put it right; the rationale then says what to do. */
  readonly remedy: readonly Change[];
  readonly remedyEffect: RemedyEffect;
}

/** Told with whether somebody lets it be. */
export interface ListedFinding extends Finding {
  readonly dismissal: Dismissal | null;
}

/** The severest first. */
export interface FindingsPage extends Page<ListedFinding> {
  /** What a silence does not mean: what rules would have to know and nobody has told. */
  readonly notes: readonly string[];
}

export interface FindingsQuestion extends Pick<Scope, 'at'>, PageRequest {
  /** Default: all. */
  readonly kinds?: readonly FindingKind[] | undefined;
  /** In [0, 1]; default 0. */
  readonly minSeverity?: number | undefined;
  /** True lists those that are dismissed, and only those. Default false. */
  readonly dismissed?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Days without a known use after which access is stale: from 1 to 3,650; default 90. */
  readonly staleAfterDays?: number | undefined;
}

/** What to remove so that a finding about an access is none any more. It is of the instant and the reach of the finding. */
export interface FindingRevocationQuestion
  extends Omit<RevocationQuestion, 'identities' | 'action' | 'resource' | 'resources' | 'reach' | 'at'> {
  readonly finding: string;
}
