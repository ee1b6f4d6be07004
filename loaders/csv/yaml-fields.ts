import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Problem, Problems } from '../../engine/model/index.ts';

/** A YAML file that is being read: every problem is told by its line and the path to its field. */
export class YamlFile {
  readonly file: string;
  /** The document; null when it holds nothing or is not YAML. */
  readonly root: Node | null;
  readonly #lines = new LineCounter();
  readonly #problems: Problem[] = [];

  constructor(file: string, text: string) {
    this.file = file;
    this.root = this.#parse(text);
  }

  #parse(text: string): Node | null {
    // With the failsafe schema every scalar is the text that was written: 007 stays 007, no stays no.
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: this.#lines, prettyErrors: false });
    const [first] = document.errors;
    if (first === undefined) return document.contents as Node | null;
    // What follows the first error mostly follows from it.
    const message = first.message.includes('call stack') ? 'nests too deeply' : first.message;
    this.#add(this.#lines.linePos(first.pos[0]).line, '', message);
    return null;
  }

  #add(line: number, field: string, message: string): void {
    this.#problems.push({ file: this.file, line, ...(field === '' ? {} : { field }), message });
  }

  /** @throws InputError with everything that was reported, by line */
  throwIfAny(): void {
    const problems = new Problems();
    for (const problem of this.#problems.sort((a, b) => a.line! - b.line!)) problems.add(problem);
    problems.throwIfAny();
  }

  lineOf(node: Node): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line;
  }

  report(node: Node, path: string, message: string): undefined {
    this.#add(this.lineOf(node), path, message);
    return undefined;
  }

  /** The mapping that a node is; reports and gives undefined for anything else. */
  fields(node: Node, path: string): YamlFields | undefined {
    if (!isMap(node)) return this.report(node, path, `must hold fields (name: value), is ${kindOf(node)}`);
    return new YamlFields(this, node, path);
  }

  /** The text that a node is. */
  text(node: Node, path: string): string | undefined {
    if (!isScalar(node) || typeof node.value !== 'string')
      return this.report(node, path, `must be a text, is ${kindOf(node)}`);
    return node.value;
  }

  /** The texts of a list, or the one text in place of a list. */
  texts(node: Node, path: string): readonly string[] | undefined {
    const items = isSeq(node) ? (node.items as Node[]) : [node];
    const texts = items.map((item, i) => this.text(item, isSeq(node) ? `${path}[${i}]` : path));
    return texts.includes(undefined) ? undefined : (texts as string[]);
  }
}

/** The fields of one mapping. Each is asked for by name; what was never asked for is unknown. */
export class YamlFields {
  readonly source: YamlFile;
  readonly node: YAMLMap;
  readonly path: string;
  readonly #asked = new Set<string>();

  constructor(source: YamlFile, node: YAMLMap, path: string) {
    this.source = source;
    this.node = node;
    this.path = path;
  }

  get line(): number {
    return this.source.lineOf(this.node);
  }

  pathOf(name: string): string {
    return this.path === '' || name === '' ? this.path + name : `${this.path}.${name}`;
  }

  /** Every field with its name, in the order of the file. For mappings whose names are free. */
  entries(): readonly (readonly [name: string, node: Node])[] {
    return (this.node.items as Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
      const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
      if (name === undefined || value === null) {
        this.source.report(key, this.path, name === undefined ? 'a name must be a text' : `${name} has no value`);
        return [];
      }
      return [[name, value] as const];
    });
  }

  find(name: string): Node | undefined {
    this.#asked.add(name);
    return (this.node.get(name, true) as Node | undefined) ?? undefined;
  }

  /** The node of a field that must be there. */
  need(name: string): Node | undefined {
    return this.find(name) ?? this.report(name, 'is missing');
  }

  text(name: string): string | undefined {
    const node = this.find(name);
    return node === undefined ? undefined : this.source.text(node, this.pathOf(name));
  }

  needText(name: string): string | undefined {
    const node = this.need(name);
    return node === undefined ? undefined : this.source.text(node, this.pathOf(name));
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined || known.includes(text as T)) return text as T | undefined;
    return this.report(name, `must be one of ${known.join(', ')}, is ${JSON.stringify(text)}`);
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.oneOf(name, ['true', 'false']);
    return text === undefined ? fallback : text === 'true';
  }

  list(name: string): readonly Node[] {
    const node = this.find(name);
    if (node === undefined) return [];
    if (isSeq(node)) return node.items as Node[];
    this.report(name, `must be a list (lines that start with "- "), is ${kindOf(node)}`);
    return [];
  }

  fields(name: string): YamlFields | undefined {
    const node = this.find(name);
    return node === undefined ? undefined : this.source.fields(node, this.pathOf(name));
  }

  report(name: string, message: string): undefined {
    const node = (this.node.get(name, true) as Node | undefined) ?? this.node;
    return this.source.report(node, this.pathOf(name), message);
  }

  /** Reports every field that was never asked for. Call when all was asked. */
  end(): void {
    for (const { key } of this.node.items as Pair<Node>[]) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!this.#asked.has(name)) {
        this.source.report(key, this.pathOf(name), `unknown field; known here are ${[...this.#asked].join(', ')}`);
      }
    }
  }
}

function kindOf(node: Node): string {
  if (isMap(node)) return 'a group of fields';
  if (isSeq(node)) return 'a list';
  return isScalar(node)
    ? node.value === '' || node.value === null
      ? 'empty'
      : 'a text'
    : 'an alias (*name), which mappings do not take';
}
