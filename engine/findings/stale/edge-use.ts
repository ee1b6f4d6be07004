/** When each edge was last used, as far as anybody knows: what it tells itself, and uses that it alone carried. */
import type { Frame } from '../../access/frame.ts';
import { type Workspace, withOwnWorkspace } from '../../access/workspace.ts';
import { isThere } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { isIdentity, isResource } from '../../snapshot/snapshot.ts';
import type { EdgeUseFacts, GraphFacts, UseFacts } from '../graph-facts.ts';
import { SoleCarriers } from './sole-carriers.ts';

/**
 * By edge number. NaN where nothing is known, which does not say that there was no use.
 *
 * O(edges + for each identity with uses what it attains, and for each use the holders of grants among that).
 */
export async function usesOfEdges(frame: Frame, facts: GraphFacts, pace: Pace): Promise<EdgeUseFacts> {
  const { edgeSpace } = frame.snapshot;
  const lastUsedAt = facts.edgeUse?.lastUsedAt.slice() ?? new Float64Array(edgeSpace).fill(Number.NaN);
  const useCount = facts.edgeUse?.useCount.slice() ?? new Float64Array(edgeSpace).fill(Number.NaN);
  const { uses } = facts;
  if (uses === undefined) return { lastUsedAt, useCount };
  const carry = (edge: number, use: number): void => {
    // NaN, which stands for never, is not later than anything.
    if (!(lastUsedAt[edge]! >= uses.lastUsedAt[use]!)) lastUsedAt[edge] = uses.lastUsedAt[use]!;
    useCount[edge] = (useCount[edge]! || 0) + uses.useCount[use]!;
  };
  await withOwnWorkspace(frame.snapshot, async (work) => carryAll(frame, uses, work, carry, pace));
  return { lastUsedAt, useCount };
}

async function carryAll(
  frame: Frame,
  uses: UseFacts,
  work: Workspace,
  carry: (edge: number, use: number) => void,
  pace: Pace,
): Promise<void> {
  const { snapshot } = frame;
  const order = Uint32Array.from(uses.identity.keys()).sort((a, b) => uses.identity[a]! - uses.identity[b]! || a - b);
  let carriers: SoleCarriers | undefined;
  let of = -1;
  for (const [done, use] of order.entries()) {
    if (pace.isDue()) await pace.rest();
    pace.progress('STALE_ACCESS', done, order.length);
    const identity = uses.identity[use]!;
    const resource = uses.resource[use]!;
    if (!isThere(snapshot, identity) || !isIdentity(snapshot, identity) || !isResource(snapshot, resource)) continue;
    if (carriers === undefined || of !== identity) {
      carriers = new SoleCarriers(frame, work, identity);
      of = identity;
    }
    const matcher = snapshot.terms.matcher(uses.actions[uses.action[use]!]!);
    for (const edge of carriers.of(matcher, resource)) carry(edge, use);
  }
}
