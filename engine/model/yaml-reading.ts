/** Files that people write as YAML: texts, lists and groups of fields, each problem with its line and column. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Problem, Problems } from './errors.ts';

/** Characters of a text in a file, when nobody says. */
const MAX_PATTERN = 512;

/** The fields of a group, by name. */
export type Fields = ReadonlyMap<string, Node>;

/**
 * A file that is being read: problems are collected, and told together. Every scalar is the text that was written. Aliases and
 * nesting that would cost more than the file is long are refused.
 */
export class YamlReading {
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #found: Problem[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** @param most characters that the text may have */
  parse(text: string, most: number): Node | undefined {
    if (text.length > most) return this.#add({ message: `has ${text.length} characters; at most ${most} are taken` });
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
    return this.#add({ ...this.placeOf(node), ...(field === '' ? {} : { field }), message });
  }

  /** Where something begins, both counted from 1. */
  placeOf(node: Node): { readonly line: number; readonly column: number } {
    const { line, col: column } = this.#lines.linePos(node.range?.[0] ?? 0);
    return { line, column };
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
