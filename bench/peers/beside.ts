/** One question asked of the engine and of a peer, one right after the other; their answers are compared before anything is timed. */
import type { CheckQuestion, GraphView } from '../../engine/index.ts';
import { type Questions, type Timing, timeCalls } from '../measure.ts';
import { ASKED, type Kind } from './asked.ts';
import type { Rows } from './rows.ts';

export interface Peer {
  readonly name: string;
  readonly asks: readonly Kind[];
  /** Where its answer is less than the engine's: in what. */
  readonly less: Partial<Readonly<Record<Kind, string>>>;
  /** The call that is timed. Says what kind of answer came. */
  readonly ask: (kind: Kind, question: CheckQuestion) => Promise<string>;
  /** The whole answer, in the words in which `said` puts the engine's. */
  readonly whole: (kind: Kind, question: CheckQuestion) => Promise<string>;
  readonly said: (rows: Rows) => string;
  /** Calls that a server has served until now and the milliseconds that it says they took, where it tells. */
  readonly served?: (kind: Kind) => Promise<{ readonly calls: number; readonly milliseconds: number }>;
}

/** How many times as long the peer takes. */
export interface Ratio {
  readonly median: number;
  readonly p99: number;
}

export interface Beside {
  readonly name: string;
  readonly less?: string;
  readonly grantlens: Timing;
  /** Lists read to their end, where the default answer is the count and the first hundred rows. */
  readonly grantlensToTheEnd?: Timing;
  readonly peer: Timing;
  /** Milliseconds a call on average as the peer's own server counts them, warming up included. */
  readonly served?: number;
  readonly ratio: Ratio;
  readonly ratioToTheEnd?: Ratio;
  readonly compared: Compared;
}

export interface Compared {
  readonly same: number;
  readonly different: number;
  /** Not compared, because the engine's own answer was not complete. */
  readonly incomplete: number;
}

/** No fewer than these are timed, however slow the peer is. */
const FEWEST = 20;

export interface Ground {
  readonly view: GraphView;
  /** Those that warm up are compared too. */
  readonly questions: Questions<CheckQuestion>;
  /** Milliseconds, about, that the peer may be timed for: a slow one is asked fewer, and the engine with it. */
  readonly patience: number;
}

export async function askBeside(kind: Kind, peer: Peer, { view, questions: all, patience }: Ground): Promise<Beside> {
  const asked = ASKED[kind];
  const { compared, milliseconds } = await compare(kind, peer, view, all.warm);
  const questions = { ...all, timed: all.timed.slice(0, Math.max(FEWEST, Math.floor(patience / milliseconds))) };
  const { toTheEnd } = asked;
  const grantlens = await timeCalls(asked.name, questions, (question) => asked.ask(view, question));
  const ended = toTheEnd && (await timeCalls(asked.name, questions, (question) => toTheEnd(view, question)));
  const before = await peer.served?.(kind);
  const theirs = await timeCalls(asked.name, questions, (question) => peer.ask(kind, question));
  const after = await peer.served?.(kind);
  const less = peer.less[kind];
  return {
    name: asked.name,
    ...(less !== undefined && { less }),
    grantlens,
    ...(ended && { grantlensToTheEnd: ended }),
    peer: theirs,
    ...(before &&
      after && { served: rounded((after.milliseconds - before.milliseconds) / (after.calls - before.calls)) }),
    ratio: ratioOf(theirs, grantlens),
    ...(ended && { ratioToTheEnd: ratioOf(theirs, ended) }),
    compared,
  };
}

const rounded = (value: number): number => Number(value.toPrecision(3));
const ratioOf = (peer: Timing, grantlens: Timing): Ratio => ({
  median: rounded(peer.median / grantlens.median),
  p99: rounded(peer.p99 / grantlens.p99),
});

/** Answers that differ are printed. Tells too how long the peer took for one on average. */
async function compare(kind: Kind, peer: Peer, view: GraphView, questions: readonly CheckQuestion[]) {
  const compared = { same: 0, different: 0, incomplete: 0 };
  let milliseconds = 0;
  for (const question of questions) {
    const rows = await ASKED[kind].rows(view, question);
    const started = performance.now();
    const found = await peer.whole(kind, question);
    milliseconds += performance.now() - started;
    if (rows === undefined) compared.incomplete += 1;
    else if (found === peer.said(rows)) compared.same += 1;
    else {
      compared.different += 1;
      const [expected, told] = [peer.said(rows), found].map((text) => text.slice(0, 400));
      console.error(`${peer.name}, ${kind} ${JSON.stringify(question)}\n  ${expected}\n  ${told}`);
    }
  }
  return { compared, milliseconds: milliseconds / Math.max(1, questions.length) };
}
