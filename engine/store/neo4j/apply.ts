/** Applies batches: small ones in one transaction, large ones in parts that become visible together. */
import { randomUUID } from 'node:crypto';
import { type AppliedBatch, type ChangeBatch, GrantlensError } from '../../model/index.ts';
import type { ApplyOptions } from '../port.ts';
import { BatchDraft } from './batch-draft.ts';
import { planBatch } from './batch-plan.ts';
import type { Transaction } from './door.ts';
import { rowsOf } from './facts-part.ts';
import { type Application, answerTo, appliedOf, findBatch, writeAtOnce } from './finish-batch.ts';
import { lockHead } from './head-lock.ts';
import { KnownFacts } from './known-facts.ts';
import { applyLarge } from './large-batch.ts';
import { clearTheWay, isClear } from './recovery.ts';
import type { SourceHolds } from './source-holds.ts';
import type { Writing } from './write-settings.ts';

/** @throws InputError with all that is wrong with the batch; GrantlensError STORE_LOCKED and whatever the server says */
export async function applyBatch(
  writing: Writing,
  batch: ChangeBatch,
  options: Required<ApplyOptions>,
  holds: SourceHolds,
): Promise<AppliedBatch> {
  const known = await writing.door.read((tx) => findBatch(tx, batch.id));
  if (known !== undefined) return { ...known.applied, repeated: true };
  const draft = await BatchDraft.of(batch);
  const application = { writing, draft, token: randomUUID(), appliedAt: Date.now(), ...options, holds };
  const applied = draft.changes > writing.settings.chunkRows ? undefined : await applySmall(application);
  return applied ?? applyLarge(application);
}

/** Another writer was there first: whoever reads this has to clear the way and try again. */
const IN_THE_WAY = Symbol('in the way');

/** @returns undefined for a batch that turned out to be large */
async function applySmall(application: Application): Promise<AppliedBatch | undefined> {
  const { door, settings } = application.writing;
  for (;;) {
    // Also waits for a lock that someone else may hold, so that the transaction itself may take its time.
    await clearTheWay(application.writing);
    try {
      const outcome = await door.write((tx) => applyAtOnce(tx, application), { timeout: settings.longestTransaction });
      if (outcome !== IN_THE_WAY) return outcome;
    } catch (error) {
      if (error instanceof GrantlensError && error.code === 'STORE_OUT_OF_MEMORY') return undefined;
      throw error;
    }
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
  const facts = await KnownFacts.of(draft, head.version, (work) => work(tx));
  const plan = planBatch(draft, facts, application);
  if (application.dryRun) return appliedOf(application, plan, head.version);
  if (rowsOf(plan) > 2 * writing.settings.chunkRows) return undefined;
  return writeAtOnce(tx, application, head, plan);
}
