import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOrder, rowBounds, stableOrderBy, stableOrderInSteps } from '../../algorithms/sorted-edges.ts';
import { strongComponents } from '../../algorithms/strong-components.ts';
import { announceSeed, runs } from '../support/seed.ts';

announceSeed();

type Edge = readonly [number, number];

const graph = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.tuple(fc.constant(size), fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 40 })),
  );

function rows(size: number, edges: readonly Edge[]): { bounds: Uint32Array; targets: Uint32Array } {
  const sources = Uint32Array.from(edges, ([from]) => from);
  const order = stableOrderBy(sources, size, identityOrder(edges.length));
  const sorted = order.map((edge) => sources[edge]!);
  return { bounds: rowBounds(sorted, 0, edges.length, size), targets: order.map((edge) => edges[edge]![1]) };
}

/** Which nodes can be reached from each node, by repeating "one step further" until nothing is new. */
function reachable(size: number, edges: readonly Edge[]): boolean[][] {
  const reach = Array.from({ length: size }, (_, v) => Array.from({ length: size }, (_, w) => v === w));
  for (let round = 0; round < size; round++) {
    for (const [from, to] of edges) for (const row of reach) if (row[from]) row[to] = true;
  }
  return reach;
}

describe('strongComponents', () => {
  it('puts two nodes together exactly when each reaches the other, and numbers components from the sinks', () => {
    fc.assert(
      fc.property(graph, ([size, edges]) => {
        const { bounds, targets } = rows(size, edges);
        const { component, count } = strongComponents(bounds, targets);
        const reach = reachable(size, edges);
        for (let v = 0; v < size; v++) {
          for (let w = 0; w < size; w++) expect(component[v] === component[w]).toBe(reach[v]![w]! && reach[w]![v]!);
        }
        for (const [from, to] of edges) expect(component[from]!).toBeGreaterThanOrEqual(component[to]!);
        expect(new Set(component).size).toBe(count);
      }),
      runs(500),
    );
  });

  it('takes a chain of a million nodes without running out of stack', () => {
    const size = 1_000_000;
    const bounds = Uint32Array.from({ length: size + 1 }, (_, v) => Math.min(v, size - 1));
    const targets = Uint32Array.from({ length: size - 1 }, (_, v) => v + 1);
    expect(strongComponents(bounds, targets).count).toBe(size);
  });
});

describe('stableOrderBy', () => {
  it('orders as a stable sort does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 50 }), (keys) => {
        const order = stableOrderBy(Uint32Array.from(keys), 10, identityOrder(keys.length));
        const expected = keys.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
        expect([...order]).toEqual(expected);
      }),
      runs(300),
    );
  });

  it('orders the same a step at a time', () => {
    const length = 200_000;
    const keys = Uint32Array.from({ length }, (_, i) => (i * 7_919) % 1_013);
    const order = stableOrderBy(
      Uint8Array.from(keys, (key) => key % 7),
      7,
      identityOrder(length),
    );
    const steps = stableOrderInSteps(keys, 1_013, order);
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) pauses++;
    expect(step.value).toEqual(stableOrderBy(keys, 1_013, order));
    expect(pauses).toBeGreaterThan(4);
    expect(stableOrderInSteps(new Uint32Array(0), 3, new Uint32Array(0)).next()).toEqual({
      done: true,
      value: new Uint32Array(0),
    });
  });
});
