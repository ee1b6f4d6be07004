import { Composer, type Document, isMap, isSeq, LineCounter, type Node, type Pair, Parser } from 'yaml';
import type { Problems } from '../../../engine/model/index.ts';
import { MAX_LINE } from '../../formats/lines.ts';
import { inBytes } from '../../formats/size.ts';
import type { Path, SourceDocument } from './source-document.ts';
import { keyOf, offsetOf, YamlFault, YamlValues } from './yaml-value.ts';

/**
 * The documents of a YAML text, one at a time. A fault is reported with its line and ends the reading of the text.
 *
 * @param file named in messages
 */
export function* yamlDocuments(text: string, file: string, problems: Problems): Generator<SourceDocument> {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  if (hasLongLine(text, file, problems)) return;
  let number = 0;
  try {
    const composer = new Composer({ uniqueKeys: false, prettyErrors: false, version: '1.2', logLevel: 'silent' });
    for (const document of composer.compose(new Parser(lines.addNewLine).parse(text))) {
      number += 1;
      const error = document.errors[0];
      if (error !== undefined) throw new YamlFault(error.pos[0], wordsOf(error.message));
      yield yamlDocument(document as Document, file, number, lineAt);
    }
  } catch (error) {
    problems.add(problemOf(error, text, file, lineAt));
  }
}

function yamlDocument(
  document: Document,
  file: string,
  number: number,
  lineAt: (offset: number) => number,
): SourceDocument {
  const values = new YamlValues();
  const value = values.valueOf(document);
  const lineOf = (path: Path): number => lineAt(offsetAt(document.contents as Node | null, path, values));
  return { file, number, value, lineOf, knowsLines: true };
}

/** Follows a path as far as it goes; for the last step of a map the key counts, not its value. */
function offsetAt(top: Node | null, path: Path, values: YamlValues): number {
  let node = top;
  let offset = offsetOf(top);
  for (const step of path) {
    if (node === null) break;
    const inner = stepInto(values.target(node), step);
    if (inner === undefined) break;
    offset = offsetOf(inner.at);
    node = inner.node;
  }
  return offset;
}

function stepInto(node: Node, step: string | number): { at: Node | null; node: Node | null } | undefined {
  if (isSeq(node)) {
    const item = (node.items as (Node | null)[])[step as number];
    return item === undefined ? undefined : { at: item, node: item };
  }
  if (!isMap(node)) return undefined;
  const pairs = node.items as Pair<Node | null, Node | null>[];
  const pair = pairs.find((one) => keyOf(one, node) === step);
  return pair === undefined ? undefined : { at: pair.key, node: pair.value };
}

/** A line of many megabytes makes a tree of gigabytes; no manifest has one. */
function hasLongLine(text: string, file: string, problems: Problems): boolean {
  let line = 1;
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    const length = (end < 0 ? text.length : end) - start;
    if (length > MAX_LINE) {
      const message = `the line is longer than ${inBytes(MAX_LINE)}, which no YAML manifest needs; is it JSON? Then let its name end in .json`;
      problems.add({ file, line, message });
      return true;
    }
    if (end < 0) return false;
    start = end + 1;
    line += 1;
  }
  return false;
}

function problemOf(error: unknown, text: string, file: string, lineAt: (offset: number) => number) {
  if (error instanceof YamlFault) {
    const line = lineAt(error.offset);
    return { file, line, message: `${error.message}${hintOf(text.split('\n', line)[line - 1] ?? '')}` };
  }
  if (error instanceof RangeError) return { file, message: TOO_DEEP };
  throw error;
}

const TOO_DEEP = 'maps and lists nest too deep to be read';

const wordsOf = (message: string): string => (message.includes('call stack') ? TOO_DEEP : message);

const hintOf = (line: string): string =>
  line.includes('{{') ? ' (this looks like a template: render it first, for example with helm template)' : '';
