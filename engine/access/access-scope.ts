/** Which accesses somebody wants to know of: those of some identities, on some resources and what they contain, on what is sensitive. */

import type { Pace } from '../snapshot/pace.ts';
import { isIdentity, isResource } from '../snapshot/snapshot.ts';
import type { Affected } from './affected.ts';
import type { Within } from './ask-what-if.ts';
import { collectUpward } from './decide.ts';
import type { Frame } from './frame.ts';
import { type Ground, identityOf, invalid, resourceOf } from './ground.ts';
import type { AccessScope } from './questions.ts';
import { workspaceOf } from './workspace.ts';

/** So many ids are watched at most. */
const MOST_IDS = 10_000;
/** Nodes whose sensitivity is asked for at a time. */
const AT_A_TIME = 10_000;

/** One version as it is looked at. */
export interface Side {
  readonly ground: Ground;
  readonly frame: Frame;
}

/** @throws GrantlensError ARGUMENT_INVALID for a sensitivity that is none, for too many ids */
export function checkScope({ identities = [], resources = [], minSensitivity }: AccessScope): void {
  if (identities.length + resources.length > MOST_IDS)
    throw invalid('scope', `a scope names at most ${MOST_IDS} identities and resources`);
  if (minSensitivity !== undefined && !(minSensitivity >= 0 && minSensitivity <= 1))
    throw invalid('minSensitivity', `minSensitivity must be from 0 to 1, is ${minSensitivity}`);
}

/** @throws GrantlensError NODE_NOT_FOUND, NOT_AN_IDENTITY, NOT_A_RESOURCE for what no version has */
export function checkIds({ identities = [], resources = [] }: AccessScope, grounds: readonly Ground[]): void {
  for (const id of identities) inOneOf(grounds, id, identityOf);
  for (const id of resources) inOneOf(grounds, id, resourceOf);
}

function inOneOf(grounds: readonly Ground[], id: string, find: (ground: Ground, id: string) => number): void {
  const there = grounds.find(({ snapshot }) => snapshot.index.find(id) >= 0) ?? grounds[0]!;
  for (const ground of grounds) {
    if (ground === there || ground.snapshot.index.find(id) < 0) continue;
    // A node of another kind in one version may be what is meant in the other.
    try {
      find(ground, id);
      return;
    } catch {
      // The first version says what is wrong.
    }
  }
  find(there, id);
}

/**
 * What of two versions is looked at; undefined for everything. Something is in scope that is so in either version.
 *
 * @param sides the versions before and after, in one space
 */
export function withinScope(scope: AccessScope, sides: readonly [Side, Side]): Within | undefined {
  const { identities, resources, minSensitivity } = scope;
  if (identities === undefined && resources === undefined && minSensitivity === undefined) return undefined;
  return async (affected, pace) => {
    const watched = identities === undefined ? affected.identities : ofIds(affected.identities, identities, sides);
    if (watched.length === 0) return NOTHING;
    let left = affected.resources;
    if (resources !== undefined) left = await containedIn(left, resources, sides, pace);
    if (minSensitivity !== undefined) left = await sensitive(left, minSensitivity, sides);
    return left.length === 0 ? NOTHING : { identities: watched, resources: left };
  };
}

const NOTHING: Affected = { identities: new Uint32Array(0), resources: new Uint32Array(0) };

/** Numbers of the ids in either version. */
function numbersOf(ids: readonly string[], sides: readonly Side[]): ReadonlySet<number> {
  return new Set(ids.flatMap((id) => sides.map(({ ground }) => ground.snapshot.index.find(id))));
}

function ofIds(nodes: Uint32Array, ids: readonly string[], sides: readonly [Side, Side]): Uint32Array {
  const numbers = numbersOf(ids, sides);
  const { snapshot } = sides[0].ground;
  return nodes.filter((node) => numbers.has(node) && isIdentity(snapshot, node));
}

/** Those that are one of the resources or in one of them. */
async function containedIn(
  nodes: Uint32Array,
  ids: readonly string[],
  sides: readonly [Side, Side],
  pace: Pace,
): Promise<Uint32Array> {
  const numbers = numbersOf(ids, sides);
  const found: number[] = [];
  for (const node of nodes) {
    if (pace.isDue()) await pace.rest();
    if (sides.some((side) => isIn(side, node, numbers))) found.push(node);
  }
  return Uint32Array.from(found);
}

function isIn({ frame }: Side, node: number, outer: ReadonlySet<number>): boolean {
  if (!isResource(frame.snapshot, node)) return false;
  const { upward } = workspaceOf(frame.snapshot);
  collectUpward(frame, node, upward);
  return upward.nodes.some((each) => outer.has(each));
}

async function sensitive(nodes: Uint32Array, least: number, sides: readonly [Side, Side]): Promise<Uint32Array> {
  const found = new Set<number>();
  for (const { ground } of sides) {
    const { snapshot, reader } = ground;
    const there = [...nodes].filter((node) => !found.has(node) && snapshot.index.find(snapshot.ids.at(node)) === node);
    for (let i = 0; i < there.length; i += AT_A_TIME) {
      const some = there.slice(i, i + AT_A_TIME);
      const entities = await reader.entities(some.map((node) => snapshot.nodeRef[node]!));
      entities.forEach((entity, j) => {
        if ((entity?.sensitivity ?? Number.NEGATIVE_INFINITY) >= least) found.add(some[j]!);
      });
    }
  }
  return Uint32Array.from(found);
}
