/** What to remove so that an access ends, and what else that would do. */
import type { EdgeRecord } from '../model/index.ts';
import { type AccessAsked, accessIn } from './access-to-end.ts';
import { hereOrApart } from './apart.ts';
import { deltaBetween } from './ask-what-if.ts';
import { edgeRecords } from './edge-records.ts';
import type { EndingCut, EndingCuts } from './ending-cuts.ts';
import { actionOf, frameOf, type Ground, identityOf, invalid, resourceOf } from './ground.ts';
import type { AccessDelta, Patience, Revocation, RevocationAnswer, RevocationQuestion } from './questions.ts';
import { repairOf } from './repair.ts';
import { type Prices, pricesOf } from './revocation-costs.ts';
import { findCuts, findWays } from './revocation-work.ts';
import type { Revoked } from './revoked.ts';
import { NO_EDITS, supposingFor } from './suppose.ts';

export const MOST_IDENTITIES = 1_000;
export const MOST_RESOURCES = 100;
/** How many cuts are told when nobody says. */
export const ALTERNATIVES = 3;
const MOST_ALTERNATIVES = 20;
/** Milliseconds that the question may take, when nobody says. */
const DEADLINE = 30_000;

/** @throws GrantlensError for arguments that make no sense; the reason of the signal */
export async function askRevocation(ground: Ground, asked: RevocationQuestion): Promise<RevocationAnswer> {
  asked.signal?.throwIfAborted();
  const wanted = accessAsked(ground, asked);
  const alternatives = asked.alternatives ?? ALTERNATIVES;
  if (!(Number.isSafeInteger(alternatives) && alternatives >= 1 && alternatives <= MOST_ALTERNATIVES))
    throw invalid('alternatives', `alternatives must be from 1 to ${MOST_ALTERNATIVES}, is ${alternatives}`);
  const deadline = asked.deadline ?? DEADLINE;
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  const end = performance.now() + deadline;
  const patience = (): Patience => ({
    deadline: Math.max(1, end - performance.now()),
    signal: asked.signal,
  });
  const { version } = ground.snapshot;
  const found = await searched(ground, wanted, asked, alternatives, patience);
  if (found === undefined) return { alternatives: [], because: NO_ACCESS, uncuttable: [], version, complete: true };
  const { cuts, prices } = found;
  const access = accessIn(ground.snapshot, wanted);
  const revoked: Revoked = {
    identities: new Set(wanted.identities),
    action: wanted.action,
    resources: new Set(wanted.resources),
  };
  const judged: Judged[] = [];
  for (const cut of cuts.cuts) {
    const collateral = await supposingFor(ground.snapshot, { ...NO_EDITS, version, edgesGone: cut.edges }, (supposed) =>
      deltaBetween(
        access.frame,
        supposed,
        { ...patience(), first: asked.first },
        { less: revoked, apart: ground.apart },
      ),
    );
    judged.push({ cut, collateral });
  }
  const told: Revocation[] = [];
  for (const { cut, collateral } of judged.sort(byHarm)) {
    told.push({
      edges: await edgeRecords(ground, cut.edges),
      cost: prices.costOf(cut.price),
      collateral,
      ...(asked.repair === true ? { repair: await repairOf(ground, access, revoked, cut.edges, patience) } : {}),
    });
  }
  return { alternatives: told, version, ...(await whatIsMissing(ground, cuts)) };
}

const NO_ACCESS = 'none of the identities has this access';

interface Judged {
  readonly cut: EndingCut;
  readonly collateral: AccessDelta;
}

const harm = ({ lostCount, gainedCount, alteredCount }: AccessDelta): number => lostCount + gainedCount + alteredCount;

/** By cost, then collateral, then edits; the first found first where all are equal. */
const byHarm = (a: Judged, b: Judged): number =>
  a.cut.price - b.cut.price || harm(a.collateral) - harm(b.collateral) || a.cut.edges.length - b.cut.edges.length;

function accessAsked(ground: Ground, asked: RevocationQuestion): AccessAsked {
  const { identities, resource, resources = [] } = asked;
  if (!(identities.length >= 1 && identities.length <= MOST_IDENTITIES))
    throw invalid('identities', `identities must be 1 to ${MOST_IDENTITIES}, are ${identities.length}`);
  const all = resource === undefined ? resources : [resource, ...resources];
  if (all.length === 0) throw invalid('resource', 'resource, or resources, must name what is to be out of reach');
  if (all.length > MOST_RESOURCES)
    throw invalid('resources', `resource and resources must be at most ${MOST_RESOURCES}, are ${all.length}`);
  const { reach, at } = frameOf(ground, asked);
  return {
    reach,
    at,
    identities: inOrder(identities.map((id) => identityOf(ground, id))),
    action: actionOf(asked.action),
    resources: inOrder(all.map((id) => resourceOf(ground, id))),
  };
}

const inOrder = (nodes: readonly number[]): readonly number[] => [...new Set(nodes)].sort((a, b) => a - b);

/** @returns `undefined` when there is nothing to end */
async function searched(
  ground: Ground,
  wanted: AccessAsked,
  asked: RevocationQuestion,
  alternatives: number,
  patience: () => Patience,
): Promise<{ readonly cuts: EndingCuts; readonly prices: Prices } | undefined> {
  const { snapshot, apart } = ground;
  const { hasAccess, edges } = await hereOrApart(apart, findWays, [snapshot], wanted, patience());
  const prices = await pricesOf(ground, asked, wanted.at, edges);
  if (!hasAccess) return undefined;
  const input = { ...wanted, edges, prices: Float64Array.from(edges, prices.priceOf), alternatives };
  return { cuts: await hereOrApart(apart, findCuts, [snapshot], input, patience()), prices };
}

async function whatIsMissing(
  ground: Ground,
  { cuts, complete, uncuttable }: EndingCuts,
): Promise<Pick<RevocationAnswer, 'because' | 'uncuttable' | 'complete' | 'incompleteBecause'>> {
  const way: readonly EdgeRecord[] = uncuttable === undefined ? [] : await edgeRecords(ground, uncuttable);
  return {
    uncuttable: way,
    ...(cuts.length > 0 || !complete ? {} : { because: way.length > 0 ? ALL_PROTECTED : NOTHING_ENDS_IT }),
    complete,
    ...(complete ? {} : { incompleteBecause: cuts.length === 0 ? GAVE_UP_WITHOUT : GAVE_UP }),
  };
}

const ALL_PROTECTED =
  'there is a way none of whose edges may be cut, or that opens when a denial goes with what is cut: protect less';
const NOTHING_ENDS_IT = 'no set of the edges that may be cut ends the access';
const GAVE_UP = 'the search for cuts was given up at its limit: there may be cheaper ones than these';
const GAVE_UP_WITHOUT = 'the search for cuts was given up at its limit before one was found: protect less';
