/** Roles that are held and give nothing. */
import { liveNodes } from '../../snapshot/nodes.ts';
import { BOUND, MEMBERSHIP, ROLE } from '../../snapshot/snapshot.ts';
import { times } from '../counted.ts';
import { giving } from '../giving.ts';
import type { FindingRule, Found, RemedyStep } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { edgesAround, stillThere } from '../still-there.ts';
import { isVendors, isVendorsStep } from '../vendors-own.ts';

/** Edges that are shown. */
const SHOWN = 20;

export const emptyRole: FindingRule = {
  kind: 'EMPTY_ROLE',
  looksFor:
    'a role that is held or included and gives nothing, now or later: neither it nor anything it includes has a grant, a denial or something to act as',
  severityIs: 'from 0.1 to 0.3 by how many hold it, half way at 20',
  remedyIs: 'remove the role and its edges; of one that a vendor manages, only the edges that lead to it',
  remedyEffect: 'NOTHING_CHANGES',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at } = ground;
    const gives = giving(snapshot, at);
    const found: Found[] = [];
    for (const role of liveNodes(snapshot, ROLE, ROLE + 1)) {
      if (pace.isDue()) await pace.rest();
      const holders = stillThere(snapshot, MEMBERSHIP, 'into', role, at);
      // A bound that gives nothing forbids everything.
      if (holders.length === 0 || stillThere(snapshot, BOUND, 'into', role, at).length > 0) continue;
      if (gives[role] === 1) continue;
      const { out, into } = edgesAround(snapshot, role);
      const around: readonly RemedyStep[] = [...into, ...out].map((edge) => ({ op: 'REMOVE_EDGE', edge }));
      const all: readonly RemedyStep[] = [...around, { op: 'REMOVE_NODE', node: role }];
      found.push({
        severity: severityOf(0.1, 0.3, holders.length, 20),
        nodes: [role],
        edges: holders.slice(0, SHOWN),
        key: { nodes: [role], edges: [] },
        remedy: isVendors(ground, role) ? around.filter((step) => !isVendorsStep(ground, step)) : all,
        values: { holders: holders.length },
      });
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const role = words.node(nodes[0]!);
    const holders = values['holders'] as number;
    return {
      title: `The role ${role} gives nothing`,
      rationale: `It is assigned or included ${times(holders)}, and neither it nor any role that it includes has a grant. Nobody loses anything without it.`,
    };
  },
};
