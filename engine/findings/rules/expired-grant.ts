/** Grants, memberships and assignments whose time is over. */
import { EDGE_KINDS } from '../../model/index.ts';
import { BOUND, CONTAINMENT, EDGE_CLASSES, OWNERSHIP, TIMED } from '../../snapshot/snapshot.ts';
import type { FindingRule, Found } from '../rule.ts';
import { isVendorsEdge } from '../vendors-own.ts';

const DAY = 86_400_000;
/** Severity of what has just ended, and how much is added for each year since, up to the most. */
const LEAST = 0.1;
const A_YEAR = 0.1;
const MOST = 0.3;

/** Bounds that end give more, not less; who owns something says nothing about access; what contains what is structure. */
const GIVES_ACCESS = Array.from({ length: EDGE_CLASSES }, (_, c) => c).filter(
  (c) => c !== BOUND && c !== OWNERSHIP && c !== CONTAINMENT,
);

export const expiredGrant: FindingRule = {
  kind: 'EXPIRED_GRANT',
  looksFor: 'a grant, membership, assignment, assumption or take-over whose time is over',
  severityIs:
    '0.1, and 0.1 for each year since, 0.3 at most: it gives nothing, and comes back if somebody moves its end',
  remedyIs: 'remove the edge',
  remedyEffect: 'NOTHING_CHANGES',
  needs: [],

  async find(ground, pace) {
    const { snapshot, at } = ground;
    const { adjacency, flags, validTo, windowOf, source, target } = snapshot;
    const found: Found[] = [];
    for (const edgeClass of GIVES_ACCESS) {
      const { out } = adjacency[edgeClass]!;
      for (let node = 0; node < snapshot.nodeSpace; node++) {
        if (pace.isDue()) await pace.rest();
        for (const edge of out.of(node)) {
          if ((flags[edge]! & TIMED) === 0 || isVendorsEdge(ground, edge)) continue;
          const end = validTo[windowOf[edge]!]!;
          if (end > at) continue;
          found.push({
            severity: Math.min(MOST, LEAST + (A_YEAR * (at - end)) / (365.25 * DAY)),
            nodes: [source[edge]!, target[edge]!],
            edges: [edge],
            key: { nodes: [], edges: [edge] },
            remedy: [{ op: 'REMOVE_EDGE', edge }],
            values: { end, kind: EDGE_KINDS[snapshot.edgeKind[edge]!]! },
          });
        }
      }
    }
    return found;
  },

  tell({ nodes, edges, values }, words) {
    const [from, to] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const { actions, evidence } = words.edge(edges[0]!);
    const what = actions === undefined ? '' : ` of ${actions.join(', ')}`;
    return {
      title: `${values['kind']} of ${from} on ${to} has ended`,
      rationale:
        `The ${values['kind']}${what} from ${from} to ${to} ended on ${words.day(values['end'] as number)}` +
        `${evidence === undefined ? '' : ` (${evidence})`}. It gives nothing now; nobody loses anything when it goes.`,
    };
  },
};
