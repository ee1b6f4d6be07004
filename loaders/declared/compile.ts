/** Makes functions of a description, once, so that reading a record runs no text. */
import type { EdgeKind, JsonValue, NodeKind } from '../../engine/model/index.ts';
import { type AttributesOf, attributesOf } from './attributes.ts';
import type {
  EdgeDescription,
  EndDescription,
  EntityDescription,
  Form,
  NodeDescription,
  SourceDescription,
  Test,
} from './description.ts';
import type { Fields } from './record.ts';
import { type Lookup, lookup, type Scope, type Spellings, type Template, template } from './template.ts';

export interface CompiledNode {
  readonly kind: NodeKind;
  readonly holds: (scope: Scope) => boolean;
  readonly items: Items | undefined;
  readonly id: Template;
  readonly idText: string;
  readonly name: Template | undefined;
  readonly resourceType: Template | undefined;
  readonly aka: readonly { readonly list: string; readonly name: Template; readonly items: Items | undefined }[];
  readonly attributes: AttributesOf;
}

export interface CompiledEnd {
  readonly id: Template;
  readonly list: string | undefined;
  readonly unknown: Exclude<EndDescription['unknown'], undefined>;
}

export interface CompiledEdge {
  readonly kind: EdgeKind;
  readonly holds: (scope: Scope) => boolean;
  readonly items: Items | undefined;
  readonly from: CompiledEnd;
  readonly to: CompiledEnd;
  readonly technique: Template | undefined;
  readonly actions: readonly Template[] | undefined;
  readonly actionsIn: Items | undefined;
  readonly exceptionsIn: Items | undefined;
  readonly key: Template | undefined;
  readonly condition: Template | undefined;
  readonly validFrom: Template | undefined;
  readonly validTo: Template | undefined;
  readonly evidence: Template | undefined;
  readonly description: EdgeDescription;
}

export interface CompiledEntity {
  readonly record: string;
  readonly passedOver: string | undefined;
  readonly fields: readonly (readonly [string, Form])[];
  readonly known: ReadonlySet<string>;
  /** Whether unknown fields become attributes. */
  readonly keepsRest: boolean;
  readonly self: CompiledNode | undefined;
  readonly nodes: readonly CompiledNode[];
  readonly edges: readonly CompiledEdge[];
}

/** The items of a list of the record; a value that is none stands for a list of one. */
export type Items = (scope: Scope) => readonly JsonValue[];

/** By type of record. @throws Error for a description that contradicts itself */
export function compile({ entities, spellings = {} }: SourceDescription): ReadonlyMap<string, CompiledEntity> {
  return new Map(entities.map((entity) => [entity.record, compileEntity(entity, spellings)]));
}

function compileEntity(entity: EntityDescription, spellings: Spellings): CompiledEntity {
  const nodes = entity.nodes.map((node) => compileNode(node, spellings));
  return {
    record: entity.record,
    passedOver: entity.passedOver,
    fields: Object.entries(entity.fields),
    known: new Set(Object.keys(entity.fields)),
    keepsRest: entity.nodes.some(({ attributes }) => attributes?.rest === ''),
    self: nodes.find(({ items }) => items === undefined),
    nodes,
    edges: entity.edges.map((edge) => compileEdge(edge, spellings)),
  };
}

const optional = (text: string | undefined, spellings: Spellings): Template | undefined =>
  text === undefined ? undefined : template(text, spellings);

function compileNode(node: NodeDescription, spellings: Spellings): CompiledNode {
  return {
    kind: node.kind,
    holds: holds(node.when),
    items: itemsOf(node.each),
    id: template(node.id, spellings),
    idText: node.id,
    name: optional(node.name, spellings),
    resourceType: optional(node.resourceType, spellings),
    aka: (node.aka ?? []).map(({ list, name, each }) => ({
      list,
      name: template(name, spellings),
      items: itemsOf(each),
    })),
    attributes: attributesOf(node.attributes),
  };
}

function compileEdge(edge: EdgeDescription, spellings: Spellings): CompiledEdge {
  return {
    kind: edge.kind,
    holds: holds(edge.when),
    items: itemsOf(edge.each),
    from: compileEnd(edge.from, spellings),
    to: compileEnd(edge.to, spellings),
    technique: optional(edge.technique, spellings),
    actions: edge.actions?.map((action) => template(action, spellings)),
    actionsIn: itemsOf(edge.actionsIn),
    exceptionsIn: itemsOf(edge.exceptionsIn),
    key: optional(edge.key, spellings),
    condition: optional(edge.condition, spellings),
    validFrom: optional(edge.validFrom, spellings),
    validTo: optional(edge.validTo, spellings),
    evidence: optional(edge.evidence, spellings),
    description: edge,
  };
}

function compileEnd(end: string | EndDescription, spellings: Spellings): CompiledEnd {
  const { id, list, unknown = 'report' } = typeof end === 'string' ? { id: end } : end;
  return { id: template(id, spellings), list, unknown };
}

const EMPTY: readonly JsonValue[] = Object.freeze([]);

function itemsOf(path: string | undefined): Items | undefined {
  if (path === undefined) return undefined;
  const find = lookup(path);
  return (scope) => {
    const value = find(scope);
    return value === undefined ? EMPTY : Array.isArray(value) ? value : [value];
  };
}

function holds(when: Test | readonly Test[] | undefined): (scope: Scope) => boolean {
  if (when === undefined) return () => true;
  const tests = (Array.isArray(when) ? (when as readonly Test[]) : [when as Test]).map(testOf);
  return tests.length === 1 ? tests[0]! : (scope) => tests.every((test) => test(scope));
}

function testOf({ path, oneOf, noneOf, matches }: Test): (scope: Scope) => boolean {
  const find: Lookup = lookup(path);
  if (oneOf !== undefined) return isIn(find, new Set<unknown>(oneOf), true);
  if (noneOf !== undefined) return isIn(find, new Set<unknown>(noneOf), false);
  if (matches === undefined) return (scope) => find(scope) !== undefined;
  return (scope) => {
    const value = find(scope);
    return typeof value === 'string' && matches.test(value);
  };
}

const isIn =
  (find: Lookup, values: ReadonlySet<unknown>, wanted: boolean) =>
  (scope: Scope): boolean =>
    values.has(find(scope)) === wanted;

/** A value that stands in templates as `item`, seen as fields. */
export const asFields = (item: JsonValue | undefined): Fields =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Fields) : {};
