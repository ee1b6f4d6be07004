/** One form for what an inventory says of a resource, in whichever way it was exported. */
import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { containerName, projectInName, RESOURCE_MANAGER } from './hierarchy.ts';

export interface Asset {
  readonly name: string;
  readonly type: string;
  /** From the innermost container outwards, the asset's own name among them where it is one: `projects/7`, `folders/2`. */
  readonly ancestors: readonly string[];
  /** Whether the order of the ancestors is known. */
  readonly inOrder: boolean;
  /** The full name of what it lies in. */
  readonly parent: string | undefined;
  /** Of an export of resources: what the service says of it. */
  readonly data: Fields | undefined;
  /** Of an export of policies. */
  readonly bindings: JsonValue | undefined;
}

/** Both spellings of a field occur: files of exports have `asset_type`, answers of the API `assetType`. */
export function field(fields: Fields, camel: string): JsonValue | undefined {
  const value = fields[camel] ?? fields[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  return value ?? undefined;
}

export const objectOf = (value: JsonValue | undefined): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const texts = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** An asset of an export or of a search; undefined for anything else. */
export function assetOf(fields: Fields): Asset | undefined {
  const type = textOf(field(fields, 'assetType'));
  const name = textOf(fields['name']) ?? textOf(fields['resource']);
  if (type === undefined || name === undefined || !name.startsWith('//')) return undefined;
  const found = textOf(fields['resource']) !== undefined;
  return found ? foundAsset(fields, name, type) : exportedAsset(fields, name, type);
}

function exportedAsset(fields: Fields, name: string, type: string): Asset {
  const resource = objectOf(fields['resource']);
  const data = objectOf(resource?.['data']);
  const ancestors = texts(fields['ancestors']);
  const parent = textOf(resource?.['parent']);
  return {
    name,
    type,
    ancestors: ancestors.length > 0 ? ancestors : placedBy(name, parent, data),
    inOrder: true,
    parent,
    data,
    bindings: objectOf(field(fields, 'iamPolicy'))?.['bindings'],
  };
}

/** Exports of old have no ancestors: a container then knows its parent alone. */
function placedBy(name: string, parent: string | undefined, data: Fields | undefined): readonly string[] {
  const own = containerName(name);
  const outer = parent === undefined ? parentIn(data) : containerName(parent);
  return [own, outer].filter((one) => one !== undefined);
}

function parentIn(data: Fields | undefined): string | undefined {
  const parent = data?.['parent'];
  if (typeof parent === 'string') return parent;
  const [type, id] = [textOf(objectOf(parent)?.['type']), textOf(objectOf(parent)?.['id'])];
  return type === undefined || id === undefined ? undefined : `${type}s/${id}`;
}

/** A search tells project, folders and organization, the folders in no order that is promised. */
function foundAsset(fields: Fields, name: string, type: string): Asset {
  const inner = [textOf(fields['project'])].filter((one) => one !== undefined);
  const outer = [...texts(fields['folders']), textOf(fields['organization'])].filter((one) => one !== undefined);
  return {
    name,
    type,
    ancestors: [...inner, ...outer],
    inOrder: texts(fields['folders']).length < 2,
    parent: undefined,
    data: undefined,
    bindings: objectOf(fields['policy'])?.['bindings'],
  };
}

/** The full name of what an asset that is no container lies in; undefined where nothing tells. */
export function parentOf({ name, ancestors, parent }: Asset): string | undefined {
  if (parent !== undefined && parent !== name) return parent;
  const inner = ancestors[0];
  if (inner !== undefined) return `${RESOURCE_MANAGER}${inner}`;
  const project = projectInName(name);
  return project === undefined ? undefined : `${RESOURCE_MANAGER}projects/${project}`;
}
