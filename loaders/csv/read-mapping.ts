import type { Dialect, FileMapping, Mapping, Rule } from './mapping.ts';
import { readMappingFile } from './mapping-file.ts';
import { readConditions } from './read-conditions.ts';
import { readEdgeRule, readNodeRule, readUseRule } from './read-rules.ts';
import { delimiterOf } from './read-values.ts';
import type { YamlFields } from './yaml-fields.ts';

/**
 * Reads a mapping file.
 *
 * @throws GrantlensError INPUT_NOT_FOUND, INPUT_UNREADABLE; InputError with line and field of everything wrong in it
 */
export const readMapping = (path: string): Promise<Mapping> => readMappingFile(path, mappingOf);

function mappingOf(root: YamlFields): Mapping {
  const source = root.text('source');
  const files = elements(root, 'files').map(fileOf);
  if (root.find('files') === undefined)
    root.report('files', 'is missing; it lists the CSV files and what to make of their rows');
  root.end();
  return { file: root.source.file, files, ...(source === undefined ? {} : { source }) };
}

/** The items of a list of groups of fields. */
function elements(of: YamlFields, name: string): YamlFields[] {
  return of
    .list(name)
    .map((node, i) => of.source.fields(node, `${of.pathOf(name)}[${i}]`))
    .filter((fields) => fields !== undefined);
}

function fileOf(fields: YamlFields): FileMapping {
  const pattern = fields.needText('file') ?? '';
  const optional = fields.flag('optional', false);
  const dialect = dialectOf(fields);
  const when = readConditions(fields);
  const rules: Rule[] = [
    ...elements(fields, 'nodes').map(readNodeRule),
    ...elements(fields, 'edges').map(readEdgeRule),
    ...elements(fields, 'uses').map(readUseRule),
  ];
  if (rules.length === 0) fields.report('', 'says nothing to make of the rows; give nodes, edges or uses');
  fields.end();
  return { line: fields.line, path: fields.path, pattern, optional, dialect, when, rules };
}

function dialectOf(fields: YamlFields): Dialect {
  const delimiter = fields.text('delimiter') ?? ',';
  const quote = fields.text('quote') ?? '"';
  const comment = fields.text('comment');
  if (delimiter === '' || delimiter === '\n')
    fields.report('delimiter', 'must be a character, or tab, comma, semicolon, pipe, space');
  if (quote !== 'none' && quote.length !== 1) fields.report('quote', 'must be one character, or none');
  if (comment !== undefined && comment.length !== 1) fields.report('comment', 'must be one character');
  const header = fields.flag('header', true);
  return {
    delimiter: delimiterOf(delimiter),
    quote: quote === 'none' ? null : quote,
    comment,
    encoding: encodingOf(fields),
    header,
    columns: columnNamesOf(fields, header),
  };
}

function encodingOf(fields: YamlFields): string {
  const label = fields.text('encoding') ?? 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    fields.report(
      'encoding',
      `${JSON.stringify(label)} is no encoding that is known; utf-8, windows-1252 and utf-16le are`,
    );
    return 'utf-8';
  }
}

function columnNamesOf(fields: YamlFields, header: boolean): readonly string[] | undefined {
  const node = fields.find('columns');
  if (node === undefined) return undefined;
  if (header)
    fields.report('columns', 'names the columns of a file without header; set header: false, or leave it out');
  return fields.source.texts(node, fields.pathOf('columns'));
}
