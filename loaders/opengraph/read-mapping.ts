import { isScalar, isSeq, type Node } from 'yaml';
import { EDGE_KINDS, NODE_KINDS } from '../../engine/model/index.ts';
import { readMappingFile } from '../csv/mapping-file.ts';
import { parseTemplate, type Template } from '../csv/template.ts';
import type { YamlFields } from '../csv/yaml-fields.ts';
import type { EdgeMapping, Mapping, NodeMapping } from './mapping.ts';

const IGNORE = 'ignore';

/**
 * Reads a mapping file. The form is on the page docs/loaders/opengraph.md.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE; InputError with line and field of everything wrong in it
 */
export const readMapping = (path: string): Promise<Mapping> => readMappingFile(path, mappingOf);

function mappingOf(root: YamlFields): Mapping {
  const source = root.text('source');
  const nodes = new Map(kindsIn(root, 'nodes').map(([kind, node, of]) => [kind, nodeMappingOf(of, node, kind)]));
  const edges = new Map(kindsIn(root, 'edges').map(([kind, node, of]) => [kind, edgeMappingsOf(of, node, kind)]));
  if (root.find('nodes') === undefined) root.report('nodes', 'is missing; it says what the kinds of nodes are');
  root.end();
  return { file: root.source.file, source, nodes, edges };
}

function kindsIn(root: YamlFields, name: string): readonly (readonly [kind: string, node: Node, of: YamlFields])[] {
  const fields = root.fields(name);
  return (fields?.entries() ?? []).map(([kind, node]) => [kind, node, fields!] as const);
}

const isIgnored = (node: Node): boolean => isScalar(node) && node.value === IGNORE;

function nodeMappingOf(of: YamlFields, node: Node, kind: string): NodeMapping | undefined {
  if (isIgnored(node)) return undefined;
  const fields = of.source.fields(node, of.pathOf(kind));
  if (fields === undefined) return undefined;
  const is = fields.oneOf('kind', NODE_KINDS);
  if (fields.find('kind') === undefined) fields.report('kind', `is missing; it is one of ${NODE_KINDS.join(', ')}`);
  const attributes = fields.fields('attributes');
  const renamed = (attributes?.entries() ?? []).flatMap(([name, value]): [string, string][] => {
    const property = attributes!.source.text(value, attributes!.pathOf(name));
    return property === undefined ? [] : [[name, property]];
  });
  const resourceType = fields.text('resourceType');
  if (resourceType !== undefined && is !== 'Resource' && is !== undefined)
    fields.report('resourceType', 'is for a Resource alone');
  const mapping = { kind: is!, name: templateIn(fields, 'name'), resourceType, attributes: new Map(renamed) };
  fields.end();
  return is === undefined ? undefined : mapping;
}

function edgeMappingsOf(of: YamlFields, node: Node, kind: string): readonly EdgeMapping[] {
  if (isIgnored(node)) return [];
  const path = of.pathOf(kind);
  const nodes = isSeq(node) ? (node.items as Node[]) : [node];
  return nodes.flatMap((one, at) => {
    const fields = of.source.fields(one, isSeq(node) ? `${path}[${at}]` : path);
    return fields === undefined ? [] : edgeMappingOf(fields);
  });
}

function edgeMappingOf(fields: YamlFields): readonly EdgeMapping[] {
  const kind = fields.oneOf('kind', EDGE_KINDS);
  if (fields.find('kind') === undefined) fields.report('kind', `is missing; it is one of ${EDGE_KINDS.join(', ')}`);
  const actions = textsIn(fields, 'actions').flatMap((text) => parsed(fields, 'actions', text) ?? []);
  const isGrant = kind === 'GRANTS';
  if (isGrant && actions.length === 0) fields.report('actions', 'is missing; a grant needs at least one action');
  for (const name of ['actions', 'inherit', 'effect'])
    if (kind !== undefined && !isGrant && fields.find(name) !== undefined) fields.report(name, 'is for GRANTS alone');
  const mapping = {
    kind: kind!,
    reverse: fields.flag('reverse', false),
    start: new Set(textsIn(fields, 'start')),
    end: new Set(textsIn(fields, 'end')),
    actions,
    inherit: fields.flag('inherit', true),
    effect: fields.oneOf('effect', ['ALLOW', 'DENY']) ?? ('ALLOW' as const),
    technique: templateIn(fields, 'technique'),
    condition: templateIn(fields, 'condition'),
    validFrom: templateIn(fields, 'validFrom'),
    validTo: templateIn(fields, 'validTo'),
  };
  fields.end();
  return kind === undefined ? [] : [mapping];
}

function textsIn(fields: YamlFields, name: string): readonly string[] {
  const node = fields.find(name);
  return node === undefined ? [] : (fields.source.texts(node, fields.pathOf(name)) ?? []);
}

function templateIn(fields: YamlFields, name: string): Template | undefined {
  const text = fields.text(name);
  return text === undefined ? undefined : parsed(fields, name, text);
}

function parsed(fields: YamlFields, name: string, text: string): Template | undefined {
  const template = text === '' ? 'is empty' : parseTemplate(text);
  return typeof template === 'string' ? fields.report(name, template) : template;
}
