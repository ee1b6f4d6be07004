/** The question about hubs as it is asked: checks what is given, reads what is sensitive, and gives names to the numbers. */
import { hereOrApart } from '../access/apart.ts';
import { edgeRecords } from '../access/edge-records.ts';
import { frameOf, type Ground, invalid, kindName } from '../access/ground.ts';
import { NODE_KINDS } from '../model/index.ts';
import { readSensitivity } from '../sensitivity/read-sensitivity.ts';
import { isAnythingKnown, rulesUsed } from '../sensitivity/sensitivity-table.ts';
import { Pace } from '../snapshot/pace.ts';
import { findHubs } from './find-hubs.ts';
import { HUB_RANKINGS, type Hub, type HubsAnswer, type HubsQuestion } from './questions.ts';

const FIRST = 20;
/** Hubs, or edges, that are told at most. */
export const MOST_HUBS = 1_000;
/** Milliseconds. */
const DEADLINE = 300_000;

export type HubsGround = Pick<Ground, 'snapshot' | 'reader' | 'apart'>;

/**
 * Nodes through which much sensitive access flows, and edges without which much of it ends. Where nothing sensitive is
 * known, the answer says so and holds none.
 *
 * @throws GrantlensError ARGUMENT_INVALID for what is out of its range; LIMIT_EXCEEDED when the time is up; the reason of the signal
 */
export async function askHubs(ground: HubsGround, asked: HubsQuestion): Promise<HubsAnswer> {
  const { snapshot, reader, apart } = ground;
  const { signal, onProgress, deadline = DEADLINE } = asked;
  const checked = checkedQuestion(ground, asked);
  const end = performance.now() + deadline;
  const sensitivity = await readSensitivity(snapshot, reader, asked.rules, new Pace({ signal, onProgress }));
  const left = { signal, onProgress, deadline: Math.max(0, end - performance.now()) };
  const found = await hereOrApart(apart, findHubs, [snapshot], { ...checked, sensitivity }, left);
  const records = await edgeRecords(
    ground,
    found.edges.map(({ edge }) => edge),
  );
  const known = isAnythingKnown(sensitivity);
  return {
    hubs: found.hubs.map(
      ({ node, ...measures }, i): Hub => ({
        id: snapshot.ids.at(node),
        kind: kindName(snapshot, node),
        ...measures,
        score: checked.rankBy === 'IMPACT' ? measures.weightedImpact : measures.weightedExposure,
        rank: i + 1,
      }),
    ),
    edges: found.edges.map(({ edge: _, ...lost }, i) => ({ edge: records[i]!, ...lost, rank: i + 1 })),
    hubCount: found.hubCount,
    edgeCount: found.edgeCount,
    pairs: found.pairs,
    weight: found.weight,
    sensitivity: {
      known,
      resources: found.resources,
      rulesUsed: rulesUsed(sensitivity),
      minSensitivity: checked.minSensitivity,
      ...because(known, found.resources, checked.minSensitivity),
    },
    version: snapshot.version,
  };
}

function because(known: boolean, resources: number, minSensitivity: number): { readonly because?: string } {
  if (!known) return { because: 'no sensitivity is known: no source tells one, and no rule fits a resource' };
  return resources > 0 ? {} : { because: `no resource has a sensitivity of ${minSensitivity} or more` };
}

function checkedQuestion(ground: HubsGround, asked: HubsQuestion) {
  const { minSensitivity = 0, first = FIRST, rankBy = 'IMPACT', kinds = NODE_KINDS, deadline = DEADLINE } = asked;
  if (!(minSensitivity >= 0 && minSensitivity <= 1))
    throw invalid('minSensitivity', `minSensitivity must be from 0 to 1, is ${minSensitivity}`);
  if (!(Number.isInteger(first) && first >= 1 && first <= MOST_HUBS))
    throw invalid('first', `first must be a whole number from 1 to ${MOST_HUBS}, is ${first}`);
  if (!HUB_RANKINGS.includes(rankBy))
    throw invalid('rankBy', `rankBy must be one of ${HUB_RANKINGS.join(', ')}, is ${JSON.stringify(rankBy)}`);
  for (const kind of kinds)
    if (!NODE_KINDS.includes(kind))
      throw invalid('kinds', `kinds must be of ${NODE_KINDS.join(', ')}, one is ${JSON.stringify(kind)}`);
  if (!(deadline > 0)) throw invalid('deadline', 'deadline must be more than 0 milliseconds');
  const { reach, at } = frameOf(ground, asked);
  return { reach, at, minSensitivity, first, rankBy, kinds: kinds.map((kind) => NODE_KINDS.indexOf(kind)) };
}
