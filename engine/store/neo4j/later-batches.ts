/** What was changed after a version, brought up to date when somebody asks. */
import { CHUNK_DATA, LATER_CHUNKS } from '../../../cypher/index.ts';
import { BeforeImages } from './before-images.ts';
import { integer, type Neo4jDoor } from './door.ts';
import { headIn, readHead, versionNotFound } from './head.ts';
import { decodeChunk, type JournalChunk } from './journal-chunk.ts';
import { serverError } from './server-error.ts';

/** A part of the journal. */
export interface ChunkKey {
  readonly version: number;
  readonly number: number;
  readonly digest: string;
}

/** Only a batch that is rolled back makes us begin again, and that takes its writer a while. */
const TRIES = 20;

export class LaterBatches {
  readonly #door: Neo4jDoor;
  readonly #version: number;
  #images = new BeforeImages();
  /** The journal up to here is in the images and will not change. */
  #settled: number;
  /** Parts after that which are in the images too: they may go again with a batch that fails. */
  #unsettled: ChunkKey[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(door: Neo4jDoor, version: number) {
    this.#door = door;
    this.#version = version;
    this.#settled = version;
  }

  /**
   * The version's own state of whatever has been changed since, also by a batch that is not done yet. What was read before
   * this call and is not among it is as it was.
   *
   * @throws GrantlensError VERSION_NOT_FOUND when the journal no longer reaches back to the version
   */
  images(): Promise<BeforeImages> {
    const turn = this.#queue.then(() => this.#upToDate());
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #upToDate(): Promise<BeforeImages> {
    for (let attempt = 0; attempt < TRIES; attempt++) if (await this.#catchUp()) return this.#images;
    throw serverError('STORE_LOCKED', 'Batches were begun and taken back all the while.', { hint: 'Ask again.' });
  }

  /** False when parts went while they were read. */
  async #catchUp(): Promise<boolean> {
    const { newest, listed } = await this.#list();
    if (!startsWith(listed, this.#unsettled)) {
      this.#forget();
      return false;
    }
    for (const key of listed.slice(this.#unsettled.length)) {
      const chunk = await chunkAt(this.#door, key);
      if (chunk === undefined) break;
      this.#images.add(chunk);
      this.#unsettled.push(key);
    }
    const head = await readHead(this.#door);
    if (head.oldest > this.#version) throw versionNotFound(this.#version, head);
    if (this.#unsettled.length < listed.length) return false;
    this.#settled = Math.max(this.#settled, newest);
    this.#unsettled = listed.filter(({ version }) => version > newest);
    return true;
  }

  #forget(): void {
    this.#images = new BeforeImages();
    this.#settled = this.#version;
    this.#unsettled = [];
  }

  async #list(): Promise<{ readonly newest: number; readonly listed: readonly ChunkKey[] }> {
    return this.#door.read(async (tx) => {
      const head = await headIn(tx);
      const rows = await tx.all(LATER_CHUNKS, { after: integer(this.#settled) });
      const listed = rows.map(([version, number, digest]) => ({ version, number, digest }) as ChunkKey);
      return { newest: head.version, listed };
    });
  }
}

const startsWith = (list: readonly ChunkKey[], start: readonly ChunkKey[]): boolean =>
  start.every(({ digest, number, version }, i) => {
    const other = list[i];
    return other?.digest === digest && other.number === number && other.version === version;
  });

/** A part of the journal; undefined when it has gone, or another one is in its place. */
export async function chunkAt(door: Neo4jDoor, key: ChunkKey): Promise<JournalChunk | undefined> {
  const parameters = { version: integer(key.version), number: integer(key.number) };
  const [row] = await door.read((tx) => tx.all(CHUNK_DATA, parameters));
  if (row === undefined || row[1] !== key.digest) return undefined;
  return decodeChunk(row[0] as Uint8Array, key.digest);
}
