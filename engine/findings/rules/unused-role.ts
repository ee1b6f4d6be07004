/** Roles that give something and that nobody can come to have. */
import { liveNodes } from '../../snapshot/nodes.ts';
import { BOUND, GROUP, MEMBERSHIP, ROLE, type Snapshot, TAKE } from '../../snapshot/snapshot.ts';
import { counted } from '../counted.ts';
import { giving } from '../giving.ts';
import type { FindingRule, Found } from '../rule.ts';
import { severityOf } from '../severity.ts';
import { edgesAround, stillThere } from '../still-there.ts';
import { isVendors } from '../vendors-own.ts';

const SHOWN = 20;

export const unusedRole: FindingRule = {
  kind: 'UNUSED_ROLE',
  looksFor:
    'a role that gives something and that no user or service account holds, includes, may assume, may take over or is bounded by, now or later, and that no vendor manages',
  severityIs: 'from 0.1 to 0.3 by how many edges it has, half way at 20',
  remedyIs: 'remove the role and its edges',
  remedyEffect: 'NOTHING_CHANGES',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at } = ground;
    const reached = reachedByAnybody(snapshot, at);
    const gives = giving(snapshot, at);
    const found: Found[] = [];
    for (const role of liveNodes(snapshot, ROLE, ROLE + 1)) {
      if (pace.isDue()) await pace.rest();
      // What a vendor brings is there whether it is used or not.
      if (isVendors(ground, role) || reached[role] === 1 || gives[role] === 0) continue;
      const { out, into } = edgesAround(snapshot, role);
      found.push({
        severity: severityOf(0.1, 0.3, out.length, 20),
        nodes: [role],
        edges: out.slice(0, SHOWN),
        key: { nodes: [role], edges: [] },
        remedy: [
          ...[...into, ...out].map((edge) => ({ op: 'REMOVE_EDGE', edge }) as const),
          { op: 'REMOVE_NODE', node: role },
        ],
        values: { out: out.length, into: into.length },
      });
    }
    return found;
  },

  tell({ nodes, values }, words) {
    const into = values['into'] as number;
    return {
      title: `Nobody in the graph can come to have the role ${words.node(nodes[0]!)}`,
      rationale:
        `It has ${counted(values['out'] as number, 'edge')} of its own, and ` +
        `${into === 0 ? 'nothing leads to it' : 'what leads to it is had by nobody either'}. Nobody loses anything when it goes.`,
    };
  },
};

/** 1 for every node that an identity comes to, also as a bound. O(nodes + edges). */
function reachedByAnybody(snapshot: Snapshot, at: number): Uint8Array {
  const reached = new Uint8Array(snapshot.nodeSpace);
  const open: number[] = [];
  const meet = (node: number): void => {
    if (reached[node] === 1) return;
    reached[node] = 1;
    open.push(node);
  };
  for (const identity of liveNodes(snapshot, 0, GROUP)) meet(identity);
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const edgeClass of [MEMBERSHIP, TAKE, BOUND])
      for (const edge of stillThere(snapshot, edgeClass, 'out', node, at)) meet(snapshot.target[edge]!);
  return reached;
}
