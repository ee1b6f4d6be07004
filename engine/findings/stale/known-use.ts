/**
 * Where use is known at all. That nothing is told of an access means something only where use of the same is told: on the
 * resource, on what is in it or on what it is in.
 */
import { counts, type Frame } from '../../access/frame.ts';
import type { Instant } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import type { Pace } from '../../snapshot/pace.ts';
import { CONTAINMENT, classOf, DENY, GRANT, GROUP, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';
import type { GraphFacts } from '../graph-facts.ts';

const CARRYING: ReadonlySet<number> = new Set([MEMBERSHIP, TAKE, GRANT]);

/** By node number, 1 for yes. */
export interface KnownUse {
  /** Principals through which one comes to a grant. */
  readonly gives: Uint8Array;
  /** Principals through which one comes to a grant on a resource of which no use is known. */
  readonly givesUnknown: Uint8Array;
  /** Principals that some identity is, is a member of or can act as. */
  readonly isHeld: Uint8Array;
  /** Principals through which one comes to an edge of which its source tells recent use, but not by whom. */
  readonly givesUsed: Uint8Array;
  /** Resources of which use is known. */
  readonly isKnown: Uint8Array;
}

export interface KnownSince {
  /** Use of a resource before it says nothing. */
  readonly known: Instant;
  /** Use from then on is recent. */
  readonly recent: Instant;
}

/** O(nodes + edges). */
export async function knownUse(frame: Frame, facts: GraphFacts, since: KnownSince, pace: Pace): Promise<KnownUse> {
  const { snapshot } = frame;
  const { adjacency, source, target, flags, nodeSpace } = snapshot;
  const isKnown = await resourcesKnown(frame, facts, since.known, pace);
  const [giving, givingUnknown]: [number[], number[]] = [[], []];
  const grants = adjacency[GRANT]!.out;
  for (let node = 0; node < nodeSpace; node++) {
    if (pace.isDue()) await pace.rest();
    const patch = grants.patchOf(node);
    for (let i = grants.first(node, patch), end = grants.end(node, patch); i < end; i++) {
      const edge = grants.edge(i, patch);
      if ((flags[edge]! & DENY) !== 0 || !counts(frame, edge)) continue;
      giving.push(node);
      if (isKnown[target[edge]!] === 0) givingUnknown.push(node);
    }
  }
  const principals = [MEMBERSHIP, TAKE];
  const up = { rows: principals.map((c) => adjacency[c]!.into), far: source };
  const down = { rows: principals.map((c) => adjacency[c]!.out), far: target };
  return {
    isKnown,
    gives: await spread(frame, giving, up, pace),
    givesUnknown: await spread(frame, givingUnknown, up, pace),
    givesUsed: await spread(frame, sourcesUsed(frame, facts, since.recent), up, pace),
    isHeld: await spread(frame, liveNodes(snapshot, 0, GROUP), down, pace),
  };
}

/** Whoever an edge leaves of which its source tells recent use. */
function sourcesUsed(frame: Frame, { edgeUse }: GraphFacts, since: Instant): ReadonlySet<number> {
  const used = new Set<number>();
  edgeUse?.lastUsedAt.forEach((at, edge) => {
    if (at >= since && CARRYING.has(classOf(frame.snapshot, edge)) && counts(frame, edge))
      used.add(frame.snapshot.source[edge]!);
  });
  return used;
}

async function resourcesKnown(frame: Frame, facts: GraphFacts, since: Instant, pace: Pace): Promise<Uint8Array> {
  const { adjacency, source, target } = frame.snapshot;
  const told = new Set<number>();
  facts.uses?.resource.forEach((resource, use) => {
    if (facts.uses!.lastUsedAt[use]! >= since) told.add(resource);
  });
  facts.edgeUse?.lastUsedAt.forEach((at, edge) => {
    if (at >= since && classOf(frame.snapshot, edge) === GRANT) told.add(target[edge]!);
  });
  const within = await spread(frame, told, { rows: [adjacency[CONTAINMENT]!.out], far: target }, pace);
  const around = await spread(frame, told, { rows: [adjacency[CONTAINMENT]!.into], far: source }, pace);
  return within.map((yes, node) => yes | around[node]!);
}

/** What is reached from some nodes over edges of some classes, themselves among it. */
async function spread(
  frame: Frame,
  starts: Iterable<number>,
  {
    rows,
    far,
  }: { readonly rows: readonly (typeof frame.snapshot.adjacency)[number]['out'][]; readonly far: Uint32Array },
  pace: Pace,
): Promise<Uint8Array> {
  const reached = new Uint8Array(frame.snapshot.nodeSpace);
  const queue: number[] = [];
  const reach = (node: number): void => {
    if (reached[node] === 1) return;
    reached[node] = 1;
    queue.push(node);
  };
  for (const start of starts) reach(start);
  for (let head = 0; head < queue.length; head++) {
    if (pace.isDue()) await pace.rest();
    const node = queue[head]!;
    for (const row of rows) {
      const patch = row.patchOf(node);
      for (let i = row.first(node, patch), end = row.end(node, patch); i < end; i++) {
        const edge = row.edge(i, patch);
        if (counts(frame, edge)) reach(far[edge]!);
      }
    }
  }
  return reached;
}
