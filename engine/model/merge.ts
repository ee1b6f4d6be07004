import type { Entity, JsonValue, NodeRecord } from './records.ts';

/** Orders sources: first those that are named, in their order, then the others by name. */
export function bySourcePrecedence(precedence: readonly string[]): (a: string, b: string) => number {
  const place = new Map(precedence.map((source, index) => [source, index]));
  const last = precedence.length;
  return (a, b) => (place.get(a) ?? last) - (place.get(b) ?? last) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * The node as shown: each field is that of the first source, in order of precedence, that has the field; attributes are
 * taken one by one in the same way.
 *
 * @param versions at least one, all of the same id and kind
 */
export function mergeVersions(versions: readonly NodeRecord[], precedence: readonly string[] = []): Entity {
  const order = bySourcePrecedence(precedence);
  const sorted = versions.length === 1 ? versions : [...versions].sort((a, b) => order(a.source, b.source));
  const first = sorted[0]!;
  const attributes: Record<string, JsonValue> = {};
  let name: string | undefined;
  let resourceType: string | undefined;
  let sensitivity: number | undefined;
  for (const version of sorted) {
    name ??= version.name;
    resourceType ??= version.resourceType;
    sensitivity ??= version.sensitivity;
    for (const [key, value] of Object.entries(version.attributes)) {
      if (!Object.hasOwn(attributes, key))
        Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return {
    kind: first.kind,
    id: first.id,
    name: name ?? first.id,
    sources: sorted.map((version) => version.source),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    attributes,
  };
}

/** Disabled identities keep their access but are left out of lists unless asked for. */
export const isDisabled = (entity: { readonly attributes: Entity['attributes'] }): boolean =>
  entity.attributes['enabled'] === false;
