/** Resources that the same grants can reach, in two versions: what holds for one of them holds for all. */

import type { Pace } from '../snapshot/pace.ts';
import { GRANT } from '../snapshot/snapshot.ts';
import { collectUpward } from './decide.ts';
import type { Frame } from './frame.ts';
import type { Workspace } from './workspace.ts';

export interface ResourceClass {
  readonly members: readonly number[];
  /** In each version: what contains them and is named by some grant; with the resource itself where it is alone in its class. */
  readonly upward: readonly [before: readonly number[], after: readonly number[]];
}

/** All that grants on the resources name. */
export const namedIn = (classes: readonly ResourceClass[]): ReadonlySet<number> =>
  new Set(classes.flatMap(({ upward: [before, after] }) => [...before, ...after]));

export async function resourceClasses(
  frames: readonly [Frame, Frame],
  work: Workspace,
  resources: Iterable<number>,
  pace: Pace,
): Promise<readonly ResourceClass[]> {
  const classes = new Map<string, { members: number[]; upward: readonly [readonly number[], readonly number[]] }>();
  for (const resource of resources) {
    if (pace.isDue()) await pace.rest();
    const [before, after] = frames.map((frame) => namedUpward(frame, work, resource)) as [number[], number[]];
    // A grant that is not inherited tells a resource from all others.
    const alone = isNamed(frames[0], resource) || isNamed(frames[1], resource) ? resource : '';
    const key = `${alone}|${before.join()}|${after.join()}`;
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { members: [resource], upward: [before, after] });
    else known.members.push(resource);
  }
  return [...classes.values()];
}

/** What contains a resource, itself included, as far as some grant names it; in the order of numbers. */
function namedUpward(frame: Frame, work: Workspace, resource: number): number[] {
  collectUpward(frame, resource, work.upward);
  return work.upward.nodes.filter((node) => isNamed(frame, node)).sort((a, b) => a - b);
}

const isNamed = ({ snapshot }: Frame, resource: number): boolean => snapshot.adjacency[GRANT]!.into.count(resource) > 0;
