import { LATER_CHUNKS } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import { batchChain, batchDigest, CHAIN_START } from './batch-chain.ts';
import { integer, type Neo4jDoor } from './door.ts';
import { chunksOf, type StoredBatch, storedBatches } from './journal-batches.ts';
import type { JournalChunk } from './journal-chunk.ts';
import { LastWords } from './last-words.ts';
import { type ChunkKey, chunkAt } from './later-batches.ts';
import type { Verified } from './verify.ts';
import { corrupt } from './version-read.ts';

/**
 * Checks that every batch is there, that each follows from the one before, and that the parts of those that are kept are
 * what was written.
 *
 * @returns what the journal says of the facts
 */
export async function verifyJournal(verified: Verified): Promise<LastWords> {
  const { door, head } = verified;
  const words = new LastWords(head.oldest === 0);
  let version = 0;
  let chain = CHAIN_START;
  for await (const batch of storedBatches(door, 0, head.version)) {
    if (batch.version !== ++version) throw corrupt(`the batch of version ${version} is missing`);
    chain = batchChain(chain, batch);
    if (chain !== batch.chain) throw corrupt(`the chain of batches is broken at version ${version}`);
    if (version > head.oldest) await verifyParts(verified, batch, words);
  }
  if (version !== head.version) throw corrupt(`the batch of version ${version + 1} is missing`);
  if (chain !== head.chain) throw corrupt('the chain of batches does not end where the head says');
  await verifyNoneLater(verified);
  return words;
}

async function verifyParts({ door }: Verified, batch: StoredBatch, words: LastWords): Promise<void> {
  const { version } = batch;
  const parts = await chunksOf(door, version);
  for (const [i, [number, digest]] of parts.entries()) {
    if (number !== i) throw corrupt(`part ${i} of the journal of version ${version} is missing, or there twice`);
    words.add(await partOf(door, { version, number, digest }));
  }
  if (batchDigest(parts.map(([, digest]) => digest)) !== batch.digest)
    throw corrupt(`the journal of version ${version} is not that of its batch`);
}

async function partOf(door: Neo4jDoor, key: ChunkKey): Promise<JournalChunk> {
  const where = `part ${key.number} of the journal of version ${key.version}`;
  const chunk = await chunkAt(door, key).catch((error: unknown) => {
    throw error instanceof GrantlensError && error.code !== 'STORE_CORRUPT'
      ? error
      : corrupt(`${where} is not what was written there`);
  });
  if (chunk === undefined) throw corrupt(`${where} is missing`);
  return chunk;
}

async function verifyNoneLater({ door, head }: Verified): Promise<void> {
  const later = await door.read((tx) => tx.all(LATER_CHUNKS, { after: integer(head.version) }));
  const odd = later.find(([version]) => !head.pending || version !== head.version + 1);
  if (odd !== undefined) throw corrupt(`there is a journal of version ${String(odd[0])}, which no batch has`);
}
