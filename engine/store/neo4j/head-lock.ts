/** The head of the graph, as a writer finds it in a transaction that has its lock. */
import { LOCK_HEAD } from '../../../cypher/index.ts';
import type { GrantlensError } from '../../model/index.ts';
import type { Transaction } from './door.ts';
import { serverError } from './server-error.ts';

export interface Head {
  readonly version: number;
  readonly chain: string;
  /** A version of which removed facts are still to be deleted. */
  readonly sweeping: number | undefined;
  readonly claim: Claim | undefined;
}

/** A large batch on its way. */
export interface Claim {
  readonly token: string;
  /** Milliseconds that it still lives; not above 0 when its writer is gone. */
  readonly left: number;
  readonly writer: string;
}

/** Takes the lock of the head until the transaction ends, and reads it. */
export async function lockHead(tx: Transaction): Promise<Head> {
  const [values] = await tx.all(LOCK_HEAD);
  if (values === undefined) throw headless();
  const [version, chain, sweeping, token, left, writer] = values as [number, string, ...unknown[]];
  return {
    version,
    chain,
    sweeping: (sweeping as number | null) ?? undefined,
    claim: token === null ? undefined : { token: token as string, left: left as number, writer: writer as string },
  };
}

export const headless = (): GrantlensError =>
  serverError('STORE_NOT_FOUND', 'The graph in the Neo4j database is gone since it was opened.');
