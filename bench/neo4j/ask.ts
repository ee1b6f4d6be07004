/**
 * The same questions about the same graph, three times in one run: on the compiled snapshot, executed in the store, and as
 * hand-written Cypher. Answers are compared before anything is timed.
 */
import type { CheckQuestion, GraphView } from '../../engine/index.ts';
import { type Questions, type Timing, timeCalls } from '../measure.ts';
import { ASKED, KINDS, type Kind } from '../peers/asked.ts';
import { askBeside, type Compared, type Ratio } from '../peers/beside.ts';
import { type CypherPeer, cypherPeer } from '../peers/cypher-peer.ts';
import { drawQuestions } from '../peers/draw.ts';
import { exactText } from '../peers/rows.ts';
import { productEngine } from '../product.ts';
import type { PartRequest } from './request.ts';
import { driverTo } from './server.ts';

/** The store is asked fewer: it is the slowest of the three. */
const STORE_SHARE = 5;

export interface AskResult {
  readonly questions: readonly {
    readonly name: string;
    readonly snapshot: Timing;
    readonly store: Timing;
    readonly cypher: Timing;
    /** How many times as long the Cypher takes. */
    readonly ratio: Ratio;
    readonly compared: Compared & { readonly storeSame: number };
    readonly operators: readonly string[];
  }[];
}

export async function askAll({ address, users, seed, calls }: PartRequest): Promise<AskResult> {
  const { openEngine } = await productEngine();
  const inMemory = await openEngine({ data: address, mode: 'read', followEvery: 0 });
  const inStore = await openEngine({ data: address, mode: 'read', followEvery: 0, execution: 'store' });
  const driver = driverTo(address);
  const cypher = cypherPeer(driver, address.database);
  const views = { snapshot: await inMemory.view(), store: await inStore.view() };
  const all = await drawQuestions({ users, seed }, views.snapshot, calls);
  const questions = [];
  for (const kind of KINDS) questions.push(await askThree(kind, { ...views, cypher, all }));
  views.snapshot.release();
  views.store.release();
  await Promise.all([cypher.close(), inMemory.close(), inStore.close()]);
  await driver.close();
  return { questions };
}

interface Ground {
  readonly snapshot: GraphView;
  readonly store: GraphView;
  readonly cypher: CypherPeer;
  readonly all: Questions<CheckQuestion>;
}

async function askThree(kind: Kind, ground: Ground): Promise<AskResult['questions'][number]> {
  const { snapshot, store, cypher, all } = ground;
  const beside = await askBeside(kind, cypher, { view: snapshot, questions: all, patience: Number.POSITIVE_INFINITY });
  const few: Questions<CheckQuestion> = {
    timed: all.timed.filter((_, place) => place % STORE_SHARE === 0),
    warm: all.warm.filter((_, place) => place % STORE_SHARE === 0),
  };
  const storeSame = await sameInStore(kind, ground, few.warm);
  return {
    name: beside.less === undefined ? beside.name : `${beside.name}, for Cypher ${beside.less}`,
    snapshot: beside.grantlens,
    store: await timeCalls(beside.name, few, (question) => ASKED[kind].ask(store, question)),
    cypher: beside.peer,
    ratio: beside.ratio,
    compared: { ...beside.compared, storeSame },
    operators: await cypher.operators(kind, all.timed[0]!),
  };
}

async function sameInStore(kind: Kind, { snapshot, store }: Ground, questions: readonly CheckQuestion[]) {
  let same = 0;
  for (const question of questions) {
    const expected = await ASKED[kind].rows(snapshot, question);
    const found = await ASKED[kind].rows(store, question);
    if (expected !== undefined && found !== undefined && exactText(found) === exactText(expected)) same += 1;
  }
  return same;
}
