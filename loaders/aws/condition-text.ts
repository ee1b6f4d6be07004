import type { JsonCursor } from './json-cursor.ts';
import { kindOf } from './json-cursor.ts';

/**
 * The condition block of a statement as one text: compact JSON, operators and keys sorted, values sorted and told once, a
 * list of one value as that value. Equal blocks give equal texts. Undefined for an empty block, which holds always.
 */
export function conditionText(block: JsonCursor): string | undefined {
  const operators = block
    .entries()
    .map(([operator, tests]) => [operator, Object.fromEntries(sorted(tests.entries().map(test)))] as const);
  return operators.length === 0 ? undefined : JSON.stringify(Object.fromEntries(sorted(operators)));
}

const test = ([key, values]: readonly [string, JsonCursor]): readonly [string, unknown] => {
  const texts = values.oneOrMore().map(valueText);
  const once = [...new Set(texts)].sort();
  return [key, once.length === 1 ? once[0] : once];
};

/** Numbers and truth values mean the same as their text. */
function valueText(value: JsonCursor): string {
  if (typeof value.value === 'string') return value.value;
  if (typeof value.value === 'number' || typeof value.value === 'boolean') return String(value.value);
  value.fail(`must be text, a number or true or false, is ${kindOf(value.value)}`);
  return '';
}

const sorted = <T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** Several conditions that must hold at once, as one text; undefined for none. */
export function allOf(conditions: readonly (string | undefined)[]): string | undefined {
  const once = [...new Set(conditions.filter((condition) => condition !== undefined))];
  return once.length === 0 ? undefined : once.join(' and ');
}
