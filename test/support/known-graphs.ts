/** Graphs that the literature has answers for, from edge lists in `test/fixtures/graphs`. */
import { readFileSync } from 'node:fs';
import type { Arcs } from './weighted-graphs.ts';

export interface KnownGraph extends Arcs {
  /** In alphabetical order; the place of a name is the number of its node. */
  readonly names: readonly string[];
}

function known(file: string): KnownGraph {
  const text = readFileSync(new URL(`../fixtures/graphs/${file}.csv`, import.meta.url), 'utf8');
  const ends = text.trim().split('\n').slice(1);
  const edges = ends.map((line) => line.split(','));
  const names = [...new Set(edges.flat())].sort();
  const numbers = new Map(names.map((name, v) => [name, v]));
  return {
    names,
    size: names.length,
    arcs: edges.map(([from, to]) => [numbers.get(from!)!, numbers.get(to!)!, 1] as const),
  };
}

/** J. Padgett, C. Ansell, "Robust action and the rise of the Medici, 1400-1434", 1993: marriages of 15 families, undirected. */
export const florentineFamilies = (): KnownGraph => known('florentine-families');

/** The flow graph of figure 1 of T. Lengauer, R. Tarjan, "A fast algorithm for finding dominators in a flowgraph", 1979; the root is R. */
export const lengauerTarjan = (): KnownGraph => known('lengauer-tarjan');

/** The example of strongly connected components of T. Cormen and others, "Introduction to Algorithms" (section 22.5 of its third edition). */
export const textbookComponents = (): KnownGraph => known('strong-components');
