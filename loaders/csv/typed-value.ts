import { formatInstant, type JsonValue } from '../../engine/model/index.ts';
import { type DateFormat, endOfDay } from './date-format.ts';
import { type Cell, render, saysNothing, type Template } from './template.ts';

export const VALUE_TYPES = ['text', 'number', 'boolean', 'date', 'list'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** How a value is made from a row. */
export interface TypedValue {
  readonly template: Template;
  readonly type: ValueType;
  /** What stands between the items of a list. */
  readonly separator: string;
  readonly format: DateFormat;
  /** A plain day counts to its end: what is told is the midnight after it. */
  readonly inclusive: boolean;
  /** Words for true and false, in lower case. With `true` alone named, every other word is false. */
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string> | 'others';
}

export const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1']);
export const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0']);

/** What came of a value in one row: nothing where all of its cells are empty. */
export type Outcome = { readonly value?: JsonValue } | { readonly wrong: string };

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Makes the value in a row. */
export function valueIn(spec: TypedValue, cell: Cell): Outcome {
  if (saysNothing(spec.template, cell)) return {};
  const text = render(spec.template, cell).trim();
  if (text === '') return {};
  return READ[spec.type](text, spec);
}

const READ: Readonly<Record<ValueType, (text: string, spec: TypedValue) => Outcome>> = {
  text: (text) => ({ value: text }),
  number: (text) =>
    NUMBER.test(text) ? { value: Number(text) } : { wrong: `${show(text)} is not a number such as 12 or 0.5` },
  boolean: readBoolean,
  date: readDate,
  list: (text, { separator }) => ({ value: itemsOf(text, separator) }),
};

/** The items of a cell that holds several, without the white space around them; empty ones are left out. */
export const itemsOf = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');

function readBoolean(text: string, { yes, no }: TypedValue): Outcome {
  const word = text.toLowerCase();
  if (yes.has(word)) return { value: true };
  if (no === 'others' || no.has(word)) return { value: false };
  return { wrong: `${show(text)} is neither true (${[...yes].join(', ')}) nor false (${[...no].join(', ')})` };
}

function readDate(text: string, { format, inclusive }: TypedValue): Outcome {
  const found = format.read(text);
  if (found === undefined) return { wrong: `${show(text)} is not a date of the format ${format.name}` };
  return { value: formatInstant(inclusive && found.wholeDay ? endOfDay(found.at) : found.at) };
}

const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
