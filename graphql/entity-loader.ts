import DataLoader from 'dataloader';
import { type Entity, GrantlensError } from '../engine/index.ts';
import type { ViewLease } from './lease.ts';

/** How many ids one call of `entities` gets at most. */
export const MAX_BATCH = 1_000;

/**
 * Names and properties of nodes for one request: ids asked for in the same level of the answer go to the engine together,
 * in calls of at most 1,000, and no id twice. Null where no node has the id. Never shared between requests.
 */
export type EntityLoader = DataLoader<string, Entity | null>;

export function entityLoader(lease: ViewLease): EntityLoader {
  return new DataLoader(
    async (ids) => {
      const found = await lease.ask((view) => view.entities(ids));
      return found.map((entity) => entity ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

/** The node of an id that must be there. @throws GrantlensError NODE_NOT_FOUND */
export async function entityOf(loader: EntityLoader, id: string): Promise<Entity> {
  const entity = await loader.load(id);
  if (entity === null) throw new GrantlensError('NODE_NOT_FOUND', `No node has the id ${JSON.stringify(id)}.`, { id });
  return entity;
}
