/** What contains a resource, and which resources there are, against a plain reading of the records. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openView } from '../../engine/access/view.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from '../support/memory-reader.ts';
import { crowdedGraph, randomGraph } from '../support/random-graph.ts';
import { listed } from '../support/read-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';

announceSeed();

describe('what contains a resource', () => {
  it(
    'is whatever CONTAINS leads from, to any depth',
    async () => {
      let deep = 0;
      await fc.assert(
        fc.asyncProperty(fc.oneof(randomGraph(), crowdedGraph()), async ({ nodes, edges }) => {
          const reader = memoryReader(nodes, edges);
          const view = openView(await compileSnapshot(reader), reader, () => {});
          const resources = new Set(nodes.filter(({ kind }) => kind === 'Resource').map(({ id }) => id));
          expect(await listed(view.nodeIds('Resource'))).toEqual([...resources].sort());
          const pairs = edges.filter(
            ({ kind, from, to }) => kind === 'CONTAINS' && resources.has(from) && resources.has(to),
          );
          for (const id of resources) {
            const holding = new Set<string>();
            for (let size = -1; size < holding.size; ) {
              size = holding.size;
              for (const { from, to } of pairs) if ((to === id || holding.has(to)) && from !== id) holding.add(from);
            }
            expect(await view.containersOf(id)).toEqual([...holding].sort());
            if (holding.size > 1) deep++;
          }
          expect(await view.containersOf('nothing')).toEqual([]);
        }),
        runs(1_000),
      );
      expect(deep).toBeGreaterThan(5);
    },
    LONG,
  );
});
