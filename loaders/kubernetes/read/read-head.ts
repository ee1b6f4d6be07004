import type { Fields } from './fields.ts';
import type { Manifest } from './manifests.ts';
import type { ObjectHead, Place } from './objects.ts';
import { pathText } from './source-document.ts';

/** Fields of metadata that Kubernetes knows, with two that older versions wrote. */
const METADATA = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
  'clusterName',
  'initializers',
];

/** The namespace of namespaced objects that name none, and a note that it was taken for one. */
export interface DefaultNamespace {
  readonly name: string;
  /** Called for each object that names no namespace. */
  used(place: Place): void;
}

/** Where an object stands in its file. */
export function placeOf(manifest: Manifest): Place {
  const { document, path } = manifest;
  const { file } = document;
  if (document.knowsLines) {
    const line = document.lineOf(path);
    if (line !== undefined) return { text: `${file}:${line}`, file, line };
  }
  return { text: path.length === 0 ? file : `${file} ${pathText(path)}`, file };
}

/** Name, namespace and labels. Undefined, with the reasons reported, where they are not as Kubernetes takes them. */
export function readHead(
  fields: Fields,
  place: Place,
  namespaces: DefaultNamespace | undefined,
): ObjectHead | undefined {
  const metadata = fields.map('metadata')?.known(...METADATA);
  if (metadata === undefined) return fields.fail('metadata', 'is missing');
  const name = metadata.text('name');
  const labels = metadata.labels('labels');
  const namespace = namespaces === undefined ? '' : readNamespace(metadata, place, namespaces);
  if (name === undefined || namespace === undefined) return undefined;
  const wrong = wrongWithName(name);
  return wrong === undefined ? { name, namespace, labels, place } : metadata.fail('name', wrong);
}

function readNamespace(metadata: Fields, place: Place, namespaces: DefaultNamespace): string | undefined {
  const namespace = metadata.optionalText('namespace');
  if (namespace === undefined) {
    if (metadata.has('namespace')) return undefined;
    namespaces.used(place);
    return namespaces.name;
  }
  const wrong = wrongWithNamespace(namespace);
  return wrong === undefined ? namespace : metadata.fail('namespace', wrong);
}

/** Object names are segments of URLs: Kubernetes refuses those that could not be one. */
export function wrongWithName(name: string): string | undefined {
  if (name === '.' || name === '..') return `must not be ${JSON.stringify(name)}`;
  return /[/%]/.test(name) ? `${JSON.stringify(name)} must not hold "/" or "%"` : undefined;
}

/** A DNS label: lower case letters, digits and dashes, at most 63. */
export function wrongWithNamespace(name: string): string | undefined {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return undefined;
  return `${JSON.stringify(name)} is no namespace: lower case letters, digits and "-" only, at most 63`;
}
