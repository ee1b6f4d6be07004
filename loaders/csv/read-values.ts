import { isMap, type Node } from 'yaml';
import { DEFAULT_DATE_FORMAT, parseDateFormat } from './date-format.ts';
import { parseTemplate, type Template } from './template.ts';
import { NO, type TypedValue, VALUE_TYPES, type ValueType, YES } from './typed-value.ts';
import { YamlFields, type YamlFile } from './yaml-fields.ts';

const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', comma: ',', semicolon: ';', pipe: '|', space: ' ' };

/** A delimiter that is named, or that stands for itself. */
export const delimiterOf = (text: string): string => (Object.hasOwn(DELIMITERS, text) ? DELIMITERS[text]! : text);

/** Stands for a template that could not be read. */
export const NOTHING: Template = { texts: [''], cells: [] };

/** The template of a field that must be there. */
export function needTemplate(fields: YamlFields, name: string): Template {
  const text = fields.needText(name);
  if (text === undefined) return NOTHING;
  const template = parseTemplate(text);
  if (typeof template !== 'string') return template;
  fields.report(name, template);
  return NOTHING;
}

/** The values of those of these fields that are there. */
export function readValues(fields: YamlFields, types: Readonly<Record<string, ValueType>>): Map<string, TypedValue> {
  const values = new Map<string, TypedValue>();
  for (const [name, type] of Object.entries(types)) {
    const value = optionalValue(fields, name, type);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/** The value of a field that may be there. */
function optionalValue(fields: YamlFields, name: string, type: ValueType): TypedValue | undefined {
  const node = fields.find(name);
  return node === undefined ? undefined : readValue(fields, node, fields.pathOf(name), [type]);
}

/**
 * A value: a template, or a group of fields with the template as its `value`.
 *
 * @param types what the value may be, its default first; undefined: anything, text by default
 */
export function readValue(
  fields: YamlFields,
  node: Node,
  path: string,
  types: readonly ValueType[] | undefined,
): TypedValue {
  const fallback = types?.[0] ?? 'text';
  if (!isMap(node)) return plainValue(fields.source, node, path, fallback);
  const spec = new YamlFields(fields.source, node, path);
  const template = needTemplate(spec, 'value');
  const separator = spec.text('separator');
  const type =
    spec.oneOf('type', types ?? VALUE_TYPES) ??
    (separator !== undefined && types?.includes('list') !== false ? 'list' : fallback);
  const value: TypedValue = {
    ...plain(template, type),
    ...dateOptions(spec, type),
    ...wordOptions(spec, type),
    separator: delimiterOf(separator ?? ','),
  };
  if (separator !== undefined && type !== 'list') spec.report('separator', 'is for values of the type list');
  if (separator === '') spec.report('separator', 'must be what stands between the items, such as ";"');
  spec.end();
  return value;
}

function plainValue(source: YamlFile, node: Node, path: string, type: ValueType): TypedValue {
  const text = source.text(node, path);
  const template = text === undefined ? NOTHING : parseTemplate(text);
  if (typeof template !== 'string') return plain(template, type);
  source.report(node, path, template);
  return plain(NOTHING, type);
}

const plain = (template: Template, type: ValueType): TypedValue => ({
  template,
  type,
  separator: ',',
  format: DEFAULT_DATE_FORMAT,
  inclusive: false,
  yes: YES,
  no: NO,
});

function dateOptions(spec: YamlFields, type: ValueType): Partial<TypedValue> {
  const text = spec.text('format');
  const inclusive = spec.flag('inclusive', false);
  for (const name of ['format', 'inclusive']) {
    if (type !== 'date' && spec.find(name) !== undefined) spec.report(name, 'is for values of the type date');
  }
  const format = text === undefined ? DEFAULT_DATE_FORMAT : parseDateFormat(text);
  if (typeof format !== 'string') return { format, inclusive };
  spec.report('format', format);
  return {};
}

function wordOptions(spec: YamlFields, type: ValueType): Partial<TypedValue> {
  const yes = wordsOf(spec, 'true');
  const no = wordsOf(spec, 'false');
  for (const name of ['true', 'false']) {
    if (type !== 'boolean' && spec.find(name) !== undefined) spec.report(name, 'is for values of the type boolean');
  }
  if (yes === undefined && no !== undefined) spec.report('false', 'needs true: beside it');
  return yes === undefined ? {} : { yes, no: no ?? 'others' };
}

function wordsOf(spec: YamlFields, name: string): ReadonlySet<string> | undefined {
  const node = spec.find(name);
  const words = node === undefined ? undefined : spec.source.texts(node, spec.pathOf(name));
  return words && new Set(words.map((word) => word.toLowerCase()));
}
