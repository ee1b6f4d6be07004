/** An estate into an empty database: by the store, journal and all, and by a bare loop over the same data. */
import type { Change, ChangeBatch } from '../../engine/index.ts';
import { timeOnce } from '../measure.ts';
import { bareSteps, runBareLoop } from '../peers/bare-loop.ts';
import { productEngine, productNeo4j } from '../product.ts';
import { type Done, done } from './done.ts';
import type { PartRequest } from './request.ts';
import { driverTo } from './server.ts';

/** The changes are made before the clock runs, for both alike. */
async function changesOf({ users, seed }: PartRequest): Promise<readonly Change[]> {
  const { generateEstate } = await productEngine();
  return [...generateEstate({ users, seed })];
}

/** From an empty database to the batch that is durable and seen: constraints, indexes, checks, graph and journal. */
export async function loadByStore(request: PartRequest): Promise<Done> {
  const { openNeo4jStore } = await productNeo4j();
  const changes = await changesOf(request);
  const batch: ChangeBatch = { id: 'estate', source: 'estate', complete: [], changes };
  const { seconds } = await timeOnce(async () => {
    const store = await openNeo4jStore({ connection: request.address, mode: 'write' });
    await store.apply(batch);
    await store.close();
  });
  return done(seconds, changes.length);
}

export async function loadByBareLoop(request: PartRequest): Promise<Done> {
  const changes = await changesOf(request);
  const steps = await bareSteps(changes);
  const driver = driverTo(request.address);
  const { seconds } = await timeOnce(() => runBareLoop(driver, request.address.database, steps));
  await driver.close();
  return done(seconds, changes.length);
}
