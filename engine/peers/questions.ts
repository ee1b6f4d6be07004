/** Questions about who is like whom, and the shapes of their answers. What they mean: docs/peers.md. */
import type { Waiting } from '../access/apart.ts';
import type { Instant, NodeKind, Reach } from '../model/index.ts';
import type { AttributeLabel } from './cluster-label.ts';
import type { OutlierMethod } from './outlier-check.ts';
import type { SweepStep } from './resolution-sweep.ts';

/** What an allowing grant conveys, as it is written. */
export interface Entitlement {
  /** Patterns, sorted. */
  readonly actions: readonly string[];
  /** Patterns taken out of them. */
  readonly exceptActions: readonly string[];
  /** Id of the resource that the grant names. */
  readonly resource: string;
  /** True when it reaches what the resource contains. */
  readonly inherits: boolean;
}

/** How long one waits, and who is told how far it is. */
interface Asking extends Pick<Waiting, 'signal' | 'onProgress'> {
  /** Default: now. */
  readonly at?: Instant | undefined;
  /** Default ENTITLED: what people were given. */
  readonly reach?: Reach | undefined;
  /** A whole number; default 1. The same seed on the same version gives the same answer. */
  readonly seed?: number | undefined;
  /** Milliseconds; default 300,000. */
  readonly deadline?: number | undefined;
}

export interface RoleClustersQuestion extends Asking {
  /** Above 0 and at most 1,000; the higher, the smaller the groups. Default: one is chosen from 0.5 to 20. */
  readonly resolution?: number | undefined;
  /** How many runs with different seeds, from 1 to 50; default 10. */
  readonly runs?: number | undefined;
}

export interface EntitlementShare {
  readonly entitlement: Entitlement;
  /** Share of the cluster that holds it, and of everybody else who holds something. */
  readonly share: number;
  readonly elsewhere: number;
}

/** Somebody who differs from her cluster. */
export interface ClusterDifference {
  readonly identity: string;
  readonly entitlement: Entitlement;
  /** Share of the cluster that holds it. */
  readonly share: number;
  /** Entitlements in which she differs alike, this one among them: the same identities hold all of them. */
  readonly together: number;
}

/** Identities that hold much the same. */
export interface PeerGroup {
  /** Follows from who is in it. */
  readonly id: string;
  /** What it may be called: by attributes of its members, or by what they hold and few others do. No two have the same. */
  readonly label: string;
  /** Ids, in order. */
  readonly members: readonly string[];
  /** The attributes that tell it best; null where they tell nothing. */
  readonly attributes: AttributeLabel | null;
  /** How well it is found again in runs with other seeds: mean Jaccard index, in (0, 1]. */
  readonly stability: number;
  /** Held by half of it or more, what tells it from others best first; the first 50. */
  readonly signature: readonly EntitlementShare[];
  readonly signatureCount: number;
  /** What members lack that at least 0.8 of it hold; the first 100. */
  readonly lacking: readonly ClusterDifference[];
  readonly lackingCount: number;
  /** What members hold that at most 0.1 of it hold; the first 100. */
  readonly beyond: readonly ClusterDifference[];
  readonly beyondCount: number;
  /** False for groups of fewer than five: then nobody is said to lack or have what others do not. */
  readonly isEnough: boolean;
}

export interface RoleClusters {
  /** The largest first. */
  readonly clusters: readonly PeerGroup[];
  /** Newman's, on the weighted graph of who holds what; at most 1. */
  readonly modularity: number;
  readonly resolution: number;
  /** Resolutions that were tried; none when one was asked for. */
  readonly sweep: readonly SweepStep[];
  readonly runs: number;
  /** Mean adjusted Rand index between the runs. */
  readonly stability: number;
  /** True when what the runs agree on is told; false when it is the best of them. */
  readonly isConsensus: boolean;
  /** Identities in groups, and those that are not disabled and hold nothing. */
  readonly identities: number;
  readonly without: number;
  /** Says why there are no groups, where there are none. */
  readonly because?: string;
  readonly version: number;
}

export interface SimilarQuestion extends Omit<Asking, 'reach'> {
  /** From 1 to 1,000; default 20. */
  readonly first?: number | undefined;
  /** Default false. */
  readonly includeDisabled?: boolean | undefined;
}

/** A node that is like the one that was asked about. */
export interface Similar {
  readonly id: string;
  readonly kind: NodeKind;
  /** Cosine of the two embeddings, above 0 and at most 1. */
  readonly likeness: number;
  /** Ids of what both are joined to, what fewest are joined to first; the first five. */
  readonly shared: readonly string[];
  readonly sharedCount: number;
  /** What either is joined to; `sharedCount` of it both. */
  readonly eitherCount: number;
}

export interface SimilarAnswer {
  /** The most alike first, equal ones by id. */
  readonly similar: readonly Similar[];
  /** How many nodes of its kind it was compared with. */
  readonly compared: number;
  /** Says why nothing is like it, where nothing is. */
  readonly because?: string;
  readonly version: number;
}

export interface AccessMapQuestion extends Omit<Asking, 'reach'> {
  /** Default: all. */
  readonly kinds?: readonly NodeKind[] | undefined;
  /** From 1 to 10,000; default 1,000. Where there are more nodes, so many are told, spread evenly in the order of ids. */
  readonly first?: number | undefined;
}

/** Nodes on a plane: what is near each other has much the same access. */
export interface AccessMapAnswer {
  /** x and y are from -1 to 1; in the order of ids. */
  readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  /** Nodes that have a place; those that are joined to nothing have none. */
  readonly count: number;
  /** Share of what tells nodes apart that each axis shows. */
  readonly explained: readonly [number, number];
  readonly version: number;
}

export interface OutliersQuestion extends Asking {
  /** From 0 to 1,000; default 100. */
  readonly first?: number | undefined;
  /** Default: what did better in a trial on this very graph. */
  readonly method?: OutlierMethod | undefined;
}

/** What speaks for a holding or against it. */
export interface OutlierReason {
  readonly entitlement: Entitlement;
  readonly together: number;
  /** Of so many other identities, so many hold both it and what is judged. */
  readonly holders: number;
  readonly alsoHold: number;
}

/** A holding that nothing else its holder has explains. */
export interface OutlierHolding {
  readonly identity: string;
  readonly entitlement: Entitlement;
  /** Entitlements that the same identities hold, this one among them. */
  readonly together: number;
  /** The lower, the less explained. */
  readonly score: number;
  /** Of holdings that score so, the share that is wrong where one in a hundred is; null when that is not known. */
  readonly chance: number | null;
  readonly speakFor: readonly OutlierReason[];
  readonly speakAgainst: readonly OutlierReason[];
  readonly missing: readonly OutlierReason[];
}

/** How a method did that was tried: wrong holdings were put into this graph, and looked for. */
export interface OutlierCheck {
  readonly method: OutlierMethod;
  /** The chance that a wrong holding stands out more than a given one, of those with evidence enough; of all. */
  readonly auc: number;
  readonly aucOfAll: number;
  readonly averagePrecision: number;
  readonly injected: number;
  readonly judged: number;
}

export interface OutliersAnswer {
  /** The least explained first. */
  readonly outliers: readonly OutlierHolding[];
  readonly method: OutlierMethod;
  readonly because: string;
  readonly checks: readonly OutlierCheck[];
  /** False when too little could be tried: then no chance is told. */
  readonly calibrated: boolean;
  /** False when the list tells hardly more than a list by chance. */
  readonly isTelling: boolean;
  /** Holdings that were judged, those with too little evidence, and identities all of whose holdings have too little. */
  readonly judged: number;
  readonly undecided: number;
  readonly identitiesUndecided: number;
  readonly version: number;
}
