/** Roles that give a part of what another gives, which does not include them. */
import { EDGE_KINDS } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import { compareNodes } from '../../snapshot/order.ts';
import { GRANT, MEMBERSHIP, ROLE, type Snapshot } from '../../snapshot/snapshot.ts';
import { counted, times } from '../counted.ts';
import { alwaysIncluded, type Given, whatRolesGive } from '../role-gives.ts';
import type { FindingRule, Found, RemedyStep } from '../rule.ts';
import { shareOf } from '../severity.ts';
import { stillThere } from '../still-there.ts';

const SHOWN = 20;
const INHERITS = EDGE_KINDS.indexOf('INHERITS');

export const subsumedRole: FindingRule = {
  kind: 'SUBSUMED_ROLE',
  looksFor:
    'a role that gives a part of what another role gives by grants of its own, instead of including the smaller one; told with the smallest such role',
  severityIs:
    '0.1 for the part of the larger role that the smaller one gives, and up to 0.1 by how many grants fall away, half way at 5',
  remedyIs: 'let the larger role include the smaller one, and remove the grants of its own that it then has twice',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find({ snapshot, at, facts }, pace) {
    const roles = [...liveNodes(snapshot, ROLE, ROLE + 1)];
    const gives = await whatRolesGive(snapshot, roles, { at, conditions: facts.conditions! }, pace);
    const { given, numberOf } = gives;
    const givers = giversOf(snapshot, given);
    const found: Found[] = [];
    for (const [place, small] of roles.entries()) {
      if (pace.isDue()) await pace.rest();
      pace.progress('SUBSUMED_ROLE', place, roles.length);
      const large = smallestAbove(small, given, givers);
      if (large === undefined || alwaysIncluded(snapshot, large, at).has(small)) continue;
      // One that differs by its bound alone may be what the smaller one has its grants from.
      if (alwaysIncluded(snapshot, small, at).has(large)) continue;
      const part = new Set(given.get(small)!);
      const twice = stillThere(snapshot, GRANT, 'out', large, at).filter((edge) => part.has(numberOf(edge)));
      if (twice.length > 0) found.push(subsumed(snapshot, small, large, twice, given, at));
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const [small, large] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    return {
      title: `The role ${large} gives all that ${small} gives, and more`,
      rationale: `${small} gives ${counted(values['small'] as number, 'thing')}, all among the ${values['large']} that ${large} gives, ${times(values['twice'] as number)} by a grant of its own. If ${large} included ${small}, what is given twice could go, and nobody would gain or lose anything.`,
    };
  },
};

/** By what is given, the roles that give it: those that give the least first, equal ones by id. */
function giversOf(snapshot: Snapshot, given: ReadonlyMap<number, Given>): ReadonlyMap<number, readonly number[]> {
  const bySize = [...given].sort(
    ([role, what], [other, its]) => what.length - its.length || compareNodes(snapshot, role, other),
  );
  const givers = new Map<number, number[]>();
  for (const [role, what] of bySize) {
    for (const one of what) {
      const known = givers.get(one);
      if (known === undefined) givers.set(one, [role]);
      else known.push(role);
    }
  }
  return givers;
}

/**
 * The role that gives the least of those that give more than all of it; the first by id among equals. It is among those that
 * give its rarest thing, and the first of them that has the rest: a chain of roles that include each other ends at the next.
 */
function smallestAbove(
  small: number,
  given: ReadonlyMap<number, Given>,
  givers: ReadonlyMap<number, readonly number[]>,
): number | undefined {
  const what = given.get(small)!;
  if (what.length === 0) return undefined;
  let rarest = givers.get(what[0]!)!;
  for (const one of what) if (givers.get(one)!.length < rarest.length) rarest = givers.get(one)!;
  for (let i = firstAbove(rarest, given, what.length); i < rarest.length; i++)
    if (holdsAll(given.get(rarest[i]!)!, what)) return rarest[i]!;
  return undefined;
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

function subsumed(
  snapshot: Snapshot,
  small: number,
  large: number,
  twice: readonly number[],
  given: ReadonlyMap<number, Given>,
  at: number,
): Found {
  const [part, whole] = [given.get(small)!.length, given.get(large)!.length];
  const holders = stillThere(snapshot, MEMBERSHIP, 'into', small, at);
  return {
    severity: (0.1 * part) / whole + 0.1 * shareOf(twice.length, 5),
    nodes: [small, large],
    edges: [...twice, ...stillThere(snapshot, GRANT, 'out', small, at), ...holders].slice(0, SHOWN),
    key: { nodes: [small, large], edges: [] },
    remedy: [
      { op: 'PUT_EDGE', kind: INHERITS, from: large, to: small, like: twice[0]! },
      ...twice.map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })),
    ],
    values: { small: part, large: whole, twice: twice.length },
  };
}
