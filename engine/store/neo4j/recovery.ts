/** Takes back what a batch left that did not get to its end, and deletes what one that did took away. */

import { randomUUID } from 'node:crypto';
import {
  DELETE_CHUNK,
  END_CLAIM,
  END_SWEEP,
  LIST_CHUNKS,
  READ_CHUNK,
  RENEW_CLAIM,
  SWEEP_DANGLING,
  SWEEP_EDGES,
  SWEEP_NODES,
  SWEEP_USES,
  TAKE_OVER,
} from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import { integer, type Transaction } from './door.ts';
import { idsByKind } from './edge-ids.ts';
import { type Head, lockHead } from './head-lock.ts';
import { decodeChunk, type JournalChunk } from './journal-chunk.ts';
import { idProperty } from './properties.ts';
import { undoFacts } from './undo-facts.ts';
import { useKey } from './use-key.ts';
import type { Writing } from './write-settings.ts';

/** How long to wait before looking again whether another writer is done. */
const LOOK_AGAIN = 100;

/** Whether a writer may begin. */
export const isClear = ({ claim, sweeping }: Head): boolean => claim === undefined && sweeping === undefined;

/**
 * Waits for another writer's large batch, rolls back one whose writer is gone, and finishes a sweep.
 *
 * @throws GrantlensError STORE_LOCKED when the other writer is not done in time
 */
export async function clearTheWay(writing: Writing): Promise<void> {
  const { patience } = writing.settings;
  const until = Date.now() + patience;
  for (;;) {
    const head = await writing.door.write(lockHead, { timeout: patience });
    if (head.claim === undefined) {
      if (head.sweeping !== undefined) await sweep(writing, head.sweeping);
      return;
    }
    if (head.claim.left <= 0) {
      const token = await takeOver(writing);
      if (token !== undefined) await rollBack(writing, token);
    } else if (Date.now() > until) throw lockedBy(head.claim.writer);
    else await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}

const lockedBy = (writer: string): GrantlensError =>
  new GrantlensError('STORE_LOCKED', `Another process (${writer}) is applying a large batch to this graph.`, {
    writer,
  });

/** @returns the token of our own claim; undefined when the other one shows life again */
async function takeOver({ door, settings, writer }: Writing): Promise<string | undefined> {
  const token = randomUUID();
  const { lease, patience } = settings;
  return door.write(
    async (tx) => {
      const { claim } = await lockHead(tx);
      if (claim?.token === token) return token;
      if (claim === undefined || claim.left > 0) return undefined;
      await tx.all(TAKE_OVER, { token, writer, lease: integer(lease) });
      return token;
    },
    { timeout: patience },
  );
}

/**
 * Takes back everything that was written under a claim, the last part first, each in a transaction of its own, and ends
 * the claim. Does nothing when the claim is no longer there.
 */
export async function rollBack(writing: Writing, token: string): Promise<void> {
  const { door, settings } = writing;
  const options = { timeout: settings.longestTransaction };
  for (let goesOn = true; goesOn; ) {
    goesOn = await door.write(async (tx) => {
      const [claimed] = await tx.all(RENEW_CLAIM, { token, lease: integer(settings.lease), chunks: null });
      if (claimed === undefined) return false;
      const version = (claimed[1] as number) + 1;
      const last = (await tx.all(LIST_CHUNKS, { version: integer(version) })).at(-1)?.[0] as number | undefined;
      if (last === undefined) {
        await tx.all(END_CLAIM);
        return false;
      }
      await undoFacts(tx, await readChunk(tx, version, last), version, writing.precedence);
      await tx.all(DELETE_CHUNK, { version: integer(version), number: integer(last) });
      return true;
    }, options);
  }
}

/** Deletes the facts that a version took away: edges first, then nodes. Can be done any number of times. */
export async function sweep(writing: Writing, version: number): Promise<void> {
  const { door, settings } = writing;
  const options = { timeout: settings.longestTransaction };
  const listed = await door.read((tx) => tx.all(LIST_CHUNKS, { version: integer(version) }));
  const numbers = listed.map(([number]) => number as number);
  for (const number of numbers) {
    await door.write(async (tx) => {
      await lockHead(tx);
      await sweepPart(tx, await readChunk(tx, version, number), version);
    }, options);
  }
  await door.write((tx) => tx.all(END_SWEEP, { version: integer(version) }), options);
}

async function sweepPart(tx: Transaction, { nodes, edges, uses }: JournalChunk, version: number): Promise<void> {
  const until = integer(version);
  const dropped = edges.filter((edge) => edge.before !== undefined);
  for (const [kind, ids] of idsByKind(dropped)) await tx.all(SWEEP_EDGES[kind], { ids, until });
  if (dropped.length > 0) await tx.all(SWEEP_DANGLING, { ids: dropped.map((edge) => edge.before!.id), until });
  const keys = uses.flatMap(({ before }) => (before === undefined ? [] : [useKey(before)]));
  if (keys.length > 0) await tx.all(SWEEP_USES, { keys, until });
  const gone = nodes.filter((node) => node.after.length === 0).map((node) => idProperty(node.before[0]!.id));
  if (gone.length > 0) await tx.all(SWEEP_NODES, { ids: gone, until });
}

async function readChunk(tx: Transaction, version: number, number: number): Promise<JournalChunk> {
  const [values] = await tx.all(READ_CHUNK, { version: integer(version), number: integer(number) });
  if (values === undefined) return { nodes: [], edges: [], uses: [] };
  return decodeChunk(values[0] as Uint8Array, values[1] as string);
}
