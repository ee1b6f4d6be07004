/** The journal, told batch by batch in the form that gives the same graph when it is applied in order. */
import { BATCHES_BETWEEN, CHUNKS_OF_VERSION } from '../../../cypher/index.ts';
import { type Change, type JsonValue, sortedDeep, type UseKey } from '../../model/index.ts';
import type { JournalBatch } from '../port.ts';
import { batchDigest, type ChainedBatch } from './batch-chain.ts';
import { integer, type Neo4jDoor } from './door.ts';
import { checkKept, readHead, versionNotFound } from './head.ts';
import type { JournalChunk, NodeEntry } from './journal-chunk.ts';
import { chunkAt } from './later-batches.ts';
import { corrupt } from './version-read.ts';

/** A batch as the database tells of it. */
export interface StoredBatch extends ChainedBatch {
  readonly chain: string;
}

/** Batches told of at a time. */
const BATCHES_AT_ONCE = 1_000;

/** What the database says of the batches after a version up to another, oldest first. */
export async function* storedBatches(door: Neo4jDoor, after: number, to: number): AsyncGenerator<StoredBatch> {
  for (let start = after; start < to; start += BATCHES_AT_ONCE) {
    const parameters = { after: integer(start), to: integer(Math.min(start + BATCHES_AT_ONCE, to)) };
    for (const row of await door.read((tx) => tx.all(BATCHES_BETWEEN, parameters))) {
      const [version, id, source, appliedAt, added, changed, removed, digest, chain] = row;
      yield { version, id, source, appliedAt, added, changed, removed, digest, chain } as StoredBatch;
    }
  }
}

/**
 * The batches after a version, oldest first; one batch at a time is in memory.
 *
 * @throws GrantlensError VERSION_NOT_FOUND when the journal does not reach back so far, or is cut meanwhile; STORE_CORRUPT
 */
export async function* journalBatches(door: Neo4jDoor, after: number): AsyncGenerator<JournalBatch> {
  const head = await readHead(door);
  if (after > head.version) return;
  checkKept(after, head);
  let version = after;
  for await (const stored of storedBatches(door, after, head.version)) {
    if (stored.version !== ++version) throw corrupt(`the journal has no batch of version ${version}`);
    yield await journalBatch(door, stored);
  }
  if (version !== head.version) throw corrupt(`the journal has no batch of version ${version + 1}`);
}

async function journalBatch(door: Neo4jDoor, stored: StoredBatch): Promise<JournalBatch> {
  const { version, id, source, appliedAt, added, changed, removed } = stored;
  const parts = new BatchParts();
  const digests: string[] = [];
  let gone = false;
  for (const [number, digest] of await chunksOf(door, version)) {
    const chunk = await chunkAt(door, { version, number, digest });
    if (chunk === undefined) gone = true;
    else parts.add(chunk);
    digests.push(digest);
  }
  const head = await readHead(door);
  if (head.oldest >= version) throw versionNotFound(version - 1, head);
  if (gone || batchDigest(digests) !== stored.digest)
    throw corrupt(`the journal of version ${version} is not what was written there`);
  return { version, id, source, appliedAt, added, changed, removed, repeated: false, ...parts.all() };
}

/** Numbers and digests of the parts of a batch, in order. */
export async function chunksOf(door: Neo4jDoor, version: number): Promise<readonly (readonly [number, string])[]> {
  const rows = await door.read((tx) => tx.all(CHUNKS_OF_VERSION, { version: integer(version) }));
  return rows.map(([number, digest]) => [number as number, digest as string]);
}

/** The changes of a batch by what they do, since removals come before what is put, and nodes before edges. */
class BatchParts {
  readonly #removedEdges: Change[] = [];
  readonly #removedNodes: Change[] = [];
  readonly #nodes: Change[] = [];
  readonly #edges: Change[] = [];
  readonly #uses: Change[] = [];
  readonly #withdrawn: UseKey[] = [];

  add({ nodes, edges, uses }: JournalChunk): void {
    for (const entry of nodes) this.#addNode(entry);
    for (const { before, after } of edges) {
      if (after === undefined) {
        if (before !== undefined) this.#removedEdges.push({ op: 'REMOVE_EDGE', id: before.id, source: before.source });
      } else if (!isSame(before, after)) this.#edges.push({ op: 'PUT_EDGE', edge: after });
    }
    for (const { before, after } of uses) {
      if (after !== undefined) this.#uses.push({ op: 'PUT_USE', use: after });
      else if (before !== undefined) this.#withdrawn.push(useKey(before));
    }
  }

  #addNode({ before, after }: NodeEntry): void {
    const was = new Map(before.map((node) => [node.source, node]));
    for (const node of after) {
      if (!isSame(was.get(node.source), node)) this.#nodes.push({ op: 'PUT_NODE', node });
      was.delete(node.source);
    }
    for (const { id, source } of was.values()) this.#removedNodes.push({ op: 'REMOVE_NODE', id, source });
  }

  all(): Pick<JournalBatch, 'changes' | 'withdrawnUses'> {
    const puts = [this.#nodes, this.#edges, this.#uses].flat();
    return { changes: [this.#removedEdges, this.#removedNodes, puts].flat(), withdrawnUses: this.#withdrawn };
  }
}

const useKey = ({ identity, action, resource, source }: UseKey): UseKey => ({ identity, action, resource, source });

/** Whether two records say the same, in whatever order. */
const isSame = (a: object | undefined, b: object): boolean =>
  a !== undefined && (JSON.stringify(a) === JSON.stringify(b) || canonical(a) === canonical(b));

const canonical = (record: object): string => JSON.stringify(sortedDeep(record as JsonValue));
