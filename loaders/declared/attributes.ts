import { type Attributes, type JsonValue, MAX_ATTRIBUTE_DEPTH, MAX_LONG_TEXT } from '../../engine/model/index.ts';
import type { AttributesDescription, InstantForm } from './description.ts';
import { instantText } from './instants.ts';
import type { Fields } from './record.ts';
import { type Lookup, lookup, type Scope } from './template.ts';

/** Gives the attributes of a node; fields that cannot be kept are told by name. */
export type AttributesOf = (scope: Scope, refused: (field: string) => void) => Attributes;

const NOTHING: Attributes = Object.freeze({});

export function attributesOf(description: AttributesDescription | undefined): AttributesOf {
  if (description === undefined) return () => NOTHING;
  const named = Object.entries(description.named ?? {}).map(([name, path]) => [name, lookup(path)] as const);
  const rest = description.rest === undefined ? undefined : lookupRest(description.rest);
  const except = new Set(description.except);
  const instants = new Map(Object.entries(description.instants ?? {}));
  return (scope, refused) => {
    const attributes: Record<string, JsonValue> = {};
    const put = (name: string, value: JsonValue | undefined): void => {
      const kept = keptValue(value, instants.get(name));
      if (kept === undefined) return;
      if (fits(kept, 0)) define(attributes, name, kept);
      else refused(name);
    };
    for (const [name, find] of named) put(name, find(scope));
    const others = rest?.(scope);
    if (isObject(others)) {
      for (const name of Object.keys(others)) {
        if (!except.has(name) && !Object.hasOwn(attributes, name)) put(name, others[name]);
      }
    }
    return attributes;
  };
}

const lookupRest = (path: string): Lookup => (path === '' ? ({ fields }) => fields : lookup(path));

/** Absent, null and empty values are no attributes. */
function keptValue(value: JsonValue | undefined, instant: InstantForm | undefined): JsonValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  return instant === undefined ? value : (instantText(value, instant) ?? undefined);
}

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `__proto__` is a name like any other. */
function define(attributes: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') attributes[name] = value;
  else Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether a value is within what a graph keeps: texts of bounded length and whole characters, bounded depth. */
function fits(value: JsonValue, depth: number): boolean {
  if (depth > MAX_ATTRIBUTE_DEPTH) return false;
  if (typeof value === 'string') return textFits(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((inner) => fits(inner, depth + 1));
  return Object.entries(value).every(([key, inner]) => textFits(key) && fits(inner, depth + 1));
}

const textFits = (text: string): boolean =>
  text.length <= MAX_LONG_TEXT && !text.includes('\u0000') && text.isWellFormed();
