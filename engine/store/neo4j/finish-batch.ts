/** The end of every batch: its record, how sources stand after it, and its version made the newest. */
import { FIND_BATCH, FINISH_BATCH, SET_SOURCES } from '../../../cypher/index.ts';
import type { AppliedBatch } from '../../model/index.ts';
import { batchChain, batchDigest } from './batch-chain.ts';
import type { BatchDraft } from './batch-draft.ts';
import type { BatchPlan } from './batch-plan.ts';
import { integer, type Transaction } from './door.ts';
import { dropsAny, journalOf, rowsOf } from './facts-part.ts';
import type { Head } from './head-lock.ts';
import { idProperty } from './properties.ts';
import type { SourceHolds } from './source-holds.ts';
import { prepareFacts, writeChunk, writeFacts } from './write-facts.ts';
import type { Writing } from './write-settings.ts';

/** One call of `apply`. Its token tells a batch that this very call applied, though its answer was lost, from one of before. */
export interface Application {
  readonly writing: Writing;
  readonly draft: BatchDraft;
  readonly token: string;
  readonly appliedAt: number;
  readonly dryRun: boolean;
  readonly maxWithdrawn: number;
  readonly tellTooMuch: boolean;
  /** What has to be ours still when the batch becomes visible. */
  readonly holds: SourceHolds;
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
  await writeFacts(tx, prepareFacts(plan, { version, precedence, inPlace: true }));
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

/** Writes the record of a batch and makes its version the newest. A claim ends with it. */
export async function finishBatch(
  tx: Transaction,
  application: Application,
  head: Head,
  plan: BatchPlan,
  { digests, swept, sweeping }: Finish,
): Promise<AppliedBatch> {
  await application.holds.check(tx);
  const { tooMuch, ...applied } = appliedOf(application, plan, head.version + 1);
  const digest = batchDigest(digests);
  const chain = batchChain(head.chain, { ...applied, digest });
  const sources = sourcesAfter(plan, application.appliedAt);
  const record = batchProperties(applied, {
    digest,
    chain,
    token: application.token,
    sources: JSON.stringify(sources),
  });
  const rows = Object.entries(sources).map(([source, counts]) => sourceRow(source, counts));
  if (rows.length > 0) await tx.all(SET_SOURCES, { rows });
  const version = integer(applied.version);
  const orNull = (value: number | undefined) => (value === undefined ? null : integer(value));
  await tx.all(FINISH_BATCH, { batch: record, version, chain, swept: orNull(swept), sweeping: orNull(sweeping) });
  return tooMuch === undefined ? applied : { ...applied, tooMuch };
}

/** What is told of a batch when it is done. */
export function appliedOf({ draft, appliedAt }: Application, plan: BatchPlan, version: number): AppliedBatch {
  const { added, changed, removed, tooMuch } = plan;
  const done = { version, id: draft.id, source: draft.source, appliedAt, added, changed, removed, repeated: false };
  return tooMuch.length === 0 ? done : { ...done, tooMuch };
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

export interface KnownBatch {
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
