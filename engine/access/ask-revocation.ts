/** What to remove so that an access ends, and what else that would do. */
import { CONDITIONAL, type EdgeRecord } from '../model/index.ts';
import { Pace } from '../snapshot/pace.ts';
import { MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { deltaBetween } from './ask-what-if.ts';
import { Question } from './decide.ts';
import { edgeRecords } from './edge-records.ts';
import { type AccessToEnd, allWays, type EndingCut, type EndingCuts, endingCuts } from './ending-cuts.ts';
import { counts, type Frame } from './frame.ts';
import { actionOf, frameOf, type Ground, identityOf, invalid, resourceOf } from './ground.ts';
import type { AccessDelta, Revocation, RevocationAnswer, RevocationQuestion } from './questions.ts';
import { repairOf } from './repair.ts';
import { type Prices, pricesOf } from './revocation-costs.ts';
import type { Revoked } from './revoked.ts';
import { NO_EDITS, supposingFor } from './suppose.ts';
import { wayEdges } from './way-network.ts';
import { type Workspace, withOwnWorkspace } from './workspace.ts';

const MOST_IDENTITIES = 1_000;
const ALTERNATIVES = 3;
const MOST_ALTERNATIVES = 20;
/** How many cuts are compared for each that is told, of those that cost the same. */
const COMPARED = 4;
/** Milliseconds that the question may take, when nobody says. */
const DEADLINE = 30_000;

/** @throws GrantlensError for arguments that make no sense; the reason of the signal */
export async function askRevocation(ground: Ground, asked: RevocationQuestion): Promise<RevocationAnswer> {
  asked.signal?.throwIfAborted();
  const access = accessOf(ground, asked);
  const alternatives = asked.alternatives ?? ALTERNATIVES;
  if (!(Number.isSafeInteger(alternatives) && alternatives >= 1 && alternatives <= MOST_ALTERNATIVES))
    throw invalid('alternatives', `alternatives must be from 1 to ${MOST_ALTERNATIVES}, is ${alternatives}`);
  const deadline = asked.deadline ?? DEADLINE;
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  const end = performance.now() + deadline;
  const patience = (): { deadline: number; signal: AbortSignal | undefined } => ({
    deadline: Math.max(1, end - performance.now()),
    signal: asked.signal,
  });
  const { version } = ground.snapshot;
  const found = await searched(ground, access, asked, alternatives, new Pace(patience()));
  if (found === undefined) return { alternatives: [], because: NO_ACCESS, uncuttable: [], version, complete: true };
  const { cuts, prices } = found;
  const revoked: Revoked = {
    identities: new Set(access.identities),
    action: asked.action,
    resource: access.resource,
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

function accessOf(ground: Ground, asked: RevocationQuestion): AccessToEnd {
  const { identities } = asked;
  if (!(identities.length >= 1 && identities.length <= MOST_IDENTITIES))
    throw invalid('identities', `identities must be 1 to ${MOST_IDENTITIES}, are ${identities.length}`);
  const numbers = new Set(identities.map((id) => identityOf(ground, id)));
  return {
    frame: frameOf(ground, asked),
    identities: [...numbers].sort((a, b) => a - b),
    resource: resourceOf(ground, asked.resource),
    matcher: ground.snapshot.terms.matcher(actionOf(asked.action)),
  };
}

/** @returns `undefined` when there is nothing to end */
async function searched(
  ground: Ground,
  access: AccessToEnd,
  asked: RevocationQuestion,
  alternatives: number,
  pace: Pace,
): Promise<{ readonly cuts: EndingCuts; readonly prices: Prices } | undefined> {
  const { frame, identities, matcher, resource } = access;
  return withOwnWorkspace(frame.snapshot, async (work) => {
    const question = new Question(frame, work, matcher, resource);
    const has = identities.some((identity) => question.decide(identity) >= CONDITIONAL);
    const edges = wayEdges(question, identities);
    const prices = await pricesOf(ground, asked, frame.at, edges);
    if (!has) return undefined;
    const ways = allWays(access, work, prices.priceOf)!;
    const wanted = { priceOf: prices.priceOf, edges, wanted: alternatives, most: COMPARED * alternatives };
    const cuts = await endingCuts(access, ways, work, wanted, pace);
    return { cuts: { ...cuts, cuts: withFewestBehind(frame, work, cuts.cuts).slice(0, alternatives) }, prices };
  });
}

/** Principals behind a cut at which counting them stops. */
const MOST_BEHIND = 20_000;

/** Of cuts that cost the same first those that fewer principals stand behind: what they do is then looked at in full. */
function withFewestBehind(frame: Frame, work: Workspace, cuts: readonly EndingCut[]): readonly EndingCut[] {
  const counted = cuts.map((cut) => ({ cut, behind: principalsBehind(frame, work, cut.edges) }));
  return counted.sort((a, b) => a.cut.price - b.cut.price || a.behind - b.behind).map(({ cut }) => cut);
}

function principalsBehind(frame: Frame, { visited }: Workspace, edges: readonly number[]): number {
  const { snapshot } = frame;
  visited.clear();
  for (const edge of edges) visited.add(snapshot.source[edge]!, true);
  for (let head = 0; head < visited.nodes.length && visited.nodes.length < MOST_BEHIND; head++) {
    for (const edgeClass of frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE]) {
      for (const edge of snapshot.adjacency[edgeClass]!.into.of(visited.nodes[head]!))
        if (counts(frame, edge)) visited.add(snapshot.source[edge]!, true);
    }
  }
  return Math.min(visited.nodes.length, MOST_BEHIND);
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
