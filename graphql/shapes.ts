/** Shapes that exist between resolvers only. */
import type { GraphSummary, Page } from '../engine/index.ts';

/** One place of a page: what a Relay edge is made of. */
export interface Item<T> {
  readonly page: Page<T>;
  readonly index: number;
}

export type SourceStatus = GraphSummary['sources'][number];

/** The places of a page, in order. */
export const itemsOf = <T>(page: Page<T>): Item<T>[] => page.items.map((_, index) => ({ page, index }));
