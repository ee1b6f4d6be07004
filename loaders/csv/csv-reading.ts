import {
  type Change,
  changeOfLine,
  type EdgeRecord,
  InputError,
  Problems,
  type Report,
  type UseRecord,
} from '../../engine/model/index.ts';
import { DigestLines } from '../formats/digest-lines.ts';
import { LineNumbers, type Place } from '../formats/line-numbers.ts';
import { type OpenOptions, shownPath } from '../formats/open-text.ts';
import { emptyFile } from '../formats/whole-text.ts';
import type { GraphToMatch, LoadReport } from '../loader.ts';
import { allHold } from './condition.ts';
import type { ChosenFile } from './file-choice.ts';
import type { EdgeRule, EndMapping, FileMapping, Mapping, Rule } from './mapping.ts';
import { createdLine, lineOf } from './row-lines.ts';
import { type Row, readRows } from './rows.ts';
import { Sheet } from './sheet.ts';
import { digestOf, ToldNodes } from './told-nodes.ts';
import { itemsOf } from './typed-value.ts';
import { unmatchedUses } from './unmatched-uses.ts';

type Put<Op extends Change['op']> = Extract<Change, { readonly op: Op }>;

/** An edge that waits until all nodes are known. */
interface WaitingEdge {
  readonly change: Put<'PUT_EDGE'>;
  readonly rule: EdgeRule;
}

/** Counts of what was left out of one file, by reason. */
class LeftOut {
  readonly #counts = new Map<string, number>();

  /** @param why goes on after a number, with `rows` or `row` in place of `#` */
  add(why: string): void {
    this.#counts.set(why, (this.#counts.get(why) ?? 0) + 1);
  }

  tell(where: string, report: LoadReport): void {
    for (const [why, count] of this.#counts) {
      report.skipped.push({ where, why: `${count} ${why.replace('#', count === 1 ? 'row' : 'rows')}` });
    }
    this.#counts.clear();
  }
}

/** One load of CSV files: follows the rules of the mapping row by row and keeps what must be known over all files. */
export class CsvReading {
  readonly #mapping: Mapping;
  readonly #source: string;
  readonly #report: LoadReport;
  readonly #options: OpenOptions;
  readonly #problems = new Problems();
  readonly #numbers = new LineNumbers();
  readonly #leftOut = new LeftOut();
  readonly #nodes = new ToldNodes();
  /** Lines by edge, and by content: an edge may come twice, but not with two contents. */
  readonly #edgeLines = new DigestLines();
  readonly #edgeContents = new DigestLines();
  readonly #waiting: WaitingEdge[] = [];
  /** Nodes that ends create where no rule makes them. */
  readonly #created = new Map<string, Put<'PUT_NODE'>>();
  readonly #uses = new Map<string, Put<'PUT_USE'>>();
  /** Lines of the file at hand up to the row at hand. */
  #lastLine = 0;
  #graph: GraphToMatch | undefined;

  /** @param report filled while `batches` is walked */
  constructor(mapping: Mapping, source: string, report: LoadReport, options: OpenOptions = {}) {
    this.#mapping = mapping;
    this.#source = source;
    this.#report = report;
    this.#options = options;
  }

  /**
   * The changes, some hundreds at a time. After the first problem the rest is only checked.
   *
   * @throws InputError at the end, with every problem; GrantlensError when a file cannot be read on
   */
  async *batches(files: readonly ChosenFile[]): AsyncGenerator<readonly Change[]> {
    for (const { path, mapping } of files) {
      this.#numbers.startFile(shownPath(path), this.#lastLine);
      this.#lastLine = 0;
      yield* this.#batchesOf(path, mapping);
      this.#leftOut.tell(shownPath(path), this.#report);
    }
    const rest = [...this.#finishNodes(), ...this.#finishEdges(), ...this.#uses.values()];
    this.#problems.throwIfAny();
    await this.#tellUnmatched();
    yield rest;
  }

  /** Uses are matched with this graph and what the load tells itself. */
  match(graph: GraphToMatch): void {
    this.#graph = graph;
  }

  async #tellUnmatched(): Promise<void> {
    if (this.#graph === undefined) return;
    const isTold = (id: string): boolean => this.#nodes.has(id) || this.#created.has(id);
    this.#report.skipped.push(...(await unmatchedUses(this.#uses.values(), isTold, this.#graph)));
  }

  async *#batchesOf(path: string, mapping: FileMapping): AsyncGenerator<readonly Change[]> {
    let sheet: Sheet | undefined;
    try {
      for await (const rows of readRows(path, mapping.dialect, this.#options)) {
        let first = 0;
        if (sheet === undefined && rows.length > 0) {
          sheet = this.#openSheet(shownPath(path), rows[0]!, mapping);
          first = mapping.dialect.header ? 1 : 0;
        }
        const changes: Change[] = [];
        for (let i = first; i < rows.length; i++) this.#readRow(sheet!, rows[i]!, mapping, changes);
        if (this.#problems.total === 0) yield changes;
      }
      if (sheet === undefined) throw emptyFile(shownPath(path));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) this.#problems.add(problem);
    }
  }

  #openSheet(file: string, first: Row, mapping: FileMapping): Sheet {
    const { header, columns } = mapping.dialect;
    const names = header ? first.cells : (columns ?? first.cells.map((_, place) => String(place + 1)));
    const sheet = new Sheet(file, names);
    const twice = names.find((name, place) => name !== '' && names.indexOf(name) < place);
    if (twice !== undefined) {
      this.#problems.add({ file, line: first.line, field: twice, message: 'two columns have this name; rename one' });
    }
    // What the rules name must be there, or every row would be reported for the same reason.
    const known = new Problems();
    sheet.checkColumns(this.#mapping, mapping, known);
    known.throwIfAny();
    return sheet;
  }

  #readRow(sheet: Sheet, row: Row, mapping: FileMapping, changes: Change[]): void {
    this.#lastLine = row.line;
    const ragged = sheet.take(row);
    if (ragged !== undefined) {
      this.#problems.add({ file: sheet.file, line: row.line, message: ragged });
      return;
    }
    if (!allHold(mapping.when, sheet.cell)) {
      this.#leftOut.add(`# left out by "when" of ${mapping.path} in ${this.#mapping.file}`);
      return;
    }
    let taken = false;
    for (const rule of mapping.rules) taken = this.#follow(rule, sheet, row, changes) || taken;
    if (!taken) this.#leftOut.add(`# that no rule of ${mapping.path} in ${this.#mapping.file} takes`);
  }

  /** Follows a rule, once for each value of a column that holds several. Whether the rule takes the row at all. */
  #follow(rule: Rule, sheet: Sheet, row: Row, changes: Change[]): boolean {
    if (rule.split === undefined) return this.#followOnce(rule, sheet, row, changes);
    const { column, separator } = rule.split;
    let taken = false;
    for (const value of itemsOf(sheet.cell(column), separator)) {
      sheet.splitTo({ column, value });
      taken = this.#followOnce(rule, sheet, row, changes) || taken;
    }
    sheet.splitTo(undefined);
    return taken;
  }

  #followOnce(rule: Rule, sheet: Sheet, row: Row, changes: Change[]): boolean {
    if (!allHold(rule.when, sheet.cell)) return false;
    const change = this.#changeOf(sheet, row, rule, (report) => lineOf(rule, sheet.file, sheet.cell, report));
    if (change?.op === 'PUT_NODE') this.#noteNode(change, changes);
    else if (change?.op === 'PUT_EDGE') this.#noteEdge(change, rule as EdgeRule, sheet, row, changes);
    else if (change?.op === 'PUT_USE') this.#noteUse(change);
    return true;
  }

  /** What a rule makes of a row, checked by the rules of the exchange form; undefined when something was reported. */
  #changeOf(sheet: Sheet, row: Row, rule: Rule, make: (report: Report) => object): Change | undefined {
    const before = this.#problems.total;
    const report: Report = (field, message) => {
      const path = field === '' ? rule.path : `${rule.path}.${field}`;
      this.#problems.add({ file: sheet.file, line: row.line, field: path, message });
    };
    const line = make(report);
    const change = this.#problems.total > before ? undefined : changeOfLine(line, this.#source, report);
    return change === undefined ? undefined : { ...change, file: sheet.file, line: row.line };
  }

  #noteNode(change: Put<'PUT_NODE'>, changes: Change[]): void {
    const noted = this.#nodes.note(change.node, this.#numbers.numberOf(change.line!));
    if (noted === 'new') changes.push(change);
    else if (noted !== 'same') this.#differs(change, `the node ${JSON.stringify(change.node.id)}`, noted, '');
  }

  #noteEdge(change: Put<'PUT_EDGE'>, rule: EdgeRule, sheet: Sheet, row: Row, changes: Change[]): void {
    const { edge } = change;
    this.#create(rule.from, rule, sheet, row);
    this.#create(rule.to, rule, sheet, row);
    const line = this.#numbers.numberOf(row.line);
    const before = this.#edgeLines.note(edge.id, line);
    const sameContent = this.#edgeContents.note(digestOf({ ...edge, evidence: '' }), line) !== undefined;
    if (before === undefined) this.#putOrWait({ change, rule }, changes);
    else if (sameContent) this.#leftOut.add(`# whose ${edge.kind} edge an earlier row tells too`);
    else this.#differs(change, nameOf(edge), before, '; give parallel edges a "key" each');
  }

  #differs(change: Change, what: string, before: number, advice: string): void {
    const message = `${what} was told with other content at ${at(this.#numbers.placeOf(before))}${advice}`;
    this.#problems.add({ file: change.file!, line: change.line!, message });
  }

  #create(end: EndMapping, rule: Rule, sheet: Sheet, row: Row): void {
    if (end.create === undefined) return;
    const change = this.#changeOf(sheet, row, rule, (report) => createdLine(end, sheet.cell, report)) as
      | Put<'PUT_NODE'>
      | undefined;
    if (change === undefined || this.#nodes.has(change.node.id)) return;
    const known = this.#created.get(change.node.id);
    if (known === undefined) this.#created.set(change.node.id, change);
    else if (digestOf(known.node) !== digestOf(change.node)) {
      const place = { file: known.file!, line: known.line! };
      this.#problems.add({ file: change.file!, line: row.line, message: createdTwice(change.node.id, place) });
    }
  }

  /** Puts an edge at once when both ends are known; else it waits, for a node may be told further down. */
  #putOrWait(waiting: WaitingEdge, changes: Change[]): void {
    const { edge } = waiting.change;
    const ready = this.#isKnown(edge.from, waiting.rule.from) && this.#isKnown(edge.to, waiting.rule.to);
    if (ready) changes.push(waiting.change);
    else this.#waiting.push(waiting);
  }

  #isKnown(id: string, end: EndMapping): boolean {
    return end.elsewhere || end.create !== undefined || this.#nodes.has(id) || this.#created.has(id);
  }

  /** Uses of the same thing are added up, with the latest time. */
  #noteUse(change: Put<'PUT_USE'>): void {
    const key = useKey(change.use);
    const known = this.#uses.get(key);
    this.#uses.set(key, known === undefined ? change : { ...known, use: bothUses(known.use, change.use) });
  }

  #finishNodes(): Change[] {
    return [...this.#created.values()].filter(({ node }) => !this.#nodes.has(node.id));
  }

  /** The edges that waited. Those with an end that nothing tells are left out, and the end is named. */
  #finishEdges(): Change[] {
    const unresolved = new Set<string>();
    const changes: Change[] = [];
    for (const { change, rule } of this.#waiting) {
      const { from, to } = change.edge;
      const missing = [this.#isKnown(from, rule.from) ? undefined : from, this.#isKnown(to, rule.to) ? undefined : to];
      if (missing.every((id) => id === undefined)) changes.push(change);
      for (const id of missing) if (id !== undefined) unresolved.add(id);
    }
    for (const id of [...unresolved].sort()) this.#report.unresolved.push(id);
    return changes;
  }
}

const at = ({ file, line }: Place): string => `${file}:${line}`;

const nameOf = ({ kind, from, to }: EdgeRecord): string =>
  `the ${kind} edge from ${JSON.stringify(from)} to ${JSON.stringify(to)}`;

const createdTwice = (id: string, place: Place): string =>
  `the node ${JSON.stringify(id)}, which an end creates, was created with another kind or name at ${at(place)}`;

/** No part can hold a NUL. */
const useKey = ({ identity, action, resource }: UseRecord): string => [identity, action, resource].join('\0');

const bothUses = (a: UseRecord, b: UseRecord): UseRecord => ({
  ...a,
  lastUsedAt: Math.max(a.lastUsedAt, b.lastUsedAt),
  useCount: Math.min(Number.MAX_SAFE_INTEGER, a.useCount + b.useCount),
});
