/**
 * The part of a graph that lies on allowing ways to sensitive resources, made small: principals and resources that somebody
 * passes are numbered; identities that nobody passes ("leaves", nearly all of them) stand in classes of those with the same
 * edges, and disabled ones not at all.
 */
import { rowBounds, stableOrderBy } from '../../algorithms/sorted-edges.ts';
import { counts, type Frame } from '../access/frame.ts';
import type { Pace } from '../snapshot/pace.ts';
import type { Rows } from '../snapshot/rows.ts';
import { CONTAINMENT, DENY, GRANT, isIdentity, NO_INHERIT } from '../snapshot/snapshot.ts';
import type { Acceptance } from './acceptance.ts';
import { type LeafClasses, leafClasses } from './leaf-classes.ts';
import { wayClasses } from './ways.ts';

export interface HubGraph {
  /** Node number in the snapshot of each of our nodes: principals, then resources. */
  readonly nodes: Uint32Array;
  /** How many of them are principals. */
  readonly principals: number;
  /** Our number of each node of the snapshot, plus one; 0 for those that are none of ours. */
  readonly numberOf: Uint32Array;
  /** 1 for identities that are not disabled. */
  readonly isOne: Uint8Array;
  /** Arcs into each node from others of ours: places `bounds[v]` to `bounds[v + 1]`, excluded. No arc is a loop. */
  readonly bounds: Uint32Array;
  readonly sources: Uint32Array;
  /** The edge of the snapshot that each arc is. */
  readonly edges: Uint32Array;
  readonly leaves: LeafClasses;
}

/**
 * Linear in the graph.
 *
 * @param targets resources of the snapshot that are sensitive
 * @param acceptance which knows the filters of all of them
 * @returns also which grants may count, for those who look at edges of leaves
 */
export async function hubGraph(
  frame: Frame,
  targets: Uint32Array,
  acceptance: Acceptance,
  pace: Pace,
): Promise<{ readonly graph: HubGraph; readonly gives: (edge: number) => boolean }> {
  const found = new Found(frame, acceptance, pace);
  await found.resourcesAbove(targets);
  await found.principalsBehind();
  const { principals, resources, arcs, isPassed } = found;
  const { snapshot } = frame;
  const isLeaf = (node: number): boolean => isIdentity(snapshot, node) && isPassed[node] === 0;
  const nodes = Uint32Array.from([...principals.filter((node) => !isLeaf(node)), ...resources]);
  const numberOf = new Uint32Array(snapshot.nodeSpace);
  nodes.forEach((node, v) => {
    numberOf[node] = v + 1;
  });
  const inner = arcs.filter((edge) => numberOf[snapshot.source[edge]!] !== 0);
  const into = Uint32Array.from(inner, (edge) => numberOf[snapshot.target[edge]!]! - 1);
  const order = stableOrderBy(into, nodes.length, Uint32Array.from(inner.keys()));
  const edges = order.map((arc) => inner[arc]!);
  const leaves = principals.filter((node) => isLeaf(node) && snapshot.disabled[node] === 0);
  const gives = (edge: number): boolean => found.mayGive(edge);
  const graph = {
    nodes,
    principals: nodes.length - resources.length,
    numberOf,
    isOne: Uint8Array.from(nodes, (node) => (isIdentity(snapshot, node) && snapshot.disabled[node] === 0 ? 1 : 0)),
    bounds: rowBounds(into, 0, into.length, nodes.length),
    sources: edges.map((edge) => numberOf[snapshot.source[edge]!]! - 1),
    edges,
    leaves: await leafClasses(frame, leaves, numberOf, nodes.length, gives, pace),
  };
  return { graph, gives };
}

/** Everything on the ways, found backward from the sensitive resources. */
class Found {
  readonly resources: number[] = [];
  readonly principals: number[] = [];
  /** Edges, each once, none of them a loop. */
  readonly arcs: number[] = [];
  /** 1 for principals that some other one leads to. */
  readonly isPassed: Uint8Array;
  readonly #frame: Frame;
  readonly #acceptance: Acceptance;
  readonly #pace: Pace;
  readonly #isIn: Uint8Array;
  readonly #isTarget: Uint8Array;

  constructor(frame: Frame, acceptance: Acceptance, pace: Pace) {
    this.#frame = frame;
    this.#acceptance = acceptance;
    this.#pace = pace;
    const room = frame.snapshot.nodeSpace;
    this.isPassed = new Uint8Array(room);
    this.#isIn = new Uint8Array(room);
    this.#isTarget = new Uint8Array(room);
  }

  /** True for a grant that counts on some sensitive resource, perhaps not on one that it reaches. */
  mayGive(edge: number): boolean {
    const { snapshot } = this.#frame;
    const flags = snapshot.flags[edge]!;
    if ((flags & DENY) !== 0 || !counts(this.#frame, edge)) return false;
    const target = snapshot.target[edge]!;
    if (this.#isIn[target] === 0 || ((flags & NO_INHERIT) !== 0 && this.#isTarget[target] === 0)) return false;
    return this.#acceptance.takenByAny(snapshot.termsOf[edge]!);
  }

  async resourcesAbove(targets: Uint32Array): Promise<void> {
    const { snapshot } = this.#frame;
    for (const node of targets) {
      this.#isTarget[node] = 1;
      this.#put(node, this.resources);
    }
    const { into } = snapshot.adjacency[CONTAINMENT]!;
    for (let head = 0; head < this.resources.length; head++) {
      if (this.#pace.isDue()) await this.#pace.rest();
      this.#follow(this.resources[head]!, into, this.resources);
    }
  }

  async principalsBehind(): Promise<void> {
    const { snapshot } = this.#frame;
    const grants = snapshot.adjacency[GRANT]!.into;
    for (const resource of this.resources) {
      if (this.#pace.isDue()) await this.#pace.rest();
      for (const edge of grants.of(resource)) {
        if (!this.mayGive(edge)) continue;
        this.arcs.push(edge);
        this.#put(snapshot.source[edge]!, this.principals);
      }
    }
    const rows = wayClasses(this.#frame).map((edgeClass) => snapshot.adjacency[edgeClass]!.into);
    for (let head = 0; head < this.principals.length; head++) {
      if (this.#pace.isDue()) await this.#pace.rest();
      for (const into of rows) this.#follow(this.principals[head]!, into, this.principals);
    }
  }

  /** Takes in the edges that reach a node, and where they come from. */
  #follow(node: number, into: Rows, found: number[]): void {
    const { source } = this.#frame.snapshot;
    const patch = into.patchOf(node);
    for (let i = into.first(node, patch), end = into.end(node, patch); i < end; i++) {
      const edge = into.edge(i, patch);
      const near = source[edge]!;
      if (near === node || !counts(this.#frame, edge)) continue;
      this.arcs.push(edge);
      this.isPassed[node] = 1;
      this.#put(near, found);
    }
  }

  #put(node: number, found: number[]): void {
    if (this.#isIn[node] === 1) return;
    this.#isIn[node] = 1;
    found.push(node);
  }
}
