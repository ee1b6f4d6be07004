/** A text with cells in it: `user:{employee_id}`, `{last_name}, {first_name}`, `{login|lower}`. `{{` and `}}` are braces. */
export interface Template {
  /** One more than cells: what stands before, between and behind them. */
  readonly texts: readonly string[];
  readonly cells: readonly TemplateCell[];
}

export interface TemplateCell {
  readonly column: string;
  readonly filters: readonly ((text: string) => string)[];
}

/** Gives the cell of a column in the row at hand. */
export type Cell = (column: string) => string;

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** Reads a template; a text when it is not one: why. */
export function parseTemplate(source: string): Template | string {
  const texts = [''];
  const cells: TemplateCell[] = [];
  let at = 0;
  for (const part of source.matchAll(PART)) {
    texts[texts.length - 1] += source.slice(at, part.index);
    at = part.index + part[0].length;
    if (part[0] === '{{' || part[0] === '}}') texts[texts.length - 1] += part[0][0];
    else if (part[1] === undefined)
      return `the brace at character ${part.index + 1} has no partner; write {{ or }} for a brace as such`;
    else {
      const cell = parseCell(part[1]);
      if (typeof cell === 'string') return cell;
      cells.push(cell);
      texts.push('');
    }
  }
  texts[texts.length - 1] += source.slice(at);
  return { texts, cells };
}

function parseCell(source: string): TemplateCell | string {
  const [column, ...names] = source.split('|').map((part) => part.trim());
  if (column === undefined || column === '') return 'the braces {} name no column';
  const filters = names.map((name) => (Object.hasOwn(FILTERS, name) ? FILTERS[name]! : name));
  const unknown = filters.find((filter) => typeof filter === 'string');
  if (unknown !== undefined) return `there is no filter "${unknown}"; there are ${Object.keys(FILTERS).join(', ')}`;
  return { column, filters: filters as ((text: string) => string)[] };
}

/** The text of a template in a row. */
export function render(template: Template, cell: Cell): string {
  let text = template.texts[0]!;
  for (let i = 0; i < template.cells.length; i++) {
    const { column, filters } = template.cells[i]!;
    text += filters.reduce((value, filter) => filter(value), cell(column)) + template.texts[i + 1]!;
  }
  return text;
}

/** The first column of the template whose cell is empty in this row. */
export const emptyColumn = (template: Template, cell: Cell): string | undefined =>
  template.cells.find(({ column }) => cell(column) === '')?.column;

/** Whether the template has cells and all of them are empty in this row: then what it says is not known. */
export const saysNothing = (template: Template, cell: Cell): boolean =>
  template.cells.length > 0 && template.cells.every(({ column }) => cell(column) === '');
