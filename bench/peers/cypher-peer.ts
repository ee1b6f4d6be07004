/** The hand-written Cypher as a peer: a session that stays open on a server that holds the same graph. */
import type { Driver } from 'neo4j-driver';
import { AT, KINDS, type Kind } from './asked.ts';
import type { Peer } from './beside.ts';
import { ACCESS_OF, CHECK, PATHS, WHO_CAN } from './cypher-questions.ts';
import { CypherSession } from './cypher-session.ts';
import { decisionOf, exactText, type Rank, type Rows, some } from './rows.ts';

type Row = readonly unknown[] | undefined;

/** A list's row: how many there are, and this many of them. */
const TOLD = 100;

const STATEMENTS: Readonly<Record<Kind, string>> = {
  check: CHECK,
  accessOf: ACCESS_OF,
  whoCan: WHO_CAN,
  why: PATHS,
};

const rankIn = (row: Row): Rank => (row?.[0] as Rank | undefined) ?? 0;

export interface CypherPeer extends Peer {
  /** Operators of the plan, each once. */
  readonly operators: (kind: Kind, question: Parameters<Peer['ask']>[1]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export function cypherPeer(driver: Driver, database: string): CypherPeer {
  const session = new CypherSession(driver, database, AT);
  return {
    name: 'Cypher',
    asks: KINDS,
    less: { why: 'the paths alone, without decisions, sentences, choke edges, denials and options' },
    ask: async (kind, question) => {
      const row = await session.row(STATEMENTS[kind], question);
      return kind === 'check' ? decisionOf(rankIn(row)) : some(row?.[0]);
    },
    whole: async (kind, question) => {
      const row = await session.row(STATEMENTS[kind], question);
      if (kind === 'check') return exactText([[question.resource, rankIn(row)]]);
      if (kind === 'why') return exactText([['paths', Number(row?.[0] ?? 0)]]);
      const [count, rows] = row ?? [0, []];
      return JSON.stringify([count, rows]);
    },
    said: (rows: Rows) => exactText(rows, TOLD),
    operators: async (kind, question) => [...new Set(await session.plan(STATEMENTS[kind], question))],
    close: () => session.close(),
  };
}
