/** The questions that are timed, each through the engine's API or the server as a program would ask it. */
import type { CheckQuestion, Engine, EstateOptions, GraphView } from '../engine/index.ts';
import { memory, type Questions, type Timing, timeCalls, timeOnce } from './measure.ts';
import { productGraphql } from './product.ts';
import { drawSubjects, type Subjects } from './subjects.ts';

export const QUESTIONS = [
  'check',
  'accessOf',
  'whoCan',
  'accessPaths',
  'whyHasAccess',
  'revocation',
  'search',
  'graphql',
  'http',
] as const;
export type QuestionName = (typeof QUESTIONS)[number];

interface Ground {
  readonly engine: Engine;
  readonly view: GraphView;
  readonly subjects: Subjects;
  readonly users: number;
}

/** Warming up takes questions of its own: an answer that was kept must not be timed as one that was worked out. */
const WARM = 2_000;

const CALLS: Readonly<Record<QuestionName, number>> = {
  check: 20_000,
  accessOf: 5_000,
  whoCan: 2_000,
  accessPaths: 2_000,
  whyHasAccess: 2_000,
  revocation: 200,
  search: 1_000,
  graphql: 1_000,
  http: 1_000,
};

export async function askQuestions(engine: Engine, options: EstateOptions, only: readonly QuestionName[]) {
  const view = await engine.view();
  const subjects = await drawSubjects(options, view, CALLS.check + WARM);
  const ground = { engine, view, subjects, users: options.users };
  const after = [{ at: 'questions drawn', ...memory() }];
  const timings: Timing[] = [];
  for (const name of QUESTIONS) {
    if (only.length === 0 || only.includes(name)) timings.push(...(await ASKED[name](ground)));
  }
  after.push({ at: 'all questions answered', ...memory() });
  view.release();
  return { timings, after };
}

const ASKED: Readonly<Record<QuestionName, (ground: Ground) => Promise<readonly Timing[]>>> = {
  check: async ({ view, subjects }) => [
    await timeCalls(
      'check',
      checksOf(subjects, CALLS.check),
      async (question) => (await view.check(question)).decision,
    ),
    await timeCalls('check, by take-over too', checksOf(subjects, CALLS.accessOf), async (question) => {
      return (await view.check({ ...question, reach: 'ESCALATION' })).decision;
    }),
  ],
  accessOf: async ({ view, subjects }) => [
    await timeCalls(
      'accessOf, first 100',
      { timed: subjects.identities.slice(0, CALLS.accessOf), warm: subjects.identities.slice(-WARM) },
      async (identity) => some(await view.accessOf({ identity })),
    ),
  ],
  whoCan: async ({ view, subjects, users }) => {
    const { granted, random } = halves(checksOf(subjects, CALLS.whoCan * 2));
    const share = Math.min(1, LISTED_WHOLE / users);
    return [
      await timeLists('whoCan, any resource', view, random),
      await timeLists('whoCan, something somebody has', view, {
        timed: granted.timed.slice(0, Math.ceil(granted.timed.length * share)),
        warm: granted.warm.slice(0, Math.ceil(granted.warm.length * share)),
      }),
    ];
  },
  accessPaths: async ({ view, subjects }) => [
    await timeCalls('accessPaths, first 10', checksOf(subjects, CALLS.accessPaths), async (question) =>
      some(await view.accessPaths({ ...question, first: 10 })),
    ),
  ],
  whyHasAccess: async ({ view, subjects }) => [
    await timeCalls('whyHasAccess', checksOf(subjects, CALLS.whyHasAccess), async (question) => {
      return (await view.whyHasAccess(question)).decision;
    }),
  ],
  revocation: ({ view, subjects }) => revocations(view, subjects),
  search: ({ view }) => searches(view),
  graphql: async ({ engine, subjects }) => {
    const { executeInProcess } = await productGraphql();
    const ask = async (question: CheckQuestion) => decisionIn(await executeInProcess(engine, WHY, { ...question }));
    return [await timeCalls('GraphQL whyHasAccess in process', checksOf(subjects, CALLS.graphql), ask)];
  },
  http: async ({ engine, subjects }) => {
    const { startServer } = await productGraphql();
    const server = await startServer({ engine, port: 0 });
    const ask = async (question: CheckQuestion) => decisionIn(await post(`${server.url}/graphql`, question));
    const timing = await timeCalls('GraphQL whyHasAccess over HTTP', checksOf(subjects, CALLS.http), ask);
    await server.close();
    return [timing];
  },
};

/** Up to so many people all lists are asked for that are long; of more people fewer, since each takes longer. */
const LISTED_WHOLE = 100_000;

/** The first page of each list and the count of all that are in it, and what one in it takes. */
async function timeLists(name: string, view: GraphView, questions: Questions<CheckQuestion>): Promise<Timing> {
  let results = 0;
  const ask = async ({ action, resource }: CheckQuestion) => {
    const { totalCount } = await view.whoCan({ action, resource });
    results += totalCount;
    return totalCount === 0 ? 'none' : 'some';
  };
  for (const question of questions.warm) await ask(question);
  results = 0;
  const { seconds, result } = await timeOnce(() => timeCalls(name, { timed: questions.timed, warm: [] }, ask));
  return { ...result, results, aResult: Number(((seconds * 1e9) / Math.max(1, results)).toPrecision(3)) };
}

/** How many identities are cut off at once. */
const CUT_OFF = 100;
const CUT_OFF_CALLS = 10;

/** The cheapest cut and what it does besides, of what somebody has: for her alone, and for many who have it. */
async function revocations(view: GraphView, subjects: Subjects): Promise<readonly Timing[]> {
  const { granted } = halves(checksOf(subjects, CALLS.revocation * 2));
  const cut = async (identities: readonly string[], { action, resource }: CheckQuestion): Promise<string> => {
    const answer = await view.revocation({ identities, action, resource, alternatives: 1 });
    const [one] = answer.alternatives;
    if (one === undefined) return 'none';
    return answer.complete && one.collateral.complete ? 'some' : 'not complete';
  };
  const crowds: { readonly identities: readonly string[]; readonly question: CheckQuestion }[] = [];
  for (const question of granted.timed) {
    if (crowds.length === CUT_OFF_CALLS) break;
    const { action, resource } = question;
    const { items } = await view.whoCan({ action, resource, first: CUT_OFF });
    if (items.length === CUT_OFF) crowds.push({ identities: items.map(({ identity }) => identity), question });
  }
  return [
    await timeCalls('revocation, of one', { timed: granted.timed, warm: granted.warm.slice(0, 20) }, (question) =>
      cut([question.identity], question),
    ),
    await timeCalls(
      `revocation, of ${CUT_OFF} at once`,
      { timed: crowds, warm: crowds.slice(0, 2) },
      ({ identities, question }) => cut(identities, question),
    ),
  ];
}

const checksOf = ({ checks }: Subjects, count: number) => ({
  timed: checks.slice(0, count),
  warm: checks.slice(-WARM),
});

/** Checks about what somebody has are drawn in turn with checks drawn at random. What many have is asked for more often in the first. */
function halves({ timed, warm }: Questions<CheckQuestion>) {
  const every = (rest: number) => ({
    timed: timed.filter((_, place) => place % 2 === rest),
    warm: warm.filter((_, place) => place % 2 === rest),
  });
  return { granted: every(0), random: every(1) };
}

const some = ({ totalCount }: { readonly totalCount: number }): string => (totalCount === 0 ? 'none' : 'some');

/** Common words and rare ones, one word and several, and one that is nowhere. */
const SEARCHED = ['okafor', 'ada okafor', 'payroll viewer', 'finance', 'host ams', 'user', 'delivery cedar', 'xyzzy'];

async function searches(view: GraphView): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  const calls = Math.ceil(CALLS.search / SEARCHED.length);
  for (const text of SEARCHED) {
    const repeated = Array.from({ length: calls }, () => text);
    timings.push(
      await timeCalls(`search "${text}"`, { timed: repeated, warm: [text, text] }, async (words) =>
        some(await view.search({ text: words, first: 20 })),
      ),
    );
  }
  return timings;
}

const WHY = `query ($identity: ID!, $action: String!, $resource: ID!) {
  whyHasAccess(identity: $identity, action: $action, resource: $resource) {
    decision sentences pathCount complete version
    paths { length decision edges { id kind from { id name } to { id name } actions condition validTo source } }
    chokeEdges { id } denials { id } grantOptions { op kind from to }
  }
}`;

interface Answer {
  readonly data?: unknown;
  readonly errors?: unknown;
}

function decisionIn({ data, errors }: Answer): string {
  if (errors !== undefined) throw new Error(`GraphQL answered ${JSON.stringify(errors)}`);
  return (data as { whyHasAccess: { decision: string } }).whyHasAccess.decision;
}

async function post(url: string, variables: CheckQuestion): Promise<Answer> {
  const body = JSON.stringify({ query: WHY, variables });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()) as Answer;
}
