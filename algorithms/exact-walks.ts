/**
 * From which nodes some walk of just so many arcs ends at a target, by one step back for each length, as lengths are asked
 * for. Without cycles every walk is a path. O(arcs) a length, one byte a node and length; beyond the space allowed it does
 * not tell.
 */
import { type ArcRows, reversedRows } from './arc-rows.ts';

/** Bytes that the layers may take together. */
const BYTES = 1 << 24;

export class ExactWalks {
  readonly #back: ArcRows;
  readonly #layers: Uint8Array[];
  readonly #most: number;

  constructor(rows: ArcRows, target: number) {
    this.#back = reversedRows(rows);
    const layer = new Uint8Array(rows.nodeCount);
    layer[target] = 1;
    this.#layers = [layer];
    this.#most = Math.max(8, Math.floor(BYTES / rows.nodeCount));
  }

  /** False when no walk of exactly `length` arcs leads from the node to the target; true may mean that this is not known. */
  mayLead(node: number, length: number): boolean {
    if (length > this.#most) return true;
    while (this.#layers.length <= length) this.#layers.push(this.#stepBack(this.#layers.at(-1)!));
    return this.#layers[length]![node] === 1;
  }

  #stepBack(layer: Uint8Array): Uint8Array {
    const { bounds, targets } = this.#back;
    const next = new Uint8Array(layer.length);
    for (let v = 0; v < layer.length; v++) {
      if (layer[v] === 0) continue;
      for (let place = bounds[v]!; place < bounds[v + 1]!; place++) next[targets[place]!] = 1;
    }
    return next;
  }
}
