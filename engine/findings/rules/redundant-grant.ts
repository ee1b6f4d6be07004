/** Edges that nobody needs: what they give is given anyway. */
import { EDGE_KINDS } from '../../model/index.ts';
import { GRANT, isIdentity, MEMBERSHIP, TAKE } from '../../snapshot/snapshot.ts';
import { OtherWays } from '../redundant/other-way.ts';
import type { FindingRule, Found } from '../rule.ts';
import { isOver } from '../still-there.ts';

/** Severities: of a grant or an assignment to a person or program itself, of any other edge, of what two sources tell. */
const DIRECT = 0.3;
const OTHER = 0.15;
const TOLD_TWICE = 0.05;

export const redundantGrant: FindingRule = {
  kind: 'REDUNDANT_GRANT',
  looksFor:
    'a grant, denial, membership, assignment or assumption whose removal changes nothing for anybody, now or later: whoever has it has the same by another way that lasts as long, is as wide and as certain',
  severityIs:
    '0.3 for one that a user or service account has itself, 0.15 for others, 0.05 where another source tells the same edge',
  remedyIs: 'remove the edge; all edges that are found may go together',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find({ snapshot, at, facts }, pace) {
    const { source, target, edgeKind, adjacency, nodeSpace } = snapshot;
    const ways = new OtherWays(snapshot, at, facts.conditions!);
    const found: Found[] = [];
    for (let node = 0; node < nodeSpace; node++) {
      if (pace.isDue()) await pace.rest();
      pace.progress('REDUNDANT_GRANT', node, nodeSpace);
      for (const edgeClass of [GRANT, MEMBERSHIP, TAKE]) {
        for (const edge of adjacency[edgeClass]!.out.of(node)) {
          if (isOver(snapshot, edge, at)) continue;
          const others = ways.for(edge, edgeClass);
          if (others === undefined) continue;
          const [first] = others as [number];
          const same = source[first] === node && target[first] === target[edge] && edgeKind[first] === edgeKind[edge];
          found.push({
            severity: same ? TOLD_TWICE : isIdentity(snapshot, node) ? DIRECT : OTHER,
            nodes: [node, target[edge]!],
            edges: [edge, ...others],
            key: { nodes: [], edges: [edge] },
            remedy: [{ op: 'REMOVE_EDGE', edge }],
            values: {
              kind: EDGE_KINDS[edgeKind[edge]!]!,
              viaNode: source[first]!,
              byNode: target[first]!,
              same: same ? 1 : 0,
            },
          });
        }
      }
    }
    return found;
  },

  tell({ nodes, edges, values }, words) {
    const [from, to] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const [via, by] = [words.node(values['viaNode'] as number), words.node(values['byNode'] as number)];
    const { actions, effect } = words.edge(edges[0]!);
    const what = actions === undefined ? '' : ` of ${effect === 'DENY' ? 'no ' : ''}${actions.join(', ')}`;
    const other = words.edge(edges[1]!);
    const because =
      values['same'] === 1
        ? `${other.source} tells the same as ${words.edge(edges[0]!).source}`
        : values['kind'] === 'GRANTS'
          ? `the same is granted to ${via} on ${by}, which ${from} has anyway`
          : `${via} comes to ${to} by ${by} as well`;
    return {
      title: `${values['kind']} of ${from} on ${to} gives nothing that is not given anyway`,
      rationale: `The ${values['kind']}${what} from ${from} to ${to} can go: ${because}, for as long and as certainly. Nobody gains or loses anything.`,
    };
  },
};
