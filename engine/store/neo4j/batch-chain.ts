/**
 * What seals the journal in the database: a digest over the parts of a batch, and a chain over the batches. A part that was
 * changed, lost or put elsewhere, and a batch that was changed or is missing, no longer fit.
 */
import { createHash } from 'node:crypto';

/** What the chain says of a batch. `digest` is `batchDigest` of its parts. */
export interface ChainedBatch {
  readonly version: number;
  readonly id: string;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly appliedAt: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly digest: string;
}

/** The chain before the first batch. */
export const CHAIN_START = '';

/** SHA-256 over the digests of a batch's parts, in their order; hexadecimal, as they are. Also that of no parts. */
export function batchDigest(chunkDigests: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const digest of chunkDigests) hash.update(digest, 'latin1');
  return hash.digest('hex');
}

/** SHA-256 over the chain up to the batch before and what is said of this one; hexadecimal. */
export function batchChain(previousChain: string, batch: ChainedBatch): string {
  const { version, id, source, appliedAt, added, changed, removed, digest } = batch;
  const facts = JSON.stringify([version, id, source, appliedAt, added, changed, removed, digest]);
  return createHash('sha256').update(previousChain, 'latin1').update(facts, 'utf8').digest('hex');
}
