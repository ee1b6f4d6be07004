/** Access that nobody is known to have used for long. What counts as known is on the page docs/stale-access.md. */

import { counts, type Frame, makeFrame } from '../../access/frame.ts';
import { withOwnWorkspace } from '../../access/workspace.ts';
import { EDGE_KINDS, type EdgeKind, GrantlensError } from '../../model/index.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { classOf, DENY, GRANT, MEMBERSHIP, type Snapshot, TAKE, TAKEOVER, TIMED } from '../../snapshot/snapshot.ts';
import { times } from '../counted.ts';
import type { EdgeUseFacts } from '../graph-facts.ts';
import { mayLiftDenial } from '../lifts-denial.ts';
import type { FindingGround, FindingRule, Found } from '../rule.ts';
import { usesOfEdges } from '../stale/edge-use.ts';
import { GivesAlone } from '../stale/gives-alone.ts';
import { type KnownUse, knownUse } from '../stale/known-use.ts';
import { PeersUse } from '../stale/peers-use.ts';

const DAY = 86_400_000;
/** Days without a known use: what is taken when nobody says, and what may be said. */
export const STALE_DAYS = { usual: 90, least: 1, most: 3_650 } as const;

/** Severity of what was just not used for long enough, and what each of three signs adds at most. */
const LEAST = 0.1;
const BY_AGE = 0.3;
/** Share of that where no use at all is known: silence says less than an old date. */
const OF_SILENCE = 0.5;
const BY_RARITY = 0.1;
const BY_PEERS = 0.2;

const KINDS: ReadonlySet<EdgeKind> = new Set(['GRANTS', 'MEMBER_OF', 'HAS_ROLE', 'CAN_ASSUME']);
const CLASSES = [MEMBERSHIP, TAKE, GRANT];

export const staleAccess: FindingRule = {
  kind: 'STALE_ACCESS',
  looksFor:
    'a grant, membership, assignment or assumption of which use is known, and nothing that it alone gives was used for 90 days (or as many as are asked for)',
  severityIs:
    '0.1, 0.3 × (1 − 90 days ÷ days since the last known use), or half of it where none is known, 0.1 ÷ (1 + log2(1 + uses)), and 0.2 × the share of others with the same edge who used it in that time',
  remedyIs: 'remove the edge; none where that would lift a denial',
  remedyEffect: 'ACCESS_ENDS',
  needs: ['edgeUse', 'uses'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const days = daysOf(ground);
    const frame = makeFrame(snapshot, 'ASSUMABLE', at);
    const use = await usesOfEdges(frame, facts, pace);
    const known = await knownUse(frame, facts, at - 2 * days * DAY, pace);
    const since = at - days * DAY;
    const candidates: number[] = [];
    const peers = new PeersUse(snapshot, use.lastUsedAt, since);
    for await (const edge of accessEdges(frame, pace)) {
      peers.add(edge);
      if (isStale({ snapshot, use, known, since }, edge)) candidates.push(edge);
    }
    const found: Found[] = [];
    await withOwnWorkspace(snapshot, async (work) => {
      const givesAlone = new GivesAlone(frame, work);
      candidates.sort((a, b) => snapshot.source[a]! - snapshot.source[b]! || a - b);
      for (const edge of candidates) {
        if (pace.isDue()) await pace.rest();
        if (givesAlone.of(edge)) found.push(foundOf(snapshot, edge, { at, days, use, peers }));
      }
    });
    return found;
  },

  notes({ facts }) {
    const isAnyTold = (times: Float64Array | undefined): boolean => times?.some((time) => !Number.isNaN(time)) ?? false;
    return isAnyTold(facts.uses?.lastUsedAt) || isAnyTold(facts.edgeUse?.lastUsedAt)
      ? []
      : ['No use of anything is known, so nothing can be called stale.'];
  },

  tell({ nodes, values, remedy }, words) {
    const [from, to] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const [last, count] = [values['lastUsedAt'] as number, values['useCount'] as number];
    const [others, using] = [values['others'] as number, values['using'] as number];
    const when = Number.isNaN(last)
      ? values['isToldUnused'] === 1
        ? 'Its source says that it was never used.'
        : 'No use of what only it gives is known, though use of the same resources is.'
      : `What only it gives was last used on ${words.day(last)}, as far as is known${count > 0 ? ` (${times(count)} in all)` : ''}.`;
    const peers =
      others === 0 ? '' : ` Of ${others} others with the same, ${using} used it in the last ${values['days']} days.`;
    return {
      title: `${values['kind']} of ${from} on ${to} is not known to have been used for ${values['days']} days`,
      rationale: `${when}${peers} ${remedy.length > 0 ? 'Remove it, or ask its holder first.' : 'It also brings a denial, which removing it would lift: remove what it allows where that is granted.'}`,
    };
  },
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
  readonly known: KnownUse;
  readonly since: number;
}

/** True when use of the edge is known and none of it is recent; that it gives something alone is seen to afterwards. */
function isStale({ snapshot, use, known, since }: Judging, edge: number): boolean {
  const { source, target, flags, windowOf, validFrom } = snapshot;
  if (use.lastUsedAt[edge]! >= since) return false;
  if ((flags[edge]! & TIMED) !== 0 && validFrom[windowOf[edge]!]! > since) return false;
  if (known.isHeld[source[edge]!] === 0) return false;
  if (!Number.isNaN(use.lastUsedAt[edge]!) || use.useCount[edge] === 0) return true;
  if (classOf(snapshot, edge) === GRANT) return known.isKnown[target[edge]!] === 1;
  return known.gives[target[edge]!] === 1 && known.givesUnknown[target[edge]!] === 0;
}

interface Measures {
  readonly at: number;
  readonly days: number;
  readonly use: EdgeUseFacts;
  readonly peers: PeersUse;
}

function foundOf(snapshot: Snapshot, edge: number, { at, days, use, peers }: Measures): Found {
  const last = use.lastUsedAt[edge]!;
  const count = use.useCount[edge]! || 0;
  const { others, using } = peers.of(edge);
  const age = Number.isNaN(last) ? OF_SILENCE : 1 - (days * DAY) / (at - last);
  const rarity = 1 / (1 + Math.log2(1 + count));
  return {
    severity: LEAST + BY_AGE * age + BY_RARITY * rarity + (others === 0 ? 0 : (BY_PEERS * using) / others),
    nodes: [snapshot.source[edge]!, snapshot.target[edge]!],
    edges: [edge],
    key: { nodes: [], edges: [edge] },
    remedy: mayLiftDenial(snapshot, edge) ? [] : [{ op: 'REMOVE_EDGE', edge }],
    values: {
      kind: EDGE_KINDS[snapshot.edgeKind[edge]!]!,
      lastUsedAt: last,
      useCount: count,
      isToldUnused: use.useCount[edge] === 0 ? 1 : 0,
      others,
      using,
      days,
    },
  };
}
