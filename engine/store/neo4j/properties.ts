/** Records as Neo4j's labels and properties, and back. What a record says is restored exactly; what a person asks for lies beside it. */
import { createHash } from 'node:crypto';
import neo4j from 'neo4j-driver';
import { kindLabels } from '../../../cypher/index.ts';
import {
  type Attributes,
  EDGE_FIELD_TYPES,
  EDGE_FIELDS,
  type EdgeFieldType,
  type EdgeKind,
  type EdgeRecord,
  type Entity,
  edgeFieldsOf,
  isDisabled,
  type JsonValue,
  mergeVersions,
  type NodeKind,
  type NodeRecord,
} from '../../model/index.ts';
import { searchText } from '../../model/search-text.ts';

/** Values of properties as the driver sends them. */
export type Properties = Record<string, unknown>;

/** A key of an index holds at most about 8 kB in all its parts. */
const LONGEST_KEY = 4_000;

/** An id as it is looked up: itself, or for one that no index takes, its digest. */
export function idProperty(id: string): string {
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (id.length * 3 <= LONGEST_KEY || Buffer.byteLength(id) <= LONGEST_KEY) return id;
  return `sha256:${createHash('sha256').update(id).digest('base64url')}`;
}

/** The id itself, of a node's `id` and `longId`. */
export const idOfProperties = (id: string, longId: string | null | undefined): string => longId ?? id;

/** The labels of a kind of node. */
export function labelsOf(kind: NodeKind): readonly string[] {
  return ['Entity', ...kindLabels(kind)];
}

/** Types of properties, in the words of Neo4j's importer. */
export type PropertyType = 'string' | 'string[]' | 'boolean' | 'double' | 'long' | 'datetime';
type PropertyTypes = Readonly<Record<string, PropertyType>>;

/** Attributes that a person asks for by name in Cypher, each only where it has the type that the model gives it. */
const NOTABLE: Readonly<Record<string, 'string' | 'boolean'>> = {
  enabled: 'boolean',
  department: 'string',
  title: 'string',
  manager: 'string',
  employeeType: 'string',
  owner: 'string',
  distinguishedName: 'string',
  email: 'string',
  definition: 'string',
};

/** The properties that `nodeProperties` may give. */
export const NODE_PROPERTY_TYPES: PropertyTypes = Object.freeze({
  id: 'string',
  longId: 'string',
  name: 'string',
  kind: 'string',
  sources: 'string[]',
  disabled: 'boolean',
  ...NOTABLE,
  resourceType: 'string',
  sensitivity: 'double',
  search: 'string',
  records: 'string[]',
});

/** What a node holds, but for its versions (`since`, `changed`, `until`), which the writer sets. */
export function nodeProperties(versions: readonly NodeRecord[], precedence: readonly string[]): Properties {
  const entity = mergeVersions(versions, precedence);
  const properties: Properties = {
    ...keptId(entity.id),
    name: entity.name,
    kind: entity.kind,
    sources: [...entity.sources].sort(),
    ...notableOf(entity),
    search: searchText(entity.id, entity.name, entity.attributes),
    records: sortedBySource(versions).map(textOfRecord),
  };
  if (isDisabled(entity)) properties['disabled'] = true;
  return properties;
}

function keptId(id: string): Properties {
  const kept = idProperty(id);
  return kept === id ? { id } : { id: kept, longId: id };
}

function notableOf(entity: Entity): Properties {
  const notable: Properties = {};
  if (entity.resourceType !== undefined) notable['resourceType'] = entity.resourceType;
  if (entity.sensitivity !== undefined) notable['sensitivity'] = entity.sensitivity;
  for (const key in NOTABLE) {
    const value = Object.hasOwn(entity.attributes, key) ? entity.attributes[key] : undefined;
    if (typeof value === NOTABLE[key]) notable[key] = value;
  }
  return notable;
}

const sortedBySource = (versions: readonly NodeRecord[]): readonly NodeRecord[] =>
  versions.length === 1 ? versions : [...versions].sort((a, b) => (a.source < b.source ? -1 : 1));

/** One source's version as the text in `records`: all but the id and the kind, which the node has. */
function textOfRecord({ source, name, resourceType, sensitivity, attributes }: NodeRecord): string {
  return JSON.stringify({ source, name, resourceType, sensitivity, attributes });
}

/** The versions of a node, by source. */
export function nodeRecords(kind: NodeKind, id: string, records: readonly string[]): readonly NodeRecord[] {
  return records.map((text) => {
    const { source, name, resourceType, sensitivity, attributes } = JSON.parse(text) as NodeRecord;
    return {
      kind,
      id,
      source,
      ...(name === undefined ? {} : { name }),
      ...(resourceType === undefined ? {} : { resourceType }),
      ...(sensitivity === undefined ? {} : { sensitivity }),
      attributes: attributes as Attributes,
    };
  });
}

const TEXTS = edgeFieldsOf('text');
const INSTANTS = edgeFieldsOf('instant');

const EDGE_TYPES: Readonly<Record<EdgeFieldType, PropertyType>> = {
  text: 'string',
  texts: 'string[]',
  flag: 'boolean',
  instant: 'datetime',
  count: 'long',
};

/** The properties that `edgeProperties` may give. */
export const EDGE_PROPERTY_TYPES: PropertyTypes = Object.freeze({
  id: 'string',
  source: 'string',
  ...Object.fromEntries(EDGE_FIELDS.map((field) => [field, EDGE_TYPES[EDGE_FIELD_TYPES[field]]])),
});

/** How instants and whole numbers are told: as the driver's own types, or as the plain numbers that they are. */
export interface ValueForm {
  readonly instant: (at: number) => unknown;
  readonly integer: (value: number) => unknown;
}
const DRIVER: ValueForm = { instant: (at) => datetime(at), integer: BigInt };
/** For those who write properties elsewhere than through the driver. */
export const PLAIN: ValueForm = { instant: (at) => at, integer: (value) => value };

/** What a relationship holds, but for `since` and `until`. Instants are DATETIME in UTC, so that a person can read them. */
export function edgeProperties(edge: EdgeRecord, form: ValueForm = DRIVER): Properties {
  const properties: Properties = { id: edge.id, source: edge.source };
  for (const name of TEXTS) if (edge[name] !== undefined) properties[name] = edge[name];
  for (const name of INSTANTS) if (edge[name] !== undefined) properties[name] = form.instant(edge[name]);
  if (edge.actions !== undefined) properties['actions'] = edge.actions;
  if (edge.exceptActions !== undefined) properties['exceptActions'] = edge.exceptActions;
  if (edge.inherit !== undefined) properties['inherit'] = edge.inherit;
  if (edge.useCount !== undefined) properties['useCount'] = form.integer(edge.useCount);
  return properties;
}

/** Milliseconds since 1970 as the server's DATETIME in UTC, whatever the time zone of this machine is. */
export function datetime(at: number): unknown {
  const date = new Date(at);
  return new neo4j.types.DateTime(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds() * 1_000_000,
    0,
    null,
  );
}

/** Properties of a relationship as statements give them: instants as `epochMillis`, absent ones null. */
export type EdgeValues = Readonly<Record<string, JsonValue | undefined>>;

/** The edge, with its fields in the order that `makeEdge` gives them. */
export function edgeRecord(kind: EdgeKind, from: string, to: string, values: EdgeValues): EdgeRecord {
  const edge: Record<string, unknown> = { id: values['id'], kind, from, to, source: values['source'] };
  for (const name of EDGE_FIELDS) {
    const value = values[name];
    if (value !== undefined && value !== null) edge[name] = value;
  }
  return edge as unknown as EdgeRecord;
}
