/** Loads the estate into an embedded store, in a process of its own, so that a peer's process opens it as any other would. */
import { productEngine } from '../product.ts';

export interface LoadRequest {
  readonly folder: string;
  readonly users: number;
  readonly seed: number;
}

process.once('message', async ({ folder, users, seed }: LoadRequest) => {
  const { generateEstate, openEngine } = await productEngine();
  const engine = await openEngine({ data: folder, mode: 'write' });
  const changes = generateEstate({ users, seed });
  const applied = await engine.apply({ id: 'estate', source: 'estate', complete: [], changes });
  await engine.close();
  process.send!(applied.added, () => process.disconnect());
});
