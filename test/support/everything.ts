/** All that can be asked of a view about some identities, actions and resources, so that two views can be compared. */
import type { AccessRow, GraphView, Page, PageRequest } from '../../engine/access/questions.ts';
import { GrantlensError, type Instant, NODE_KINDS, type Reach } from '../../engine/model/index.ts';
import { listed } from './read-graph.ts';

/** What is asked about. Ids may be of nodes that are not there or of the wrong kind. */
export interface Asked {
  readonly ids: readonly string[];
  readonly identities: readonly string[];
  readonly resources: readonly string[];
  readonly actions: readonly string[];
  readonly words: readonly string[];
  readonly reaches: readonly Reach[];
  readonly at: Instant;
}

/** The answers, each under its question. */
export async function everything(view: GraphView, asked: Asked): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const note = async (question: readonly unknown[], ask: () => Promise<unknown>): Promise<void> => {
    answers.set(JSON.stringify(question), await answerOrError(ask));
  };
  for (const [name, ask] of lookingAround(view, asked)) await note([name], ask);
  for (const reach of asked.reaches)
    await aboutAccess(view, asked, reach, (question, ask) => note([reach, ...question], ask));
  return answers;
}

async function aboutAccess(view: GraphView, asked: Asked, reach: Reach, note: Note): Promise<void> {
  const { at } = asked;
  for (const identity of asked.identities) {
    for (const expand of [true, false])
      for (const action of [undefined, ...asked.actions])
        await note(['accessOf', identity, expand, action], () =>
          pages([undefined, 2], (page) => view.accessOf({ identity, action, expand, reach, at, ...page })),
        );
    for (const resource of asked.resources)
      await aboutPair(view, { identity, resource, reach, at }, asked.actions, note);
  }
  for (const resource of asked.resources)
    for (const action of asked.actions)
      for (const includeDisabled of [false, true])
        await note(['whoCan', action, resource, includeDisabled], () =>
          pages([undefined, 1], async (page) =>
            plainRows(await view.whoCan({ action, resource, includeDisabled, reach, at, ...page })),
          ),
        );
}

type Note = (question: readonly unknown[], ask: () => Promise<unknown>) => Promise<void>;

async function aboutPair(
  view: GraphView,
  pair: { readonly identity: string; readonly resource: string; readonly reach: Reach; readonly at: Instant },
  actions: readonly string[],
  note: Note,
): Promise<void> {
  const { identity, resource } = pair;
  for (const action of actions) {
    await note(['check', identity, action, resource], () => view.check({ action, ...pair }));
    await note(['why', identity, action, resource], () => view.whyHasAccess({ action, maxPaths: 5, ...pair }));
  }
  for (const action of [undefined, actions[0]])
    await note(['paths', identity, action, resource], () =>
      pages([undefined, 3], (page) => view.accessPaths({ action, maxLength: 7, ...pair, ...page })),
    );
}

function* lookingAround(view: GraphView, asked: Asked): Iterable<readonly [name: string, ask: () => Promise<unknown>]> {
  yield ['version', async () => view.version];
  yield ['summary', () => view.summary()];
  yield ['export', () => listed(view.exportLines())];
  yield ['dangling', () => view.danglingEdges()];
  yield ['entities', () => view.entities([...asked.ids, 'nothing'])];
  yield ['resources', () => listed(view.nodeIds('Resource'))];
  for (const id of [...asked.ids, 'nothing']) yield [`containersOf ${id}`, () => view.containersOf(id)];
  for (const id of [...asked.ids, 'nothing'])
    for (const direction of ['out', 'in'] as const)
      yield [`edgesOf ${direction} ${id}`, () => pages([undefined, 1, 3], (page) => view.edgesOf(id, direction, page))];
  for (const text of asked.words)
    for (const kinds of [undefined, [...NODE_KINDS.slice(2)].reverse()])
      yield [`search ${text} ${kinds}`, () => pages([undefined, 2], (page) => view.search({ text, kinds, ...page }))];
}

/** Whole pages, cursors and all, of each size; at most a few of them. */
async function pages<T>(
  sizes: readonly (number | undefined)[],
  ask: (page: PageRequest) => Promise<Page<T>>,
): Promise<unknown> {
  const all: unknown[] = [];
  for (const first of sizes) {
    let after: string | undefined;
    for (let count = 0; count < 4; count++) {
      const page: Page<T> = await ask({ first, after });
      all.push({ ...page, cursors: [...page.cursors] });
      if (!page.hasNextPage) break;
      after = page.cursors.at(-1);
    }
  }
  return all;
}

/** Rows whose patterns are worked out when they are looked at, with all that they say. */
const plainRows = (page: Page<AccessRow>): Page<AccessRow> => ({
  ...page,
  items: page.items.map(({ identity, resource, actions, exceptions, decision }) => ({
    identity,
    resource,
    actions,
    exceptions,
    decision,
  })),
});

async function answerOrError(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GrantlensError)) throw error;
    return { code: error.code, message: error.message, facts: error.facts };
  }
}
