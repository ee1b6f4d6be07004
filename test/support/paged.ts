import { expect } from 'vitest';
import type { Page, PageRequest } from '../../engine/access/questions.ts';

/** All items in one page. Fails when they are not all there. */
export async function whole<T>(ask: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const page = await ask({ first: 10_000 });
  expect(page.complete).toBe(true);
  expect(page.hasNextPage).toBe(false);
  expect(page.hasPreviousPage).toBe(false);
  expect(page.totalCount).toBe(page.items.length);
  expect(page.cursors.length).toBe(page.items.length);
  return page.items;
}

/** The same items, page by page; each page is checked to fit the others. */
export async function byPages<T>(first: number, ask: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ; ) {
    const page: Page<T> = await ask(after === undefined ? { first } : { first, after });
    expect(page.hasPreviousPage).toBe(after !== undefined);
    expect(page.items.length).toBeLessThanOrEqual(first);
    expect(page.cursors.length).toBe(page.items.length);
    items.push(...page.items);
    expect(page.hasNextPage).toBe(items.length < page.totalCount);
    if (!page.hasNextPage) return items;
    expect(page.items.length).toBe(first);
    after = page.cursors.at(-1)!;
  }
}
