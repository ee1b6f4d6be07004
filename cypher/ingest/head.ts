/** The head: which version is the newest, and who writes. */
import { type Statement, statement } from '../statement.ts';

export const READ_VERSION = statement({
  name: 'ingest.read-version',
  mode: 'read',
  parameters: {},
  text: `MATCH (h:GraphHead {name: 'head'}) RETURN h.version`,
});

/**
 * Takes the lock of the head until the end of the transaction: writers pass one after another. `left` is how long the
 * claim of a large batch still lives, in milliseconds by the server's clock.
 */
export const LOCK_HEAD = statement({
  name: 'ingest.lock-head',
  mode: 'write',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.name = 'head'
    WITH h
    RETURN h.version, h.chain, h.sweeping, h.pendingToken, h.pendingUntil - timestamp() AS left, h.pendingWriter, h.pending
  `,
});

/** The claim of a large batch. Only in a transaction that has the lock. */
export const CLAIM = statement({
  name: 'ingest.claim',
  mode: 'write',
  parameters: { batch: 'STRING', token: 'STRING', writer: 'STRING', lease: 'INTEGER' },
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.pending = $batch, h.pendingToken = $token, h.pendingWriter = $writer, h.pendingSince = timestamp(),
      h.pendingUntil = timestamp() + $lease, h.pendingChunks = 0
  `,
});

/**
 * Makes the claim last on, and tells how many chunks were written under it before; nothing when it is no longer ours.
 * `chunks` is how many there are after this transaction, null where it writes none.
 */
export const RENEW_CLAIM = statement({
  name: 'ingest.renew-claim',
  mode: 'write',
  parameters: { token: 'STRING', lease: 'INTEGER', chunks: 'INTEGER?' },
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.name = 'head'
    WITH h, h.pendingChunks AS before WHERE h.pendingToken = $token
    SET h.pendingUntil = timestamp() + $lease, h.pendingChunks = coalesce($chunks, before)
    RETURN before, h.version
  `,
});

/** Another writer goes on with what a claim left behind: from here on the old token is worth nothing. */
export const TAKE_OVER = statement({
  name: 'ingest.take-over',
  mode: 'write',
  parameters: { token: 'STRING', writer: 'STRING', lease: 'INTEGER' },
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.pendingToken = $token, h.pendingWriter = $writer, h.pendingUntil = timestamp() + $lease
  `,
});

export const END_CLAIM = statement({
  name: 'ingest.end-claim',
  mode: 'write',
  parameters: {},
  text: `
    MATCH (h:GraphHead {name: 'head'})
    REMOVE h.pending, h.pendingToken, h.pendingWriter, h.pendingSince, h.pendingUntil, h.pendingChunks
  `,
});

/**
 * The record of a batch, and its version made the newest; a claim ends with it. `swept` is told when facts of older versions
 * are gone or about to go.
 */
export const FINISH_BATCH = statement({
  name: 'ingest.finish-batch',
  mode: 'write',
  parameters: { batch: 'MAP', version: 'INTEGER', chain: 'STRING', swept: 'INTEGER?', sweeping: 'INTEGER?' },
  text: `
    MATCH (h:GraphHead {name: 'head'})
    SET h.version = $version, h.chain = $chain, h.sweptTo = coalesce($swept, h.sweptTo), h.sweeping = $sweeping
    REMOVE h.pending, h.pendingToken, h.pendingWriter, h.pendingSince, h.pendingUntil, h.pendingChunks
    CREATE (b:GraphBatch)
    SET b = $batch
  `,
});

export const END_SWEEP = statement({
  name: 'ingest.end-sweep',
  mode: 'write',
  parameters: { version: 'INTEGER' },
  text: `MATCH (h:GraphHead {name: 'head'}) WHERE h.sweeping = $version REMOVE h.sweeping`,
});

export const HEAD_STATEMENTS: readonly Statement[] = [
  READ_VERSION,
  LOCK_HEAD,
  CLAIM,
  RENEW_CLAIM,
  TAKE_OVER,
  END_CLAIM,
  FINISH_BATCH,
  END_SWEEP,
];
