/** Roles that give exactly what another gives. */
import { liveNodes } from '../../snapshot/nodes.ts';
import { compareNodes } from '../../snapshot/order.ts';
import { BOUND, MEMBERSHIP, ROLE, type Snapshot, TAKE } from '../../snapshot/snapshot.ts';
import { counted, times } from '../counted.ts';
import { alwaysIncluded, type Given, isAlways, whatRolesGive } from '../role-gives.ts';
import type { FindingRule, Found, RemedyStep } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { edgesAround, stillThere } from '../still-there.ts';

const SHOWN = 20;

export const duplicateRole: FindingRule = {
  kind: 'DUPLICATE_ROLE',
  looksFor:
    'a role that gives exactly what another role gives: the same grants, denials, assumptions and bounds, under the same conditions, for the same times',
  severityIs: 'from 0.2 to 0.5 by how many hold the copy, half way at 20',
  remedyIs: 'move whoever holds the copy to the role that stays, the one that more hold, and remove the copy',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find({ snapshot, at, facts }, pace) {
    const roles = [...liveNodes(snapshot, ROLE, ROLE + 1)];
    const { given } = await whatRolesGive(snapshot, roles, { at, conditions: facts.conditions! }, pace);
    const alike = new Map<string, number[]>();
    for (const [role, what] of given) {
      if (what.length === 0) continue;
      const key = what.join();
      const same = alike.get(key);
      if (same === undefined) alike.set(key, [role]);
      else same.push(role);
    }
    const found: Found[] = [];
    for (const same of alike.values()) {
      if (same.length < 2) continue;
      if (pace.isDue()) await pace.rest();
      const stays = staying(snapshot, same, at);
      if (stays === undefined) continue;
      for (const copy of same) if (copy !== stays) found.push(duplicate(snapshot, copy, stays, given.get(copy)!, at));
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const [copy, stays] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const holders = values['holders'] as number;
    return {
      title: `The role ${copy} gives what ${stays} gives`,
      rationale: `Both give the same ${counted(values['given'] as number, 'thing')}. ${copy} is assigned or included ${times(holders)}; moved to ${stays}, nobody gains or loses anything.`,
    };
  },
};

/** The one that stays: the one that most hold among those that include none of the others, the first by id among equals. */
function staying(snapshot: Snapshot, same: readonly number[], at: number): number | undefined {
  const holders = (role: number): number => stillThere(snapshot, MEMBERSHIP, 'into', role, at).length;
  const alone = same.filter((role) => {
    const included = alwaysIncluded(snapshot, role, at);
    return same.every((other) => other === role || !included.has(other));
  });
  return alone.sort((a, b) => holders(b) - holders(a) || compareNodes(snapshot, a, b))[0];
}

function duplicate(snapshot: Snapshot, copy: number, stays: number, given: Given, at: number): Found {
  const holders = stillThere(snapshot, MEMBERSHIP, 'into', copy, at);
  const { out, into } = edgesAround(snapshot, copy);
  return {
    severity: severityOf(0.2, 0.5, holders.length, 20),
    nodes: [copy, stays],
    edges: [...holders, ...out].slice(0, SHOWN),
    key: { nodes: [copy, stays], edges: [] },
    remedy: [
      ...[MEMBERSHIP, TAKE, BOUND].flatMap((edgeClass) =>
        stillThere(snapshot, edgeClass, 'into', copy, at).flatMap((edge) => moved(snapshot, edge, edgeClass, stays)),
      ),
      ...[...into, ...out].map((edge): RemedyStep => ({ op: 'REMOVE_EDGE', edge })),
      { op: 'REMOVE_NODE', node: copy },
    ],
    values: { holders: holders.length, given: given.length },
  };
}

/** An edge to the copy, made one to the role that stays; none where that is there already, for good. */
function moved(snapshot: Snapshot, edge: number, edgeClass: number, stays: number): readonly RemedyStep[] {
  const { source, target, edgeKind, adjacency } = snapshot;
  if (source[edge] === target[edge]) return [];
  const there: number[] = [];
  for (const other of adjacency[edgeClass]!.out.of(source[edge]!))
    if (target[other] === stays && edgeKind[other] === edgeKind[edge]) there.push(other);
  if (there.some((other) => isAlways(snapshot, other))) return [];
  return [{ op: 'COPY_EDGE', edge, to: stays, ...(there.length > 0 ? { beside: true } : {}) }];
}
