/**
 * A part of the journal as it lies in the database: what one transaction of a batch changed, fact by fact, with what was
 * there before. From it come the journal, older versions, and the way back when a batch does not get to its end.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { EdgeRecord, NodeRecord, UseRecord } from '../../model/index.ts';
import { serverError } from './server-error.ts';

/** A node before and after: the versions of all its sources; empty where it was not, or is no longer, there. */
export interface NodeEntry {
  readonly before: readonly NodeRecord[];
  readonly after: readonly NodeRecord[];
  /** Neo4j's id of the node that was there before, and the versions that it bore. */
  readonly ref?: number;
  readonly since?: number;
  readonly changed?: number;
}

/**
 * An edge before and after. Both are there and equal when the edge only lost or regained its effect, because an end went
 * or came back.
 */
export interface EdgeEntry {
  readonly before?: EdgeRecord;
  readonly after?: EdgeRecord;
  /** Neo4j's id of the relationship that was there before, and the version that it bore; absent for one without effect. */
  readonly ref?: number;
  readonly since?: number;
}

export interface UseEntry {
  readonly before?: UseRecord;
  readonly after?: UseRecord;
}

export interface JournalChunk {
  readonly nodes: readonly NodeEntry[];
  readonly edges: readonly EdgeEntry[];
  readonly uses: readonly UseEntry[];
}

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** More than the largest chunk that is written, far less than a bomb. */
const MOST_BYTES = 1 << 30;

/** The bytes of a chunk and their SHA-256, hexadecimal. */
export async function encodeChunk(
  chunk: JournalChunk,
): Promise<{ readonly data: Uint8Array; readonly digest: string }> {
  const data = await deflate(JSON.stringify(chunk), { level: 1 });
  return { data, digest: digestOf(data) };
}

/** @throws GrantlensError STORE_CORRUPT when the bytes are not those that were written */
export async function decodeChunk(data: Uint8Array, digest: string): Promise<JournalChunk> {
  if (digestOf(data) !== digest)
    throw serverError('STORE_CORRUPT', 'A part of the journal in Neo4j is not what was written there.');
  const text = await inflate(data, { maxOutputLength: MOST_BYTES });
  return JSON.parse(text.toString('utf8')) as JournalChunk;
}

const digestOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
