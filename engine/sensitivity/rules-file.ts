/** Sensitivity rules as people write them: YAML text in, rules out, or every problem with its line and column. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Problem, Problems } from '../model/index.ts';
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

const FILE_FIELDS = ['version', 'rules'] as const;
const RULE_FIELDS = ['name', 'resource', 'actions', 'weight', 'because'] as const;
const RESOURCE_FIELDS = ['type', 'id', 'attributes'] as const;

/**
 * Reads the text of a rules file. The form is on the page docs/sensitivity.md.
 *
 * @param file what problems call it
 * @returns the rules in the order of the file, which is that of precedence
 * @throws InputError with line, column and field of everything that is wrong
 */
export function parseSensitivityRules(text: string, file: string): readonly SensitivityRule[] {
  const reading = new Reading(file);
  const root = reading.parse(text);
  const rules = root === undefined ? [] : rulesOf(reading, root);
  reading.throwIfAny();
  return rules;
}

function rulesOf(reading: Reading, root: Node): readonly SensitivityRule[] {
  const fields = reading.fields(root, '', FILE_FIELDS);
  if (fields === undefined) return [];
  const version = reading.text(fields, 'version', '');
  if (version !== undefined && version !== '1')
    reading.report(fields.get('version')!, 'version', `must be 1, is ${JSON.stringify(version)}`);
  const list = fields.get('rules');
  if (list === undefined) return reading.missing(root, 'rules') ?? [];
  if (!isSeq(list)) return reading.report(list, 'rules', `must be a list (lines that start with "- ")`) ?? [];
  const items = list.items as (Node | null)[];
  if (items.length > MAX_RULES)
    return reading.report(list, 'rules', `holds ${items.length} rules; at most ${MAX_RULES} are taken`) ?? [];
  const names = new Set<string>();
  return items.flatMap((item, i) => ruleOf(reading, item ?? list, `rules[${i}]`, names) ?? []);
}

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

type Fields = ReadonlyMap<string, Node>;

/** A file that is being read: problems are collected, and told together. */
class Reading {
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #found: Problem[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  parse(text: string): Node | undefined {
    if (text.length > MAX_RULES_TEXT)
      return this.#add({ message: `has ${text.length} characters; at most ${MAX_RULES_TEXT} are taken` });
    // With the failsafe schema every scalar is the text that was written.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines, prettyErrors: false });
    const [first] = document.errors;
    if (first !== undefined) {
      // What follows the first error mostly follows from it.
      const { line, col: column } = this.#lines.linePos(first.pos[0]);
      return this.#add({ line, column, message: nestsTooDeeply(first.message) ? 'nests too deeply' : first.message });
    }
    return (document.contents as Node | null) ?? this.#add({ line: 1, column: 1, message: 'the file holds no rules' });
  }

  report(node: Node, field: string, message: string): undefined {
    const { line, col: column } = this.#lines.linePos(node.range?.[0] ?? 0);
    return this.#add({ line, column, ...(field === '' ? {} : { field }), message });
  }

  missing(node: Node, field: string): undefined {
    return this.report(node, field, 'is missing');
  }

  #add(problem: Problem): undefined {
    this.#found.push({ file: this.#file, ...problem });
    return undefined;
  }

  /** @throws InputError */
  throwIfAny(): void {
    const problems = new Problems();
    const order = (a: Problem, b: Problem): number =>
      (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
    for (const problem of this.#found.sort(order)) problems.add(problem);
    problems.throwIfAny();
  }

  /** @param known the names that there may be; any when absent */
  fields(node: Node, path: string, known?: readonly string[]): Fields | undefined {
    if (!isMap(node)) return this.report(node, path, `must hold fields (name: value), is ${kindOf(node)}`);
    const fields = new Map<string, Node>();
    for (const { key, value } of (node as YAMLMap).items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
      const field = path === '' ? (name ?? '') : `${path}.${name ?? ''}`;
      if (name === undefined || name === '') this.report(key, path, 'a name must be a text');
      else if (known !== undefined && !known.includes(name))
        this.report(key, field, `unknown field; known here are ${known.join(', ')}`);
      else if (value === null) this.report(key, field, 'has no value');
      else fields.set(name, value);
    }
    return fields;
  }

  /**
   * The text of a field.
   *
   * @param missingAt where it is told that the field is missing; then it must be there
   */
  text(fields: Fields, name: string, path: string, missingAt?: Node, most = MAX_PATTERN, maybeEmpty = false) {
    const at = path === '' ? name : `${path}.${name}`;
    const node = fields.get(name);
    if (node !== undefined) return this.scalar(node, at, most, maybeEmpty);
    return missingAt === undefined
      ? this.#add({ line: 1, column: 1, field: at, message: 'is missing' })
      : this.missing(missingAt, at);
  }

  scalar(node: Node, path: string, most: number, maybeEmpty: boolean): string | undefined {
    if (!isScalar(node) || typeof node.value !== 'string')
      return this.report(node, path, `must be a text, is ${kindOf(node)}`);
    if (node.value === '' && !(maybeEmpty && node.type !== 'PLAIN')) return this.report(node, path, 'is empty');
    if (node.value.length > most)
      return this.report(node, path, `has ${node.value.length} characters; at most ${most} are taken`);
    return node.value;
  }
}

const nestsTooDeeply = (message: string): boolean => message.includes('call stack');

function kindOf(node: Node): string {
  if (isMap(node)) return 'a group of fields';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node)) return 'an alias (*name), which is not taken here';
  return node.value === '' || node.value === null ? 'empty' : 'a text';
}
