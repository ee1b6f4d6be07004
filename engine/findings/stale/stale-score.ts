/** How much speaks against a stale edge: how long ago it was last used, how seldom, and whether others use the same. */
import type { Instant } from '../../model/index.ts';
import type { UseOfEdges } from './edge-use.ts';
import type { Peers, PeersUse } from './peers-use.ts';

const DAY = 86_400_000;

/** What each edge has, and what each of three signs adds at most. */
const LEAST = 0.1;
const BY_AGE = 0.3;
const BY_RARITY = 0.1;
const BY_PEERS = 0.2;
/** Share of what age adds where no use at all is known: silence says less than an old date, and nothing where use may have gone that way. */
const OF_SILENCE = 0.5;

export interface StaleScore extends Peers {
  readonly edge: number;
  /** In [0.1, 0.7]. */
  readonly score: number;
  /** NaN where no use is known. */
  readonly lastUsedAt: Instant;
  /** Uses known. */
  readonly useCount: number;
  /** Its source says that there was no use. */
  readonly isToldUnused: boolean;
}

export interface StaleMeasures {
  readonly at: Instant;
  readonly days: number;
  readonly use: UseOfEdges;
  readonly peers: PeersUse;
}

/** O(1). */
export function staleScore(edge: number, { at, days, use, peers }: StaleMeasures): StaleScore {
  const lastUsedAt = use.lastUsedAt[edge]!;
  const useCount = use.useCount[edge]! || 0;
  const isSilent = Number.isNaN(lastUsedAt);
  const isToldUnused = isSilent && use.useCount[edge] === 0;
  const ofSilence = use.mayCarry[edge] === 1 ? 0 : OF_SILENCE;
  const age = isToldUnused ? 1 : isSilent ? ofSilence : 1 - (days * DAY) / (at - lastUsedAt);
  // How often is not known of what nothing is told of.
  const rarity = isSilent && !isToldUnused ? 0 : 1 / (1 + Math.log2(1 + useCount));
  const { others, using } = peers.of(edge);
  const share = others === 0 ? 0 : using / others;
  return {
    edge,
    score: LEAST + BY_AGE * age + BY_RARITY * rarity + BY_PEERS * share,
    lastUsedAt,
    useCount,
    isToldUnused,
    others,
    using,
  };
}
