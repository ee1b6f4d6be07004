/**
 * Which edges end what somebody has of one side of a rule. Ways are cut one after the other, each at the first edge from the
 * identity on that leads to no denial: the nearer an edge is to the identity, the fewer others stand behind it.
 */
import { counts, type Frame } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { GRANT, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';
import { mayLiftDenial } from '../lifts-denial.ts';
import { wayOfDuty } from './held-duties.ts';
import type { ResolvedDuty } from './sod-rule.ts';

export interface Ending {
  readonly edges: readonly number[];
  /** Steps between the identity and the farthest of the edges: 0 where all are its own. */
  readonly distance: number;
  /** Grants that the identity no longer comes to. */
  readonly grantsLost: number;
}

/**
 * @param mayCut false for edges that are to stay
 * @returns undefined where one of the ways cannot be cut without lifting a denial
 */
export function endingOf(
  frame: Frame,
  work: Workspace,
  identity: number,
  duties: readonly ResolvedDuty[],
  mayCut: (edge: number) => boolean,
): Ending | undefined {
  const cut = new Set<number>();
  let distance = 0;
  for (const duty of duties) {
    for (;;) {
      const way = wayOfDuty(frame, work, identity, duty, cut);
      if (way === undefined) break;
      const edges = way.grant < 0 ? way.steps : [...way.steps, way.grant];
      const place = edges.findIndex((edge) => mayCut(edge) && !mayLiftDenial(frame.snapshot, edge));
      if (place < 0) return undefined;
      cut.add(edges[place]!);
      distance = Math.max(distance, place);
    }
  }
  const grantsLost = grantsOf(frame, identity, new Set()) - grantsOf(frame, identity, cut);
  return { edges: [...cut], distance, grantsLost };
}

/** The one that concerns the fewest others, then has the fewest edges, then ends the fewest grants; of equals the first. */
export function cheapest(endings: readonly (Ending | undefined)[]): Ending | undefined {
  const possible = endings.filter((ending) => ending !== undefined);
  const compare = (a: Ending, b: Ending): number =>
    a.distance - b.distance || a.edges.length - b.edges.length || a.grantsLost - b.grantsLost;
  return possible.sort(compare)[0];
}

function grantsOf(frame: Frame, identity: number, without: ReadonlySet<number>): number {
  const { adjacency, target } = frame.snapshot;
  const reached = new Set([identity]);
  const classes = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE];
  let grants = 0;
  for (const node of reached) {
    for (const edgeClass of classes)
      for (const edge of adjacency[edgeClass]!.out.of(node))
        if (counts(frame, edge) && !without.has(edge)) reached.add(target[edge]!);
    for (const edge of adjacency[GRANT]!.out.of(node)) if (counts(frame, edge) && !without.has(edge)) grants++;
  }
  return grants;
}

/** From when until when all edges of some ways are there together. */
export function windowOfEdges(
  { snapshot }: Frame,
  edges: readonly number[],
): { readonly from: number; readonly to: number } {
  const { validFrom, validTo, windowOf } = snapshot;
  return {
    from: Math.max(...edges.map((edge) => validFrom[windowOf[edge]!]!)),
    to: Math.min(...edges.map((edge) => validTo[windowOf[edge]!]!)),
  };
}
