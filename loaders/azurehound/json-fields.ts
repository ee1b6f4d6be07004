import type { JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';

const NO_FIELDS: Fields = Object.freeze({});

/** An object as fields; anything else has none. */
export const asObject = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;

/** The objects of a list; what is no object in it is told by the check of the fields of its record. */
export const objectsIn = (value: JsonValue | undefined): readonly Fields[] =>
  Array.isArray(value) ? value.map(asObject) : [];

/** A list of texts; an absent one is empty. Undefined for anything else. */
export function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === 'string' && item !== '') ? (value as readonly string[]) : undefined;
}
