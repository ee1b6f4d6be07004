import { EDGE_KINDS, type EdgeKind, NODE_KINDS, type NodeKind } from '../../engine/model/index.ts';
import type { EdgeDescription, EndDescription, NodeDescription, SourceDescription } from '../declared/description.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';

const ABOUT: Readonly<Record<NodeKind, string>> = {
  User: 'what the mapping calls a person',
  ServiceAccount: 'what it calls a service',
  Group: 'what it calls a group',
  Role: 'what it calls a role',
  Resource: 'what it calls a resource; its type is that of the mapping, or the kind',
};

const node = (kind: NodeKind): NodeDescription => ({
  kind,
  about: ABOUT[kind],
  when: { path: 'is', oneOf: [kind] },
  id: '{id}',
  name: '{name}',
  ...(kind === 'Resource' ? { resourceType: '{resourceType}' } : {}),
  attributes: { named: { kinds: 'kinds' }, rest: 'attributes' },
});

const KINDS = new Set<string>(NODE_KINDS);

/** An end that no file describes and whose kind the edge tells stands in, if the mapping knows the kind. */
const end = (name: string): EndDescription => ({
  id: `{item.${name}}`,
  unknown: {
    kind: (_: string, item: Fields) => {
      const is = textOf(item[`${name}Is`]);
      return is !== undefined && KINDS.has(is) ? (is as NodeKind) : undefined;
    },
  },
});

const edge = (kind: EdgeKind): EdgeDescription => ({
  kind,
  about: `what the mapping makes ${kind} of`,
  each: 'made',
  when: [{ path: 'item.is', oneOf: [kind] }],
  from: end('from'),
  to: end('to'),
  key: '{item.key}',
  technique: '{item.technique}',
  condition: '{item.condition}',
  validFrom: '{item.validFrom}',
  validTo: '{item.validTo}',
});

/** A grant in each of its forms: those that reach down and those that do not, those that allow and those that deny. */
const grants: readonly EdgeDescription[] = (
  [
    ['ALLOW', true],
    ['ALLOW', false],
    ['DENY', true],
    ['DENY', false],
  ] as const
).map(([effect, inherit]) => ({
  ...edge('GRANTS'),
  about: `${effect === 'ALLOW' ? 'grants' : 'denials'}${inherit ? '' : ' of one resource alone'}`,
  when: [
    { path: 'item.is', oneOf: ['GRANTS'] },
    { path: 'item.effect', oneOf: [effect] },
    { path: 'item.inherit', oneOf: [inherit] },
  ],
  actionsIn: 'item.actions',
  effect,
  inherit,
}));

/** OpenGraph files: what their kinds become is said by a mapping. */
export const opengraph: SourceDescription = {
  format: 'opengraph',
  title: 'OpenGraph',
  summary:
    'OpenGraph of BloodHound, any kinds, with --mapping FILE.yaml that says what they mean: zip, folder or JSON files',
  entities: [
    {
      record: 'nodes',
      about:
        'Nodes of kinds that are mapped (`graph.nodes`). All properties are kept as attributes, and the kinds as `kinds`.',
      fields: {},
      nodes: NODE_KINDS.map(node),
      edges: [],
    },
    {
      record: 'edges',
      about:
        'Edges of kinds that are mapped (`graph.edges`): one edge for each rule of the kind that holds for its ends.',
      fields: {},
      nodes: [],
      edges: EDGE_KINDS.flatMap((kind) => (kind === 'GRANTS' ? grants : [edge(kind)])),
    },
  ],
};
