/** The part of docs/sensitivity.md that lists the built-in rules, from the rules themselves. */
import { DEFAULT_RULES } from '../engine/sensitivity/default-rules.ts';
import type { ResourcePatterns, SensitivityRule } from '../engine/sensitivity/rule.ts';

const BEGIN = '<!-- built-in rules: written by `npm run docs:sensitivity` -->';
const END = '<!-- end of built-in rules -->';

/** The page with its list of rules as it should be. @throws Error when the page has no place for it */
export function sensitivityPage(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/sensitivity.md has no place for the rules');
  return `${page.slice(0, begin)}${BEGIN}\n\n${listed()}\n\n${page.slice(end)}`;
}

function listed(): string {
  const sources = [...new Set(DEFAULT_RULES.map(sourceOf))];
  return sources.map((source) => section(source)).join('\n\n');
}

const sourceOf = ({ name }: SensitivityRule): string => name.slice(0, name.indexOf(':'));

function section(source: string): string {
  const rules = DEFAULT_RULES.filter((rule) => sourceOf(rule) === source);
  const rows = rules.map(({ name, resource, actions, weight, because = '' }) => [
    name.slice(source.length + 2),
    patternsText(resource),
    actions === undefined ? 'any' : actions.map(code).join(' '),
    String(weight),
    because,
  ]);
  return [`### ${source}`, '', ...table(['rule', 'resources', 'actions', 'weight', 'because'], rows)].join('\n');
}

/** As the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!, fill)).join(' | ')} |`;
  const rule = head.map(() => '');
  return [line(head), line(rule, '-'), ...rows.map((row) => line(row))];
}

function patternsText({ type, id, attributes = {} }: ResourcePatterns): string {
  const parts = [
    ...(type === undefined ? [] : [code(type)]),
    ...(id === undefined ? [] : [`id ${code(id)}`]),
    ...Object.entries(attributes).map(([name, pattern]) => `${name} ${pattern === '' ? 'empty' : code(pattern)}`),
  ];
  return parts.join(', ');
}

const code = (text: string): string => `\`${text}\``;
