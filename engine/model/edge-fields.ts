/** What an edge says beside its id, kind, ends and source: the one list of its fields that others derive theirs from. */
import type { EdgeRecord } from './records.ts';

/** `texts` is a list of texts, `instant` is in milliseconds since 1970, `count` a whole number of 0 or more. */
export type EdgeFieldType = 'text' | 'texts' | 'flag' | 'instant' | 'count';

export type EdgeField = Exclude<keyof EdgeRecord, 'id' | 'kind' | 'from' | 'to' | 'source'>;

/** The type of each field, in the order in which records and lines have them. */
export const EDGE_FIELD_TYPES = Object.freeze({
  key: 'text',
  actions: 'texts',
  exceptActions: 'texts',
  effect: 'text',
  inherit: 'flag',
  technique: 'text',
  condition: 'text',
  validFrom: 'instant',
  validTo: 'instant',
  evidence: 'text',
  lastUsedAt: 'instant',
  useCount: 'count',
} as const satisfies Record<EdgeField, EdgeFieldType>);

/** In their order. */
export const EDGE_FIELDS: readonly EdgeField[] = Object.freeze(Object.keys(EDGE_FIELD_TYPES) as EdgeField[]);

/** Those that only a grant has. */
export const GRANT_FIELDS = Object.freeze(['actions', 'exceptActions', 'effect', 'inherit'] as const);

type FieldOf<Type extends EdgeFieldType> = {
  [Field in EdgeField]: (typeof EDGE_FIELD_TYPES)[Field] extends Type ? Field : never;
}[EdgeField];

/** The fields of a type, in their order. */
export const edgeFieldsOf = <Type extends EdgeFieldType>(type: Type): readonly FieldOf<Type>[] =>
  Object.freeze(EDGE_FIELDS.filter((field): field is FieldOf<Type> => EDGE_FIELD_TYPES[field] === type));
