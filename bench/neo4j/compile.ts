/** The newest version of the graph in Neo4j, compiled for questions. */
import { timeOnce } from '../measure.ts';
import { productCompile, productNeo4j } from '../product.ts';
import { type Done, done } from './done.ts';
import type { PartRequest } from './request.ts';

/** Once in a fresh process, and twice more in the same. */
export async function compileTwice({ address }: PartRequest): Promise<readonly (Done & { name: string })[]> {
  const { openNeo4jStore } = await productNeo4j();
  const { compileSnapshot } = await productCompile();
  const store = await openNeo4jStore({ connection: address, mode: 'read' });
  const results = [];
  for (const name of ['first', 'second', 'third']) {
    const reader = await store.read();
    const { seconds, result } = await timeOnce(() => compileSnapshot(reader));
    await reader.close();
    results.push({ name, ...done(seconds, result.nodeSpace + result.edgeSpace) });
  }
  await store.close();
  return results;
}
