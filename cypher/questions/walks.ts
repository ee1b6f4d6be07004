/**
 * Walks: parts of a version of the graph, found where they lie. What is reached is found first, each node once (the planner
 * walks breadth first and goes no further from a node that it has met, so that neither circles nor many ways to one node
 * cost anything), then told in lists: nodes with what a question needs of them, then edges, and at the very end how far
 * facts of older versions had been deleted by then. Who walks for an older version learns from that that it missed some.
 *
 * Rows are lists of one column, their first item says what they tell:
 * `['nodes', kind, disabled, changed since, refs, ids]`,
 * `['edges', type, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos]` (a time without a
 * bound is told as false), `['swept', version, newest version]`.
 */
import { EDGE_KINDS, type EdgeKind } from '../../engine/model/index.ts';
import { thereAt } from '../reading/there.ts';
import { type Statement, statement } from '../statement.ts';

/** What a walk is made for; see the port's `Walk`. */
export interface WalkShape {
  readonly name: string;
  readonly from: 'ids' | 'refs';
  readonly direction: 'out' | 'in';
  readonly kinds: readonly EdgeKind[];
  readonly deep: boolean;
  readonly toward?: 'PRINCIPAL' | 'RESOURCE';
  readonly denying?: true;
  readonly assignable?: true;
}

/** Lists of what is alike are cut so that none grows with the graph. */
const PARTS = 64;

const nodeRows = (node: string): string => `WITH DISTINCT ${node}
  WITH id(${node}) % ${PARTS} AS part, ${node}.kind AS kind, ${node}.disabled AS disabled, ${node}.changed > $version AS later,
    collect(id(${node})) AS refs, collect(coalesce(${node}.longId, ${node}.id)) AS ids
  RETURN ['nodes', kind, disabled, later, refs, ids] AS row`;

const edgeRows = (
  from: string,
  to: string,
): string => `WITH id(r) % ${PARTS} AS part, type(r) AS kind, r.effect = 'DENY' AS deny, r.inherit = false AS stops,
    r.condition IS NOT NULL AS conditional, r.actions AS actions, r.exceptActions AS except, id(r) AS ref,
    id(${from}) AS from, id(${to}) AS to, r.validFrom.epochMillis AS validFrom, r.validTo.epochMillis AS validTo
  WITH part, kind, deny, stops, conditional, actions, except, collect(ref) AS refs, collect(from) AS froms,
    collect(to) AS tos, collect(coalesce(validFrom, false)) AS validFroms, collect(coalesce(validTo, false)) AS validTos
  RETURN ['edges', kind, deny, stops, conditional, actions, except, refs, froms, tos, validFroms, validTos] AS row`;

const sweptRow = `MATCH (h:GraphHead {name: 'head'})
  RETURN ['swept', h.sweptTo, h.version] AS row`;

const START: Readonly<Record<'ids' | 'refs', string>> = {
  ids: `UNWIND $ids AS key
  MATCH (s:Entity {id: key})
  WHERE ${thereAt('s')}`,
  refs: `UNWIND $refs AS ref
  MATCH (s)
  WHERE id(s) = ref AND s:Entity AND ${thereAt('s')}`,
};

const ASSIGNABLE = (node: string): string =>
  `(${node}:Group OR ${node}:Role OR EXISTS { (${node})<-[a:CAN_ASSUME]-() WHERE ${thereAt('a')} })`;

function arrow({ direction, kinds }: Pick<WalkShape, 'direction' | 'kinds'>, inside: string): string {
  const edge = `[${inside.replace('TYPES', kinds.join('|'))}]`;
  return direction === 'out' ? `-${edge}->` : `<-${edge}-`;
}

/** What else must be true of an edge `r` from `n` to the far end `m`. */
function conditionsOf({ direction, kinds, toward, denying, assignable }: WalkShape): string {
  const end = direction === 'out' ? 'm' : 'n';
  return [
    thereAt('r'),
    ...(toward !== undefined && kinds.includes('CONTROLS')
      ? [`${end}:${toward === 'PRINCIPAL' ? 'Principal' : 'Resource'}`]
      : []),
    ...(denying === undefined ? [] : [`r.effect = 'DENY'`]),
    ...(assignable === undefined ? [] : [ASSIGNABLE('m')]),
  ].join(' AND ');
}

/** Nodes from which edges are told. */
function nearNodes(shape: WalkShape): string {
  if (!shape.deep)
    return `${START[shape.from]}
  RETURN DISTINCT s AS n`;
  const beyond = [
    ...(shape.toward === 'PRINCIPAL' && shape.kinds.includes('CONTROLS') ? ['n:Principal'] : []),
    ...(shape.assignable === undefined ? [] : [`(n = s OR ${ASSIGNABLE('n')})`]),
  ];
  return `${START[shape.from]}
  MATCH (s)${arrow(shape, 'rs:TYPES*0..')}(n)
  WHERE all(r IN rs WHERE ${thereAt('r')})
  WITH DISTINCT s, n${beyond.length === 0 ? '' : `\n  WHERE ${beyond.join(' AND ')}`}
  RETURN DISTINCT n`;
}

function textOf(shape: WalkShape): string {
  const [from, to] = shape.direction === 'out' ? ['n', 'm'] : ['m', 'n'];
  const step = `MATCH (n)${arrow(shape, 'r:TYPES')}(m)
  WHERE ${conditionsOf(shape)}`;
  const told = [
    `UNWIND near AS n
  ${nodeRows('n')}`,
    ...(shape.kinds.length === 0 || shape.deep
      ? []
      : [
          `UNWIND near AS n
  ${step}
  ${nodeRows('m')}`,
        ]),
    ...(shape.kinds.length === 0
      ? []
      : [
          `UNWIND near AS n
  ${step}
  ${edgeRows(from, to)}`,
        ]),
    sweptRow,
  ];
  return `CALL () {
  ${nearNodes(shape)}
}
WITH collect(n) AS near
CALL (near) {
  ${told.join('\n  UNION ALL\n  ')}
}
RETURN row`;
}

const MEMBERSHIPS: readonly EdgeKind[] = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS'];
const REACHES = {
  entitled: { takes: [], grants: ['GRANTS'] },
  assumable: { takes: ['CAN_ASSUME'], grants: ['GRANTS'] },
  escalation: { takes: ['CAN_ASSUME', 'CONTROLS'], grants: ['GRANTS', 'CONTROLS'] },
} as const;

/** Every walk that some question takes. */
const SHAPES: readonly WalkShape[] = [
  { name: 'nodes', from: 'ids', direction: 'out', kinds: [], deep: false },
  { name: 'containers-of', from: 'ids', direction: 'in', kinds: ['CONTAINS'], deep: true },
  { name: 'containers', from: 'refs', direction: 'in', kinds: ['CONTAINS'], deep: true },
  { name: 'outer', from: 'refs', direction: 'in', kinds: ['CONTAINS'], deep: false },
  { name: 'contained', from: 'refs', direction: 'out', kinds: ['CONTAINS'], deep: true },
  { name: 'inner', from: 'refs', direction: 'out', kinds: ['CONTAINS'], deep: false },
  { name: 'bounds', from: 'refs', direction: 'out', kinds: ['BOUNDED_BY'], deep: false },
  { name: 'assumed-by', from: 'refs', direction: 'in', kinds: ['CAN_ASSUME'], deep: false },
  { name: 'denials', from: 'refs', direction: 'out', kinds: ['GRANTS'], deep: false, denying: true },
  { name: 'bundles', from: 'refs', direction: 'in', kinds: MEMBERSHIPS, deep: true, assignable: true },
  { name: 'bundles-near', from: 'refs', direction: 'in', kinds: MEMBERSHIPS, deep: false, assignable: true },
  ...(['out', 'in'] as const).map(
    (direction): WalkShape => ({ name: `edges-${direction}`, from: 'ids', direction, kinds: EDGE_KINDS, deep: false }),
  ),
  ...Object.entries(REACHES).flatMap(([reach, { takes }]): WalkShape[] => {
    const all: readonly EdgeKind[] = [...MEMBERSHIPS, 'BOUNDED_BY', ...takes];
    const back: readonly EdgeKind[] = [...MEMBERSHIPS, ...takes];
    return [
      { name: `principals-of.${reach}`, from: 'ids', direction: 'out', kinds: all, deep: true, toward: 'PRINCIPAL' },
      { name: `principals.${reach}`, from: 'refs', direction: 'out', kinds: all, deep: true, toward: 'PRINCIPAL' },
      {
        name: `principals-near.${reach}`,
        from: 'refs',
        direction: 'out',
        kinds: all,
        deep: false,
        toward: 'PRINCIPAL',
      },
      { name: `holders.${reach}`, from: 'refs', direction: 'in', kinds: back, deep: true, toward: 'PRINCIPAL' },
      { name: `holders-near.${reach}`, from: 'refs', direction: 'in', kinds: back, deep: false, toward: 'PRINCIPAL' },
    ];
  }),
  ...(['assumable', 'escalation'] as const).flatMap((reach): WalkShape[] => {
    const kinds = REACHES[reach].grants;
    const name = reach === 'assumable' ? 'granted' : 'granted-or-controlled';
    return [
      { name: `${name}-out`, from: 'refs', direction: 'out', kinds, deep: false, toward: 'RESOURCE' },
      { name: `${name}-in`, from: 'refs', direction: 'in', kinds, deep: false, toward: 'RESOURCE' },
    ];
  }),
];

/** What tells two walks apart. */
export const shapeKey = ({
  from,
  direction,
  kinds,
  deep,
  toward,
  denying,
  assignable,
}: Omit<WalkShape, 'name'>): string =>
  [from, direction, [...kinds].sort().join('|'), deep, toward ?? '', denying ?? '', assignable ?? ''].join(' ');

const walkStatement = (shape: WalkShape): Statement =>
  statement({
    name: `questions.walk.${shape.name}`,
    mode: 'read',
    parameters:
      shape.from === 'ids'
        ? { ids: 'LIST<STRING>', version: 'INTEGER' }
        : { refs: 'LIST<INTEGER>', version: 'INTEGER' },
    text: textOf(shape),
  });

/** The walks by `shapeKey`. */
export const WALKS: Readonly<Record<string, Statement>> = Object.freeze(
  Object.fromEntries(SHAPES.map((shape) => [shapeKey(shape), walkStatement(shape)])),
);

const betweenStatement = (name: string, kinds: readonly EdgeKind[], pairs: boolean): Statement =>
  statement({
    name: `questions.between.${name}${pairs ? '.pairs' : ''}`,
    mode: 'read',
    parameters: { from: 'LIST<INTEGER>', to: 'LIST<INTEGER>', version: 'INTEGER' },
    text: `
CALL () {
  UNWIND $from AS one
  MATCH (a)
  WHERE id(a) = one
  ${
    pairs
      ? `UNWIND $to AS other
  MATCH (b)
  WHERE id(b) = other
  MATCH (a)-[r:${kinds.join('|')}]->(b)
  WHERE ${thereAt('r')}`
      : `MATCH (a)-[r:${kinds.join('|')}]->(b)
  WHERE id(b) IN $to AND ${thereAt('r')}`
  }
  ${edgeRows('a', 'b')}
  UNION ALL
  ${sweptRow}
}
RETURN row`,
  });

const BETWEEN_KINDS: Readonly<Record<string, readonly EdgeKind[]>> = {
  granted: ['GRANTS'],
  'granted-or-controlled': ['GRANTS', 'CONTROLS'],
  any: EDGE_KINDS,
};

/**
 * The edges from some nodes to others, by their kinds, sorted and joined by a bar. `pairs` looks at each pair, which
 * costs no more where one of them has very many edges; `fans` at all edges of the first.
 */
export const BETWEEN: Readonly<Record<string, { readonly pairs: Statement; readonly fans: Statement }>> = Object.freeze(
  Object.fromEntries(
    Object.entries(BETWEEN_KINDS).map(([name, kinds]) => [
      [...kinds].sort().join('|'),
      { pairs: betweenStatement(name, kinds, true), fans: betweenStatement(name, kinds, false) },
    ]),
  ),
);

/** Groups and roles, and the memberships between them. */
export const HIERARCHY = statement({
  name: 'questions.hierarchy',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
CALL () {
  MATCH (n:Group)
  WHERE ${thereAt('n')}
  ${nodeRows('n')}
  UNION ALL
  MATCH (n:Role)
  WHERE ${thereAt('n')}
  ${nodeRows('n')}
  UNION ALL
  MATCH (n:Group)-[r:MEMBER_OF|HAS_ROLE]->(m)
  WHERE ${thereAt('r')}
  ${edgeRows('n', 'm')}
  UNION ALL
  MATCH (n)-[r:INHERITS]->(m)
  WHERE ${thereAt('r')}
  ${edgeRows('n', 'm')}
  UNION ALL
  ${sweptRow}
}
RETURN row`,
});

/** Nodes of some kinds whose text holds all words, in lower case. */
export const SEARCH = statement({
  name: 'questions.search',
  mode: 'read',
  parameters: { words: 'LIST<STRING>', kinds: 'LIST<STRING>', version: 'INTEGER' },
  text: `
MATCH (n:Entity)
WHERE n.kind IN $kinds AND all(word IN $words WHERE n.search CONTAINS word) AND ${thereAt('n')}
RETURN id(n), n.kind, coalesce(n.longId, n.id), n.disabled, n.search`,
});

/** How far facts of older versions are gone, and which version is the newest. */
export const WHETHER_SWEPT = statement({
  name: 'questions.whether-swept',
  mode: 'read',
  parameters: {},
  text: `
MATCH (h:GraphHead {name: 'head'})
RETURN h.sweptTo, h.version`,
});

/** How many nodes there are of each kind, and how many edges. */
export const COUNT_KINDS = statement({
  name: 'questions.count-kinds',
  mode: 'read',
  parameters: { version: 'INTEGER' },
  text: `
CALL () {
  MATCH (n:Entity)
  WHERE ${thereAt('n')}
  WITH n.kind AS kind, count(n) AS number
  RETURN ['nodes', kind, number] AS row
  UNION ALL
  MATCH (:Entity)-[r]->(:Entity)
  WHERE ${thereAt('r')}
  WITH type(r) AS kind, count(r) AS number
  RETURN ['edges', kind, number] AS row
  UNION ALL
  ${sweptRow}
}
RETURN row`,
});

/** Every statement by which a question finds what it needs. */
export const QUESTION_STATEMENTS: readonly Statement[] = [
  ...Object.values(WALKS),
  ...Object.values(BETWEEN).flatMap(({ pairs, fans }) => [pairs, fans]),
  HIERARCHY,
  SEARCH,
  WHETHER_SWEPT,
  COUNT_KINDS,
];
