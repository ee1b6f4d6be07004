/** Duties to be kept apart as people write them: YAML text in, rules out, or every problem with its line and column. */
import { isSeq, type Node } from 'yaml';
import { itemsOf, readRulesFile } from '../../model/rules-file.ts';
import type { Fields, YamlReading } from '../../model/yaml-reading.ts';
import { foldCase } from '../../snapshot/action-pattern.ts';
import {
  DEFAULT_SOD_SEVERITY,
  type Duty,
  MAX_BECAUSE,
  MAX_DUTIES,
  MAX_DUTY_STARS,
  MAX_DUTY_TEXT,
  MAX_SOD_RULES,
  MAX_SOD_TEXT,
  type Place,
  type SodRule,
} from './sod-rule.ts';

const RULE_FIELDS = ['name', 'because', 'severity', 'reach', 'left', 'right'] as const;
const DUTY_FIELDS = ['action', 'resource', 'role', 'group'] as const;
const REACHES = ['ENTITLED', 'ASSUMABLE'] as const;

/**
 * Reads the text of a file of rules. The form is on the page docs/separation-of-duties.md.
 *
 * @param fileName what problems call it
 * @throws InputError with line, column and field of everything that is wrong
 */
export const readSodRules = (text: string, fileName: string): readonly SodRule[] =>
  readRulesFile(text, fileName, { mostText: MAX_SOD_TEXT, mostRules: MAX_SOD_RULES, mayBeEmpty: false, read: ruleOf });

function ruleOf(reading: YamlReading, node: Node, path: string, names: Set<string>): SodRule | undefined {
  const fields = reading.fields(node, path, RULE_FIELDS);
  if (fields === undefined) return undefined;
  const name = reading.text(fields, 'name', path, node);
  if (name !== undefined && names.has(name))
    reading.report(fields.get('name')!, `${path}.name`, `another rule is called ${JSON.stringify(name)} already`);
  names.add(name ?? '');
  const because = fields.has('because') ? reading.text(fields, 'because', path, node, MAX_BECAUSE) : undefined;
  const severity = severityOf(reading, fields, path);
  const reach = reachOf(reading, fields, path);
  const [left, right] = (['left', 'right'] as const).map((side) =>
    sideOf(reading, fields, node, `${path}.${side}`, side),
  );
  reportSame(reading, fields, left!, right!);
  if (name === undefined) return undefined;
  return { name, severity, reach, left: left!, right: right!, ...(because === undefined ? {} : { because }) };
}

function severityOf(reading: YamlReading, fields: Fields, path: string): number {
  const text = fields.has('severity') ? reading.text(fields, 'severity', path) : undefined;
  if (text === undefined) return DEFAULT_SOD_SEVERITY;
  const severity = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (severity >= 0 && severity <= 1) return severity;
  reading.report(
    fields.get('severity')!,
    `${path}.severity`,
    `must be a number from 0 to 1, is ${JSON.stringify(text)}`,
  );
  return DEFAULT_SOD_SEVERITY;
}

function reachOf(reading: YamlReading, fields: Fields, path: string): SodRule['reach'] {
  const text = fields.has('reach') ? reading.text(fields, 'reach', path) : 'ASSUMABLE';
  const reach = REACHES.find((each) => each === text);
  if (reach !== undefined) return reach;
  if (text !== undefined)
    reading.report(
      fields.get('reach')!,
      `${path}.reach`,
      `must be one of ${REACHES.join(', ')}, is ${JSON.stringify(text)}`,
    );
  return 'ASSUMABLE';
}

function sideOf(
  reading: YamlReading,
  fields: Fields,
  rule: Node,
  path: string,
  side: 'left' | 'right',
): readonly Duty[] {
  const list = fields.get(side);
  if (list === undefined) return reading.missing(rule, path) ?? [];
  return itemsOf(reading, list, path, MAX_DUTIES).flatMap((item, i) => dutyOf(reading, item, `${path}[${i}]`) ?? []);
}

function dutyOf(reading: YamlReading, node: Node, path: string): Duty | undefined {
  const fields = reading.fields(node, path, DUTY_FIELDS);
  if (fields === undefined) return undefined;
  const place = { ...reading.placeOf(node), field: path };
  const named = [...fields.keys()].sort().join();
  if (named === 'role' || named === 'group') {
    const id = reading.text(fields, named, path, node, MAX_DUTY_TEXT);
    return id === undefined ? undefined : { is: named, id, place };
  }
  if (named !== 'action,resource')
    return reading.report(node, path, 'must name an action and a resource, or a role, or a group');
  const action = patternOf(reading, fields, 'action', path);
  const resource = patternOf(reading, fields, 'resource', path);
  if (action === undefined || resource === undefined) return undefined;
  return { is: 'entitlement', action, resource, place };
}

function patternOf(reading: YamlReading, fields: Fields, name: string, path: string): string | undefined {
  const pattern = reading.text(fields, name, path, undefined, MAX_DUTY_TEXT);
  if (pattern === undefined || pattern.split('*').length - 1 <= MAX_DUTY_STARS) return pattern;
  return reading.report(fields.get(name)!, `${path}.${name}`, `has more than ${MAX_DUTY_STARS} stars`);
}

/** The same on both sides would make everybody who has it a case. What only patterns share is seen when they are spelled out. */
function reportSame(reading: YamlReading, fields: Fields, left: readonly Duty[], right: readonly Duty[]): void {
  const onLeft = new Map(left.map((duty) => [keyOf(duty), duty.place]));
  const list = fields.get('right');
  right.forEach((duty) => {
    const same = onLeft.get(keyOf(duty));
    if (same === undefined || !isSeq(list)) return;
    const item = list.items[Number(/\[(\d+)\]$/.exec(duty.place.field)![1])] as Node;
    reading.report(item, duty.place.field, `is on the other side too: ${placeText(same)}`);
  });
}

/** Letter case makes no difference in patterns and actions, and makes one in ids. */
function keyOf(duty: Duty): string {
  if (duty.is !== 'entitlement') return JSON.stringify([duty.is, duty.id]);
  const resource = duty.resource.includes('*') ? foldCase(duty.resource) : duty.resource;
  return JSON.stringify([duty.is, foldCase(duty.action), resource]);
}

export const placeText = ({ field, line, column }: Place): string => `${field} at line ${line}, column ${column}`;
