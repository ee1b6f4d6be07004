/** Roles that give exactly what another gives. */
import type { Instant } from '../../model/index.ts';
import { liveNodes } from '../../snapshot/nodes.ts';
import { compareNodes } from '../../snapshot/order.ts';
import { BOUND, MEMBERSHIP, ROLE, type Snapshot, TAKE } from '../../snapshot/snapshot.ts';
import { counted, times } from '../counted.ts';
import type { Given } from '../given-sets.ts';
import { edgesBetween } from '../redundancy/edges-between.ts';
import { includedOf, isAlways, whatRolesGive } from '../role-gives.ts';
import type { FindingGround, FindingRule, Found, RemedyStep } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { edgesAround, stillThere } from '../still-there.ts';
import { isVendorsStep } from '../vendors-own.ts';

const SHOWN = 20;
/** One that more copies hold than so many is told when those outside it are gone. */
const MOST_WITH = 50;
/** Classes of edges that lead to a copy and are made to lead to the role that stays. */
const MOVED = [MEMBERSHIP, TAKE, BOUND];

export const duplicateRole: FindingRule = {
  kind: 'DUPLICATE_ROLE',
  looksFor:
    'a role that gives exactly what another role gives: the same grants, denials, assumptions and bounds, under the same conditions, for the same times',
  severityIs: 'from 0.2 to 0.5 by how many hold the copy, half way at 20',
  remedyIs:
    'move whoever holds the copy to the role that stays, the one that a vendor manages or else that more hold, and remove the copy with the copies that include it; all of the kind may be carried out together',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const roles = [...liveNodes(snapshot, ROLE, ROLE + 1)];
    const { given } = await whatRolesGive(snapshot, roles, { at, conditions: facts.conditions! }, pace);
    const alike = new Map<Given, number[]>();
    for (const [role, what] of given) {
      if (what.length === 0) continue;
      const same = alike.get(what);
      if (same === undefined) alike.set(what, [role]);
      else same.push(role);
    }
    const found: Found[] = [];
    const moves = new Moves(snapshot);
    for (const same of alike.values()) {
      if (same.length < 2) continue;
      if (pace.isDue()) await pace.rest();
      const stays = staying(ground, same);
      if (stays === undefined) continue;
      const copies = new Set(same.filter((role) => role !== stays));
      for (const copy of copies) {
        const going = copiesAbove(snapshot, copy, copies);
        if (going.size > MOST_WITH + 1) continue;
        const one = duplicate(ground, copy, stays, going, given.get(copy)!);
        // A copy that a vendor manages stays as it is, and so does one that such a role includes.
        if (!one.remedy.some((step) => isVendorsStep(ground, step)) && moves.join(going)) found.push(one);
      }
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const [copy, stays] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const holders = values['holders'] as number;
    return {
      title: `The role ${copy} gives what ${stays} gives`,
      rationale: `Both give the same ${counted(values['given'] as number, 'thing')}. ${copy} is assigned or included ${times(holders)}; moved to ${stays}, nobody gains or loses anything.${values['with'] === 0 ? '' : ` ${counted(values['with'] as number, 'other copy holds', 'other copies hold')} it and goes with it.`}`,
    };
  },
};

/**
 * The one that stays, among those that include none of the others: one that a vendor manages rather than another, then the one
 * that most hold, the first by id among equals. O(what they include).
 */
function staying(ground: FindingGround, same: readonly number[]): number | undefined {
  const { snapshot, at } = ground;
  const all = new Set(same);
  const alone = same.filter((role) => {
    for (const other of includedOf(snapshot, role, at)) if (other !== role && all.has(other)) return false;
    return true;
  });
  const holders = new Map(alone.map((role) => [role, stillThere(snapshot, MEMBERSHIP, 'into', role, at).length]));
  const isVendors = (role: number): number => ground.facts.vendors[role]!;
  return alone.sort(
    (a, b) => isVendors(b) - isVendors(a) || holders.get(b)! - holders.get(a)! || compareNodes(snapshot, a, b),
  )[0];
}

function duplicate(
  { snapshot, at }: FindingGround,
  copy: number,
  stays: number,
  going: ReadonlySet<number>,
  given: Given,
): Found {
  const holders = stillThere(snapshot, MEMBERSHIP, 'into', copy, at);
  const { out } = edgesAround(snapshot, copy);
  return {
    severity: severityOf(0.2, 0.5, holders.length, 20),
    nodes: [copy, stays],
    edges: [...holders, ...out].slice(0, SHOWN),
    key: { nodes: [copy, stays], edges: [] },
    remedy: [...going].flatMap((role) => removal(snapshot, role, stays, going, at)),
    values: { holders: holders.length, given: given.length, with: going.size - 1 },
  };
}

/**
 * A copy and the copies that hold it, or may act as it, or are bounded by it, to any depth. They go with it, for what they hold is moved
 * away from them; the remedies of several copies then say the same of each of them.
 */
function copiesAbove({ adjacency, source }: Snapshot, copy: number, copies: ReadonlySet<number>): ReadonlySet<number> {
  const going = new Set([copy]);
  for (const role of going) {
    if (going.size > MOST_WITH + 1) break;
    for (const edgeClass of MOVED)
      for (const edge of adjacency[edgeClass]!.into.of(role)) if (copies.has(source[edge]!)) going.add(source[edge]!);
  }
  return going;
}

/**
 * What goes, and from whom edges are moved, in all remedies that are told: nobody can be given an edge by one of them who goes by another
 * one. What would be so is told when the other is gone.
 */
class Moves {
  readonly #snapshot: Snapshot;
  readonly #going = new Set<number>();
  readonly #holders = new Set<number>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** False where some roles cannot go with those before. O(edges into them). */
  join(going: ReadonlySet<number>): boolean {
    const { adjacency, source } = this.#snapshot;
    const holders = new Set<number>();
    for (const role of going)
      for (const edgeClass of MOVED)
        for (const edge of adjacency[edgeClass]!.into.of(role))
          if (!going.has(source[edge]!)) holders.add(source[edge]!);
    for (const role of going) if (this.#holders.has(role)) return false;
    for (const holder of holders) if (this.#going.has(holder)) return false;
    for (const role of going) this.#going.add(role);
    for (const holder of holders) this.#holders.add(holder);
    return true;
  }
}

function removal(
  snapshot: Snapshot,
  copy: number,
  stays: number,
  going: ReadonlySet<number>,
  at: Instant,
): readonly RemedyStep[] {
  const { out, into } = edgesAround(snapshot, copy);
  return [
    ...MOVED.flatMap((edgeClass) =>
      stillThere(snapshot, edgeClass, 'into', copy, at).flatMap((edge) =>
        going.has(snapshot.source[edge]!) ? [] : moved(snapshot, edge, edgeClass, stays),
      ),
    ),
    ...[...into, ...out].map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })),
    { op: 'REMOVE_NODE', node: copy },
  ];
}

/** An edge to the copy, made one to the role that stays; none where that is there already, for good. */
function moved(snapshot: Snapshot, edge: number, edgeClass: number, stays: number): readonly RemedyStep[] {
  const { source, edgeKind } = snapshot;
  const between = edgesBetween(snapshot, edgeClass, source[edge]!, stays);
  const there = between.filter((other) => edgeKind[other] === edgeKind[edge]);
  if (there.some((other) => isAlways(snapshot, other))) return [];
  return [{ op: 'COPY_EDGE', edge, to: stays, ...(there.length > 0 ? { beside: true } : {}) }];
}
