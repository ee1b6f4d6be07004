/**
 * A large batch: claimed in the head, written in parts of which none is looked at before the last transaction makes their
 * version the newest, then what it took away is swept.
 */
import { CLAIM, FIND_ENDS, RENEW_CLAIM } from '../../../cypher/index.ts';
import { type AppliedBatch, type ErrorCode, GrantlensError } from '../../model/index.ts';
import { type BatchPlan, planBatch } from './batch-plan.ts';
import { integer, type Transaction } from './door.ts';
import type { DraftNode } from './draft-facts.ts';
import { dropsAny, type EncodedChunk, type FactsPart, journalOf, rowsOf } from './facts-part.ts';
import { type Application, answerTo, appliedOf, findBatch, finishBatch, writeAtOnce } from './finish-batch.ts';
import { type Head, lockHead } from './head-lock.ts';
import { KnownFacts } from './known-facts.ts';
import { idProperty } from './properties.ts';
import { clearTheWay, isClear, rollBack, sweep } from './recovery.ts';
import { serverError } from './server-error.ts';
import { slices } from './slices.ts';
import { type PreparedFacts, prepareFacts, writeChunk, writeFacts } from './write-facts.ts';

/** Rows below which a part that is too much for the server's memory is not halved any more. */
const FEWEST_ROWS = 50;

interface PreparedPart {
  readonly part: FactsPart;
  readonly facts: PreparedFacts;
  readonly chunk: EncodedChunk;
}

export async function applyLarge(application: Application): Promise<AppliedBatch> {
  for (;;) {
    const claimed = await claim(application);
    if (claimed === undefined) {
      await clearTheWay(application.writing);
      continue;
    }
    return 'repeated' in claimed ? claimed : new LargeBatch(application, claimed).apply();
  }
}

/** @returns undefined when another writer is in the way */
async function claim(application: Application): Promise<Head | AppliedBatch | undefined> {
  const { draft, token, writing } = application;
  const { lease, patience } = writing.settings;
  return writing.door.write(
    async (tx) => {
      const head = await lockHead(tx);
      if (head.claim?.token === token) return head;
      if (!isClear(head)) return undefined;
      const known = await findBatch(tx, draft.id);
      if (known !== undefined) return answerTo(known, application);
      await tx.all(CLAIM, { batch: draft.id.slice(0, 200), token, writer: writing.writer, lease: integer(lease) });
      return head;
    },
    { timeout: patience },
  );
}

class LargeBatch {
  readonly #application: Application;
  readonly #head: Head;
  readonly #digests: string[] = [];
  #rows: number;

  constructor(application: Application, head: Head) {
    this.#application = application;
    this.#head = head;
    this.#rows = application.writing.settings.chunkRows;
  }

  async apply(): Promise<AppliedBatch> {
    try {
      return await this.#applyClaimed();
    } catch (error) {
      const { writing, token } = this.#application;
      // The claim ends with its lease at the latest: whoever comes then rolls back.
      if (!hasCode(error, 'STORE_UNREACHABLE')) await rollBack(writing, token).catch(() => {});
      throw error;
    }
  }

  async #applyClaimed(): Promise<AppliedBatch> {
    const { draft, dryRun, writing } = this.#application;
    const plan = await this.#keepingTheClaim(async () =>
      planBatch(
        draft,
        await KnownFacts.of(draft, this.#head.version, (work) => writing.door.read(work)),
        this.#application,
      ),
    );
    if (dryRun) {
      await rollBack(writing, this.#application.token);
      return appliedOf(this.#application, plan, this.#head.version);
    }
    if (rowsOf(plan) <= this.#rows && this.#rows === writing.settings.chunkRows) {
      const applied = await this.#atOnce(plan);
      if (applied !== undefined) return applied;
    }
    await this.#writeParts(plan);
    const applied = await this.#finish(plan);
    // The batch is there: what is left to tidy up is left to the next writer when this does not get through.
    if (dropsAny(plan)) await sweep(writing, applied.version).catch(() => {});
    return applied;
  }

  /** @returns undefined when it was too much for the server's memory */
  async #atOnce(plan: BatchPlan): Promise<AppliedBatch | undefined> {
    try {
      return await this.#underClaim((tx) => writeAtOnce(tx, this.#application, this.#head, plan));
    } catch (error) {
      if (isOutOfMemory(error)) return undefined;
      throw error;
    }
  }

  /** While the server applies one part, the next one is put together. */
  async #writeParts(plan: BatchPlan): Promise<void> {
    const parts = partsOf(plan, () => this.#rows);
    let present = await this.#prepared(parts.next());
    while (present !== undefined) {
      let ahead: Promise<PreparedPart | undefined> | undefined;
      const prepareAhead = () => {
        ahead ??= this.#prepared(parts.next());
        // Not to be an unhandled rejection while the server is waited for.
        ahead.catch(() => {});
        return ahead;
      };
      await this.#writePart(present, prepareAhead);
      present = await prepareAhead();
    }
  }

  async #prepared(next: IteratorResult<FactsPart>): Promise<PreparedPart | undefined> {
    return next.done === true ? undefined : this.#prepare(next.value);
  }

  async #prepare(part: FactsPart): Promise<PreparedPart> {
    const { precedence } = this.#application.writing;
    const version = this.#head.version + 1;
    const facts = prepareFacts(part, { version, precedence, inPlace: false });
    return { part, facts, chunk: await journalOf(part) };
  }

  async #writePart(prepared: PreparedPart, onSent: () => void): Promise<void> {
    const { part, chunk } = prepared;
    const number = this.#digests.length;
    try {
      const write = (tx: Transaction, chunks: number) => this.#writeOnce(tx, prepared, number, chunks, onSent);
      const again = await this.#underClaim(write, number + 1);
      this.#digests.push(chunk.digest);
      if (again) await this.#findMade(part.nodes);
    } catch (error) {
      const rows = rowsOf(part);
      if (!isOutOfMemory(error) || rows <= FEWEST_ROWS) throw error;
      this.#rows = Math.ceil(rows / 2);
      for (const half of partsOf(part, () => this.#rows)) await this.#writePart(await this.#prepare(half), onSent);
    }
  }

  /** @returns true when the part was there already: its answer had been lost */
  async #writeOnce(
    tx: Transaction,
    prepared: PreparedPart,
    number: number,
    chunks: number,
    onSent: () => void,
  ): Promise<boolean> {
    if (chunks > number) return true;
    const chunk = writeChunk(tx, this.#head.version + 1, number, prepared.chunk);
    await Promise.all([chunk, writeFacts(tx, prepared.facts, onSent)]);
    return false;
  }

  /** The Neo4j ids of nodes that were made, when the answer that told them was lost. */
  async #findMade(nodes: readonly DraftNode[]): Promise<void> {
    const made = new Map(nodes.filter((node) => node.before.length === 0).map((node) => [node.id, node]));
    for (const ids of slices([...made.keys()].map(idProperty))) {
      await this.#application.writing.door.read((tx) =>
        tx.each(FIND_ENDS, { ids }, ([ref, id]) => void (made.get(id as string)!.ref = ref as number)),
      );
    }
  }

  async #finish(plan: BatchPlan): Promise<AppliedBatch> {
    const version = this.#head.version + 1;
    const swept = dropsAny(plan) ? version : undefined;
    const finish = { digests: this.#digests, swept, sweeping: swept };
    return this.#underClaim((tx) => finishBatch(tx, this.#application, this.#head, plan, finish));
  }

  /**
   * A transaction that goes through only while the claim is ours. Where the answer of the last one was lost, the batch is
   * there and the claim is not. `counted` is how many chunks there are after it, where it writes one.
   */
  async #underClaim<T>(work: (tx: Transaction, chunks: number) => Promise<T>, counted?: number): Promise<T | never> {
    const { token, writing } = this.#application;
    const { lease, longestTransaction } = writing.settings;
    return writing.door.write(
      async (tx) => {
        const chunks = counted === undefined ? null : integer(counted);
        const [claimed] = await tx.all(RENEW_CLAIM, { token, lease: integer(lease), chunks });
        if (claimed === undefined) return this.#withoutClaim<T>(tx);
        return work(tx, claimed[0] as number);
      },
      { timeout: longestTransaction },
    );
  }

  async #withoutClaim<T>(tx: Transaction): Promise<T> {
    const { draft } = this.#application;
    const known = await findBatch(tx, draft.id);
    if (known !== undefined) return answerTo(known, this.#application) as T;
    throw serverError(
      'STORE_LOCKED',
      'The server heard nothing of this batch for so long that another writer took it for lost and rolled it back.',
      { hint: 'Apply the batch again: nothing of it is left.' },
    );
  }

  /** Renews the claim while something takes its time that does not write. */
  async #keepingTheClaim<T>(work: () => Promise<T>): Promise<T> {
    const { token, writing } = this.#application;
    const { lease } = writing.settings;
    const renew = () =>
      writing.door.write((tx) => tx.all(RENEW_CLAIM, { token, lease: integer(lease), chunks: null })).catch(() => {});
    const timer = setInterval(() => void renew(), lease / 4);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}

const hasCode = (error: unknown, code: ErrorCode): boolean => error instanceof GrantlensError && error.code === code;
const isOutOfMemory = (error: unknown): boolean => hasCode(error, 'STORE_OUT_OF_MEMORY');

/** Nodes first, so that edges find them; nodes that go last, when their edges are gone. */
function* partsOf(whole: FactsPart, rows: () => number): Generator<FactsPart> {
  const empty = { nodes: [], edges: [], uses: [], gone: [] };
  for (const what of ['nodes', 'edges', 'uses', 'gone'] as const) {
    const facts = whole[what] as readonly never[];
    for (let at = 0; at < facts.length; ) {
      const part = facts.slice(at, at + rows());
      at += part.length;
      yield { ...empty, [what]: part };
    }
  }
}
