/** Which identities and resources some changed edges may concern: those behind and before them, in either version. */

import type { EdgeDifference } from '../snapshot/difference.ts';
import type { Pace } from '../snapshot/pace.ts';
import { BOUND, CONTAINMENT, classOf, GRANT, isIdentity, MEMBERSHIP, NO_INHERIT, TAKE } from '../snapshot/snapshot.ts';
import { counts, type Frame } from './frame.ts';

export interface Affected {
  /** Numbers, in no order, each once. */
  readonly identities: Uint32Array;
  readonly resources: Uint32Array;
}

/** What may be on the way from an identity to its grants: a context, a membership, a bound. */
const TOWARD_GRANTS = [MEMBERSHIP, TAKE, BOUND] as const;

/**
 * Concerns more than need be here and there, never less.
 *
 * @param frames of the version before and of the version after
 */
export async function affectedBy(
  frames: readonly [Frame, Frame],
  { removed, added }: EdgeDifference,
  pace: Pace,
): Promise<Affected> {
  const principals = new Set<number>();
  const named = new Set<number>();
  const granting = new Set<number>();
  const [before, after] = frames;
  for (const [frame, edges] of [
    [before, removed],
    [after, added],
  ] as const) {
    for (const edge of edges) if (counts(frame, edge)) noteEdge(frame, edge, { principals, granting, named });
  }
  await closeOver(frames, granting, 'out', TOWARD_GRANTS, pace);
  const resources = new Set<number>();
  for (const frame of frames) for (const principal of granting) addTargets(frame, principal, resources);
  for (const resource of named) resources.add(resource);
  await closeOver(frames, resources, 'out', [CONTAINMENT], pace);
  await addGrantorsAbove(frames, [...removed, ...added], principals, pace);
  await closeOver(frames, principals, 'into', TOWARD_GRANTS, pace);
  const identities = Uint32Array.from(principals).filter((node) => isIdentity(after.snapshot, node));
  return { identities, resources: Uint32Array.from(resources) };
}

interface Starts {
  /** Whoever reaches one of these is concerned. */
  readonly principals: Set<number>;
  /** All that these have is concerned. */
  readonly granting: Set<number>;
  /** These resources are concerned, and what they contain. */
  readonly named: Set<number>;
}

function noteEdge({ snapshot }: Frame, edge: number, { principals, granting, named }: Starts): void {
  const [source, target] = [snapshot.source[edge]!, snapshot.target[edge]!];
  switch (classOf(snapshot, edge)) {
    case MEMBERSHIP:
    case TAKE:
      principals.add(source);
      granting.add(target);
      break;
    case BOUND:
      principals.add(source);
      granting.add(source);
      break;
    case GRANT:
      principals.add(source);
      named.add(target);
      break;
    case CONTAINMENT:
      named.add(target);
      break;
  }
}

function addTargets(frame: Frame, principal: number, resources: Set<number>): void {
  const { out } = frame.snapshot.adjacency[GRANT]!;
  const patch = out.patchOf(principal);
  for (let i = out.first(principal, patch), end = out.end(principal, patch); i < end; i++) {
    const edge = out.edge(i, patch);
    if (counts(frame, edge)) resources.add(frame.snapshot.target[edge]!);
  }
}

/** Where a resource came into another or left it: those who have grants on what contains the other. */
async function addGrantorsAbove(
  frames: readonly [Frame, Frame],
  edges: readonly number[],
  principals: Set<number>,
  pace: Pace,
): Promise<void> {
  const { snapshot } = frames[0];
  const containers = new Set<number>();
  for (const edge of edges) if (classOf(snapshot, edge) === CONTAINMENT) containers.add(snapshot.source[edge]!);
  if (containers.size === 0) return;
  await closeOver(frames, containers, 'into', [CONTAINMENT], pace);
  for (const frame of frames) {
    const { into } = frame.snapshot.adjacency[GRANT]!;
    for (const container of containers) {
      for (const edge of into.of(container)) {
        if (counts(frame, edge) && (frame.snapshot.flags[edge]! & NO_INHERIT) === 0)
          principals.add(frame.snapshot.source[edge]!);
      }
    }
  }
}

/** Adds all that is reached along edges of some classes, or against them, in either version. */
async function closeOver(
  frames: readonly [Frame, Frame],
  nodes: Set<number>,
  direction: 'out' | 'into',
  classes: readonly number[],
  pace: Pace,
): Promise<void> {
  const near = classes.filter((each) => each !== TAKE || frames[0].reach !== 'ENTITLED');
  // A set tells also what is added while it is walked.
  for (const node of nodes) {
    if (pace.isDue()) await pace.rest();
    for (const frame of frames) {
      const { snapshot } = frame;
      const far = direction === 'out' ? snapshot.target : snapshot.source;
      for (const edgeClass of near) {
        const rows = snapshot.adjacency[edgeClass]![direction];
        const patch = rows.patchOf(node);
        for (let i = rows.first(node, patch), end = rows.end(node, patch); i < end; i++) {
          const edge = rows.edge(i, patch);
          if (counts(frame, edge)) nodes.add(far[edge]!);
        }
      }
    }
  }
}
