/** Models as documents of the store: of each name the one that was trained last. */
import { GrantlensError, type Instant, type JsonValue } from '../model/index.ts';
import { type ModelEntry, modelEntryFrom } from '../peers/model-registry.ts';
import type { DocumentStore } from '../store/port.ts';

const PLACE = 'models/';

/** A model, and which run trained it when. */
export interface TrainedModel {
  readonly entry: ModelEntry;
  readonly run: string;
  readonly trainedAt: Instant;
}

/** So often is it tried again when another run writes at the same time. */
const TRIES = 5;

/** @throws GrantlensError DOCUMENT_CONFLICT, STORE_LOCKED */
export async function keepModel(documents: DocumentStore, { entry, run, trainedAt }: TrainedModel): Promise<void> {
  const name = PLACE + entry.name;
  for (let tries = 1; ; tries++) {
    const before = await documents.get(name);
    try {
      await documents.put(name, { entry, run, trainedAt } as unknown as JsonValue, before?.revision ?? 0);
      return;
    } catch (error) {
      const isTaken = error instanceof GrantlensError && error.code === 'DOCUMENT_CONFLICT';
      if (!isTaken || tries >= TRIES) throw error;
    }
  }
}

/** By name. @throws GrantlensError ARGUMENT_INVALID for one that somebody else has written otherwise */
export async function readModels(documents: DocumentStore): Promise<readonly TrainedModel[]> {
  const models: TrainedModel[] = [];
  for (const name of await documents.list(PLACE)) {
    const found = await documents.get(name);
    if (found === undefined) continue;
    const { entry, run, trainedAt } = found.value as unknown as TrainedModel;
    models.push({ entry: modelEntryFrom(entry), run, trainedAt });
  }
  return models;
}
