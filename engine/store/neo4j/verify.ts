/** Checks everything that the database says of a graph against everything else that it says. */
import { SOURCES_NOW, VERIFY_DOCUMENTS, VERIFY_HEAD } from '../../../cypher/index.ts';
import { GrantlensError } from '../../model/index.ts';
import type { Neo4jDoor } from './door.ts';
import { headless } from './head-lock.ts';
import { idProperty } from './properties.ts';
import { serverError } from './server-error.ts';
import { countsTold, type SourceCounts } from './source-status.ts';
import { SourceTally } from './source-tally.ts';
import { verifyFacts } from './verify-facts.ts';
import { verifyJournal } from './verify-journal.ts';
import { corrupt } from './version-read.ts';

/** The head as it was when verification began. */
interface VerifiedHead {
  readonly version: number;
  readonly oldest: number;
  readonly chain: string;
  readonly precedence: readonly string[];
  /** A large batch is on its way, or was left behind: the next writer takes it back. */
  readonly pending: boolean;
  /** A version whose removals are still to be deleted. */
  readonly sweeping: number | undefined;
  /** The newest revision of any document. */
  readonly documents: number;
  /** Everything that moves when somebody writes. */
  readonly mark: string;
}

/** A verification on its way. */
export interface Verified {
  readonly door: Neo4jDoor;
  readonly head: VerifiedHead;
  /** Called for what only a batch that is not done yet, or a sweep, leaves there. */
  readonly note: () => void;
}

/** Others may write meanwhile: what does not fit then is looked at again, so often. */
const TRIES = 5;

/**
 * Reads everything: the chain of the batches and the parts of the journal, every fact against what the journal says last
 * of it, labels and properties against records, ids against what they follow from, ends against what the model lets an
 * edge join, and what is counted.
 *
 * @throws GrantlensError STORE_CORRUPT naming the first thing that is wrong; STORE_LOCKED when others write all the while
 */
export async function verifyStore(door: Neo4jDoor): Promise<void> {
  for (let tries = 1; ; tries++) {
    const head = await verifiedHead(door);
    try {
      return await verifyAll(door, head);
    } catch (error) {
      const isCorrupt = error instanceof GrantlensError && error.code === 'STORE_CORRUPT';
      if (!isCorrupt || (await verifiedHead(door)).mark === head.mark) throw error;
      if (tries === TRIES)
        throw serverError('STORE_LOCKED', 'The graph was written all the while it was being verified.', {
          hint: 'Verify again when less is written.',
        });
    }
  }
}

async function verifiedHead(door: Neo4jDoor): Promise<VerifiedHead> {
  const [row] = await door.read((tx) => tx.all(VERIFY_HEAD));
  if (row === undefined) throw headless();
  const [version, oldest, chain, list, token, , sweeping, documents] = row;
  // A database that was imported in bulk has no list there when it would be empty.
  const precedence = list ?? [];
  if (
    !isCount(version) ||
    !isCount(oldest) ||
    oldest > version ||
    typeof chain !== 'string' ||
    !Array.isArray(precedence)
  )
    throw corrupt('its head does not say where the graph stands');
  return {
    version,
    oldest,
    chain,
    precedence: precedence as string[],
    pending: token !== null,
    sweeping: isCount(sweeping) ? sweeping : undefined,
    documents: isCount(documents) ? documents : 0,
    mark: JSON.stringify(row),
  };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

async function verifyAll(door: Neo4jDoor, head: VerifiedHead): Promise<void> {
  let unfinished = 0;
  const verified: Verified = { door, head, note: () => void unfinished++ };
  const words = await verifyJournal(verified);
  const tally = new SourceTally();
  await verifyFacts(verified, words, tally);
  // What a batch on its way has changed in place is in its own part of the journal, which is not looked into.
  if (!head.pending || unfinished === 0) {
    words.checkAllMet();
    await verifySources(verified, tally);
  }
  await verifyDocuments(verified);
}

/** What is counted for each source is what there is, and what the last batch said of it. */
async function verifySources({ door, head }: Verified, tally: SourceTally): Promise<void> {
  const told = await countsTold(door, head.version);
  const kept = new Map<string, SourceCounts>();
  for (const [source, nodes, edges, uses, loadedAt] of await door.read((tx) => tx.all(SOURCES_NOW)))
    kept.set(source as string, { nodes, edges, uses, loadedAt } as SourceCounts);
  for (const source of new Set([...told.keys(), ...kept.keys(), ...tally.counts.keys()])) {
    const { nodes, edges, uses } = tally.counts.get(source) ?? { nodes: 0, edges: 0, uses: 0 };
    const status = kept.get(source);
    if (status?.nodes !== nodes || status.edges !== edges || status.uses !== uses)
      throw corrupt(`the source "${source}" vouches for more or less than is counted`);
    const last = told.get(source);
    if (last?.nodes !== nodes || last.edges !== edges || last.uses !== uses || last.loadedAt !== status.loadedAt)
      throw corrupt(`the source "${source}" stands otherwise than its last batch says`);
  }
}

async function verifyDocuments({ door, head }: Verified): Promise<void> {
  for (const [name, longName, value, revision] of await door.read((tx) => tx.all(VERIFY_DOCUMENTS))) {
    const whole = (longName ?? name) as string;
    if (typeof whole !== 'string' || idProperty(whole) !== name) throw corrupt('a document has no name');
    if (!isCount(revision) || revision < 1 || revision > head.documents)
      throw corrupt(`the document "${whole}" has a revision that was never given`);
    if (!isJson(value)) throw corrupt(`the document "${whole}" cannot be read`);
  }
}

function isJson(value: unknown): boolean {
  try {
    JSON.parse(value as string);
    return typeof value === 'string';
  } catch {
    return false;
  }
}
