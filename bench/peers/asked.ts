/** The questions that peers are asked too, as the engine is asked them. All are about one instant. */
import type { CheckQuestion, GraphView, Page } from '../../engine/index.ts';
import { type Rows, rankOf, some, sortedRows } from './rows.ts';

/** The instant that all are asked about: within the times of the estate. */
export const AT = Date.UTC(2026, 5, 1);
/** Rows of a page of a list that is read to its end. */
const PAGE = 10_000;

export const KINDS = ['check', 'accessOf', 'whoCan', 'why'] as const;
export type Kind = (typeof KINDS)[number];

export interface Asked {
  readonly name: string;
  /** As a program asks by default: of a list the count and the first hundred rows. Says what kind of answer came. */
  readonly ask: (view: GraphView, question: CheckQuestion) => Promise<string>;
  /** Where the answer is a list: to its end. */
  readonly toTheEnd?: (view: GraphView, question: CheckQuestion) => Promise<string>;
  /** The whole answer; undefined where it is not complete. */
  readonly rows: (view: GraphView, question: CheckQuestion) => Promise<Rows | undefined>;
}

type PageOf<T> = (view: GraphView, question: CheckQuestion, first?: number, after?: string) => Promise<Page<T>>;

const accessOf = (view: GraphView, { identity, action }: CheckQuestion, first?: number, after?: string) =>
  view.accessOf({ identity, action, at: AT, first, after });
const whoCan = (view: GraphView, { action, resource }: CheckQuestion, first?: number, after?: string) =>
  view.whoCan({ action, resource, at: AT, first, after });

export const ASKED: Readonly<Record<Kind, Asked>> = {
  check: {
    name: 'check',
    ask: async (view, question) => (await view.check({ ...question, at: AT })).decision,
    rows: async (view, question) => [[question.resource, rankOf((await view.check({ ...question, at: AT })).decision)]],
  },
  accessOf: listed('accessOf an action', accessOf, ({ resource }) => resource),
  whoCan: listed('whoCan', whoCan, ({ identity }) => identity),
  why: {
    name: 'whyHasAccess',
    ask: async (view, question) => some((await view.whyHasAccess({ ...question, at: AT })).pathCount ?? 1),
    rows: async (view, question) => {
      const { pathCount, complete } = await view.whyHasAccess({ ...question, at: AT });
      return complete ? [['paths', pathCount ?? 0]] : undefined;
    },
  },
};

/** A question for a list; `id` tells what a row is about. */
function listed<T extends { readonly decision: 'ALLOWED' | 'CONDITIONAL' }>(
  name: string,
  page: PageOf<T>,
  id: (row: T) => string,
): Asked {
  return {
    name,
    ask: async (view, question) => some((await page(view, question)).totalCount),
    toTheEnd: async (view, question) => {
      let count = 0;
      for await (const { items } of pages(page, view, question)) count += items.length;
      return some(count);
    },
    rows: async (view, question) => {
      const strongest = new Map<string, number>();
      for await (const { items, complete } of pages(page, view, question)) {
        if (!complete) return undefined;
        for (const row of items) strongest.set(id(row), Math.max(strongest.get(id(row)) ?? 0, rankOf(row.decision)));
      }
      return sortedRows(strongest);
    },
  };
}

async function* pages<T>(page: PageOf<T>, view: GraphView, question: CheckQuestion): AsyncGenerator<Page<T>> {
  let after: string | undefined;
  do {
    const found = await page(view, question, PAGE, after);
    yield found;
    after = found.hasNextPage ? found.cursors[found.cursors.length - 1] : undefined;
  } while (after !== undefined);
}
