/** When each edge was last used, as far as anybody knows: what it tells itself, and uses that it alone carried. */
import type { Frame } from '../../access/frame.ts';
import { type Workspace, withOwnWorkspace } from '../../access/workspace.ts';
import type { Instant } from '../../model/index.ts';
import { isThere } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { isIdentity, isResource } from '../../snapshot/snapshot.ts';
import type { EdgeUseFacts, GraphFacts, UseFacts } from '../graph-facts.ts';
import { hashOfLeads, type OwnEdges, ownEdges } from './own-edges.ts';
import { UseCarriers, type UseQuestion } from './use-carriers.ts';

export interface UseOfEdges extends EdgeUseFacts {
  /** 1 for an edge that a recent use may have gone over, whether or not it could have gone another way. */
  readonly mayCarry: Uint8Array;
}

/**
 * By edge number. NaN where nothing is known, which does not say that there was no use.
 *
 * O(edges + for each identity with uses what it attains, and for each use the holders of grants among that).
 *
 * @param since use from then on is recent
 */
export async function usesOfEdges(frame: Frame, facts: GraphFacts, since: Instant, pace: Pace): Promise<UseOfEdges> {
  const { edgeSpace } = frame.snapshot;
  const lastUsedAt = facts.edgeUse?.lastUsedAt.slice() ?? new Float64Array(edgeSpace).fill(Number.NaN);
  const useCount = facts.edgeUse?.useCount.slice() ?? new Float64Array(edgeSpace).fill(Number.NaN);
  const mayCarry = new Uint8Array(edgeSpace);
  const { uses } = facts;
  if (uses === undefined) return { lastUsedAt, useCount, mayCarry };
  const carried: Carried = {
    alone(edge, use) {
      // NaN, which stands for never, is not later than anything.
      if (!(lastUsedAt[edge]! >= uses.lastUsedAt[use]!)) lastUsedAt[edge] = uses.lastUsedAt[use]!;
      useCount[edge] = (useCount[edge]! || 0) + uses.useCount[use]!;
    },
    perhaps(edge) {
      mayCarry[edge] = 1;
    },
  };
  await withOwnWorkspace(frame.snapshot, async (work) => carryAll({ frame, uses, since, work }, carried, pace));
  return { lastUsedAt, useCount, mayCarry };
}

interface Carried {
  /** The use would have ended without the edge. */
  alone(edge: number, use: number): void;
  /** A recent use may have gone over the edge. */
  perhaps(edge: number): void;
}

interface Carrying {
  readonly frame: Frame;
  readonly uses: UseFacts;
  readonly since: Instant;
  readonly work: Workspace;
}

async function carryAll({ frame, uses, since, work }: Carrying, carried: Carried, pace: Pace): Promise<void> {
  const { snapshot } = frame;
  const order = await inOrderOfLeads(frame, uses, pace);
  let of = -1;
  let own: OwnEdges | undefined;
  let carriers: UseCarriers | undefined;
  const recent = new Map<number, UseQuestion>();
  const tellRecent = (): void => {
    if (recent.size > 0) carriers!.perhaps(recent, own, carried.perhaps);
    recent.clear();
  };
  for (const [done, use] of order.entries()) {
    if (pace.isDue()) await pace.rest();
    pace.progress('STALE_ACCESS', done, order.length);
    const identity = uses.identity[use]!;
    const resource = uses.resource[use]!;
    if (!isThere(snapshot, identity) || !isIdentity(snapshot, identity) || !isResource(snapshot, resource)) continue;
    if (of !== identity) {
      tellRecent();
      of = identity;
      own = ownEdges(frame, identity);
      if (!carriers?.isFor(own)) carriers = new UseCarriers(frame, work, identity, own);
    }
    const action = uses.action[use]!;
    const matcher = snapshot.terms.matcher(uses.actions[action]!);
    const question = { number: action * snapshot.nodeSpace + resource, matcher, resource };
    carriers!.alone(question, own, (edge) => carried.alone(edge, use));
    if (uses.lastUsedAt[use]! >= since) recent.set(question.number, question);
  }
  tellRecent();
}

/** Uses of one identity together, beside those of identities whose own edges lead alike. */
async function inOrderOfLeads(frame: Frame, { identity }: UseFacts, pace: Pace): Promise<Uint32Array> {
  const { snapshot } = frame;
  const hashes = new Map<number, number>();
  for (const one of identity) {
    if (pace.isDue()) await pace.rest();
    if (!hashes.has(one) && isThere(snapshot, one)) hashes.set(one, hashOfLeads(ownEdges(frame, one)));
  }
  const hashOf = Float64Array.from(identity, (one) => hashes.get(one) ?? 0);
  return Uint32Array.from(identity.keys()).sort(
    (a, b) => hashOf[a]! - hashOf[b]! || identity[a]! - identity[b]! || a - b,
  );
}
