/** The rows of all files of an import, each in its file. */
import type { EdgeRecord, NodeKind } from '../../model/index.ts';
import { ENTITY_COLUMNS, RELATIONSHIP_COLUMNS, type StoreLabel, storeColumns } from './import-columns.ts';
import { type Column, headerLine, rowLine } from './import-csv.ts';
import { edgeProperties, idProperty, labelsOf, PLAIN, type Properties } from './properties.ts';

/** Takes text to the end of a file; gives a promise when it is busy. */
export type WriteText = (file: string, text: string) => Promise<void> | undefined;

export interface ImportFile {
  /** Such as `nodes-User.csv`. */
  readonly name: string;
  readonly of: 'nodes' | 'relationships';
  readonly rows: number;
}

/** What was written, and what the importer has to be told to read it. */
export interface ImportFiles {
  readonly files: readonly ImportFile[];
  readonly nodes: number;
  readonly relationships: number;
  /** Parts the texts of lists. One control character. */
  readonly arrayDelimiter: string;
  /** Of the longest line, in UTF-16 units. */
  readonly longestLine: number;
}

/** The version of the graph in the database that is made. */
export const VERSION = 1;

/** The rows of all files: each file begins with its header when its first row comes. */
export class ImportRows {
  readonly #delimiter: string;
  readonly #write: WriteText;
  readonly #files = new Map<string, { of: ImportFile['of']; columns: readonly Column[]; rows: number }>();
  #longest = 0;

  constructor(delimiter: string, write: WriteText) {
    this.#delimiter = delimiter;
    this.#write = write;
  }

  entity(kind: NodeKind, values: Properties): Promise<void> | undefined {
    return this.#row(`nodes-${kind}.csv`, 'nodes', ENTITY_COLUMNS, { ...values, ':LABEL': labelsOf(kind) });
  }

  relationship(edge: EdgeRecord): Promise<void> | undefined {
    return this.#row(`relationships-${edge.kind}.csv`, 'relationships', RELATIONSHIP_COLUMNS, {
      ':START_ID(Entity)': idProperty(edge.from),
      ':END_ID(Entity)': idProperty(edge.to),
      ':TYPE': edge.kind,
      since: VERSION,
      ...edgeProperties(edge, PLAIN),
    });
  }

  /** A node of the store's own. */
  add(label: StoreLabel, values: Properties): Promise<void> | undefined {
    return this.#row(`nodes-${label}.csv`, 'nodes', storeColumns(label), { ...values, ':LABEL': [label] });
  }

  #row(name: string, of: ImportFile['of'], columns: readonly Column[], values: Properties): Promise<void> | undefined {
    let file = this.#files.get(name);
    let text = '';
    if (file === undefined) {
      file = { of, columns, rows: 0 };
      this.#files.set(name, file);
      text = headerLine(columns);
    }
    file.rows += 1;
    const line = rowLine(file.columns, values, this.#delimiter);
    this.#longest = Math.max(this.#longest, line.length);
    return this.#write(name, text + line);
  }

  summary(): ImportFiles {
    const files = [...this.#files].map(([name, { of, rows }]) => ({ name, of, rows }));
    const count = (wanted: ImportFile['of']) => sum(files.filter(({ of }) => of === wanted).map(({ rows }) => rows));
    return Object.freeze({
      files: Object.freeze(files.sort((a, b) => (a.name < b.name ? -1 : 1))),
      nodes: count('nodes'),
      relationships: count('relationships'),
      arrayDelimiter: this.#delimiter,
      longestLine: this.#longest,
    });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
