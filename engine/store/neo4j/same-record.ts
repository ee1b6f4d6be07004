import { type JsonValue, sortedDeep } from '../../model/index.ts';

/** Whether two records say the same, in whatever order of their fields. */
export function sameRecord(a: object, b: object): boolean {
  const text = JSON.stringify(a);
  const other = JSON.stringify(b);
  return text === other || (text.length === other.length && sorted(a) === sorted(b));
}

const sorted = (record: object): string => JSON.stringify(sortedDeep(record as JsonValue));
