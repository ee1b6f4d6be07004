/** Grants, memberships, assignments and assumptions that give nothing which is not given anyway. */
import { EDGE_KINDS, type EdgeKind } from '../../model/index.ts';
import { DENY, type Snapshot } from '../../snapshot/snapshot.ts';
import { PeopleBehind } from '../people-behind.ts';
import { narrowerGrants } from '../redundancy/narrower-grants.ts';
import { type RedundantEdge, redundantEdges } from '../redundancy/redundant-edges.ts';
import type { FindingRule, Found, Words } from '../rule.ts';
import { severityOf } from '../severity.ts';

/** Edges that are shown besides the redundant one, and nodes of a way that are named. */
const SHOWN = 20;
const NAMED = 6;
/** People at whom severity is half way. */
const HALF = 50;
const LEAST = 0.1;

export const redundantGrant: FindingRule = {
  kind: 'REDUNDANT_GRANT',
  looksFor:
    'a grant, denial, membership, assignment, inheritance or assumption that could go without changing any decision, now or later: what stays says the same to the same identities, for at least as long, and under no other condition',
  severityIs:
    'from 0.1 to 0.3 by how many identities get it, half way at 50; one beside another that says the same or more between the same two, 0.1',
  remedyIs: 'remove the edge; all of the kind may be removed together',
  remedyEffect: 'NOTHING_CHANGES',
  needs: ['conditions'],

  async find(ground, pace) {
    const { snapshot, at, facts } = ground;
    const people = new PeopleBehind(snapshot, at);
    const found: Found[] = [];
    const known = { conditions: facts.conditions!, vendors: facts.vendors };
    const redundant = await redundantEdges(snapshot, at, known, pace);
    for (const one of redundant) {
      if (pace.isDue()) await pace.rest();
      const { edge, covering } = one;
      const { source, target, flags, edgeKind } = snapshot;
      const beside = isBeside(one, snapshot);
      const first = covering.edges[0];
      const way = covering.memberships.slice(0, NAMED).map((each) => target[each]!);
      found.push({
        severity: beside ? LEAST : severityOf(LEAST, 0.3, people.count(source[edge]!), HALF),
        nodes: [source[edge]!, target[edge]!],
        edges: [edge, ...[...covering.memberships, ...covering.edges, ...covering.containments].slice(0, SHOWN)],
        key: { nodes: [], edges: [edge] },
        remedy: [{ op: 'REMOVE_EDGE', edge }],
        values: {
          kind: EDGE_KINDS[edgeKind[edge]!]!,
          denies: flags[edge]! & DENY,
          beside: beside ? 1 : 0,
          covers: covering.edges.length,
          steps: covering.memberships.length,
          wayNodes: way,
          onNode: first === undefined ? target[edge]! : target[first]!,
          byNode: first === undefined ? source[edge]! : source[first]!,
        },
      });
    }
    const gone = new Set(redundant.map(({ edge }) => edge));
    const staying = new Set(redundant.flatMap(({ covering }) => covering.edges));
    for (const { edge, wider } of await narrowerGrants(snapshot, at, known, { staying, gone }, pace))
      found.push(narrower(snapshot, edge, wider));
    return found;
  },

  tell({ nodes, edges, values }, words) {
    const [from, to] = [words.node(nodes[0]!), words.node(nodes[1]!)];
    const { actions, source, evidence } = words.edge(edges[0]!);
    const name = values['denies'] === DENY ? 'denial' : NAMES[values['kind'] as EdgeKind]!;
    const what = actions === undefined ? '' : ` of ${actions.join(', ')}`;
    const told = `${source}${evidence === undefined ? '' : `, ${evidence}`}`;
    return {
      title: `The ${name} from ${from} to ${to} adds nothing`,
      rationale: `The ${name}${what} (${told}) could go: ${reason({ nodes, edges, values }, words)}. No decision changes without it, now or later${values['narrower'] === 1 ? '; lists of access name fewer patterns' : ''}.`,
    };
  },
};

function narrower({ source, target, edgeKind }: Snapshot, edge: number, wider: number): Found {
  return {
    severity: LEAST,
    nodes: [source[edge]!, target[edge]!],
    edges: [edge, wider],
    key: { nodes: [], edges: [edge] },
    remedy: [{ op: 'REMOVE_EDGE', edge }],
    effect: 'LISTS_SHRINK',
    values: { kind: EDGE_KINDS[edgeKind[edge]!]!, denies: 0, narrower: 1 },
  };
}

const NAMES: Partial<Record<EdgeKind, string>> = {
  GRANTS: 'grant',
  MEMBER_OF: 'membership',
  HAS_ROLE: 'assignment',
  INHERITS: 'inheritance',
  CAN_ASSUME: 'assumption',
};

/** True when it is covered by edges between the same two nodes alone. */
function isBeside(
  { edge, covering }: RedundantEdge,
  { source, target }: { readonly source: Uint32Array; readonly target: Uint32Array },
): boolean {
  const all = covering.edges.length > 0 ? covering.edges : covering.memberships;
  const others = covering.edges.length > 0 ? covering.memberships : [];
  return (
    all.length > 0 &&
    others.length === 0 &&
    all.every((other) => source[other] === source[edge] && target[other] === target[edge])
  );
}

function reason({ nodes, edges, values }: Pick<Found, 'nodes' | 'edges' | 'values'>, words: Words): string {
  if (values['narrower'] === 1) {
    const wider = words.edge(edges[1]!);
    return `between the same two ${wider.source} tells of a wider one, of ${(wider.actions ?? []).join(', ')}`;
  }
  const [covers, steps] = [values['covers'] as number, values['steps'] as number];
  if (covers === 0 && steps === 0) return 'its own exceptions take out all that it gives';
  if (values['beside'] === 1) return `between the same two ${besides(edges[1]!, edges[0]!, words)}`;
  const from = words.node(nodes[0]!);
  const named = (values['wayNodes'] as readonly number[]).map((node) => words.node(node));
  const way = [...named, ...(steps > NAMED ? ['…'] : [])].join(' → ');
  if (covers === 0) return `${from} comes there anyway, by ${way}`;
  const more = covers === 1 ? '' : ` together with ${covers - 1} more`;
  const by = `what ${words.node(values['byNode'] as number)} has on ${words.node(values['onNode'] as number)}${more}`;
  return `${by} says the same${steps === 0 ? '' : `, and ${from} has that by ${way}`}`;
}

function besides(other: number, own: number, words: Words): string {
  const [beside, mine] = [words.edge(other), words.edge(own)];
  const by = beside.source === mine.source ? 'the same source' : beside.source;
  return `${by} tells of one that says the same${beside.evidence === undefined ? '' : ` (${beside.evidence})`}`;
}
