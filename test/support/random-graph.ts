/**
 * Small random graphs that use everything the model has at once, for fast-check. They are drawn as plain numbers and choices
 * and then put together, so that a failing graph shrinks to few nodes, few edges and few properties.
 */
import fc from 'fast-check';
import {
  EDGE_ENDS,
  type EdgeKind,
  type EdgeRecord,
  type Instant,
  lineOfEdge,
  lineOfNode,
  makeEdge,
  NODE_KINDS,
  type NodeKind,
  type NodeRecord,
} from '../../engine/model/index.ts';
import type { OracleGraph } from './oracle/index.ts';

/** Patterns over two letters that overlap, cover and miss each other in every way; `AB` differs from `ab` in case only. */
export const PATTERNS = ['a', 'ab', '*', 'a*', '*b', 'a*b', 'AB', 'b*', '*a*', 'ba', '*b*a', '**', 'a*b*'] as const;
/** The instants about which edges begin and end; between, on and outside them questions are asked. */
export const INSTANTS: readonly Instant[] = [15, 20, 10, 30, 5, 19];
const WINDOWS: readonly { readonly validFrom?: Instant; readonly validTo?: Instant }[] = [
  {},
  { validTo: 20 },
  { validFrom: 20 },
  { validFrom: 10, validTo: 20 },
  { validFrom: 20, validTo: 30 },
];
const CONDITIONS = ['c1', 'c2', 'c3'] as const;

/** What a graph may use; each graph draws its own choice of these, so that rare mixtures come up too. */
const FEATURES = [
  'deny',
  'exceptions',
  'conditions',
  'windows',
  'noInherit',
  'bounds',
  'assume',
  'controls',
  'keys',
  'sources',
  'loops',
  'withdrawn',
] as const;
type Feature = (typeof FEATURES)[number];

// Ids whose order by code units differs from that of a dictionary, and some that need care when written.
const IDS: Readonly<Record<NodeKind, readonly string[]>> = {
  User: ['u', 'U1', 'ü', 'u 2'],
  ServiceAccount: ['s', 'S/1'],
  Group: ['g', 'g10', 'g2', 'G'],
  Role: ['ro', 'ro:1', 'RO', 'ro2'],
  Resource: ['r', 'r*', 'R', 'r\u{1F512}', 'r2'],
};

const EDGE_WEIGHTS: Readonly<Record<EdgeKind, number>> = {
  GRANTS: 9,
  MEMBER_OF: 4,
  HAS_ROLE: 4,
  INHERITS: 3,
  CONTAINS: 4,
  CAN_ASSUME: 4,
  CONTROLS: 3,
  BOUNDED_BY: 3,
  OWNS: 1,
};

interface DrawnEdge {
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly deny: boolean;
  readonly noInherit: boolean;
  readonly condition: string | undefined;
  readonly window: (typeof WINDOWS)[number];
  readonly key: string | undefined;
  readonly secondSource: boolean;
}

const rarely = fc.nat(5).map((n) => n === 5);
const pattern = fc.constantFrom(...PATTERNS);

const drawnEdge: fc.Arbitrary<DrawnEdge> = fc.record({
  kind: fc.oneof(
    ...Object.entries(EDGE_WEIGHTS).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as EdgeKind) })),
  ),
  from: fc.nat(13),
  to: fc.nat(13),
  actions: fc.array(pattern, { minLength: 1, maxLength: 2 }),
  exceptActions: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(pattern, { maxLength: 2 })),
  deny: fc.nat(3).map((n) => n === 3),
  noInherit: rarely,
  condition: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constantFrom(...CONDITIONS)),
  window: fc.oneof({ weight: 4, arbitrary: fc.constant(WINDOWS[0]!) }, fc.constantFrom(...WINDOWS)),
  key: fc.constantFrom(undefined, undefined, 'k', 'k2'),
  secondSource: rarely,
});

interface DrawnNodes {
  readonly counts: Readonly<Record<NodeKind, number>>;
  readonly disabled: readonly number[];
  readonly secondSource: readonly number[];
  readonly withdrawn: number | undefined;
}

/** How many nodes of each kind there may be, and how many edges. */
interface Size {
  readonly counts: Readonly<Record<NodeKind, readonly [min: number, max: number]>>;
  readonly edges: readonly [min: number, max: number];
}

const WIDE: Size['counts'] = { User: [1, 4], ServiceAccount: [0, 2], Group: [0, 4], Role: [0, 4], Resource: [1, 5] };
const NARROW: Size['counts'] = { User: [1, 2], ServiceAccount: [0, 1], Group: [0, 2], Role: [0, 3], Resource: [1, 2] };
const SPARSE: Size = { counts: WIDE, edges: [0, 10] };
const MIXED: Size = { counts: WIDE, edges: [10, 34] };
const CROWDED: Size = { counts: NARROW, edges: [8, 30] };
const TIGHT: Size = {
  counts: { User: [1, 1], ServiceAccount: [0, 1], Group: [1, 1], Role: [1, 2], Resource: [1, 1] },
  edges: [6, 24],
};

const drawnNodes = (counts: Size['counts']): fc.Arbitrary<DrawnNodes> =>
  fc.record({
    counts: fc.record(mapCounts(counts)),
    disabled: fc.array(fc.nat(5), { maxLength: 2 }),
    secondSource: fc.array(fc.nat(13), { maxLength: 2 }),
    withdrawn: fc.option(fc.nat(13), { nil: undefined, freq: 2 }),
  });

const mapCounts = (counts: Size['counts']): Record<NodeKind, fc.Arbitrary<number>> => {
  const drawn = NODE_KINDS.map((kind) => [kind, fc.integer({ min: counts[kind][0], max: counts[kind][1] })]);
  return Object.fromEntries(drawn) as Record<NodeKind, fc.Arbitrary<number>>;
};

/**
 * A graph of 2 to 19 nodes, most of them fewer than 14, and up to 34 drawn edges, some of which fall together. A withdrawn
 * node is missing among the nodes while edges that touch it remain.
 */
export function randomGraph(): fc.Arbitrary<OracleGraph> {
  return fc.oneof(graphOfSize(TIGHT), graphOfSize(CROWDED), graphOfSize(MIXED), graphOfSize(SPARSE));
}

/** Few nodes and many edges between them: many ways, loops and parallel edges. */
export const crowdedGraph = (): fc.Arbitrary<OracleGraph> => fc.oneof(graphOfSize(TIGHT), graphOfSize(CROWDED));

function graphOfSize(size: Size): fc.Arbitrary<OracleGraph> {
  // The number is drawn evenly and the surplus cut, for an array's own length leans to the short side; each edge may vanish, so
  // that shrinking takes out any of them.
  const edges = fc
    .tuple(
      fc.integer({ min: size.edges[0], max: size.edges[1] }),
      fc.array(fc.option(drawnEdge, { nil: undefined, freq: 20 }), {
        minLength: size.edges[1],
        maxLength: size.edges[1],
      }),
    )
    .map(([length, drawn]) => drawn.slice(0, length).filter((edge) => edge !== undefined));
  return fc
    .record({ features: drawnFeatures, nodes: drawnNodes(size.counts), edges })
    .map((drawn) => assemble(drawn.features, drawn.nodes, drawn.edges))
    .map(shown);
}

/** Each feature is in two graphs of three. */
const drawnFeatures: fc.Arbitrary<ReadonlySet<Feature>> = fc
  .tuple(...FEATURES.map((feature) => fc.nat(2).map((n) => (n > 0 ? feature : undefined))))
  .map((drawn) => new Set(drawn.filter((feature) => feature !== undefined)));

function assemble(features: ReadonlySet<Feature>, drawn: DrawnNodes, drawnEdges: readonly DrawnEdge[]): OracleGraph {
  const ids = new Map(NODE_KINDS.map((kind) => [kind, IDS[kind].slice(0, drawn.counts[kind])]));
  const nodes = nodesOf(features, drawn, ids);
  const edges = new Map<string, EdgeRecord>();
  for (const one of drawnEdges) {
    const edge = edgeOf(features, one, ids);
    if (edge !== undefined) edges.set(edge.id, edge);
  }
  return { nodes, edges: [...edges.values()] };
}

function nodesOf(
  features: ReadonlySet<Feature>,
  drawn: DrawnNodes,
  ids: ReadonlyMap<NodeKind, readonly string[]>,
): readonly NodeRecord[] {
  const nodes: NodeRecord[] = [];
  let index = 0;
  for (const kind of NODE_KINDS) {
    for (const id of ids.get(kind)!) {
      const number = index++;
      if (features.has('withdrawn') && drawn.withdrawn === number && number > 0) continue;
      const disabled = drawn.disabled.includes(number) && (kind === 'User' || kind === 'ServiceAccount');
      nodes.push({ kind, id, source: 'main', attributes: disabled ? { enabled: false } : {} });
      if (features.has('sources') && drawn.secondSource.includes(number))
        nodes.push({ kind, id, source: 'alt', attributes: disabled ? {} : { enabled: number % 2 === 0 } });
    }
  }
  return nodes;
}

function edgeOf(
  features: ReadonlySet<Feature>,
  drawn: DrawnEdge,
  ids: ReadonlyMap<NodeKind, readonly string[]>,
): EdgeRecord | undefined {
  const { kind } = drawn;
  if (kind === 'BOUNDED_BY' && !features.has('bounds')) return undefined;
  if (kind === 'CAN_ASSUME' && !features.has('assume')) return undefined;
  if (kind === 'CONTROLS' && !features.has('controls')) return undefined;
  const from = pick(EDGE_ENDS[kind].from, ids, drawn.from);
  const to = pick(EDGE_ENDS[kind].to, ids, drawn.to);
  if (from === undefined || to === undefined || (from === to && !features.has('loops'))) return undefined;
  const grant = kind === 'GRANTS';
  return makeEdge({
    kind,
    from,
    to,
    source: features.has('sources') && drawn.secondSource ? 'alt' : 'main',
    key: features.has('keys') ? drawn.key : undefined,
    actions: grant ? drawn.actions : undefined,
    exceptActions: grant && features.has('exceptions') ? drawn.exceptActions : undefined,
    effect: grant && features.has('deny') && drawn.deny ? 'DENY' : undefined,
    inherit: grant && features.has('noInherit') && drawn.noInherit ? false : undefined,
    technique: kind === 'CONTROLS' ? 'reset' : undefined,
    condition: features.has('conditions') ? drawn.condition : undefined,
    ...(features.has('windows') ? drawn.window : {}),
  });
}

function pick(
  kinds: readonly NodeKind[],
  ids: ReadonlyMap<NodeKind, readonly string[]>,
  n: number,
): string | undefined {
  const pool = kinds.flatMap((kind) => ids.get(kind)!);
  return pool.length === 0 ? undefined : pool[n % pool.length];
}

/** The lines of the graph in the exchange form. */
export const linesOf = (graph: OracleGraph): string =>
  [...graph.nodes.map(lineOfNode), ...graph.edges.map(lineOfEdge)].map((line) => JSON.stringify(line)).join('\n');

/** Lets fast-check print a graph as the lines that one can load. */
function shown(graph: OracleGraph): OracleGraph {
  return Object.defineProperty(graph, fc.toStringMethod, { value: () => `\n${linesOf(graph)}\n`, enumerable: false });
}

/** Everything there is to ask of a graph. */
export const identitiesOf = (graph: OracleGraph): readonly string[] =>
  idsWhere(graph, (kind) => kind === 'User' || kind === 'ServiceAccount');
export const resourcesOf = (graph: OracleGraph): readonly string[] => idsWhere(graph, (kind) => kind === 'Resource');

const idsWhere = (graph: OracleGraph, wanted: (kind: NodeKind) => boolean): readonly string[] =>
  [...new Set(graph.nodes.filter((node) => wanted(node.kind)).map((node) => node.id))].sort();

/**
 * Graphs with a way that has to come back to a group as someone else, and whatever else there is around it: the user is denied what
 * the group grants, and the group can assume an account that belongs to it.
 */
export const returningGraph = (): fc.Arbitrary<OracleGraph> =>
  crowdedGraph().map((graph) => {
    const node = (kind: NodeKind, id: string): NodeRecord => ({ kind, id, source: 'main', attributes: {} });
    const core = [node('User', 'u'), node('ServiceAccount', 's'), node('Group', 'g'), node('Resource', 'r')];
    const missing = core.filter(({ id }) => !graph.nodes.some((known) => known.id === id));
    const edges = [
      makeEdge({ kind: 'MEMBER_OF', from: 'u', to: 'g', source: 'main', key: 'core' }),
      makeEdge({ kind: 'CAN_ASSUME', from: 'g', to: 's', source: 'main', key: 'core' }),
      makeEdge({ kind: 'MEMBER_OF', from: 's', to: 'g', source: 'main', key: 'core' }),
      makeEdge({ kind: 'GRANTS', from: 'g', to: 'r', source: 'main', key: 'core', actions: ['a*'] }),
      makeEdge({ kind: 'GRANTS', from: 'u', to: 'r', source: 'main', key: 'core', actions: ['*b'], effect: 'DENY' }),
    ];
    return shown({ nodes: [...graph.nodes, ...missing], edges: [...graph.edges, ...edges] });
  });
