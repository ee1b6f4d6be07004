/** Long work of a revocation: the edges by which some identities have an access, and the cuts that end it. */
import { MEMBERSHIP, TAKE } from '../snapshot/snapshot.ts';
import { type AccessAsked, accessIn, isEnded } from './access-to-end.ts';
import type { LongWork } from './apart.ts';
import { type EndingCut, type EndingCuts, endingCuts } from './ending-cuts.ts';
import { counts, type Frame } from './frame.ts';
import { wayEdges } from './way-network.ts';
import { type Workspace, withOwnWorkspace } from './workspace.ts';

export interface FoundWays {
  /** False when none of the identities has the access, whatever ways there are. */
  readonly hasAccess: boolean;
  /** The edges of all ways, each once. */
  readonly edges: readonly number[];
}

export const findWays: LongWork<AccessAsked, FoundWays> = async ([snapshot], asked, pace) =>
  withOwnWorkspace(snapshot!, async (work) => {
    const access = accessIn(snapshot!, asked);
    const edges = wayEdges(access, work);
    return { hasAccess: edges.length > 0 && !isEnded(access, work, () => pace.check()), edges };
  });

export interface CutsInput extends AccessAsked {
  /** The edges of all ways. */
  readonly edges: readonly number[];
  /** What it costs to cut each: a whole number, or Infinity. */
  readonly prices: Float64Array;
  /** How many cuts are wanted. */
  readonly alternatives: number;
}

/** How many cuts are compared for each that is told, of those that cost the same. */
const COMPARED = 4;

export const findCuts: LongWork<CutsInput, EndingCuts> = async ([snapshot], asked, pace) =>
  withOwnWorkspace(snapshot!, async (work) => {
    const access = accessIn(snapshot!, asked);
    const { edges, prices, alternatives } = asked;
    const priced = new Map(edges.map((edge, i) => [edge, prices[i]!]));
    const priceOf = (edge: number): number => priced.get(edge) ?? Number.POSITIVE_INFINITY;
    const wanted = { priceOf, edges, wanted: alternatives, most: COMPARED * alternatives };
    const found = await endingCuts(access, work, wanted, pace);
    return { ...found, cuts: withFewestBehind(access.frame, work, found.cuts).slice(0, alternatives) };
  });

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
