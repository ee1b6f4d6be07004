/** Texts with places for fields in them, `uid={uid},{base}`: how descriptions say what ids and names are made of. */
import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from './record.ts';

/** What a template may name: the fields of the record, the item of its list that is at hand, the id of its node. */
export interface Scope {
  readonly fields: Fields;
  readonly item: JsonValue | undefined;
  readonly self: string | undefined;
}

/** Writes a value in the one way in which ids have it. Gives undefined for what is no value. */
export type Spelling = (text: string, fields: Fields) => string | undefined;
export type Spellings = Readonly<Record<string, Spelling>>;

/** Gives the text; undefined where one of the fields in it is absent or empty. */
export type Template = (scope: Scope) => string | undefined;

/** Gives a value of any form; undefined where it is absent or null. */
export type Lookup = (scope: Scope) => JsonValue | undefined;

/**
 * The value that a path names: `Properties.name` in the record, `item` and `item.Name` in the item at hand, `self`.
 * Only what an object itself has counts.
 */
export function lookup(path: string): Lookup {
  if (path === 'self') return ({ self }) => self;
  const steps = path.split('.');
  if (steps[0] !== 'item') return ({ fields }) => valueAt(fields, steps, 0);
  return ({ item }) => valueAt(item, steps, 1);
}

function valueAt(start: JsonValue | undefined, steps: readonly string[], from: number): JsonValue | undefined {
  let value = start;
  for (let at = from; at < steps.length; at++) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, steps[at]!)) return undefined;
    value = (value as Fields)[steps[at]!];
  }
  return value ?? undefined;
}

/** A template from its text. `{path|spelling}` spells what it finds. @throws Error for a spelling that is not there */
export function template(text: string, spellings: Spellings = {}): Template {
  const parts = text.split(/\{([^}]*)\}/).map((part, at) => (at % 2 === 0 ? part : placeOf(part, spellings)));
  const [before, place, after] = parts;
  if (parts.length === 1) return () => text;
  // Most templates are one field and nothing else.
  if (parts.length === 3 && before === '' && after === '') return place as Template;
  return (scope) => {
    let whole = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : part(scope);
      if (value === undefined) return undefined;
      whole += value;
    }
    return whole;
  };
}

function placeOf(text: string, spellings: Spellings): Template {
  const [path, name] = text.split('|') as [string, string?];
  const find = lookup(path);
  if (name === undefined) return (scope) => textOf(find(scope));
  const spell = spellings[name];
  if (spell === undefined) throw new Error(`there is no spelling ${name}`);
  return (scope) => {
    const value = textOf(find(scope));
    return value === undefined ? undefined : spell(value, scope.fields);
  };
}

/** The text of a plain value, of a list its first; undefined for anything else, and for an empty one. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.length > 0 && !Array.isArray(value[0]) ? textOf(value[0]) : undefined;
}
