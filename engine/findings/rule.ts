/** What a kind of finding is made of: one rule a file, in `rules/`. */
import type { Workspace } from '../access/workspace.ts';
import type { EdgeRecord, Instant, Reach } from '../model/index.ts';
import type { SensitivityTable } from '../sensitivity/sensitivity-table.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ResolvedSodRule } from './duties/sod-rule.ts';
import type { GraphFacts } from './graph-facts.ts';
import type { FindingKind, RemedyEffect } from './questions.ts';

/** A change that would put something right, in the numbers of a snapshot. */
export type RemedyStep =
  | { readonly op: 'REMOVE_EDGE'; readonly edge: number }
  /** From all sources that tell of it. */
  | { readonly op: 'REMOVE_NODE'; readonly node: number }
  /**
   * The same edge from or to another node: its source, condition, times and terms stay. `beside` gives it a key of its own,
   * for where an edge of the same key is there already.
   */
  | {
      readonly op: 'COPY_EDGE';
      readonly edge: number;
      readonly from?: number;
      readonly to?: number;
      readonly beside?: boolean;
    }
  /** A new edge that holds always, of the source of the edge `like`; `kind` is an index into EDGE_KINDS. */
  | {
      readonly op: 'PUT_EDGE';
      readonly kind: number;
      readonly from: number;
      readonly to: number;
      readonly like: number;
    }
  /** An attribute that names another node; only of a node that one source tells of, for others may say otherwise. */
  | { readonly op: 'PUT_ATTRIBUTE'; readonly node: number; readonly name: string; readonly to: number };

/** A finding in the numbers of a snapshot. Plain values: it goes from thread to thread. */
export interface Found {
  /** In [0, 1]. */
  readonly severity: number;
  /** Nodes that it is about, the main one first. */
  readonly nodes: readonly number[];
  /** Edges that show it. */
  readonly edges: readonly number[];
  /** Which of these it is known by: a finding with the same key is the same finding, in any version. */
  readonly key: {
    readonly nodes: readonly number[];
    readonly edges: readonly number[];
    /** Texts besides, such as the name of a rule of a file. */
    readonly names?: readonly string[];
  };
  readonly remedy: readonly RemedyStep[];
  /** What its remedy does, where that is not what the rule says of all. */
  readonly effect?: RemedyEffect;
  /** What `tell` needs besides: numbers of nodes, counts, instants. */
  readonly values: Readonly<Record<string, number | string | readonly number[]>>;
}

/** An access that a finding is about: without it the finding is none any more. Numbers of nodes. */
export interface AccessFound {
  readonly reach: Reach;
  readonly action: string;
  readonly identities: readonly number[];
  readonly resources: readonly number[];
}

/** What rules look at. */
export interface FindingGround {
  readonly snapshot: Snapshot;
  readonly at: Instant;
  readonly facts: GraphFacts;
  /** Absent where nobody asked how sensitive things are. */
  readonly sensitivity?: SensitivityTable;
  /** Duties to be kept apart; absent where no file names any. */
  readonly sod?: readonly ResolvedSodRule[];
  /** Days without a known use after which access is stale; see `STALE_DAYS`. */
  readonly staleAfterDays?: number;
}

/** What a rule needs to know besides the snapshot. */
export type Need = 'people' | 'edgeUse' | 'uses' | 'conditions';

/** How things are called in a sentence. */
export interface Words {
  /** `“Payroll admin” (role:payroll-admin)`. */
  node(node: number): string;
  /** The whole record. */
  edge(edge: number): EdgeRecord;
  /** A day, `2026-01-31`. */
  day(at: Instant): string;
}

/** Is told, while a rule looks, what its silence does not mean. */
export type Note = (sentence: string) => void;

export interface FindingRule {
  readonly kind: FindingKind;
  /** What it looks for, in a sentence; it stands in the documentation as it is here. */
  readonly looksFor: string;
  /** How its severity is computed, in a sentence. */
  readonly severityIs: string;
  readonly remedyIs: string;
  /** Of one that is there; what an empty one does is not said by rules. */
  readonly remedyEffect: Exclude<RemedyEffect, 'NO_REMEDY'>;
  readonly needs: readonly Need[];
  /**
   * All of them, in any order; pure: the same ground gives the same. Long loops call `pace.check()`, rest when `pace.isDue()`,
   * and say how far they are with `pace.progress(kind, done, of)`. What its silence does not mean, and only looking tells, is noted.
   */
  find(ground: FindingGround, pace: Pace, note: Note): Promise<readonly Found[]>;
  /** What its silence does not mean: sentences about what is not known that it would need to know. */
  notes?(ground: FindingGround): readonly string[];
  /**
   * Accesses of which any one is to end so that the finding is none any more; none where edges are wrong by themselves, or
   * where what is found is no access of one action.
   *
   * @param work is used, and left as it was
   */
  accesses?(found: Found, ground: Pick<FindingGround, 'snapshot' | 'at'>, work: Workspace): readonly AccessFound[];
  /** One line without a full stop, and sentences. */
  tell(found: Found, words: Words): { readonly title: string; readonly rationale: string };
}
