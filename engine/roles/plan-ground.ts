/** What a plan stands on: the edges around the roles that it touches, and the direct grants that it takes away or makes. */

import { edgesAround } from '../findings/still-there.ts';
import { type Change, type EdgeRecord, type JsonValue, lineOfEdge } from '../model/index.ts';
import { canonicalJson, digestOf } from '../runs/canonical.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { StoreReader } from '../store/port.ts';
import type { GroundLine, RolePlan } from './plan.ts';
import type { PlanStep } from './plan-steps.ts';
import { recordsOf } from './present-edges.ts';

/** What there is, by its name: edges by their ids, with the digest of what they say, and who vouches for a role. */
export type Ground = ReadonlyMap<string, string>;

const THERE = 'there';
const vouching = (role: string, source: string): string => `role ${JSON.stringify(role)} of ${JSON.stringify(source)}`;

const AT_A_TIME = 2_000;

/** What an edge says about access: not where it was read, nor whether it was used. */
export function edgeDigest(edge: EdgeRecord): string {
  const { evidence: _, lastUsedAt: __, useCount: ___, ...said } = lineOfEdge(edge);
  return digestOf([canonicalJson(said as JsonValue)]).slice(0, 16);
}

/** Ids of roles that steps touch: those that an edge comes to or goes from, and those that are made or removed. */
export function rolesTouched(steps: readonly PlanStep[], isRole: (id: string) => boolean): readonly string[] {
  const touched = new Set<string>();
  const note = (id: string): void => void (isRole(id) && touched.add(id));
  // What an edge that goes says is told by what puts it back.
  for (const { changes, inverse } of steps)
    for (const change of [...changes, ...inverse]) {
      if (change.op === 'PUT_EDGE') for (const end of [change.edge.from, change.edge.to]) note(end);
      else if (change.op === 'PUT_NODE') touched.add(change.node.id);
    }
  return [...touched].sort();
}

/** Some roles and the edges around them as they are, and others by their ids. Roles that are not there have none. */
export async function presentGround(
  { snapshot, reader }: { readonly snapshot: Snapshot; readonly reader: StoreReader },
  roles: readonly string[],
  others: readonly string[],
): Promise<Ground> {
  const found = new Map<string, string>();
  const nodes = roles.map((id) => snapshot.index.find(id)).filter((node) => node >= 0);
  const edges = new Set<number>();
  for (const node of nodes) {
    const { out, into } = edgesAround(snapshot, node);
    for (const edge of [...out, ...into]) edges.add(edge);
  }
  for (const entity of await inParts(nodes, (part) => reader.entities(part.map((node) => snapshot.nodeRef[node]!))))
    for (const source of entity?.sources ?? []) found.set(vouching(entity!.id, source), THERE);
  for (const record of (await recordsOf({ snapshot, reader }, [...edges])).values())
    found.set(record.id, edgeDigest(record));
  const records = await inParts(others, async (part) => {
    const { edges: refs } = await reader.refsOf([], part);
    return reader.edges(refs.filter((ref) => ref !== undefined));
  });
  for (const record of records) if (record !== undefined) found.set(record.id, edgeDigest(record));
  return found;
}

async function inParts<T, R>(
  all: readonly T[],
  ask: (part: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const found: R[] = [];
  for (let first = 0; first < all.length; first += AT_A_TIME)
    found.push(...(await ask(all.slice(first, first + AT_A_TIME))));
  return found;
}

/** Ids of edges that steps put or take away. */
export function edgesTouched(steps: readonly PlanStep[]): readonly string[] {
  const ids = new Set<string>();
  for (const { changes } of steps)
    for (const change of changes) {
      if (change.op === 'PUT_EDGE') ids.add(change.edge.id);
      else if (change.op === 'REMOVE_EDGE') ids.add(change.id);
    }
  return [...ids];
}

/** In the order of names. */
export const groundLines = (ground: Ground): readonly GroundLine[] => [...ground].sort(([a], [b]) => (a < b ? -1 : 1));

/** Something that is not as it should be. */
export interface Moved {
  /** The id of an edge, or who vouches for which role. */
  readonly what: string;
  /** CAME: nobody planned it. GONE: it is missing. CHANGED: it says something else. */
  readonly how: 'CAME' | 'GONE' | 'CHANGED';
}

export interface Progressed {
  /** So many steps are done. */
  readonly done: number;
  /** What is otherwise than it should be then; empty when the ground holds. */
  readonly moved: readonly Moved[];
}

/**
 * How far a plan has been carried out, as the graph itself shows: after as many steps as leave the least to explain.
 * O(ground + changes).
 */
export function progressOf(plan: Pick<RolePlan, 'ground' | 'steps'>, actual: Ground): Progressed {
  const expected = new Map(plan.ground);
  let wrong = movedBetween(expected, actual).length;
  let best = { done: 0, wrong };
  for (const [i, { changes }] of plan.steps.entries()) {
    for (const change of changes) wrong += take(expected, actual, change);
    // Of several that show the same the last: there is nothing to do in those between.
    if (wrong <= best.wrong) best = { done: i + 1, wrong };
  }
  const then = new Map(plan.ground);
  for (const { changes } of plan.steps.slice(0, best.done)) for (const change of changes) take(then, actual, change);
  return { done: best.done, moved: movedBetween(then, actual) };
}

/** Does a change to what is expected. @returns by how much more is wrong afterwards */
function take(expected: Map<string, string>, actual: Ground, change: Change): number {
  const [name, says] = saidBy(change);
  if (name === undefined) return 0;
  const before = expected.get(name) === actual.get(name) ? 0 : 1;
  if (says === undefined) expected.delete(name);
  else expected.set(name, says);
  return (expected.get(name) === actual.get(name) ? 0 : 1) - before;
}

function saidBy(change: Change): readonly [name?: string, says?: string] {
  switch (change.op) {
    case 'PUT_EDGE':
      return [change.edge.id, edgeDigest(change.edge)];
    case 'REMOVE_EDGE':
      return [change.id];
    case 'PUT_NODE':
      return [vouching(change.node.id, change.node.source), THERE];
    case 'REMOVE_NODE':
      return [vouching(change.id, change.source)];
    default:
      return [];
  }
}

function movedBetween(expected: Ground, actual: Ground): readonly Moved[] {
  const moved: Moved[] = [];
  for (const [what, digest] of actual) {
    const known = expected.get(what);
    if (known === undefined) moved.push({ what, how: 'CAME' });
    else if (known !== digest) moved.push({ what, how: 'CHANGED' });
  }
  for (const what of expected.keys()) if (!actual.has(what)) moved.push({ what, how: 'GONE' });
  return moved.sort((a, b) => (a.what < b.what ? -1 : 1));
}
