import type { Page, PageRequest } from '../engine/index.ts';

/** The largest page that a question gives. */
const PAGE = 10_000;

export interface Listed<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
  readonly version: number;
  /** True when this is all there is. */
  readonly complete: boolean;
  readonly incompleteBecause?: string;
}

/** The first `limit` items of a list, page by page. */
export async function firstOf<T>(limit: number, ask: (page: PageRequest) => Promise<Page<T>>): Promise<Listed<T>> {
  const items: T[] = [];
  let page = await ask({ first: Math.min(PAGE, limit) });
  for (;;) {
    for (const item of page.items) items.push(item);
    const left = limit - items.length;
    if (!page.hasNextPage || left <= 0 || page.items.length === 0) break;
    page = await ask({ first: Math.min(PAGE, left), after: page.cursors.at(-1) });
  }
  const { totalCount, version, incompleteBecause } = page;
  const complete = page.complete && !page.hasNextPage;
  return { items, totalCount, version, complete, ...(incompleteBecause === undefined ? {} : { incompleteBecause }) };
}
