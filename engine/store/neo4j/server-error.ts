/** Errors of a store that is a server: what to do next about them has to do with neither folder nor disk of this machine. */
import { type ErrorCode, GrantlensError } from '../../model/index.ts';

const HINTS: Partial<Readonly<Record<ErrorCode, string>>> = {
  STORE_NOT_FOUND: 'Check the address and the name of the database, or load something into it first.',
  STORE_CORRUPT: 'Restore the database from a backup, or load its sources again into an empty one.',
  STORE_NEWER_FORMAT: 'Use the version of Grantlens that wrote the graph, or a newer one.',
  STORE_FAILED: "The server's neo4j.log and debug.log tell more; also see whether its disk is full.",
};

export interface ServerErrorDetails {
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Default: that of the code, worded for a server. */
  readonly hint?: string;
}

export const serverError = (code: ErrorCode, message: string, details: ServerErrorDetails = {}): GrantlensError =>
  new GrantlensError(code, message, details.facts, details.cause, details.hint ?? HINTS[code]);
