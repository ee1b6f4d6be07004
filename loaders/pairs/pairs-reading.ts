import { basename } from 'node:path';
import {
  type Change,
  InputError,
  makeEdge,
  type NodeKind,
  type NodeRecord,
  Problems,
  wrongWithText,
} from '../../engine/model/index.ts';
import { DigestLines } from '../formats/digest-lines.ts';
import { type LineBatch, type LineOptions, readLines } from '../formats/lines.ts';
import { shownPath } from '../formats/open-text.ts';
import { emptyFile } from '../formats/whole-text.ts';
import type { Skipped } from '../loader.ts';
import { columnsOf, isHeader, SEPARATOR_NAMES, type Separator, separatorOf } from './pair-line.ts';

/** The action of every grant that is made from a pair. */
const ACTION = 'use';

/** One load of files of pairs. */
export class PairsReading {
  readonly #source: string;
  readonly #skipped: Skipped[];
  readonly #options: LineOptions;
  readonly #problems = new Problems();
  readonly #nodes = new Set<string>();
  readonly #edges = new DigestLines();
  #file = '';
  /** How columns are separated in the file at hand, and the line that told; undefined before its first line with data. */
  #separator: { readonly is: Separator; readonly line: number } | undefined;
  #repeated = 0;

  /** @param skipped where repeated pairs are accounted for */
  constructor(source: string, skipped: Skipped[], options: LineOptions = {}) {
    this.#source = source;
    this.#skipped = skipped;
    this.#options = options;
  }

  /**
   * The changes, some hundreds at a time. After the first problem the rest is only checked.
   *
   * @throws InputError at the end, with every problem; GrantlensError when a file cannot be read on
   */
  async *batches(paths: readonly string[]): AsyncGenerator<readonly Change[]> {
    for (const path of paths) yield* this.#batchesOf(path);
    this.#problems.throwIfAny();
  }

  async *#batchesOf(path: string): AsyncGenerator<readonly Change[]> {
    this.#file = shownPath(path);
    this.#separator = undefined;
    this.#repeated = 0;
    try {
      for await (const batch of readLines(path, this.#options)) {
        const changes = this.#changesOf(batch);
        if (this.#problems.total === 0) yield changes;
      }
      if (this.#separator === undefined) throw emptyFile(this.#file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) this.#problems.add(problem);
    }
    if (this.#repeated > 0) this.#skipped.push({ where: this.#file, why: repeatedPairs(this.#repeated) });
  }

  #changesOf({ first, lines }: LineBatch): Change[] {
    const changes: Change[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i]!;
      const text = line.trimStart();
      if (text !== '' && !text.startsWith('#')) this.#readLine(line, first + i, changes);
    }
    return changes;
  }

  #readLine(line: string, number: number, changes: Change[]): void {
    const isFirst = this.#separator === undefined;
    this.#separator ??= { is: separatorOf(line), line: number };
    const columns = columnsOf(line, this.#separator.is);
    if (typeof columns === 'string') this.#report(number, columns);
    else if (columns.length !== 2) this.#report(number, this.#notTwo(columns.length));
    else if (!(isFirst && isHeader(columns))) this.#readPair(columns[0]!, columns[1]!, number, changes);
  }

  #notTwo(count: number): string {
    const { is, line } = this.#separator!;
    const found = count === 1 ? 'there is one column' : `there are ${count} columns`;
    return `${found}, two are needed: user and permission, separated by ${SEPARATOR_NAMES[is]} as line ${line} has it`;
  }

  #readPair(user: string, permission: string, line: number, changes: Change[]): void {
    const from = this.#id('user', user, line);
    const to = this.#id('permission', permission, line);
    if (from === undefined || to === undefined) return;
    const edge = makeEdge({
      kind: 'GRANTS',
      from,
      to,
      source: this.#source,
      actions: [ACTION],
      evidence: basename(this.#file),
    });
    if (this.#edges.note(edge.id, line) !== undefined) {
      this.#repeated += 1;
      return;
    }
    this.#putNode('User', from, user, line, changes);
    this.#putNode('Resource', to, permission, line, changes);
    changes.push({ op: 'PUT_EDGE', edge, file: this.#file, line });
  }

  #id(field: 'user' | 'permission', value: string, line: number): string | undefined {
    const id = `${field}:${value}`;
    const wrong = value === '' ? 'is empty' : wrongWithText(id);
    if (wrong === undefined) return id;
    this.#report(line, wrong, field);
    return undefined;
  }

  #putNode(kind: NodeKind, id: string, name: string, line: number, changes: Change[]): void {
    if (this.#nodes.has(id)) return;
    this.#nodes.add(id);
    const type = kind === 'Resource' ? { resourceType: 'permission' } : {};
    const node: NodeRecord = { kind, id, source: this.#source, name, ...type, attributes: {} };
    changes.push({ op: 'PUT_NODE', node, file: this.#file, line });
  }

  #report(line: number, message: string, field?: string): void {
    this.#problems.add({ file: this.#file, line, ...(field === undefined ? {} : { field }), message });
  }
}

const repeatedPairs = (count: number): string =>
  count === 1 ? 'one pair that was told before' : `${count} pairs that were told before`;
