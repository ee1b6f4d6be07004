/**
 * Of whom something may be decided otherwise in one frame than in another of the same graph: whoever stands behind an edge that
 * counts in one of them only. Of all others what was found in the one holds in the other too.
 */
import type { Affected } from '../../access/affected.ts';
import type { Instant, Reach } from '../../model/index.ts';
import {
  BOUND,
  CONTAINMENT,
  classOf,
  MEMBERSHIP,
  OWNERSHIP,
  type Snapshot,
  TAKE,
  TAKEOVER,
  TIMED,
} from '../../snapshot/snapshot.ts';

/** Two versions of one space. */
export type Versions = readonly [before: Snapshot, after: Snapshot];

/** 1 for each principal behind such an edge, by node number; undefined where it may be anybody. */
export type Differing = Uint8Array | undefined;

/** Who may be decided on otherwise in a reach than in the one that follows the graph less far. O(edges). */
export function differingByReach(versions: Versions, reach: Exclude<Reach, 'ENTITLED'>): Differing {
  const [, { flags }] = versions;
  return behind(versions, (edge, edgeClass) => {
    const isTakeover = (flags[edge]! & TAKEOVER) !== 0;
    return reach === 'ESCALATION' ? isTakeover : edgeClass === TAKE && !isTakeover;
  });
}

/** Who may be decided on otherwise at one instant than at another, in any reach. O(edges). */
export function differingByTime(versions: Versions, then: Instant, now: Instant): Differing {
  const [, { flags, windowOf, validFrom, validTo }] = versions;
  const isOpen = (window: number, at: Instant): boolean => at >= validFrom[window]! && at < validTo[window]!;
  return behind(versions, (edge) => {
    if ((flags[edge]! & TIMED) === 0) return false;
    const window = windowOf[edge]!;
    return isOpen(window, then) !== isOpen(window, now);
  });
}

/** Those of what may be concerned of whom something may differ. */
export function onlyDiffering({ identities, resources }: Affected, differing: Differing): Affected {
  if (differing === undefined) return { identities, resources };
  const left = identities.filter((identity) => differing[identity] === 1);
  return { identities: left, resources: left.length === 0 ? new Uint32Array(0) : resources };
}

const LEADING = [MEMBERSHIP, TAKE, BOUND] as const;

/** Edges that were taken away count too: they lead to more than need be, never to less. */
function behind(versions: Versions, isStart: (edge: number, edgeClass: number) => boolean): Differing {
  const [, after] = versions;
  const marks = new Uint8Array(after.nodeSpace);
  const found: number[] = [];
  const note = (node: number): void => {
    if (marks[node] === 1) return;
    marks[node] = 1;
    found.push(node);
  };
  for (let edge = 0; edge < after.edgeSpace; edge++) {
    const edgeClass = classOf(after, edge);
    if (edgeClass === OWNERSHIP || !isStart(edge, edgeClass)) continue;
    // What contains what concerns whoever has anything on either.
    if (edgeClass === CONTAINMENT) return undefined;
    note(after.source[edge]!);
  }
  // A list tells also what is added while it is walked.
  for (const node of found)
    for (const { adjacency, source } of versions)
      for (const edgeClass of LEADING) for (const edge of adjacency[edgeClass]!.into.of(node)) note(source[edge]!);
  return marks;
}
