import type { EngineOptions } from './api.ts';
import { openEmbeddedStore } from './store/embedded/index.ts';
import type { GraphStore } from './store/port.ts';

/** Opens the store that an engine is to work on. The driver of Neo4j takes a while to load, so it is loaded where a server is named. */
export async function openStore(
  { data, mode, precedence, purpose }: EngineOptions,
  create = true,
): Promise<GraphStore> {
  const common = { mode, create, ...(precedence === undefined ? {} : { precedence }) };
  if (typeof data === 'string')
    return openEmbeddedStore({ folder: data, ...common, ...(purpose === undefined ? {} : { purpose }) });
  const { openNeo4jStore } = await import('./store/neo4j/index.ts');
  return openNeo4jStore({ connection: data, ...common });
}
