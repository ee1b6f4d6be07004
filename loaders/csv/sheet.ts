import type { Problems } from '../../engine/model/index.ts';
import type { EndMapping, FileMapping, Mapping, Rule } from './mapping.ts';
import type { Row } from './rows.ts';
import type { Cell, Template } from './template.ts';
import type { TypedValue } from './typed-value.ts';

/** The columns of one CSV file, and the cells of the row at hand by their names. */
export class Sheet {
  readonly file: string;
  readonly columns: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  #cells: readonly string[] = [];
  /** The column that a rule goes through value by value, and the value at hand. */
  #split: { readonly column: string; readonly value: string } | undefined;

  constructor(file: string, columns: readonly string[]) {
    this.file = file;
    this.columns = columns;
    this.#places = new Map(columns.map((column, place) => [column, place]));
  }

  /** Takes a row. What is wrong with its number of cells, if anything: too few, or too many. */
  take(row: Row): string | undefined {
    this.#cells = row.cells;
    const { length } = row.cells;
    if (length === this.columns.length) return undefined;
    const told = `the row has ${length} ${length === 1 ? 'cell' : 'cells'}, ${this.columns.length} columns are known`;
    return length < this.columns.length
      ? `${told}: the first that is missing is ${JSON.stringify(this.columns[length])}`
      : `${told}: text follows ${JSON.stringify(this.columns.at(-1))}; is a cell with the delimiter in it not quoted?`;
  }

  /** Sets the value of a column to one of the several in its cell; undefined: back to the cell. */
  splitTo(split: { readonly column: string; readonly value: string } | undefined): void {
    this.#split = split;
  }

  readonly cell: Cell = (column) =>
    this.#split?.column === column ? this.#split.value : (this.#cells[this.#places.get(column)!] ?? '');

  /** Reports every column that the mapping names and the file does not have. */
  checkColumns(mapping: Mapping, file: FileMapping, problems: Problems): void {
    const report = (line: number, field: string, column: string): void => {
      if (this.#places.has(column)) return;
      const message = `${this.file} has no column ${JSON.stringify(column)}; it has ${this.columns.join(', ')}`;
      problems.add({ file: mapping.file, line, field, message });
    };
    for (const { column } of file.when) report(file.line, `${file.path}.when`, column);
    for (const rule of file.rules) for (const column of columnsOf(rule)) report(rule.line, rule.path, column);
  }
}

/** Every column that a rule names, once each. */
function columnsOf(rule: Rule): ReadonlySet<string> {
  const columns = new Set<string>(rule.when.map(({ column }) => column));
  if (rule.split !== undefined) columns.add(rule.split.column);
  for (const template of templatesOf(rule)) for (const { column } of template.cells) columns.add(column);
  return columns;
}

function templatesOf(rule: Rule): Template[] {
  const values = [...rule.fields.values()].flat().map((value) => (value as TypedValue).template);
  if (rule.makes === 'node')
    return [rule.id, ...values, ...[...rule.attributes.values()].map(({ template }) => template)];
  if (rule.makes === 'edge') return [...endTemplates(rule.from), ...endTemplates(rule.to), ...values];
  return [rule.identity, rule.action, rule.resource, ...values];
}

const endTemplates = ({ id, create }: EndMapping): Template[] => [
  id,
  ...[...(create?.fields.values() ?? [])].map(({ template }) => template),
];
