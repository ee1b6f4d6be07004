import { BETWEEN_KINDS, WALK_SHAPES, type WalkShape } from '../../../cypher/questions/walks.ts';
import type { EdgeKind, NodeKind } from '../../../engine/model/index.ts';
import { asked, type StatementCase } from '../case.ts';
import { head } from './facts.ts';
import { REF } from './reference.ts';

const LABELS: Readonly<Record<string, string>> = {
  User: 'Entity:Principal:Identity:User',
  Group: 'Entity:Principal:Group',
  Role: 'Entity:Principal:Role',
  Resource: 'Entity:Resource',
};
const node = (kind: NodeKind, id: string, more = ''): string =>
  `CREATE (:${LABELS[kind]} {id: '${id}', kind: '${kind}', search: '${id} of old', since: 1, changed: 2${more}})`;
const edge = (kind: EdgeKind, from: string, to: string, more: string): string =>
  `MATCH (a:Entity {id: '${from}'}), (b:Entity {id: '${to}'}) CREATE (a)-[:${kind} {${more}}]->(b)`;
const refs = (id: string) => asked(`MATCH (n:Entity {id: '${id}'}) RETURN collect(id(n))`);

const nodeRow = (kind: NodeKind, id: string): readonly unknown[] => [['nodes', kind, null, false, [REF], [id]]];
const edgeRow = (kind: EdgeKind, denies = false): readonly unknown[] => [
  ['edges', kind, denies ? true : null, null, false, null, null, [REF], [REF], [REF], [false], [1000]],
];
const SWEPT: readonly unknown[] = [['swept', 2, 4]];
/** One that is there at version 4, one that went with version 3, one that came after. */
const edges = (kind: EdgeKind, from: string, to: string, more = ''): readonly string[] =>
  ['since: 3', 'since: 1, until: 3', 'since: 5'].map((there) =>
    edge(kind, from, to, `${there}, validTo: datetime({epochMillis: 1000})${more}`),
  );

const ESTATE = { identity: 'user:theo.wright.1', resource: 'app:payments' };

/** A node, another that each kind of edge joins to it in the direction of the walk, and one that nothing joins. */
function walkCase(shape: WalkShape): StatementCase {
  const { from, direction, kinds, toward, denying } = shape;
  const far: NodeKind = toward === 'RESOURCE' || denying === true || kinds.includes('CONTAINS') ? 'Resource' : 'Group';
  const [one, other] = direction === 'out' ? (['User', far] as const) : ([far, 'Role'] as const);
  const [source, target] = direction === 'out' ? ['near', 'far'] : ['far', 'near'];
  const more = denying === true ? ", effect: 'DENY'" : '';
  return {
    given: [
      head(),
      node(one, 'near'),
      node(other, 'far'),
      node('User', 'nowhere near'),
      ...kinds.flatMap((kind) => edges(kind, source!, target!, more)),
    ],
    parameters: { ...(from === 'ids' ? { ids: ['near', 'unknown'] } : { refs: refs('near') }), version: 4 },
    rows: [
      nodeRow(one, 'near'),
      ...(kinds.length === 0 ? [] : [nodeRow(other, 'far')]),
      ...kinds.map((kind) => edgeRow(kind, denying)),
      SWEPT,
    ],
    anyOrder: true,
    profile: profileOf(shape),
  };
}

const profileOf = ({ from, kinds }: WalkShape): Readonly<Record<string, unknown>> => {
  const id = kinds.includes('CONTAINS') ? ESTATE.resource : ESTATE.identity;
  return { ...(from === 'ids' ? { ids: [id] } : { refs: refs(id) }), version: 1 };
};

const betweenCase = (kinds: readonly EdgeKind[]): StatementCase => ({
  given: [
    head(),
    node('User', 'near'),
    node('Resource', 'far'),
    node('Resource', 'elsewhere'),
    ...kinds.flatMap((kind) => [...edges(kind, 'near', 'far'), ...edges(kind, 'near', 'elsewhere')]),
  ],
  parameters: { from: refs('near'), to: refs('far'), version: 4 },
  rows: [...kinds.map((kind) => edgeRow(kind)), SWEPT],
  anyOrder: true,
  profile: { from: refs(ESTATE.identity), to: refs(ESTATE.resource), version: 1 },
});

export const QUESTION_CASES: Readonly<Record<string, StatementCase>> = {
  ...Object.fromEntries(WALK_SHAPES.map((shape) => [`questions.walk.${shape.name}`, walkCase(shape)])),
  ...Object.fromEntries(
    Object.entries(BETWEEN_KINDS).flatMap(([name, kinds]) => [
      [`questions.between.${name}`, betweenCase(kinds)],
      [`questions.between.${name}.pairs`, betweenCase(kinds)],
    ]),
  ),
  'questions.hierarchy': {
    given: [
      head(),
      node('Group', 'g'),
      node('Role', 'r'),
      node('User', 'u'),
      ...edges('HAS_ROLE', 'g', 'r'),
      ...edges('INHERITS', 'r', 'r'),
      ...edges('MEMBER_OF', 'u', 'g'),
    ],
    parameters: { version: 4 },
    rows: [nodeRow('Group', 'g'), nodeRow('Role', 'r'), edgeRow('HAS_ROLE'), edgeRow('INHERITS'), SWEPT],
    anyOrder: true,
    profile: { version: 1 },
  },
  'questions.search': {
    given: [node('User', 'ada'), node('User', 'gone', ', until: 3'), node('Role', 'ada too')],
    parameters: { words: ['old', 'ad'], kinds: ['User'], version: 4 },
    rows: [[REF, 'User', 'ada', null, 'ada of old']],
    profile: { words: ['theo'], kinds: ['User'], version: 1 },
  },
  'questions.whether-swept': { given: [head()], rows: [[2, 4]], profile: {} },
  'questions.count-kinds': {
    given: [
      head(),
      node('User', 'u'),
      node('User', 'gone', ', until: 3'),
      node('Group', 'g'),
      ...edges('MEMBER_OF', 'u', 'g'),
    ],
    parameters: { version: 4 },
    rows: [[['nodes', 'User', 1]], [['nodes', 'Group', 1]], [['edges', 'MEMBER_OF', 1]], SWEPT],
    anyOrder: true,
    profile: { version: 1 },
  },
};
