/**
 * Which nodes something was written about in an array by node. Identities are numbered before all others, so where there are
 * many of them they are found again by looking through their part of the array, in order, and are not listed.
 */
import { compareNodes, sortNodes } from '../snapshot/order.ts';
import { GROUP, isIdentity, type Snapshot } from '../snapshot/snapshot.ts';

/** Listing and sorting a number takes about as long as looking at this many places. */
const SORT_COST = 32;

export class Touched {
  readonly #snapshot: Snapshot;
  /** Zero where nothing was written. */
  readonly #array: Uint8Array;
  /** Compiled identities have the numbers below. */
  readonly #identities: number;
  readonly #most: number;
  /** All nodes; without compiled identities from where there were too many on. */
  readonly #listed: number[] = [];
  #count = 0;
  #listedIdentities = 0;

  /** @param array zeros, one for each node */
  constructor(snapshot: Snapshot, array: Uint8Array) {
    this.#snapshot = snapshot;
    this.#array = array;
    this.#identities = snapshot.space.kindStart[GROUP]!;
    this.#most = Math.floor(this.#identities / SORT_COST);
  }

  get count(): number {
    return this.#count;
  }

  get #isCrowd(): boolean {
    return this.#listedIdentities > this.#most;
  }

  /** Must be called once for each node whose place is written to, and for no other. */
  add(node: number): void {
    this.#count++;
    if (node >= this.#identities) this.#listed.push(node);
    else if (this.#listedIdentities <= this.#most) {
      this.#listedIdentities++;
      this.#listed.push(node);
    }
  }

  /** All nodes, in no order. O(nodes + identities / 4) at most. */
  all(): ArrayLike<number> {
    if (!this.#isCrowd) return this.#listed;
    const nodes = new Uint32Array(this.#count);
    let count = this.#scan(nodes);
    for (const node of this.#listed) if (node >= this.#identities) nodes[count++] = node;
    return nodes;
  }

  /** The identities among them, in the order of nodes. */
  identities(): Uint32Array<ArrayBuffer> {
    const snapshot = this.#snapshot;
    if (!this.#isCrowd)
      return sortNodes(snapshot, Uint32Array.from(this.#listed.filter((node) => isIdentity(snapshot, node))));
    const nodes = new Uint32Array(this.#count);
    const crowd = nodes.subarray(0, this.#scan(nodes));
    const later = this.#listed.filter((node) => node >= this.#identities && isIdentity(snapshot, node));
    return later.length === 0 ? crowd : merged(snapshot, crowd, sortNodes(snapshot, Uint32Array.from(later)));
  }

  /** Puts compiled identities whose place is written to into `nodes`, in order. Returns how many. */
  #scan(nodes: Uint32Array): number {
    const array = this.#array;
    const words = new Uint32Array(array.buffer, array.byteOffset, this.#identities >>> 2);
    let count = 0;
    for (let w = 0; w < words.length; w++) {
      if (words[w] === 0) continue;
      for (let node = w * 4; node < w * 4 + 4; node++) if (array[node] !== 0) nodes[count++] = node;
    }
    for (let node = words.length * 4; node < this.#identities; node++) if (array[node] !== 0) nodes[count++] = node;
    return count;
  }

  /** Leaves zeros. */
  clear(): void {
    if (this.#isCrowd) this.#array.fill(0, 0, this.#identities);
    for (const node of this.#listed) this.#array[node] = 0;
  }
}

/** Two runs in order as one. */
function merged(snapshot: Snapshot, a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const nodes = new Uint32Array(a.length + b.length);
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const first = j === b.length || (i < a.length && compareNodes(snapshot, a[i]!, b[j]!) < 0);
    nodes[i + j] = first ? a[i]! : b[j]!;
    if (first) i++;
    else j++;
  }
  return nodes;
}
