/** What is asked of hubs, and what is answered. */
import type { Waiting } from '../access/apart.ts';
import type { EdgeRecord, Instant, NodeKind, Reach } from '../model/index.ts';
import type { SensitivityRule } from '../sensitivity/rule.ts';
import type { RuleUse } from '../sensitivity/sensitivity-table.ts';

/** By what hubs are ranked: by what goes through them, or by what ends with them. */
export const HUB_RANKINGS = ['EXPOSURE', 'IMPACT'] as const;
export type HubRanking = (typeof HUB_RANKINGS)[number];

export interface HubsQuestion {
  /** Default ASSUMABLE. */
  readonly reach?: Reach | undefined;
  /** Default: now. */
  readonly at?: Instant | undefined;
  /** In [0, 1]. A resource counts, and a grant counts on it, from this weight on; without it, or with 0, from any above 0. */
  readonly minSensitivity?: number | undefined;
  /** How many hubs, and how many edges, are told. Default 20. */
  readonly first?: number | undefined;
  /** Default IMPACT. */
  readonly rankBy?: HubRanking | undefined;
  /** Only hubs of these kinds. Default: all. */
  readonly kinds?: readonly NodeKind[] | undefined;
  /** Rules of a file; they come before the built-in ones. */
  readonly rules?: readonly SensitivityRule[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: Waiting['onProgress'];
  /** Milliseconds; default 300,000. */
  readonly deadline?: number | undefined;
}

/**
 * What goes through a node and what hangs on it. A pair is an identity that is not disabled and a sensitive resource that it
 * has a way to; those of the node itself are left out.
 */
export interface HubMeasures {
  /** Identities with a way to a sensitive resource through the node. */
  readonly identities: number;
  /** Sensitive resources that are reached through it. */
  readonly resources: number;
  /** Pairs with a way through the node. */
  readonly exposure: number;
  /** Each pair counted with the weight of its resource. */
  readonly weightedExposure: number;
  /** Pairs with no way but through the node: they end if it goes. */
  readonly exclusivePairs: number;
  readonly weightedImpact: number;
  /** 1 - weightedImpact / weightedExposure: how much of what goes through the node has another way too. */
  readonly redundancy: number;
  /** The weight of all sensitive resources that the node itself reaches when take-overs count. */
  readonly blastRadius: number;
}

export interface Hub extends HubMeasures {
  readonly id: string;
  readonly kind: NodeKind;
  /** What it is ranked by: the weighted exposure or impact. */
  readonly score: number;
  /** From 1. */
  readonly rank: number;
}

/** An edge without which pairs end; `CONTAINS` edges are left out. */
export interface HubEdge {
  readonly edge: EdgeRecord;
  readonly exclusivePairs: number;
  readonly weightedImpact: number;
  /** From 1, by weighted impact. */
  readonly rank: number;
}

export interface HubsAnswer {
  readonly hubs: readonly Hub[];
  readonly edges: readonly HubEdge[];
  /** How many hubs of these kinds there are, and how many edges without which a pair ends. */
  readonly hubCount: number;
  readonly edgeCount: number;
  /** All pairs, and their weight: what the numbers of a hub are a part of. */
  readonly pairs: number;
  readonly weight: number;
  readonly sensitivity: {
    /** False when no resource weighs anything: there is nothing to rank by then, and no hub is told. */
    readonly known: boolean;
    /** Sensitive resources that count. */
    readonly resources: number;
    readonly rulesUsed: readonly RuleUse[];
    /** 0 stands for everything above 0. */
    readonly minSensitivity: number;
    /** Says in words why there are no hubs, where there are none for lack of sensitive resources. */
    readonly because?: string;
  };
  readonly version: number;
}
