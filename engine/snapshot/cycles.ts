import { strongComponents } from '../../algorithms/strong-components.ts';
import { liveNodes } from './nodes.ts';
import { GROUP, MEMBERSHIP, RESOURCE, type Snapshot } from './snapshot.ts';

const known = new WeakMap<Snapshot, number>();

/**
 * How many sets of groups or roles are members of each other in a circle; windows of time are not looked at. Linear in the
 * edges between them, worked out when it is first asked for.
 */
export function membershipCycles(snapshot: Snapshot): number {
  let cycles = known.get(snapshot);
  if (cycles === undefined) {
    cycles = countCycles(snapshot);
    known.set(snapshot, cycles);
  }
  return cycles;
}

function countCycles(snapshot: Snapshot): number {
  const nodes = [...liveNodes(snapshot, GROUP, RESOURCE)];
  const place = new Map(nodes.map((node, i) => [node, i]));
  const bounds = new Uint32Array(nodes.length + 1);
  const targets: number[] = [];
  const { out } = snapshot.adjacency[MEMBERSHIP]!;
  nodes.forEach((node, i) => {
    for (const edge of out.of(node)) targets.push(place.get(snapshot.target[edge]!)!);
    bounds[i + 1] = targets.length;
  });
  const { component, count } = strongComponents(bounds, Uint32Array.from(targets));
  const sizes = new Uint32Array(count);
  for (const each of component) sizes[each]!++;
  return sizes.filter((size) => size > 1).length;
}
