import { isMap, type Node } from 'yaml';
import { type Condition, isEmpty, isNoneOf, isOneOf } from './condition.ts';
import { YamlFields } from './yaml-fields.ts';

/** The conditions under `when`: `column: value`, `column: [values]`, `column: { not: … }` or `column: { empty: … }`. */
export function readConditions(fields: YamlFields): readonly Condition[] {
  const when = fields.fields('when');
  if (when === undefined) return [];
  return when.entries().flatMap(([column, node]) => conditionOf(when, column, node) ?? []);
}

function conditionOf(when: YamlFields, column: string, node: Node): Condition | undefined {
  const path = when.pathOf(column);
  if (!isMap(node)) {
    const values = when.source.texts(node, path);
    return values === undefined ? undefined : isOneOf(column, values);
  }
  const fields = new YamlFields(when.source, node, path);
  const not = fields.find('not');
  const isSet = fields.find('empty') !== undefined;
  const empty = fields.flag('empty', true);
  fields.end();
  if ((not === undefined) === !isSet)
    return fields.report('', 'must say either not: or empty:, or be the value itself');
  if (not === undefined) return isEmpty(column, empty);
  const values = when.source.texts(not, fields.pathOf('not'));
  return values === undefined ? undefined : isNoneOf(column, values);
}
