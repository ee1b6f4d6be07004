import DataLoader from 'dataloader';
import { type Entity, GrantlensError } from '../engine/index.ts';
import type { Question } from './lease.ts';

/** How many ids one call of `entities` gets at most. */
export const MAX_BATCH = 1_000;

/**
 * Names and properties of nodes for one request: ids asked for in the same level of the answer go to the engine together,
 * in calls of at most 1,000, and no id twice. Null where no node has the id. Never shared between requests.
 */
export type EntityLoader = DataLoader<string, Entity | null>;

export function entityLoader(ask: <T>(question: Question<T>) => Promise<T>): EntityLoader {
  return new DataLoader(
    async (ids) => {
      const found = await ask((view) => view.entities(ids));
      return found.map((entity) => entity ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

/** The same, as one loader has it, else as the other. */
export function eitherLoader(one: EntityLoader, other: EntityLoader): EntityLoader {
  return new DataLoader((ids) => Promise.all(ids.map(async (id) => (await one.load(id)) ?? (await other.load(id)))), {
    maxBatchSize: MAX_BATCH,
  });
}

/** The node of an id that must be there. @throws GrantlensError NODE_NOT_FOUND */
export async function entityOf(loader: EntityLoader, id: string): Promise<Entity> {
  const entity = await loader.load(id);
  if (entity === null) throw new GrantlensError('NODE_NOT_FOUND', `No node has the id ${JSON.stringify(id)}.`, { id });
  return entity;
}
