/**
 * Who loads a source: nobody else does meanwhile. A hold lies beside the head, under the same rule that a name is there once, and
 * lives as long as its holder renews it, by the server's clock.
 */
import { type Statement, statement } from '../statement.ts';

/**
 * Takes a hold that nobody has, or whose holder is gone. Tells whether it is ours, else who has it, since when, and how long that
 * still lives, in milliseconds. Setting the name takes the lock before anything is read.
 */
export const TAKE_HOLD = statement({
  name: 'ingest.take-hold',
  mode: 'write',
  parameters: { name: 'STRING', token: 'STRING', writer: 'STRING', lease: 'INTEGER' },
  text: `
    MERGE (s:GraphHead {name: $name})
    SET s.name = $name
    WITH s, coalesce(s.holdToken = $token OR s.holdUntil <= timestamp(), true) AS free
    SET s.holdSince = CASE WHEN free THEN timestamp() ELSE s.holdSince END,
      s.holdUntil = CASE WHEN free THEN timestamp() + $lease ELSE s.holdUntil END,
      s.holdWriter = CASE WHEN free THEN $writer ELSE s.holdWriter END,
      s.holdToken = CASE WHEN free THEN $token ELSE s.holdToken END
    RETURN free, s.holdWriter, s.holdSince, s.holdUntil - timestamp()
  `,
});

/** Makes a hold last on; nothing when it is no longer ours. Within the transaction that ends a load, nobody takes it over before. */
export const RENEW_HOLD = statement({
  name: 'ingest.renew-hold',
  mode: 'write',
  parameters: { name: 'STRING', token: 'STRING', lease: 'INTEGER' },
  text: `
    MATCH (s:GraphHead {name: $name})
    SET s.name = $name
    WITH s WHERE s.holdToken = $token
    SET s.holdUntil = timestamp() + $lease
    RETURN s.holdUntil
  `,
});

export const END_HOLD = statement({
  name: 'ingest.end-hold',
  mode: 'write',
  parameters: { name: 'STRING', token: 'STRING' },
  text: `
    MATCH (s:GraphHead {name: $name})
    SET s.name = $name
    WITH s WHERE s.holdToken = $token
    DELETE s
  `,
});

export const HOLD_STATEMENTS: readonly Statement[] = [TAKE_HOLD, RENEW_HOLD, END_HOLD];
