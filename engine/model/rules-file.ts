/** Files of rules that people write: `version: 1` and a list of rules, whatever a rule is and the list is called. */
import { isSeq, type Node } from 'yaml';
import { YamlReading } from './yaml-reading.ts';

export interface RulesFile<T> {
  /** Characters and rules that are taken at most. */
  readonly mostText: number;
  readonly mostRules: number;
  /** Whether there may be none. */
  readonly mayBeEmpty: boolean;
  /** The field that holds the list; default `rules`. */
  readonly list?: string;
  /** What is counted where there are too many; nothing when absent. */
  readonly unit?: string;
  /**
   * Reads one rule; undefined where something is wrong with it, which is reported.
   *
   * @param path of the rule, such as `rules[2]`
   * @param names of the rules before it; its own is to be added
   */
  readonly read: (reading: YamlReading, node: Node, path: string, names: Set<string>) => T | undefined;
}

/**
 * The rules of a file, in its order.
 *
 * @param file what problems call it
 * @throws InputError with line, column and field of everything that is wrong
 */
export function readRulesFile<T>(text: string, file: string, form: RulesFile<T>): readonly T[] {
  const reading = new YamlReading(file);
  const root = reading.parse(text, form.mostText);
  const rules = root === undefined ? [] : rulesOf(reading, root, form);
  reading.throwIfAny();
  return rules;
}

function rulesOf<T>(reading: YamlReading, root: Node, form: RulesFile<T>): readonly T[] {
  const { list: name = 'rules' } = form;
  const fields = reading.fields(root, '', ['version', name]);
  if (fields === undefined) return [];
  const version = reading.text(fields, 'version', '');
  if (version !== undefined && version !== '1')
    reading.report(fields.get('version')!, 'version', `must be 1, is ${JSON.stringify(version)}`);
  const list = fields.get(name);
  if (list === undefined) return reading.missing(root, name) ?? [];
  const names = new Set<string>();
  return itemsOf(reading, list, name, form.mostRules, form).flatMap(
    (item, i) => form.read(reading, item, `${name}[${i}]`, names) ?? [],
  );
}

/** The items of a list; none where it is no list, or too long, or empty where it may not be, which is reported. */
export function itemsOf(
  reading: YamlReading,
  list: Node,
  path: string,
  most: number,
  { mayBeEmpty = false, unit }: Partial<Pick<RulesFile<unknown>, 'mayBeEmpty' | 'unit'>> = {},
): readonly Node[] {
  if (!isSeq(list)) return reading.report(list, path, 'must be a list (lines that start with "- ")') ?? [];
  const items = list.items as (Node | null)[];
  if (items.length === 0 && !mayBeEmpty) return reading.report(list, path, 'is empty') ?? [];
  const count = unit === undefined ? items.length : `${items.length} ${unit}`;
  if (items.length > most) return reading.report(list, path, `holds ${count}; at most ${most} are taken`) ?? [];
  return items.map((item) => item ?? list);
}
