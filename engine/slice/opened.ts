/**
 * What an assignment would open besides, counted up to a number of resources: level by level downward from what the
 * assigned is granted, until there are as many or no more. Unlike all other parts this one is of an instant, for where the
 * counting stops depends on it.
 */
import type { EdgeKind, Instant, Reach } from '../model/index.ts';
import { EDGE_DENY } from '../store/port.ts';
import type { GatheredEdge, Gathering } from './gathering.ts';
import { grantEdges, grants, MEMBERSHIPS } from './parts.ts';

/** @param most resources at which counting stops, once a level that reaches it has been gathered whole */
export async function gatherOpened(
  part: Gathering,
  assigned: readonly string[],
  { reach, at }: { readonly reach: Reach; readonly at: Instant },
  most: number,
): Promise<void> {
  const isLive = ({ validFrom, validTo }: GatheredEdge): boolean => at >= validFrom && at < validTo;
  const memberships = new Neighbours(part, (edge) => isLive(edge) && MEMBERSHIPS.includes(edge.kind));
  const members = assigned.map((id) => memberships.reached(part.refsOf([id])));
  const all = [...new Set(members.flatMap((each) => [...each]))];
  await part.walk({ from: { refs: all }, direction: 'out', kinds: grants(reach), deep: false, toward: 'RESOURCE' });
  const allowing = grantEdges(part).filter((edge) => isLive(edge) && (edge.flags & EDGE_DENY) === 0);
  const opened = members.map((each) => new Set(allowing.filter(({ from }) => each.has(from)).map(({ to }) => to)));
  await gatherLevels(part, opened, new Neighbours(part, (edge) => isLive(edge) && edge.kind === CONTAINS), most);
}

const CONTAINS: EdgeKind = 'CONTAINS';

async function gatherLevels(
  part: Gathering,
  opened: readonly Set<number>[],
  contained: Neighbours,
  most: number,
): Promise<void> {
  const asked = new Set<number>();
  for (;;) {
    const growing = opened.filter((each) => each.size < most);
    const level = new Set<number>();
    for (const each of growing) for (const ref of each) if (!asked.has(ref)) level.add(ref);
    if (level.size === 0) return;
    await part.walk({ from: { refs: [...level] }, direction: 'out', kinds: [CONTAINS], deep: false });
    for (const ref of level) asked.add(ref);
    // One level at a time: what is known to lie deeper already has not been looked into yet.
    for (const each of growing) for (const ref of contained.of([...each])) each.add(ref);
  }
}

/** Where edges of a gathering lead, with those that are gathered later. */
class Neighbours {
  readonly #part: Gathering;
  readonly #follows: (edge: GatheredEdge) => boolean;
  readonly #next = new Map<number, number[]>();
  #read = 0;

  constructor(part: Gathering, follows: (edge: GatheredEdge) => boolean) {
    this.#part = part;
    this.#follows = follows;
  }

  /** The nodes themselves and all that they lead to. */
  reached(starts: readonly number[]): ReadonlySet<number> {
    this.#readOn();
    const found = new Set(starts);
    for (const ref of found) for (const to of this.#next.get(ref) ?? []) found.add(to);
    return found;
  }

  /** What some nodes lead to in one step. */
  of(nodes: readonly number[]): readonly number[] {
    this.#readOn();
    return nodes.flatMap((ref) => this.#next.get(ref) ?? []);
  }

  #readOn(): void {
    for (const edge of this.#part.edges(this.#read)) {
      if (!this.#follows(edge)) continue;
      const there = this.#next.get(edge.from);
      if (there === undefined) this.#next.set(edge.from, [edge.to]);
      else there.push(edge.to);
    }
    this.#read = this.#part.edgeCount;
  }
}
