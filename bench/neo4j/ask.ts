/**
 * The same questions about the same graph, three times in one run: on the compiled snapshot, executed in the store, and as
 * hand-written Cypher. Answers are compared before anything is timed.
 */
import type { CheckQuestion, Decision, GraphView } from '../../engine/index.ts';
import { type Questions, type Timing, timeCalls } from '../measure.ts';
import { ACCESS_OF, CHECK, PATHS, WHO_CAN } from '../peers/cypher-questions.ts';
import { CypherSession } from '../peers/cypher-session.ts';
import { productEngine } from '../product.ts';
import { drawSubjects } from '../subjects.ts';
import type { PartRequest } from './request.ts';
import { driverTo } from './server.ts';

/** The instant that all are asked about: within the times of the estate. */
const AT = Date.UTC(2026, 5, 1);
const RANKS: readonly Decision[] = ['NONE', 'DENIED', 'CONDITIONAL', 'ALLOWED'];
/** Rows of a page that is compared whole. */
const PAGE = 10_000;
/** How many answers are compared at most, and as many questions warm each side up. */
const COMPARED = 100;
/** The store is asked fewer: it is the slowest of the three. */
const STORE_SHARE = 5;

interface Peer {
  readonly name: string;
  readonly ask: (view: GraphView, question: CheckQuestion) => Promise<string>;
  readonly statement: string;
  readonly answer: (row: readonly unknown[] | undefined) => string;
  /** What is compared, where the timed answer is not enough; undefined for one that is not whole. */
  readonly whole: (view: GraphView, question: CheckQuestion) => Promise<string | undefined>;
  readonly wholeRow: (row: readonly unknown[] | undefined) => string;
}

export interface AskResult {
  readonly questions: readonly {
    readonly name: string;
    readonly snapshot: Timing;
    readonly store: Timing;
    readonly cypher: Timing;
    /** How many times as long the Cypher takes. */
    readonly ratio: { readonly median: number; readonly p99: number };
    readonly compared: { readonly same: number; readonly different: number; readonly storeSame: number };
    readonly operators: readonly string[];
  }[];
}

export async function askAll({ address, users, seed, calls }: PartRequest): Promise<AskResult> {
  const { openEngine } = await productEngine();
  const inMemory = await openEngine({ data: address, mode: 'read', followEvery: 0 });
  const inStore = await openEngine({ data: address, mode: 'read', followEvery: 0, execution: 'store' });
  const driver = driverTo(address);
  const cypher = new CypherSession(driver, address.database, AT);
  const views = { snapshot: await inMemory.view(), store: await inStore.view() };
  const compared = Math.min(COMPARED, calls);
  const { checks } = await drawSubjects({ users, seed }, views.snapshot, calls + compared);
  const questions = [];
  for (const peer of PEERS)
    questions.push(
      await askPeer(peer, { ...views, cypher, warm: checks.slice(0, compared), timed: checks.slice(compared) }),
    );
  views.snapshot.release();
  views.store.release();
  await Promise.all([cypher.close(), inMemory.close(), inStore.close()]);
  await driver.close();
  return { questions };
}

interface Ground {
  readonly snapshot: GraphView;
  readonly store: GraphView;
  readonly cypher: CypherSession;
  readonly warm: readonly CheckQuestion[];
  readonly timed: readonly CheckQuestion[];
}

async function askPeer(peer: Peer, ground: Ground): Promise<AskResult['questions'][number]> {
  const { name, statement } = peer;
  const compared = await compare(peer, ground);
  const questions = { timed: ground.timed, warm: ground.warm };
  const few: Questions<CheckQuestion> = {
    timed: questions.timed.filter((_, place) => place % STORE_SHARE === 0),
    warm: questions.warm.slice(0, Math.ceil(questions.warm.length / STORE_SHARE)),
  };
  const snapshot = await timeCalls(name, questions, (question) => peer.ask(ground.snapshot, question));
  const cypher = await timeCalls(name, questions, async (question) =>
    peer.answer(await ground.cypher.row(statement, question)),
  );
  const store = await timeCalls(name, few, (question) => peer.ask(ground.store, question));
  const times = (a: number, b: number): number => Number((a / b).toPrecision(3));
  return {
    name,
    snapshot,
    store,
    cypher,
    ratio: { median: times(cypher.median, snapshot.median), p99: times(cypher.p99, snapshot.p99) },
    compared,
    operators: [...new Set(await ground.cypher.plan(statement, ground.timed[0]!))],
  };
}

async function compare(peer: Peer, { snapshot, store, cypher, warm }: Ground) {
  const told = { same: 0, different: 0, storeSame: 0 };
  for (const [place, question] of warm.entries()) {
    const expected = await peer.whole(snapshot, question);
    if (expected === undefined) continue;
    const found = peer.wholeRow(await cypher.row(peer.statement, question));
    told[found === expected ? 'same' : 'different'] += 1;
    if (found !== expected)
      console.error(`${peer.name}: ${JSON.stringify(question)}\n  ${expected.slice(0, 400)}\n  ${found.slice(0, 400)}`);
    if (place % STORE_SHARE === 0 && (await peer.whole(store, question)) === expected) told.storeSame += 1;
  }
  return told;
}

const rankOf = (decision: Decision): number => RANKS.indexOf(decision);
const decisionIn = (row: readonly unknown[] | undefined): string => RANKS[(row?.[0] as number | undefined) ?? 0]!;
const some = (count: unknown): string => (count === undefined || count === 0 ? 'none' : 'some');
const listIn = (row: readonly unknown[] | undefined): string => JSON.stringify(row ?? [0, []]);

const PEERS: readonly Peer[] = [
  {
    name: 'check',
    ask: async (view, question) => (await view.check({ ...question, at: AT })).decision,
    statement: CHECK,
    answer: decisionIn,
    whole: async (view, question) => (await view.check({ ...question, at: AT })).decision,
    wholeRow: decisionIn,
  },
  {
    name: 'accessOf an action',
    ask: async (view, { identity, action }) => some((await view.accessOf({ identity, action, at: AT })).totalCount),
    statement: ACCESS_OF,
    answer: (row) => some(row?.[0]),
    whole: async (view, { identity, action }) => {
      const strongest = new Map<string, number>();
      let after: string | undefined;
      do {
        const page = await view.accessOf({ identity, action, at: AT, first: PAGE, after });
        for (const { resource, decision } of page.items)
          strongest.set(resource, Math.max(strongest.get(resource) ?? 0, rankOf(decision)));
        if (!page.complete) return undefined;
        after = page.hasNextPage ? page.cursors[page.cursors.length - 1] : undefined;
      } while (after !== undefined);
      return JSON.stringify([strongest.size, [...strongest].slice(0, 100)]);
    },
    wholeRow: listIn,
  },
  {
    name: 'whoCan',
    ask: async (view, { action, resource }) => some((await view.whoCan({ action, resource, at: AT })).totalCount),
    statement: WHO_CAN,
    answer: (row) => some(row?.[0]),
    whole: async (view, { action, resource }) => {
      const { items, totalCount } = await view.whoCan({ action, resource, at: AT });
      return JSON.stringify([totalCount, items.map(({ identity, decision }) => [identity, rankOf(decision)])]);
    },
    wholeRow: listIn,
  },
  {
    // The Cypher is asked for less: the ways alone, without decisions, sentences, choke edges, denials and options.
    name: 'whyHasAccess, for Cypher the paths alone',
    ask: async (view, question) => some((await view.whyHasAccess({ ...question, at: AT })).pathCount ?? 1),
    statement: PATHS,
    answer: (row) => some(row?.[0]),
    whole: async (view, question) => {
      const { pathCount, complete } = await view.whyHasAccess({ ...question, at: AT });
      return complete ? String(pathCount) : undefined;
    },
    wholeRow: (row) => String(row?.[0] ?? 0),
  },
];
