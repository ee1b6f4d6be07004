/** Access that nobody is known to have used for long. What counts as known is on the page docs/stale-access.md. */

import { counts, type Frame, makeFrame } from '../../access/frame.ts';
import { withOwnWorkspace } from '../../access/workspace.ts';
import { EDGE_KINDS, type EdgeKind, GrantlensError } from '../../model/index.ts';
import { compareNodes } from '../../snapshot/order.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { classOf, DENY, GRANT, MEMBERSHIP, type Snapshot, TAKE, TAKEOVER, TIMED } from '../../snapshot/snapshot.ts';
import type { EdgeUseFacts } from '../graph-facts.ts';
import { mayLiftDenial } from '../lifts-denial.ts';
import type { FindingGround, FindingRule, Found } from '../rule.ts';
import { usesOfEdges } from '../stale/edge-use.ts';
import { GivesAlone } from '../stale/gives-alone.ts';
import { type KnownUse, knownUse } from '../stale/known-use.ts';
import { PeersUse } from '../stale/peers-use.ts';
import { isAnyOf, type StaleDecision, staleDecisions } from '../stale/stale-decisions.ts';
import { type StaleMeasures, type StaleScore, staleScore } from '../stale/stale-score.ts';
import { tellStale } from '../stale/tell-stale.ts';
import { isVendorsEdge, isVendorsTrust } from '../vendors-own.ts';

const DAY = 86_400_000;
/** Days without a known use: what is taken when nobody says, and what may be said. */
export const STALE_DAYS = { usual: 90, least: 1, most: 3_650 } as const;

/** Edges that are shown, the strongest first, and that a remedy removes at most: the others are told when these are gone. */
const SHOWN = 20;
const REMOVED = 1_000;
/** Of an assumption that a vendor alone could take away. */
const OF_VENDORS = 0.5;

const KINDS: ReadonlySet<EdgeKind> = new Set(['GRANTS', 'MEMBER_OF', 'HAS_ROLE', 'CAN_ASSUME']);
const CLASSES = [MEMBERSHIP, TAKE, GRANT];

export const staleAccess: FindingRule = {
  kind: 'STALE_ACCESS',
  looksFor:
    'grants, memberships, assignments and assumptions of which use is known, and nothing that they alone give was used for 90 days (or as many as are asked for): a group or role that nobody used; some of those who have one; some of the grants of one holder',
  severityIs:
    'that of the edge against which most speaks: 0.1, 0.3 × (1 − 90 days ÷ days since the last known use), or half of that 0.3 where none is known, none of it where recent use may have gone that way and all of it where its source says that there was none, 0.1 ÷ (1 + log2(1 + uses)) where use is told, and 0.2 × the share of others with the same edge who used it in that time; half of all that for an assumption of a user or service account that a vendor manages',
  remedyIs:
    'remove the edges (of a group or role that nobody used, all that lead to it), those against which most speaks first, 1,000 at most; none that would lift a denial, and none that says who may act as what a vendor manages',
  remedyEffect: 'ACCESS_ENDS',
  needs: ['edgeUse', 'uses'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const days = daysOf(ground);
    const frame = makeFrame(snapshot, 'ASSUMABLE', at);
    const since = at - days * DAY;
    const use = await usesOfEdges(frame, facts, since, pace);
    const known = await knownUse(frame, facts, { known: at - 2 * days * DAY, recent: since }, pace);
    const candidates: number[] = [];
    const peers = new PeersUse(snapshot, use.lastUsedAt, since);
    for await (const edge of accessEdges(frame, pace)) {
      peers.add(edge);
      if (
        !isVendorsEdge(ground, edge) &&
        isStale({ snapshot, use, told: facts.edgeUse?.lastUsedAt, known, since }, edge)
      )
        candidates.push(edge);
    }
    const stale: number[] = [];
    await withOwnWorkspace(snapshot, async (work) => {
      const givesAlone = new GivesAlone(frame, work);
      candidates.sort((a, b) => snapshot.source[a]! - snapshot.source[b]! || a - b);
      for (const edge of candidates) {
        if (pace.isDue()) await pace.rest();
        if (givesAlone.of(edge)) stale.push(edge);
      }
    });
    const measures = { at, days, use, peers };
    return staleDecisions(frame, stale, { ...use, ...known }).map((decision) => foundOf(ground, decision, measures));
  },

  notes({ facts }) {
    const isAnyTold = (times: Float64Array | undefined): boolean => times?.some((time) => !Number.isNaN(time)) ?? false;
    return isAnyTold(facts.uses?.lastUsedAt) || isAnyTold(facts.edgeUse?.lastUsedAt)
      ? []
      : ['No use of anything is known, so nothing can be called stale.'];
  },

  tell: tellStale,
};

/** @throws GrantlensError ARGUMENT_INVALID */
function daysOf({ staleAfterDays = STALE_DAYS.usual }: FindingGround): number {
  const { least, most } = STALE_DAYS;
  if (staleAfterDays >= least && staleAfterDays <= most) return staleAfterDays;
  throw new GrantlensError('ARGUMENT_INVALID', `staleAfterDays must be from ${least} to ${most}.`, {
    argument: 'staleAfterDays',
  });
}

/** The edges in force that give access by design. */
async function* accessEdges(frame: Frame, pace: Pace): AsyncIterable<number> {
  const { adjacency, edgeKind, flags, nodeSpace } = frame.snapshot;
  for (const edgeClass of CLASSES) {
    const { out } = adjacency[edgeClass]!;
    for (let node = 0; node < nodeSpace; node++) {
      if (pace.isDue()) await pace.rest();
      const patch = out.patchOf(node);
      for (let i = out.first(node, patch), end = out.end(node, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        if ((flags[edge]! & (DENY | TAKEOVER)) !== 0 || !KINDS.has(EDGE_KINDS[edgeKind[edge]!]!)) continue;
        if (counts(frame, edge)) yield edge;
      }
    }
  }
}

interface Judging {
  readonly snapshot: Snapshot;
  readonly use: EdgeUseFacts;
  /** By edge, what its source tells itself. */
  readonly told: Float64Array | undefined;
  readonly known: KnownUse;
  readonly since: number;
}

/** True when use of the edge is known and none of it is recent; that it gives something alone is seen to afterwards. */
function isStale({ snapshot, use, told, known, since }: Judging, edge: number): boolean {
  const { source, target, flags, windowOf, validFrom } = snapshot;
  if (use.lastUsedAt[edge]! >= since) return false;
  if ((flags[edge]! & TIMED) !== 0 && validFrom[windowOf[edge]!]! > since) return false;
  if (known.isHeld[source[edge]!] === 0) return false;
  const isOfGrant = classOf(snapshot, edge) === GRANT;
  // Somebody used what it leads to, and it may have been over this edge.
  const isToldItself = !Number.isNaN(told?.[edge] ?? Number.NaN) || use.useCount[edge] === 0;
  if (!isOfGrant && !isToldItself && known.givesUsed[target[edge]!] === 1) return false;
  if (!Number.isNaN(use.lastUsedAt[edge]!) || use.useCount[edge] === 0) return true;
  if (isOfGrant) return known.isKnown[target[edge]!] === 1;
  return known.gives[target[edge]!] === 1 && known.givesUnknown[target[edge]!] === 0;
}

function foundOf(ground: FindingGround, decision: StaleDecision, measures: StaleMeasures): Found {
  const { about, node, stale, ending, ofAll } = decision;
  const { snapshot } = ground;
  const { source, target } = snapshot;
  const scores = strongestFirst(ground, stale, measures);
  const [strongest] = scores as [StaleScore];
  const ordered = scores.map(({ edge }) => edge);
  const isEnding = new Set(ending);
  // A set keeps the order in which things came: what is stale itself before inclusions by what is.
  const ended = [...new Set([...ordered.filter((edge) => isEnding.has(edge)), ...ending])];
  const own = ended.filter((edge) => !isVendorsTrust(ground, edge));
  const removable = own.filter((edge) => !mayLiftDenial(snapshot, edge) && !isVendorsEdge(ground, edge));
  const shown = [...new Set([...ended, ...ordered])].slice(0, SHOWN);
  return {
    severity: strongest.score,
    nodes: [...new Set([node, ...shown.map((edge) => (source[edge] === node ? target[edge]! : source[edge]!))])],
    edges: shown,
    key: { nodes: [node], edges: [], names: [about] },
    remedy: removable.slice(0, isAnyOf(about) ? 1 : REMOVED).map((edge) => ({ op: 'REMOVE_EDGE', edge })),
    values: {
      about,
      kind: EDGE_KINDS[snapshot.edgeKind[strongest.edge]!]!,
      stale: stale.length,
      ending: ended.length,
      removable: removable.length,
      ofVendors: ended.length - own.length,
      ofAll,
      ...knownOf(scores),
      useCount: strongest.useCount,
      others: strongest.others,
      using: strongest.using,
      days: measures.days,
    },
  };
}

/** Equal ones by the order of their ends. */
const strongestFirst = (
  ground: FindingGround,
  edges: readonly number[],
  measures: StaleMeasures,
): readonly StaleScore[] =>
  edges
    .map((edge) => scoreOf(ground, edge, measures))
    .sort(
      (a, b) =>
        b.score - a.score ||
        compareNodes(ground.snapshot, ground.snapshot.source[a.edge]!, ground.snapshot.source[b.edge]!) ||
        compareNodes(ground.snapshot, ground.snapshot.target[a.edge]!, ground.snapshot.target[b.edge]!),
    );

function scoreOf(ground: FindingGround, edge: number, measures: StaleMeasures): StaleScore {
  const score = staleScore(edge, measures);
  return isVendorsTrust(ground, edge) ? { ...score, score: score.score * OF_VENDORS } : score;
}

/** Of how many the last use is known, the earliest of these, and how many their source says were never used. */
function knownOf(scores: readonly StaleScore[]): { known: number; oldest: number; toldUnused: number } {
  const of = { known: 0, oldest: Number.POSITIVE_INFINITY, toldUnused: 0 };
  for (const { lastUsedAt, isToldUnused } of scores) {
    if (isToldUnused) of.toldUnused++;
    if (Number.isNaN(lastUsedAt)) continue;
    of.known++;
    of.oldest = Math.min(of.oldest, lastUsedAt);
  }
  return of;
}
