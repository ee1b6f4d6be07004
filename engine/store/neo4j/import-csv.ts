/**
 * Rows in the form that `neo4j-admin database import` reads: every text quoted, so that an empty one differs from none and
 * any character may be in it; what is absent is an empty field; a list is one field, its texts parted by a character that
 * none of them holds.
 */
import type { Properties, PropertyType } from './properties.ts';

/** What the importer makes of a column: a property of a type, or what it is told about nodes and relationships. */
export type ColumnType = PropertyType | 'ID(Entity)' | 'LABEL' | 'START_ID(Entity)' | 'END_ID(Entity)' | 'TYPE';

export interface Column {
  /** Name of the property; empty where the column is none. */
  readonly name: string;
  readonly type: ColumnType;
}

/** The first line of a file. */
export const headerLine = (columns: readonly Column[]): string =>
  `${columns.map(({ name, type }) => `${name}:${type}`).join(',')}\n`;

/**
 * A line of a file.
 *
 * @param values by name of property, and under `:TYPE` for columns that are none; instants as milliseconds since 1970
 * @throws Error for a value without a column: a mistake of a programmer
 */
export function rowLine(columns: readonly Column[], values: Properties, arrayDelimiter: string): string {
  let line = '';
  let told = 0;
  for (let i = 0; i < columns.length; i++) {
    const { name, type } = columns[i]!;
    const value = values[name === '' ? `:${type}` : name];
    if (value !== undefined) {
      told += 1;
      line += field(type, value, arrayDelimiter);
    }
    line += i === columns.length - 1 ? '\n' : ',';
  }
  if (told !== givenIn(values))
    throw new Error(`The import has no column for one of ${Object.keys(values).join(', ')}`);
  return line;
}

function givenIn(values: Properties): number {
  let given = 0;
  for (const name in values) if (values[name] !== undefined) given += 1;
  return given;
}

function field(type: ColumnType, value: unknown, arrayDelimiter: string): string {
  switch (type) {
    case 'boolean':
    case 'long':
    case 'double':
      return String(value);
    case 'datetime':
      return new Date(value as number).toISOString();
    case 'string[]':
    case 'LABEL':
      return quoted((value as readonly string[]).join(arrayDelimiter));
    default:
      return quoted(value as string);
  }
}

const quoted = (text: string): string => `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;

/** Control characters that JSON escapes and that no line break is made of. */
const DELIMITERS = [0x1f, 0x1e, 0x1d, 0x1c, 1, 2, 3, 4, 5, 6, 7, 8, 0x0b, 0x0c]
  .concat(Array.from({ length: 14 }, (_, i) => 0x0e + i))
  .map((code) => String.fromCharCode(code));

/** A character that parts the texts of lists: one that is in none of those that were shown to it. */
export class FreeDelimiter {
  readonly #free = new Set(DELIMITERS);

  /** Takes into account the texts of a list. */
  avoid(texts: Iterable<string>): void {
    for (const text of texts) {
      for (const found of text.match(/[\u0001-\u001f]/g) ?? []) this.#free.delete(found);
    }
  }

  /** The character; undefined when each one is taken. */
  get character(): string | undefined {
    for (const free of this.#free) return free;
    return undefined;
  }
}
