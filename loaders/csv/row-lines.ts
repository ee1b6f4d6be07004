import { basename } from 'node:path';
import type { EdgeRule, EndMapping, NodeRule, Rule, UseRule } from './mapping.ts';
import { type Cell, emptyColumn, render, type Template } from './template.ts';
import { type TypedValue, valueIn } from './typed-value.ts';

/** What a rule makes of a row: the object of a line of the exchange form. */
export type Line = Record<string, unknown>;

/** Says what is wrong with a field. */
type Report = (field: string, message: string) => void;

/** What a rule makes of the row at hand. With anything reported, what is returned is not to be used. */
export function lineOf(rule: Rule, file: string, cell: Cell, report: Report): Line {
  if (rule.makes === 'node') return nodeLine(rule, cell, report);
  return rule.makes === 'edge' ? edgeLine(rule, file, cell, report) : useLine(rule, cell, report);
}

function nodeLine(rule: NodeRule, cell: Cell, report: Report): Line {
  const attributes = [...rule.attributes].flatMap(([name, value]) => {
    const told = valueOr(value, cell, `attributes.${name}`, report);
    return told === undefined ? [] : [[name, told] as const];
  });
  return {
    node: rule.kind,
    id: idIn(rule.id, cell, 'id', report),
    ...fieldsIn(rule.fields, cell, report),
    // fromEntries makes every name a plain field of the object, "__proto__" too.
    attributes: Object.fromEntries(attributes),
  };
}

/** The evidence is the file without the line: a row that moves must not change what it tells. */
function edgeLine(rule: EdgeRule, file: string, cell: Cell, report: Report): Line {
  return {
    edge: rule.kind,
    from: idIn(rule.from.id, cell, 'from', report),
    to: idIn(rule.to.id, cell, 'to', report),
    evidence: basename(file),
    ...fieldsIn(rule.fields, cell, report),
  };
}

function useLine(rule: UseRule, cell: Cell, report: Report): Line {
  return {
    usage: idIn(rule.identity, cell, 'identity', report),
    action: idIn(rule.action, cell, 'action', report),
    resource: idIn(rule.resource, cell, 'resource', report),
    ...fieldsIn(rule.fields, cell, report),
  };
}

/** The node that an end creates. */
export const createdLine = ({ id, create }: EndMapping, cell: Cell, report: Report): Line => ({
  node: create!.kind,
  id: render(id, cell),
  ...fieldsIn(create!.fields, cell, report),
});

/** An id needs all of its cells: with one of them empty, rows that have nothing in common would share it. */
function idIn(template: Template, cell: Cell, field: string, report: Report): string {
  const empty = emptyColumn(template, cell);
  if (empty !== undefined) {
    const column = JSON.stringify(empty);
    report(
      field,
      `the cell of column ${column} is empty; leave such rows out with when: { ${column}: { empty: false } }`,
    );
  }
  return render(template, cell);
}

function fieldsIn(fields: ReadonlyMap<string, TypedValue | readonly TypedValue[]>, cell: Cell, report: Report): Line {
  const line: Line = {};
  for (const [name, spec] of fields) {
    const value = isList(spec)
      ? spec.flatMap((item) => (valueOr(item, cell, name, report) as string | string[] | undefined) ?? [])
      : valueOr(spec, cell, name, report);
    if (value !== undefined) line[name] = value;
  }
  return line;
}

const isList = (spec: TypedValue | readonly TypedValue[]): spec is readonly TypedValue[] => Array.isArray(spec);

function valueOr(spec: TypedValue, cell: Cell, field: string, report: Report): unknown {
  const outcome = valueIn(spec, cell);
  if (!('wrong' in outcome)) return outcome.value;
  report(field, outcome.wrong);
  return undefined;
}
