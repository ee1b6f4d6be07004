/** Applies batches: small ones in one transaction, large ones in parts that become visible together. */
import { randomUUID } from 'node:crypto';
import { BUMP_VERSION, CREATE_BATCH, FIND_BATCH, SET_SOURCES } from '../../../cypher/index.ts';
import { type AppliedBatch, type ChangeBatch, GrantlensError } from '../../model/index.ts';
import { batchChain, batchDigest } from './batch-chain.ts';
import { BatchDraft } from './batch-draft.ts';
import { type BatchPlan, planBatch } from './batch-plan.ts';
import { integer, type Transaction } from './door.ts';
import { type Head, lockHead } from './head.ts';
import { KnownFacts } from './known-facts.ts';
import { applyLarge } from './large-batch.ts';
import { idProperty } from './properties.ts';
import { clearTheWay, isClear } from './recovery.ts';
import { dropsAny, journalOf, rowsOf, writeChunk, writeFacts } from './write-facts.ts';
import type { Writing } from './write-settings.ts';

/** One call of `apply`. Its token tells a batch that this very call applied, though its answer was lost, from one of before. */
export interface Application {
  readonly writing: Writing;
  readonly draft: BatchDraft;
  readonly token: string;
  readonly appliedAt: number;
  readonly dryRun: boolean;
}

/** @throws InputError with all that is wrong with the batch; GrantlensError STORE_LOCKED and whatever the server says */
export async function applyBatch(writing: Writing, batch: ChangeBatch, dryRun: boolean): Promise<AppliedBatch> {
  const known = await writing.door.read((tx) => findBatch(tx, batch.id));
  if (known !== undefined) return { ...known.applied, repeated: true };
  const draft = await BatchDraft.of(batch);
  const application = { writing, draft, token: randomUUID(), appliedAt: Date.now(), dryRun };
  const applied = draft.changes > writing.settings.chunkRows ? undefined : await applySmall(application);
  return applied ?? applyLarge(application);
}

/** Another writer was there first: whoever reads this has to clear the way and try again. */
export const IN_THE_WAY = Symbol('in the way');

/** @returns undefined for a batch that turned out to be large */
async function applySmall(application: Application): Promise<AppliedBatch | undefined> {
  const { door, settings } = application.writing;
  for (;;) {
    try {
      const outcome = await door.write((tx) => applyAtOnce(tx, application), { timeout: settings.patience });
      if (outcome !== IN_THE_WAY) return outcome;
    } catch (error) {
      if (error instanceof GrantlensError && error.code === 'STORE_OUT_OF_MEMORY') return undefined;
      throw error;
    }
    await clearTheWay(application.writing);
  }
}

async function applyAtOnce(
  tx: Transaction,
  application: Application,
): Promise<AppliedBatch | typeof IN_THE_WAY | undefined> {
  const { draft, writing } = application;
  const head = await lockHead(tx);
  if (!isClear(head)) return IN_THE_WAY;
  const known = await findBatch(tx, draft.id);
  if (known !== undefined) return answerTo(known, application);
  const facts = await KnownFacts.of(draft, (work) => work(tx));
  const plan = planBatch(draft, facts);
  if (application.dryRun) return appliedOf(application, plan, head.version);
  if (rowsOf(plan) > 2 * writing.settings.chunkRows) return undefined;
  return writeAtOnce(tx, application, head, plan);
}

/** Writes a whole batch in the transaction at hand. */
export async function writeAtOnce(
  tx: Transaction,
  application: Application,
  head: Head,
  plan: BatchPlan,
): Promise<AppliedBatch> {
  const { precedence } = application.writing;
  const version = head.version + 1;
  await writeFacts(tx, plan, { version, precedence, inPlace: true });
  const digests: string[] = [];
  if (rowsOf(plan) > 0) {
    const chunk = await journalOf(plan);
    await writeChunk(tx, version, 0, chunk);
    digests.push(chunk.digest);
  }
  const swept = dropsAny(plan) ? version : undefined;
  return finishBatch(tx, application, head, plan, { digests, swept, sweeping: undefined });
}

export interface Finish {
  readonly digests: readonly string[];
  readonly swept: number | undefined;
  readonly sweeping: number | undefined;
}

/** Writes the record of a batch and makes its version the newest. */
export async function finishBatch(
  tx: Transaction,
  application: Application,
  head: Head,
  plan: BatchPlan,
  { digests, swept, sweeping }: Finish,
): Promise<AppliedBatch> {
  const applied = appliedOf(application, plan, head.version + 1);
  const digest = batchDigest(digests);
  const chain = batchChain(head.chain, { ...applied, digest });
  const sources = sourcesAfter(plan, application.appliedAt);
  const record = batchProperties(applied, { digest, chain, token: application.token, sources: JSON.stringify(sources) });
  await tx.all(CREATE_BATCH, { batch: record });
  const rows = Object.entries(sources).map(([source, counts]) => sourceRow(source, counts));
  if (rows.length > 0) await tx.all(SET_SOURCES, { rows });
  const version = integer(applied.version);
  const orNull = (value: number | undefined) => (value === undefined ? null : integer(value));
  await tx.all(BUMP_VERSION, { version, chain, swept: orNull(swept), sweeping: orNull(sweeping) });
  return applied;
}

function appliedOf({ draft, appliedAt }: Application, plan: BatchPlan, version: number): AppliedBatch {
  const { added, changed, removed } = plan;
  return { version, id: draft.id, source: draft.source, appliedAt, added, changed, removed, repeated: false };
}

function batchProperties(applied: AppliedBatch, more: Readonly<Record<string, string>>): Record<string, unknown> {
  const { repeated: _, id, version, appliedAt, added, changed, removed, source } = applied;
  const kept = idProperty(id);
  return {
    id: kept,
    ...(kept === id ? {} : { longId: id }),
    source,
    version: integer(version),
    appliedAt: integer(appliedAt),
    added: integer(added),
    changed: integer(changed),
    removed: integer(removed),
    ...more,
  };
}

type SourceState = Readonly<Record<'nodes' | 'edges' | 'uses' | 'loadedAt', number>>;

function sourcesAfter({ sources }: BatchPlan, loadedAt: number): Readonly<Record<string, SourceState>> {
  return Object.fromEntries(
    [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, counts]) => [source, { ...counts, loadedAt }]),
  );
}

function sourceRow(source: string, counts: SourceState): Record<string, unknown> {
  const kept = idProperty(source);
  const numbers = Object.entries(counts).map(([name, value]) => [name, integer(value)]);
  return { source: kept, ...(kept === source ? {} : { longSource: source }), ...Object.fromEntries(numbers) };
}

interface KnownBatch {
  readonly applied: AppliedBatch;
  readonly token: string;
}

/** The record of a batch that was applied before. */
export async function findBatch(tx: Transaction, id: string): Promise<KnownBatch | undefined> {
  const [values] = await tx.all(FIND_BATCH, { id: idProperty(id) });
  if (values === undefined) return undefined;
  const [version, known, source, appliedAt, added, changed, removed, token] = values as [
    number,
    string,
    string,
    number,
    number,
    number,
    number,
    string,
  ];
  return { applied: { version, id: known, source, appliedAt, added, changed, removed, repeated: false }, token };
}

/** What is told of a batch that is there already: it is repeated, unless this very call has put it there. */
export const answerTo = ({ applied, token }: KnownBatch, application: Application): AppliedBatch => ({
  ...applied,
  repeated: token !== application.token,
});
