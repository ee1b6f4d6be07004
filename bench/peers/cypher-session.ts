/** Runs the hand-written Cypher the quickest way there is: one session kept open, plans in the server's cache, parameters. */
import neo4j, { type Driver, type Session } from 'neo4j-driver';
import type { CheckQuestion, Instant } from '../../engine/index.ts';

export class CypherSession {
  readonly #session: Session;
  readonly #at: unknown;

  constructor(driver: Driver, database: string, at: Instant) {
    this.#session = driver.session({ database, defaultAccessMode: neo4j.session.READ });
    const day = new Date(at);
    this.#at = new neo4j.types.DateTime(
      day.getUTCFullYear(),
      day.getUTCMonth() + 1,
      day.getUTCDate(),
      0,
      0,
      0,
      0,
      0,
      null,
    );
  }

  /** The first row, if there is one, with whole numbers as such. */
  async row(statement: string, { identity, action, resource }: CheckQuestion): Promise<readonly unknown[] | undefined> {
    const parameters = { identity, action: action.toLowerCase(), resource, at: this.#at };
    const { records } = await this.#session.run(statement, parameters);
    const [record] = records;
    return record?.keys.map((key) => plain(record.get(key)));
  }

  /** The operators of a statement's plan, in order. */
  async plan(statement: string, { identity, action, resource }: CheckQuestion): Promise<readonly string[]> {
    const parameters = { identity, action: action.toLowerCase(), resource, at: this.#at };
    const { summary } = await this.#session.run(`EXPLAIN ${statement}`, parameters);
    return summary.plan === false ? [] : operators(summary.plan);
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

interface Plan {
  readonly operatorType: string;
  readonly children: readonly Plan[];
}

const operators = ({ operatorType, children }: Plan): string[] => [operatorType, ...children.flatMap(operators)];

function plain(value: unknown): unknown {
  if (neo4j.isInt(value)) return value.toNumber();
  return Array.isArray(value) ? value.map(plain) : value;
}
