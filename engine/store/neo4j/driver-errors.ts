/** What the driver throws, as errors of ours: a code, and what to do next. Nothing of the driver leaves the store. */
import { Neo4jError } from 'neo4j-driver';
import type { ErrorCode } from '../../model/index.ts';
import type { Neo4jConnection } from './connection.ts';
import { serverError } from './server-error.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly says: (address: string) => string;
  readonly hint?: string;
}

const UNREACHABLE: Translation = {
  code: 'STORE_UNREACHABLE',
  says: (address) => `The Neo4j server at ${address} cannot be reached.`,
};
const OUT_OF_MEMORY: Translation = {
  code: 'STORE_OUT_OF_MEMORY',
  says: (address) => `The Neo4j server at ${address} ran out of memory for this transaction.`,
};
const READ_ONLY: Translation = {
  code: 'STORE_READ_ONLY',
  says: (address) => `The Neo4j database at ${address} can only be read.`,
  hint: 'Let it be written: ALTER DATABASE … SET ACCESS READ WRITE, or server.databases.default_to_read_only, server.databases.read_only and server.databases.writable in neo4j.conf; on a cluster, give the address with neo4j://.',
};
const BUSY: Translation = {
  code: 'STORE_LOCKED',
  says: (address) => `The Neo4j database at ${address} is kept busy by other transactions.`,
  hint: 'Try again when they are done; SHOW TRANSACTIONS on the server tells which they are.',
};
const UNAUTHORIZED: Translation = {
  code: 'STORE_AUTH_FAILED',
  says: (address) => `The Neo4j server at ${address} refused the user or the password.`,
};
const EXPIRED: Translation = {
  code: 'STORE_AUTH_FAILED',
  says: (address) => `The Neo4j server at ${address} asks for a new password of the user first.`,
  hint: 'Log in with cypher-shell and ALTER CURRENT USER SET PASSWORD FROM … TO …; then use the new one.',
};
const TRIED_TOO_OFTEN: Translation = {
  code: 'STORE_AUTH_FAILED',
  says: (address) => `The Neo4j server at ${address} refuses the user for a while, after several wrong passwords.`,
  hint: 'Wait some seconds (dbms.security.auth_lock_time), and check the user and the password.',
};
const FORBIDDEN: Translation = {
  code: 'STORE_AUTH_FAILED',
  says: (address) => `The user may not do this in the Neo4j database at ${address}.`,
  hint: 'Let the user read the database; to write, also its data, new labels, types and property keys, constraints and indexes.',
};
const IN_THE_WAY: Translation = {
  code: 'STORE_FOREIGN',
  says: (address) =>
    `Something that Grantlens did not make in the Neo4j database at ${address} refuses what it writes.`,
  hint: 'Take out the node or the constraint that facts.reason names, or give Grantlens a database of its own.',
};
const NO_DATABASE: Translation = {
  code: 'STORE_DATABASE_NOT_FOUND',
  says: (address) => `There is no such database at ${address}.`,
};

/** By the server's code. */
const BY_CODE: Readonly<Record<string, Translation>> = {
  ServiceUnavailable: UNREACHABLE,
  SessionExpired: UNREACHABLE,
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError': OUT_OF_MEMORY,
  'Neo.TransientError.General.OutOfMemoryError': OUT_OF_MEMORY,
  'Neo.DatabaseError.General.OutOfMemoryError': OUT_OF_MEMORY,
  'Neo.TransientError.General.TransactionOutOfMemoryError': OUT_OF_MEMORY,
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': READ_ONLY,
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase': READ_ONLY,
  'Neo.ClientError.Cluster.NotALeader': READ_ONLY,
  'Neo.ClientError.Statement.AccessMode': READ_ONLY,
  'Neo.ClientError.Security.Unauthorized': UNAUTHORIZED,
  'Neo.ClientError.Security.AuthenticationRateLimit': TRIED_TOO_OFTEN,
  'Neo.ClientError.Security.CredentialsExpired': EXPIRED,
  'Neo.ClientError.Security.Forbidden': FORBIDDEN,
  'Neo.ClientError.Schema.ConstraintValidationFailed': IN_THE_WAY,
  'Neo.ClientError.Database.DatabaseNotFound': NO_DATABASE,
  'Neo.TransientError.Database.DatabaseUnavailable': UNREACHABLE,
  'Neo.TransientError.Transaction.LockAcquisitionTimeout': BUSY,
  'Neo.TransientError.Transaction.DeadlockDetected': BUSY,
  // The driver calls these two client errors, so that it does not try again what someone has ended on purpose.
  'Neo.ClientError.Transaction.LockClientStopped': BUSY,
  'Neo.ClientError.Transaction.Terminated': BUSY,
  'Neo.ClientError.Transaction.TransactionTimedOut': BUSY,
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': BUSY,
};

/** A port that browsers are given: the driver knows it by the answer, and has no code for it. */
const HTTP: Translation = {
  code: 'STORE_FAILED',
  says: (address) => `What listens at ${address} answers HTTP, which is not what drivers speak.`,
  hint: 'Give the address for drivers: its port is 7687 by default, where that for browsers is 7474.',
};
const isHttp = ({ code, message }: Neo4jError): boolean =>
  code === 'N/A' && message.startsWith('Server responded HTTP');

/** Told when the server lost an entity between two steps of a statement: safe to try again, which the driver does not do. */
export const isLostEntity = (error: unknown): boolean =>
  error instanceof Neo4jError && error.code === 'Neo.ClientError.Statement.EntityNotFound';

/** Told when a transaction needs more memory than the server gives it: it would need as much the next time. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Neo4jError && BY_CODE[error.code] === OUT_OF_MEMORY;

const refusing = (code: string): Translation => ({
  code: 'STORE_FAILED',
  says: (address) => `Neo4j at ${address} refused a statement (${code}).`,
});

/** An error of ours for whatever a call of the driver threw; errors of ours pass. The password is in none of them. */
export function translated(error: unknown, connection: Neo4jConnection): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const address = connection.database === undefined ? connection.uri : `${connection.uri}/${connection.database}`;
  const known = isHttp(error) ? HTTP : BY_CODE[error.code];
  const facts = { address, neo4jCode: error.code, ...(known === IN_THE_WAY && { reason: error.message }) };
  const { code, says, hint } = known ?? refusing(error.code);
  return serverError(code, says(address), { facts, cause: error, ...(hint !== undefined && { hint }) });
}
