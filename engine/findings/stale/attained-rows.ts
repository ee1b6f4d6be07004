/** What somebody attains as rows of arcs, and the grants there that speak to a question. */
import type { ArcRows } from '../../../algorithms/arc-rows.ts';
import type { Question } from '../../access/decide.ts';
import { counts, type Frame } from '../../access/frame.ts';
import type { Workspace } from '../../access/workspace.ts';
import { DENY, GRANT, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';

/** The allowing grants of a principal that speak to the question. */
export function givingGrants(question: Question, principal: number): readonly number[] {
  const { snapshot } = question.frame;
  return [...snapshot.adjacency[GRANT]!.out.of(principal)].filter(
    (edge) => (snapshot.flags[edge]! & DENY) === 0 && question.speaks(edge),
  );
}

/** The memberships and assumptions between nodes, with the edge of each place. Leaves `work.number` zeroed.
 * @param nodes closed under these
 */
export function rowsOf(
  frame: Frame,
  nodes: readonly number[],
  { number }: Workspace,
  classes: readonly number[] = frame.reach === 'ENTITLED' ? [MEMBERSHIP] : [MEMBERSHIP, TAKE],
): { readonly rows: ArcRows; readonly edges: readonly number[] } {
  const { adjacency, target } = frame.snapshot;
  nodes.forEach((node, place) => {
    number[node] = place;
  });
  const bounds = new Uint32Array(nodes.length + 1);
  const targets: number[] = [];
  const edges: number[] = [];
  for (let place = 0; place < nodes.length; place++) {
    for (const edgeClass of classes) {
      const { out } = adjacency[edgeClass]!;
      const patch = out.patchOf(nodes[place]!);
      for (let i = out.first(nodes[place]!, patch), end = out.end(nodes[place]!, patch); i < end; i++) {
        const edge = out.edge(i, patch);
        if (!counts(frame, edge)) continue;
        targets.push(number[target[edge]!]!);
        edges.push(edge);
      }
    }
    bounds[place + 1] = edges.length;
  }
  for (const node of nodes) number[node] = 0;
  return { rows: { nodeCount: nodes.length, bounds, targets: Uint32Array.from(targets) }, edges };
}
