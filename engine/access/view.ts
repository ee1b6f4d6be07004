/** A snapshot and the store's reader of the same version, as the public view. */
import type { EdgeRecord, Entity } from '../model/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { Apart } from './apart.ts';
import { check } from './ask-check.ts';
import { askAccessOf, askWhoCan } from './ask-lists.ts';
import { askPaths, askWhy } from './ask-paths.ts';
import { askRevocation } from './ask-revocation.ts';
import { askWhatIf } from './ask-what-if.ts';
import { askEdgesOf, askEntities, askSearch, containersOf, summaryOf } from './browse.ts';
import { askChokePoints } from './choke-points.ts';
import { type Ground, groundOf } from './ground.ts';
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
} from './questions.ts';
import { ReleasedView } from './released-view.ts';

/**
 * @param onRelease called once, when the view is released
 * @param apart where work is done that takes long; default: where it is asked for, a few milliseconds at a time
 */
export function openView(snapshot: Snapshot, reader: StoreReader, onRelease: () => void, apart?: Apart): GraphView {
  return new SnapshotView(groundOf(snapshot, reader, apart), onRelease);
}

class SnapshotView extends ReleasedView<Ground> implements GraphView {
  async check(question: CheckQuestion): Promise<AccessDecision> {
    return check(this.open, question);
  }

  async accessOf(question: AccessOfQuestion): Promise<Page<AccessRow>> {
    return askAccessOf(this.open, question);
  }

  async whoCan(question: WhoCanQuestion): Promise<Page<AccessRow>> {
    return askWhoCan(this.open, question);
  }

  async accessPaths(question: AccessPathsQuestion): Promise<Page<AccessPath>> {
    return askPaths(this.open, question);
  }

  async whyHasAccess(question: WhyQuestion): Promise<AccessExplanation> {
    return askWhy(this.open, question);
  }

  async whatIf(question: WhatIfQuestion): Promise<AccessDelta> {
    return askWhatIf(this.open, question);
  }

  async revocation(question: RevocationQuestion): Promise<RevocationAnswer> {
    return askRevocation(this.open, question);
  }

  async chokePoints(question: ChokePointsQuestion): Promise<ChokePoints> {
    return askChokePoints(this.open, question);
  }

  async search(question: SearchQuestion): Promise<Page<Entity>> {
    return askSearch(this.open, question);
  }

  async entities(ids: readonly string[]): Promise<readonly (Entity | undefined)[]> {
    return askEntities(this.open, ids);
  }

  async containersOf(id: string): Promise<readonly string[]> {
    return containersOf(this.open, id);
  }

  async edgesOf(id: string, direction: 'out' | 'in', page: PageRequest = {}): Promise<Page<EdgeRecord>> {
    return askEdgesOf(this.open, id, direction, page);
  }

  async summary(): Promise<GraphSummary> {
    return summaryOf(this.open);
  }
}
