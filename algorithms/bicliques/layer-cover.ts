/** The cheapest way, as far as greed finds it, to give one row or one role its columns: by roles within it and by single columns. */
import { isWithinSet } from './column-sets.ts';

/** A role by all the columns that it gives. */
export interface Layer {
  readonly columns: Uint32Array;
  /** How many they are. */
  readonly size: number;
}

/** What is to be given columns. */
export interface Wanted {
  /** Columns that it must have, and that it may have. */
  readonly must: Uint32Array;
  readonly may: Uint32Array;
  /** The price of a role more. */
  readonly edge: number;
  /** The price of each column by itself; Infinity forbids it. */
  readonly single: (column: number) => number;
  /** How many roles it may have. */
  readonly most: number;
  /** Roles of this size or more are too large for it: a role has only smaller ones. */
  readonly below: number;
}

export interface LayerCover<L extends Layer> {
  readonly roles: readonly L[];
  readonly cost: number;
  /** Columns that no role gives. */
  readonly singles: Uint32Array;
}

/**
 * Takes the role that saves the most, again and again; then gives back those that turned out not to be worth it. O(roles · words) for
 * each that is taken.
 *
 * @param first roles that are taken before any other, given back like the others
 * @returns undefined when it cannot be done
 */
export function coverByLayers<L extends Layer>(
  wanted: Wanted,
  layers: Iterable<L>,
  first: readonly L[] = [],
): LayerCover<L> | undefined {
  const open = wanted.must.slice();
  const taken: L[] = [];
  const take = (layer: L): void => {
    taken.push(layer);
    for (let word = 0; word < open.length; word++) open[word]! &= ~layer.columns[word]!;
  };
  for (const layer of first) if (savings(wanted, open, layer.columns) > 0) take(layer);
  if (open.some((word) => word !== 0)) {
    const within: L[] = [];
    for (const layer of layers)
      if (layer.size < wanted.below && isWithinSet(layer.columns, wanted.may)) within.push(layer);
    while (true) {
      let best: L | undefined;
      let most = wanted.edge;
      for (const layer of within) {
        const saved = savings(wanted, open, layer.columns);
        if (saved > most) [best, most] = [layer, saved];
      }
      if (best === undefined) break;
      take(best);
    }
  }
  return given(wanted, taken);
}

/** What the open columns of a set would cost one by one. Without single columns each counts as more than any role costs. */
function savings({ single, edge }: Wanted, open: Uint32Array, columns: Uint32Array): number {
  let sum = 0;
  for (let word = 0; word < open.length; word++)
    for (let bits = open[word]! & columns[word]!; bits !== 0; bits &= bits - 1) {
      const price = single(word * 32 + 31 - Math.clz32(bits & -bits));
      sum += price === Infinity ? edge + 1 : price;
    }
  return sum;
}

function given<L extends Layer>(wanted: Wanted, taken: readonly L[]): LayerCover<L> | undefined {
  const kept = new Set(taken);
  // The first taken are the likeliest to have been made needless by those that came after.
  for (const layer of taken) {
    kept.delete(layer);
    const without = uncovered(wanted.must, kept);
    let loss = 0;
    for (let word = 0; word < without.length; word++)
      for (let bits = without[word]! & layer.columns[word]!; bits !== 0; bits &= bits - 1)
        loss += wanted.single(word * 32 + 31 - Math.clz32(bits & -bits));
    if (loss > wanted.edge || (loss === wanted.edge && loss > 0)) kept.add(layer);
  }
  const cover = keptCover(
    wanted,
    taken.filter((layer) => kept.has(layer)),
  );
  return cover.cost < Infinity && cover.roles.length <= wanted.most ? cover : undefined;
}

/** The cover by just these roles, and single columns for what they lack. */
export function keptCover<L extends Layer>(wanted: Wanted, roles: readonly L[]): LayerCover<L> {
  const singles = uncovered(wanted.must, roles);
  let cost = roles.length * wanted.edge;
  for (let word = 0; word < singles.length; word++)
    for (let bits = singles[word]!; bits !== 0; bits &= bits - 1)
      cost += wanted.single(word * 32 + 31 - Math.clz32(bits & -bits));
  return { roles, cost, singles };
}

function uncovered(must: Uint32Array, roles: Iterable<Layer>): Uint32Array {
  const open = must.slice();
  for (const { columns } of roles) for (let word = 0; word < open.length; word++) open[word]! &= ~columns[word]!;
  return open;
}
