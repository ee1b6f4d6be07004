/** Logs are matched with a graph on a server as with one in a folder. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type EngineOptions, openEngine } from '../../engine/index.ts';
import { neo4jForTests } from '../support/neo4j.ts';
import { LONG } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { AWS, KUBERNETES, loadInto, staleIn, type UseEstate, usedEdges } from '../support/use-estates.ts';

const server = await neo4jForTests();
const folder = temporaryFolder();

async function told(options: Pick<EngineOptions, 'data' | 'execution'>, { graph, log, source }: UseEstate) {
  const engine = await openEngine({ ...options, mode: 'write' });
  try {
    await loadInto(engine, graph, source);
    const { uses, report } = await loadInto(engine, log, source);
    // Findings are worked out in memory alone.
    const stale = options.execution === 'store' ? undefined : await staleIn(engine);
    return { uses, skipped: report.skipped, used: await usedEdges(engine, folder), stale };
  } finally {
    await engine.close();
  }
}

server.describe('use on a real server', () => {
  for (const execution of ['snapshot', 'store'] as const)
    for (const estate of [AWS, KUBERNETES])
      it(
        `is told of the same edges: ${estate.source} by ${execution}`,
        async () => {
          await server.empty();
          const here = await told({ data: join(folder.path, `${estate.source}-${execution}`), execution }, estate);
          expect(here.uses).toBeGreaterThan(4);
          expect(await told({ data: server, execution }, estate)).toEqual(here);
        },
        LONG,
      );
});
