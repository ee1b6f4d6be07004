import type { JsonValue, NodeRecord } from '../model/index.ts';
import type { KeyForm } from './join-rule.ts';

/** Brings a value into the form in which equal keys are equal texts; undefined for what is no key. */
export type Comparable = (value: JsonValue, as: KeyForm) => string | undefined;

/** @param domains aliases of e-mail domains */
export function comparableWith(domains: Readonly<Record<string, string>>): Comparable {
  const aliases = new Map(Object.entries(domains));
  return (value, as) => {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    const text = String(value).trim().normalize('NFC').toLowerCase();
    if (as === 'text') return text === '' ? undefined : text;
    const at = text.lastIndexOf('@');
    if (at <= 0 || at === text.length - 1) return undefined;
    const domain = text.slice(at + 1);
    return `${text.slice(0, at + 1)}${aliases.get(domain) ?? domain}`;
  };
}

/** The values at a path of a node's record, of every item where there is a list on the way. */
export function valuesAt({ id, name, attributes }: NodeRecord, path: string): readonly JsonValue[] {
  if (path === 'id') return [id];
  if (path === 'name') return name === undefined ? [] : [name];
  // A name with a dot in it comes before a path.
  if (Object.hasOwn(attributes, path)) return flat(attributes[path]!);
  let values: readonly JsonValue[] = [attributes];
  for (const part of path.split('.')) values = values.flatMap((value) => inner(value, part));
  return values;
}

function inner(value: JsonValue, part: string): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, part)) return [];
  return flat((value as { readonly [key: string]: JsonValue })[part]!);
}

const flat = (value: JsonValue): readonly JsonValue[] => (Array.isArray(value) ? value.flatMap(flat) : [value]);
