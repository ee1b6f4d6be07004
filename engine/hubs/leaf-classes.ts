/**
 * Identities that nobody passes, in classes of those that have the same edges as far as these lead to something sensitive:
 * what holds for one holds for all.
 */
import { rowBounds, stableOrderBy } from '../../algorithms/sorted-edges.ts';
import { counts, type Frame } from '../access/frame.ts';
import type { Pace } from '../snapshot/pace.ts';
import { GRANT, NO_INHERIT } from '../snapshot/snapshot.ts';
import { wayClasses } from './ways.ts';

export interface LeafClasses {
  readonly count: number;
  /** Identities by class, as node numbers of the snapshot: those of class c are `members[memberBounds[c]]` and so on. */
  readonly members: Uint32Array;
  readonly memberBounds: Uint32Array;
  /** Arcs of a class are numbers `arcBounds[c]` to `arcBounds[c + 1]`, excluded: one for each edge that a member has. */
  readonly arcBounds: Uint32Array;
  /** Of each arc: the class, the edge that it is of the class's first member, the node of the hub graph that it leads to. */
  readonly classes: Uint32Array;
  readonly edges: Uint32Array;
  readonly targets: Uint32Array;
  /** Numbers of arcs by their targets: those into node v are `into[intoBounds[v]]` and so on. */
  readonly into: Uint32Array;
  readonly intoBounds: Uint32Array;
}

/** How many identities a class has. */
export const classSize = ({ memberBounds }: LeafClasses, leafClass: number): number =>
  memberBounds[leafClass + 1]! - memberBounds[leafClass]!;

/**
 * @param numberOf number of a node in the hub graph, plus one; 0 for those that are not in it
 * @param gives which grants count
 */
export async function leafClasses(
  frame: Frame,
  leaves: readonly number[],
  numberOf: Uint32Array,
  nodeCount: number,
  gives: (edge: number) => boolean,
  pace: Pace,
): Promise<LeafClasses> {
  const { snapshot } = frame;
  const numbers = new Map<string, number>();
  const classOf = new Uint32Array(leaves.length);
  const edges: number[] = [];
  const classes: number[] = [];
  const arcBounds: number[] = [0];
  for (let i = 0; i < leaves.length; i++) {
    if (pace.isDue()) await pace.rest();
    const own = leafEdges(frame, leaves[i]!, numberOf, gives);
    const key = keyOf(frame, own);
    let known = numbers.get(key);
    if (known === undefined) {
      known = numbers.size;
      numbers.set(key, known);
      for (const edge of own) {
        edges.push(edge);
        classes.push(known);
      }
      arcBounds.push(edges.length);
    }
    classOf[i] = known;
  }
  const count = numbers.size;
  const order = stableOrderBy(classOf, count, Uint32Array.from(leaves.keys()));
  const targets = Uint32Array.from(edges, (edge) => numberOf[snapshot.target[edge]!]! - 1);
  return {
    count,
    members: order.map((i) => leaves[i]!),
    memberBounds: rowBounds(classOf, 0, classOf.length, count),
    arcBounds: Uint32Array.from(arcBounds),
    classes: Uint32Array.from(classes),
    edges: Uint32Array.from(edges),
    targets,
    into: stableOrderBy(targets, nodeCount, Uint32Array.from(edges.keys())),
    intoBounds: rowBounds(targets, 0, targets.length, nodeCount),
  };
}

/** The edges of a leaf that lead into the hub graph, in the order in which members of a class have theirs. */
export function leafEdges(
  frame: Frame,
  leaf: number,
  numberOf: Uint32Array,
  gives: (edge: number) => boolean,
): readonly number[] {
  const { snapshot } = frame;
  const own: number[] = [];
  for (const edgeClass of wayClasses(frame)) {
    const { out } = snapshot.adjacency[edgeClass]!;
    for (const edge of out.of(leaf))
      if (numberOf[snapshot.target[edge]!] !== 0 && snapshot.target[edge] !== leaf && counts(frame, edge))
        own.push(edge);
  }
  for (const edge of snapshot.adjacency[GRANT]!.out.of(leaf)) if (gives(edge)) own.push(edge);
  return own;
}

/** Where the edges lead, and what grants among them give. */
function keyOf({ snapshot }: Frame, edges: readonly number[]): string {
  let key = '';
  for (const edge of edges) {
    // Terms 0 are those of edges that are no grants.
    key += `${snapshot.target[edge]},${snapshot.termsOf[edge]},${snapshot.flags[edge]! & NO_INHERIT};`;
  }
  return key;
}
