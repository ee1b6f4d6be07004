/**
 * A version that was followed, change by change, is the version that is compiled from scratch: every row, every order, every
 * answer, after any history, with sources withdrawn, kinds changed, circles of memberships made and broken.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openView } from '../../engine/access/view.ts';
import { type Change, REACHES } from '../../engine/model/index.ts';
import { roomForChanges } from '../../engine/snapshot/assemble.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { folded } from '../../engine/snapshot/fold.ts';
import { followed, touchedBy } from '../../engine/snapshot/follow.ts';
import { Pace } from '../../engine/snapshot/pace.ts';
import type { Snapshot } from '../../engine/snapshot/snapshot.ts';
import { openEmbeddedStore } from '../../engine/store/embedded/index.ts';
import type { GraphStore, StoreReader } from '../../engine/store/port.ts';
import { arbitraryBatches } from '../support/arbitrary-batches.ts';
import { everything } from '../support/everything.ts';
import type { ListedBatch } from '../support/naive-graph.ts';
import { actionsToldApart, type OracleGraph, patternsOf } from '../support/oracle/index.ts';
import { INSTANTS, identitiesOf, randomGraph, resourcesOf } from '../support/random-graph.ts';
import { announceSeed, LONG, runs } from '../support/seed.ts';
import { contentOf } from '../support/snapshot-content.ts';
import { temporaryFolder } from '../support/temporary.ts';

announceSeed();
const folder = temporaryFolder();

interface Opened {
  readonly snapshot: Snapshot;
  readonly reader: StoreReader;
}

/**
 * Applies batches one by one; tells of each version as it was followed from the one before, and as it is compiled. Now and
 * then what was followed is folded before it is followed on.
 */
async function follow(
  batches: readonly ListedBatch[],
  visit: (followed: Opened, compiled: Opened) => Promise<void>,
): Promise<void> {
  const store = await openEmbeddedStore({ folder: mkdtempSync(join(folder.path, 'store-')), mode: 'write' });
  let reader = await store.read();
  let snapshot = await compileSnapshot(reader, roomForChanges);
  for (const [i, batch] of batches.entries()) {
    // What does not fit the graph is refused, and changes nothing.
    await store.apply(batch).catch(() => {});
    if (i % 3 === 2) snapshot = await folded(snapshot, new Pace());
    const next = await store.read();
    snapshot = await takenOn(store, snapshot, reader, next);
    await visit({ snapshot, reader: next }, { snapshot: await compileSnapshot(next), reader: next });
    await reader.close();
    reader = next;
  }
  await reader.close();
  await store.close();
}

async function takenOn(store: GraphStore, snapshot: Snapshot, from: StoreReader, to: StoreReader): Promise<Snapshot> {
  const touched = await touchedBy(store.batches(from.version), to.version, Number.POSITIVE_INFINITY);
  return (await followed(snapshot, from, to, touched!))!;
}

function expectSame({ snapshot }: Opened, compiled: Opened): void {
  expect(contentOf(snapshot)).toEqual(contentOf(compiled.snapshot));
  for (let node = 0; node < compiled.snapshot.nodeSpace; node++) {
    const id = compiled.snapshot.ids.at(node);
    // It may say so without need, and never fails to say so.
    if (compiled.snapshot.reachesDenial[node] === 1)
      expect(snapshot.reachesDenial[snapshot.index.find(id)], id).toBe(1);
  }
}

/** Each graph as a load of all that there is, and each of its nodes withdrawn by whoever else told of it. */
const loadsOf = (graphs: readonly OracleGraph[]): readonly ListedBatch[] =>
  graphs.map(({ nodes, edges }, i) => ({
    id: `load-${i}`,
    source: 'all',
    complete: [...new Set(graphs.flatMap((graph) => [...graph.nodes, ...graph.edges].map(({ source }) => source)))],
    changes: [
      ...nodes.map((node): Change => ({ op: 'PUT_NODE', node })),
      // Ends that are not there make edges that are refused: they are tried in the other histories.
      ...edges
        .filter(({ from, to }) => [from, to].every((end) => nodes.some(({ id }) => id === end)))
        .map((edge): Change => ({ op: 'PUT_EDGE', edge })),
    ],
  }));

describe('a folded version', () => {
  it(
    'is the compiled version, array by array but for numbers of patterns and windows',
    () =>
      fc.assert(
        fc.asyncProperty(arbitraryBatches, (batches) =>
          follow(batches, async (one, other) => {
            const fold = await folded(one.snapshot, new Pace());
            expect(contentOf(fold)).toEqual(contentOf(other.snapshot));
            expect(numbersOf(fold)).toEqual(numbersOf(other.snapshot));
          }),
        ),
        runs(60),
      ),
    LONG,
  );
});

/** What no pattern or window has a part in. */
function numbersOf(snapshot: Snapshot): unknown {
  const edges = snapshot.space.compiledEdges;
  const { ids, source, target, edgeKind, flags, adjacency, searchText, reachesDenial, nodeCounts } = snapshot;
  return {
    ids: [...ids.compiled.bytes],
    idStarts: [...ids.compiled.starts],
    columns: [source, target, edgeKind, flags].map((column) => [...column.subarray(0, edges)]),
    rows: adjacency.map(({ out, into }) => [[...out.bounds], [...into.bounds], [...into.edges!]]),
    text: [...searchText.bytes],
    starts: [...searchText.starts],
    reaches: [...reachesDenial.subarray(0, ids.length)],
    nodeCounts: [...nodeCounts],
  };
}

describe('a followed version', () => {
  it(
    'is the compiled version, after any history of small changes',
    () =>
      fc.assert(
        fc.asyncProperty(arbitraryBatches, (batches) => follow(batches, async (one, other) => expectSame(one, other))),
        runs(120),
      ),
    LONG,
  );

  it(
    'is the compiled version, from any graph to any other',
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(randomGraph(), { minLength: 2, maxLength: 4 }), (graphs) =>
          follow(loadsOf(graphs), async (one, other) => expectSame(one, other)),
        ),
        runs(60),
      ),
    LONG,
  );

  it(
    'answers everything as the compiled version does',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(randomGraph(), { minLength: 2, maxLength: 3 }),
          fc.constantFrom(...INSTANTS),
          async (graphs, at) => {
            let version = 0;
            await follow(loadsOf(graphs), async (one, other) => {
              const graph = graphs[version++]!;
              const asked = {
                ids: [...graph.nodes.map(({ id }) => id), 'nobody'],
                identities: identitiesOf(graph).slice(0, 3),
                resources: resourcesOf(graph).slice(0, 2),
                actions: actionsToldApart(patternsOf(graph)).slice(0, 3),
                words: ['u', 'r', 'g'],
                reaches: REACHES,
                at,
              };
              const [here, there] = [one, other].map(({ snapshot, reader }) => openView(snapshot, reader, () => {}));
              const expected = await everything(there!, asked);
              const answers = await everything(here!, asked);
              for (const [question, answer] of expected)
                expect([question, answers.get(question)]).toEqual([question, answer]);
            });
          },
        ),
        runs(12),
      ),
    LONG,
  );
});
