import { isMap, isSeq, type Node } from 'yaml';
import {
  EDGE_ENDS,
  EDGE_FIELD_TYPES,
  EDGE_FIELDS,
  EDGE_KINDS,
  type EdgeFieldType,
  type EdgeKind,
  edgeFieldsOf,
  NODE_KINDS,
  type NodeKind,
} from '../../engine/model/index.ts';
import type { EdgeRule, EndMapping, NodeRule, UseRule } from './mapping.ts';
import { readConditions } from './read-conditions.ts';
import { delimiterOf, NOTHING, needTemplate, readValue, readValues } from './read-values.ts';
import type { TypedValue, ValueType } from './typed-value.ts';
import type { YamlFields } from './yaml-fields.ts';

const VALUES: Readonly<Record<Exclude<EdgeFieldType, 'texts'>, ValueType>> = {
  text: 'text',
  flag: 'boolean',
  instant: 'date',
  count: 'number',
};

/** Fields of an edge beside its kind and ends, with the type that each must have. */
const EDGE_VALUES: Readonly<Record<string, ValueType>> = Object.fromEntries(
  EDGE_FIELDS.flatMap((field) => {
    const type = EDGE_FIELD_TYPES[field];
    return type === 'texts' ? [] : [[field, VALUES[type]]];
  }),
);
const EDGE_LISTS = edgeFieldsOf('texts');

function commonOf(fields: YamlFields) {
  const split = fields.fields('split');
  const parts = split?.entries() ?? [];
  if (parts.length > 1) split!.report('', 'names more than one column; a rule can go through the values of one');
  const [column, node] = parts[0] ?? [];
  const separator = node === undefined ? undefined : split!.source.text(node, split!.pathOf(column!));
  if (separator === '') split!.report(column!, 'must be what stands between the values, such as ";"');
  return {
    line: fields.line,
    path: fields.path,
    when: readConditions(fields),
    split: column === undefined || !separator ? undefined : { column, separator: delimiterOf(separator) },
  };
}

/** What to make of each row: a node. */
export function readNodeRule(fields: YamlFields): NodeRule {
  const kind = needKind(fields, NODE_KINDS, 'User') as NodeKind;
  const id = needTemplate(fields, 'id');
  const values = readValues(fields, nodeFields(kind));
  const attributes = attributesOf(fields);
  const rule: NodeRule = { makes: 'node', kind, id, fields: values, attributes, ...commonOf(fields) };
  fields.end();
  return rule;
}

/** Fields of a node beside its kind, id and attributes. */
const nodeFields = (kind: NodeKind | undefined): Readonly<Record<string, ValueType>> =>
  kind === 'Resource' ? { name: 'text', resourceType: 'text', sensitivity: 'number' } : { name: 'text' };

function attributesOf(fields: YamlFields): ReadonlyMap<string, TypedValue> {
  const attributes = fields.fields('attributes');
  const entries = attributes?.entries() ?? [];
  return new Map(
    entries.map(([name, node]) => [name, readValue(attributes!, node, attributes!.pathOf(name), undefined)]),
  );
}

/** What to make of each row: an edge. */
export function readEdgeRule(fields: YamlFields): EdgeRule {
  const kind = needKind(fields, EDGE_KINDS, 'MEMBER_OF') as EdgeKind;
  const from = endOf(fields, 'from', EDGE_ENDS[kind].from);
  const to = endOf(fields, 'to', EDGE_ENDS[kind].to);
  const values = new Map<string, TypedValue | readonly TypedValue[]>(readValues(fields, EDGE_VALUES));
  for (const name of EDGE_LISTS) {
    const patterns = patternsOf(fields, name);
    if (patterns.length > 0) values.set(name, patterns);
  }
  if (kind === 'GRANTS' && !values.has('actions'))
    fields.report('actions', 'is missing; a grant needs at least one action');
  const rule: EdgeRule = { makes: 'edge', kind, from, to, fields: values, ...commonOf(fields) };
  fields.end();
  return rule;
}

/** One value, or a list of values of which each may itself give a list. */
function patternsOf(fields: YamlFields, name: string): readonly TypedValue[] {
  const node = fields.find(name);
  if (node === undefined) return [];
  const path = fields.pathOf(name);
  const items = isSeq(node) ? (node.items as Node[]) : [node];
  return items.map((item, i) => readValue(fields, item, items.length > 1 ? `${path}[${i}]` : path, ['text', 'list']));
}

/** An end is a template, or a group of fields with the template as its `id`. */
function endOf(fields: YamlFields, name: string, kinds: readonly NodeKind[]): EndMapping {
  const node = fields.need(name);
  if (node === undefined) return { id: NOTHING, create: undefined, elsewhere: false };
  if (!isMap(node)) return { id: needTemplate(fields, name), create: undefined, elsewhere: false };
  const end = fields.fields(name)!;
  const id = needTemplate(end, 'id');
  const create = end.flag('create', false);
  const elsewhere = end.flag('elsewhere', false);
  const made = createOf(end, create, kinds);
  if (create && elsewhere) end.report('elsewhere', 'a node cannot both be created here and be told by another source');
  end.end();
  return { id, create: made, elsewhere };
}

function createOf(end: YamlFields, create: boolean, kinds: readonly NodeKind[]): EndMapping['create'] {
  const told = end.oneOf('kind', kinds);
  const kind = told ?? (kinds.length === 1 ? kinds[0] : undefined);
  const fields = readValues(end, nodeFields(kind));
  const isTold = end.find('kind') !== undefined;
  if (!create && (isTold || fields.size > 0)) end.report('', 'describes a node to be made; add create: true');
  if (create && kind === undefined && !isTold) {
    end.report('kind', `is missing; the node to create can be ${kinds.join(', ')}`);
  }
  return create && kind !== undefined ? { kind, fields } : undefined;
}

/** What to make of each row: a fact of use. */
export function readUseRule(fields: YamlFields): UseRule {
  const rule: UseRule = {
    makes: 'use',
    identity: needTemplate(fields, 'identity'),
    action: needTemplate(fields, 'action'),
    resource: needTemplate(fields, 'resource'),
    fields: readValues(fields, { lastUsedAt: 'date', useCount: 'number' }),
    ...commonOf(fields),
  };
  if (!rule.fields.has('lastUsedAt')) fields.report('lastUsedAt', 'is missing');
  fields.end();
  return rule;
}

function needKind<T extends string>(fields: YamlFields, kinds: readonly T[], fallback: T): T {
  if (fields.need('kind') === undefined) return fallback;
  return fields.oneOf('kind', kinds) ?? fallback;
}
