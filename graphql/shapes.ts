/** Shapes that exist between resolvers only. */
import type {
  AccessExplanation,
  CentralityAnswer,
  CentralityScore,
  Change,
  ChokePoints,
  Entitlement,
  GraphSummary,
  Hub,
  HubEdge,
  HubsAnswer,
  MadePlan,
  Page,
  PlanFrontPoint,
  RolePlan,
  Scope,
} from '../engine/index.ts';

/** One place of a page: what a Relay edge is made of. */
export interface Item<T> {
  readonly page: Page<T>;
  readonly index: number;
}

/** A score with the answer that it is of. */
export interface Ranked {
  readonly one: CentralityScore;
  readonly answer: CentralityAnswer;
}

/** An explanation with how far and when it was asked. */
export interface Explained extends AccessExplanation {
  readonly scope: Scope;
}

/** A change, and what else is told of it. */
export interface ProposedStep {
  readonly change: Change;
  readonly detail?: Readonly<Record<string, unknown>> | null;
}

/** A hub, or an edge, with the answer that it is of. */
export interface RankedHub {
  readonly hub: Hub;
  readonly answer: HubsAnswer;
}
export interface CriticalEdge {
  readonly one: HubEdge;
  readonly answer: HubsAnswer;
}

/** A plan, with the ways that were found when it was made. */
export interface Planned {
  readonly plan: RolePlan;
  readonly front: readonly FrontPoint[];
  readonly duties: MadePlan['duties'];
}
export interface FrontPoint extends PlanFrontPoint {
  readonly isChosen: boolean;
}

/** One pattern of an entitlement. */
export interface OneAction {
  readonly action: string;
  readonly of: Entitlement;
}
export interface SharedAction {
  readonly entitlement: OneAction;
  readonly share: number;
  readonly elsewhere: number;
}

export type ChokeNode = ChokePoints['nodes'][number];
export type ChokeEdge = ChokePoints['edges'][number];

export type SourceStatus = GraphSummary['sources'][number];

/** The places of a page, in order. */
export const itemsOf = <T>(page: Page<T>): Item<T>[] => page.items.map((_, index) => ({ page, index }));

/** A page may make its cursors when they are looked at, all of them each time: they are looked at once here. */
const looked = new WeakMap<Page<unknown>, readonly string[]>();

/** The cursors of a page. */
export function cursorsOf(page: Page<unknown>): readonly string[] {
  const known = looked.get(page);
  if (known !== undefined) return known;
  const { cursors } = page;
  looked.set(page, cursors);
  return cursors;
}
