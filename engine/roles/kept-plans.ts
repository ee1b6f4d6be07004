/** Plans as documents of the store: a record each, and the plan itself in parts beside it. */
import { GrantlensError, type Instant, type JsonValue } from '../model/index.ts';
import type { DocumentStore } from '../store/port.ts';
import { planText, type RoleMetrics, type RolePlan } from './plan.ts';
import { readPlan } from './read-plan.ts';

const RECORD = 'role-plans/';
const PART = 'role-plan-parts/';
/** Characters of one part. */
const PART_SIZE = 500_000;
/** So many plans are kept; those that were kept first go first. */
const KEPT = 100;

/** A plan in short. */
export interface KeptPlan {
  readonly id: string;
  readonly keptAt: Instant;
  readonly version: number;
  readonly scope: readonly string[] | null;
  readonly before: RoleMetrics;
  readonly after: RoleMetrics;
  readonly edits: number;
  readonly steps: number;
  /** How the plan is kept. */
  readonly parts: number;
}

/** Keeps a plan; one that is kept already stays as it is. */
export async function keepPlan(documents: DocumentStore, plan: RolePlan, keptAt: Instant): Promise<KeptPlan> {
  const known = await documents.get(RECORD + plan.id);
  if (known !== undefined) return known.value as unknown as KeptPlan;
  await dropOldest(documents);
  const text = planText(plan);
  const parts = Math.ceil(text.length / PART_SIZE);
  for (let part = 0; part < parts; part++) {
    const piece = text.slice(part * PART_SIZE, (part + 1) * PART_SIZE);
    const name = partName(plan.id, part);
    // A part may be there from somebody who was interrupted: the same plan has the same parts.
    if ((await documents.get(name)) === undefined) await documents.put(name, piece, 0);
  }
  const { id, version, scope, before, after, edits, steps } = plan;
  const record: KeptPlan = { id, keptAt, version, scope, before, after, edits, steps: steps.length, parts };
  await documents.put(RECORD + id, record as unknown as JsonValue, 0);
  return record;
}

/** In short, those kept last first. */
export async function listPlans(documents: DocumentStore): Promise<readonly KeptPlan[]> {
  const records: KeptPlan[] = [];
  for (const name of await documents.list(RECORD)) {
    const found = await documents.get(name);
    if (found !== undefined) records.push(found.value as unknown as KeptPlan);
  }
  return records.sort((a, b) => b.keptAt - a.keptAt || (a.id < b.id ? -1 : 1));
}

/** @throws GrantlensError PLAN_NOT_FOUND; STORE_CORRUPT when a part is missing */
export async function keptPlan(documents: DocumentStore, id: string): Promise<RolePlan> {
  const found = typeof id === 'string' ? await documents.get(RECORD + id) : undefined;
  if (found === undefined)
    throw new GrantlensError('PLAN_NOT_FOUND', `No plan is kept under the id ${JSON.stringify(id)}.`, { id });
  let text = '';
  for (let part = 0; part < (found.value as unknown as KeptPlan).parts; part++) {
    const piece = (await documents.get(partName(id, part)))?.value;
    if (typeof piece !== 'string')
      throw new GrantlensError('STORE_CORRUPT', `A part of the plan ${id} is missing.`, { id });
    text += piece;
  }
  return readPlan(text);
}

/** @throws GrantlensError PLAN_NOT_FOUND */
export async function dropPlan(documents: DocumentStore, id: string): Promise<void> {
  const found = await documents.get(RECORD + id);
  if (found === undefined)
    throw new GrantlensError('PLAN_NOT_FOUND', `No plan is kept under the id ${JSON.stringify(id)}.`, { id });
  await documents.delete(RECORD + id, found.revision);
  for (const name of await documents.list(`${PART}${id}/`)) {
    const part = await documents.get(name);
    if (part !== undefined) await documents.delete(name, part.revision);
  }
}

async function dropOldest(documents: DocumentStore): Promise<void> {
  for (const { id } of (await listPlans(documents)).slice(KEPT - 1)) await dropPlan(documents, id);
}

const partName = (id: string, part: number): string => `${PART}${id}/${String(part).padStart(6, '0')}`;
