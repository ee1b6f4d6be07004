/** Roles that give a part of what another gives, which does not include them. */
import { EDGE_KINDS } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import { compareNodes } from '../../snapshot/order.ts';
import { BOUND, GRANT, MEMBERSHIP, ROLE, type Snapshot } from '../../snapshot/snapshot.ts';
import { counted, times } from '../counted.ts';
import type { Given } from '../given-sets.ts';
import { alwaysIncludes, whatRolesGive } from '../role-gives.ts';
import type { FindingGround, FindingRule, Found, RemedyStep } from '../rule.ts';
import { shareOf } from '../severity.ts';
import { stillThere } from '../still-there.ts';
import { isVendors } from '../vendors-own.ts';

const SHOWN = 20;
/** Assignments that a remedy removes at most: the others are told when these are gone. */
const REMOVED = 1_000;
const INHERITS = EDGE_KINDS.indexOf('INHERITS');

export const subsumedRole: FindingRule = {
  kind: 'SUBSUMED_ROLE',
  looksFor:
    'a role that gives a part of what another role gives that does not include it, where the larger one does so by grants of its own or where somebody has both; told with the smallest such role',
  severityIs:
    '0.1 for the part of the larger role that the smaller one gives, and up to 0.1 by how many grants and assignments fall away, half way at 5',
  remedyIs:
    'let the larger role include the smaller one and remove the grants of its own that it then has twice, unless a vendor manages it; remove the smaller one from those who always have the larger one',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const roles = [...liveNodes(snapshot, ROLE, ROLE + 1)];
    const gives = await whatRolesGive(snapshot, roles, { at, conditions: facts.conditions! }, pace);
    const { given, numberOf } = gives;
    const givers = new Givers(snapshot, given);
    const found: Found[] = [];
    for (const [place, small] of roles.entries()) {
      if (pace.isDue()) await pace.rest();
      pace.progress('SUBSUMED_ROLE', place, roles.length);
      const large = givers.smallestAbove(small);
      if (large === undefined || alwaysIncludes(snapshot, large, small, at)) continue;
      // One that differs by its bound alone may be what the smaller one has its grants from.
      const isBounded = stillThere(snapshot, BOUND, 'out', large, at).length > 0;
      if (isBounded && alwaysIncludes(snapshot, small, large, at)) continue;
      const part = new Set(given.get(small)!);
      const twice = isVendors(ground, large)
        ? []
        : stillThere(snapshot, GRANT, 'out', large, at).filter((edge) => part.has(numberOf(edge)));
      const both = havingBoth(ground, small, large);
      if (twice.length + both.length > 0) found.push(subsumed(ground, { small, large, twice, both }, given));
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const [small, large] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const [twice, both] = [values['twice'] as number, values['both'] as number];
    const given = `${small} gives ${counted(values['small'] as number, 'thing')}, all among the ${values['large']} that ${large} gives`;
    const included =
      twice === 0
        ? ''
        : ` ${large} gives them by ${counted(twice, 'grant')} of its own: if it included ${small}, these could go.`;
    const had =
      both === 0
        ? ''
        : ` ${small} is assigned ${times(both)} to somebody who always has ${large}: without that nobody would miss anything.`;
    return {
      title: `The role ${large} gives all that ${small} gives, and more`,
      rationale: `${given}.${included}${had} Nobody gains or loses anything.`,
    };
  },
};

/** The edges by which somebody has the smaller role who always has the larger one. O(what these are members of). */
function havingBoth(ground: FindingGround, small: number, large: number): readonly number[] {
  const { snapshot, at } = ground;
  const known = new Map<number, boolean>();
  return stillThere(snapshot, MEMBERSHIP, 'into', small, at).filter((edge) => {
    const holder = snapshot.source[edge]!;
    const hasLarge = known.get(holder) ?? alwaysIncludes(snapshot, holder, large, at);
    known.set(holder, hasLarge);
    // The larger one itself may include the smaller one for a time, or under a condition.
    return hasLarge && holder !== large && !isVendors(ground, holder);
  });
}

/** A thing that one role in so many gives is not rare: then all roles are looked through instead of a list of those that give it. */
const RARE = 8;

/** Which roles give a thing: those that give the least first, equal ones by id. */
class Givers {
  readonly #given: ReadonlyMap<number, Given>;
  readonly #bySize: readonly number[];
  /** By thing, how many give it. */
  readonly #counts: Uint32Array;
  /** Of things that are the rarest one of some role, and rare, the roles that give them. */
  readonly #rare = new Map<number, number[]>();

  /** O(roles · log + numbers in the sets). */
  constructor(snapshot: Snapshot, given: ReadonlyMap<number, Given>) {
    this.#given = given;
    const sized = [...given].sort(
      ([role, what], [other, its]) => what.length - its.length || compareNodes(snapshot, role, other),
    );
    this.#bySize = sized.map(([role]) => role);
    // They are sorted: the last one is the greatest.
    this.#counts = new Uint32Array(sized.reduce((most, [, what]) => Math.max(most, (what.at(-1) ?? -1) + 1), 0));
    for (const [, what] of sized) for (const one of what) this.#counts[one]!++;
    for (const what of new Set(given.values())) {
      const rarest = this.#rarestOf(what);
      if (rarest !== undefined && this.#counts[rarest]! * RARE < sized.length) this.#rare.set(rarest, []);
    }
    for (const [role, what] of sized) for (const one of what) this.#rare.get(one)?.push(role);
  }

  /**
   * The role that gives the least of those that give more than all of it; the first by id among equals. It is among those that
   * give its rarest thing, and the first of them that has the rest: a chain of roles that include each other ends at the next.
   */
  smallestAbove(small: number): number | undefined {
    const what = this.#given.get(small)!;
    const rarest = this.#rarestOf(what);
    if (rarest === undefined) return undefined;
    const asked = this.#rare.get(rarest) ?? this.#bySize;
    for (let i = firstAbove(asked, this.#given, what.length); i < asked.length; i++)
      if (holdsAll(this.#given.get(asked[i]!)!, what)) return asked[i]!;
    return undefined;
  }

  #rarestOf(what: Given): number | undefined {
    let rarest = what[0];
    for (const one of what) if (this.#counts[one]! < this.#counts[rarest!]!) rarest = one;
    return rarest;
  }
}

/** Where the roles begin that give more than so many things. */
function firstAbove(roles: readonly number[], given: ReadonlyMap<number, Given>, size: number): number {
  let low = 0;
  for (let high = roles.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (given.get(roles[middle]!)!.length <= size) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True when a sorted list holds all of another. */
function holdsAll(all: Given, some: Given): boolean {
  let place = 0;
  for (const one of some) {
    while (place < all.length && all[place]! < one) place++;
    if (all[place] !== one) return false;
  }
  return true;
}

interface Pair {
  readonly small: number;
  readonly large: number;
  /** Grants of the larger role that the smaller one gives too. */
  readonly twice: readonly number[];
  /** Assignments of the smaller role to those who have the larger one. */
  readonly both: readonly number[];
}

function subsumed(
  { snapshot, at }: FindingGround,
  { small, large, twice, both }: Pair,
  given: ReadonlyMap<number, Given>,
): Found {
  const [part, whole] = [given.get(small)!.length, given.get(large)!.length];
  const [first] = twice;
  const including: readonly RemedyStep[] =
    first === undefined ? [] : [{ op: 'PUT_EDGE', kind: INHERITS, from: large, to: small, like: first }];
  return {
    severity: (0.1 * part) / whole + 0.1 * shareOf(twice.length + both.length, 5),
    nodes: [small, large],
    edges: [...new Set([...twice, ...both, ...stillThere(snapshot, GRANT, 'out', small, at)])].slice(0, SHOWN),
    key: { nodes: [small, large], edges: [] },
    remedy: [
      ...including,
      ...[...twice, ...both.slice(0, REMOVED)].map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })),
    ],
    values: { small: part, large: whole, twice: twice.length, both: both.length },
  };
}
