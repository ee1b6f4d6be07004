/** Sensitivity rules as people write them: YAML text in, rules out, or every problem with its line and column. */
import { isSeq, type Node } from 'yaml';
import { readRulesFile } from '../model/rules-file.ts';
import type { Fields, YamlReading as Reading } from '../model/yaml-reading.ts';
import {
  MAX_PATTERN,
  MAX_PATTERNS,
  MAX_REASON,
  MAX_RULES,
  MAX_RULES_TEXT,
  MAX_STARS,
  type ResourcePatterns,
  type SensitivityRule,
} from './rule.ts';

const RULE_FIELDS = ['name', 'resource', 'actions', 'weight', 'because'] as const;
const RESOURCE_FIELDS = ['type', 'id', 'attributes'] as const;

/**
 * Reads the text of a rules file. The form is on the page docs/sensitivity.md.
 *
 * @param file what problems call it
 * @returns the rules in the order of the file, which is that of precedence
 * @throws InputError with line, column and field of everything that is wrong
 */
export const parseSensitivityRules = (text: string, file: string): readonly SensitivityRule[] =>
  readRulesFile(text, file, {
    mostText: MAX_RULES_TEXT,
    mostRules: MAX_RULES,
    mayBeEmpty: true,
    unit: 'rules',
    read: ruleOf,
  });

function ruleOf(reading: Reading, node: Node, path: string, names: Set<string>): SensitivityRule | undefined {
  const fields = reading.fields(node, path, RULE_FIELDS);
  if (fields === undefined) return undefined;
  const name = reading.text(fields, 'name', path, node);
  if (name !== undefined && names.has(name))
    reading.report(fields.get('name')!, `${path}.name`, `another rule is called ${JSON.stringify(name)} already`);
  names.add(name ?? '');
  const resource = resourceOf(reading, fields.get('resource'), node, `${path}.resource`);
  const actions = fields.has('actions') ? actionsOf(reading, fields.get('actions')!, `${path}.actions`) : undefined;
  const weight = weightOf(reading, fields, node, path);
  const because = fields.has('because') ? reading.text(fields, 'because', path, node, MAX_REASON) : undefined;
  if (name === undefined || resource === undefined || weight === undefined) return undefined;
  return {
    name,
    resource,
    weight,
    ...(actions === undefined ? {} : { actions }),
    ...(because === undefined ? {} : { because }),
  };
}

function weightOf(reading: Reading, fields: Fields, node: Node, path: string): number | undefined {
  const text = reading.text(fields, 'weight', path, node);
  if (text === undefined) return undefined;
  const weight = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (weight >= 0 && weight <= 1) return weight;
  return reading.report(
    fields.get('weight')!,
    `${path}.weight`,
    `must be a number from 0 to 1, is ${JSON.stringify(text)}`,
  );
}

function resourceOf(reading: Reading, node: Node | undefined, rule: Node, path: string): ResourcePatterns | undefined {
  if (node === undefined) return reading.missing(rule, path);
  const fields = reading.fields(node, path, RESOURCE_FIELDS);
  if (fields === undefined) return undefined;
  if (fields.size === 0)
    return reading.report(node, path, `names nothing; give ${RESOURCE_FIELDS.join(', ')}, with "*" for all`);
  const type = fields.has('type') ? reading.text(fields, 'type', path) : undefined;
  const id = fields.has('id') ? reading.text(fields, 'id', path) : undefined;
  const attributes = fields.has('attributes')
    ? attributesOf(reading, fields.get('attributes')!, `${path}.attributes`)
    : undefined;
  return {
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

function attributesOf(reading: Reading, node: Node, path: string): Readonly<Record<string, string>> | undefined {
  const fields = reading.fields(node, path);
  if (fields === undefined) return undefined;
  if (fields.size === 0) return reading.report(node, path, 'names no attribute');
  if (fields.size > MAX_PATTERNS)
    return reading.report(node, path, `names ${fields.size} attributes; at most ${MAX_PATTERNS} are taken`);
  const patterns: [string, string][] = [];
  for (const name of fields.keys()) {
    // The empty text is what an attribute may hold.
    const pattern = reading.text(fields, name, path, node, MAX_PATTERN, true);
    if (pattern !== undefined) patterns.push([name, pattern]);
  }
  return Object.fromEntries(patterns);
}

function actionsOf(reading: Reading, node: Node, path: string): readonly string[] | undefined {
  if (!isSeq(node)) return reading.report(node, path, 'must be a list of patterns');
  const items = node.items as (Node | null)[];
  if (items.length === 0) return reading.report(node, path, 'is empty; leave it out for every action');
  if (items.length > MAX_PATTERNS)
    return reading.report(node, path, `holds ${items.length} patterns; at most ${MAX_PATTERNS} are taken`);
  return items.flatMap((item, i) => {
    const at = `${path}[${i}]`;
    const pattern = reading.scalar(item ?? node, at, MAX_PATTERN, false);
    if (pattern === undefined) return [];
    if (pattern.split('*').length - 1 <= MAX_STARS) return [pattern];
    return reading.report(item!, at, `has more than ${MAX_STARS} stars`) ?? [];
  });
}
