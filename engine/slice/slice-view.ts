/**
 * A view that never compiles the whole graph: each question is answered, by the same code as on a snapshot, from the part
 * of the graph that its answer can depend on. Numbers of nodes and edges in a part are in the same order as in the whole,
 * so lists, cursors and paths come out alike.
 */
import { check } from '../access/ask-check.ts';
import { askAccessOf } from '../access/ask-lists.ts';
import { askPaths } from '../access/ask-paths.ts';
import { askEdgesOf, askEntities, askSearch, containersOf, searchedText } from '../access/browse.ts';
import { partsOf } from '../access/cursor.ts';
import type {
  AccessDecision,
  AccessDelta,
  AccessExplanation,
  AccessOfQuestion,
  AccessPath,
  AccessPathsQuestion,
  AccessRow,
  CheckQuestion,
  ChokePoints,
  ChokePointsQuestion,
  GraphSummary,
  GraphView,
  Page,
  PageRequest,
  RevocationAnswer,
  RevocationQuestion,
  SearchQuestion,
  WhatIfQuestion,
  WhoCanQuestion,
  WhyQuestion,
} from '../access/questions.ts';
import { ReleasedView } from '../access/released-view.ts';
import { type EdgeRecord, type Entity, GrantlensError, NODE_KINDS } from '../model/index.ts';
import { membershipCycles } from '../snapshot/cycles.ts';
import { wordsOf } from '../snapshot/search-text.ts';
import { reachOf, textsOf } from './asked.ts';
import { holders } from './holders.ts';
import {
  containers,
  gatherAccess,
  gatherDecisions,
  gatherEdges,
  gatherEdgesBetween,
  gatherNodes,
  gatherWays,
} from './parts.ts';
import type { Slices } from './slices.ts';
import { endsOfStrangers, waysIn } from './ways.ts';
import { whyInSlices } from './why.ts';

/** @param onRelease called once, when the view is released */
export function openSliceView(slices: Slices, onRelease: () => void): GraphView {
  return new SliceView(slices, onRelease);
}

class SliceView extends ReleasedView<Slices> implements GraphView {
  async check(asked: CheckQuestion): Promise<AccessDecision> {
    const { identity, resource } = asked;
    const reach = reachOf(asked.reach);
    const ground = await this.open.get(['decision', identity, resource, reach], (part) =>
      gatherDecisions(part, [identity], resource, reach),
    );
    return check(ground, asked);
  }

  async accessOf(asked: AccessOfQuestion): Promise<Page<AccessRow>> {
    const reach = reachOf(asked.reach);
    const expand = asked.expand ?? true;
    const ground = await this.open.get(['access', asked.identity, reach, expand], (part) =>
      gatherAccess(part, asked.identity, reach, expand),
    );
    return askAccessOf(ground, asked);
  }

  async whoCan(asked: WhoCanQuestion): Promise<Page<AccessRow>> {
    return holders(this.open, asked);
  }

  async accessPaths(asked: AccessPathsQuestion): Promise<Page<AccessPath>> {
    const ground = await waysIn(this.open, asked);
    const more = await endsOfStrangers(ground, textsOf(partsOf(asked.after)));
    if (more.length === 0) return askPaths(ground, asked);
    const { identity, resource } = asked;
    const wider = await this.open.make(async (part) => {
      await gatherWays(part, identity, resource, reachOf(asked.reach));
      await gatherEdgesBetween(part, more);
    });
    return askPaths(wider, asked);
  }

  async whyHasAccess(asked: WhyQuestion): Promise<AccessExplanation> {
    const slices = this.open;
    return whyInSlices(slices, await waysIn(slices, asked), asked);
  }

  /** Whom changes concern is known of the whole graph only. @throws GrantlensError EXECUTION_UNSUPPORTED */
  async whatIf(_: WhatIfQuestion): Promise<AccessDelta> {
    throw new GrantlensError('EXECUTION_UNSUPPORTED', 'What changes would do is not worked out in the store.');
  }

  /** Nor is what a cut does to others. @throws GrantlensError EXECUTION_UNSUPPORTED */
  async revocation(_: RevocationQuestion): Promise<RevocationAnswer> {
    throw new GrantlensError('EXECUTION_UNSUPPORTED', 'What ends an access is not worked out in the store.');
  }

  /** All who have a way are looked at, often most of the graph. @throws GrantlensError EXECUTION_UNSUPPORTED */
  async chokePoints(_: ChokePointsQuestion): Promise<ChokePoints> {
    throw new GrantlensError('EXECUTION_UNSUPPORTED', 'Choke points are not worked out in the store.');
  }

  async search(asked: SearchQuestion): Promise<Page<Entity>> {
    const slices = this.open;
    const words = [...wordsOf(searchedText(asked.text) ?? '')].sort();
    const kinds = NODE_KINDS.filter((kind) => asked.kinds?.includes(kind) ?? true);
    const ground = await slices.get(['search', words, kinds], async (part) => {
      if (words.length > 0) await part.search(words, kinds);
    });
    // A page goes on after a node that need not be among the found any more.
    const ends = textsOf(partsOf(asked.after)).filter((id) => ground.snapshot.index.find(id) < 0);
    if (ends.length === 0) return askSearch(ground, asked);
    const wider = await slices.make(async (part) => {
      if (words.length > 0) await part.search(words, kinds);
      await gatherNodes(part, ends);
    });
    return askSearch(wider, asked);
  }

  async entities(ids: readonly string[]): Promise<readonly (Entity | undefined)[]> {
    const ground = await this.open.make((part) => gatherNodes(part, ids));
    return askEntities(ground, ids);
  }

  async containersOf(id: string): Promise<readonly string[]> {
    const ground = await this.open.make(async (part) => void (await containers(part, { ids: [id] })));
    return containersOf(ground, id);
  }

  async edgesOf(id: string, direction: 'out' | 'in', page: PageRequest = {}): Promise<Page<EdgeRecord>> {
    const ground = await this.open.get(['edges', id, direction], (part) => gatherEdges(part, id, direction));
    return askEdgesOf(ground, id, direction, page);
  }

  async summary(): Promise<GraphSummary> {
    const slices = this.open;
    const [{ nodes, edges }, hierarchy, sources] = await Promise.all([
      slices.walking((walker) => walker.counts()),
      slices.make((part) => part.hierarchy()),
      slices.reader.sources(),
    ]);
    return {
      version: this.version,
      membershipCycles: membershipCycles(hierarchy.snapshot),
      nodeCounts: nodes,
      edgeCounts: edges,
      sources,
    };
  }
}
