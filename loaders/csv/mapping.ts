/** What a mapping file says, read and checked: docs/loaders/csv.md. */
import type { EdgeKind, NodeKind } from '../../engine/model/index.ts';
import type { Condition } from './condition.ts';
import type { Template } from './template.ts';
import type { TypedValue } from './typed-value.ts';

export interface Mapping {
  /** The mapping file. */
  readonly file: string;
  readonly source?: string;
  readonly files: readonly FileMapping[];
}

/** How one CSV file, or all files of a pattern, are read. */
export interface FileMapping {
  /** Line of the mapping file. */
  readonly line: number;
  /** Path into the mapping file, for messages: `files[0]`. */
  readonly path: string;
  /** Name of the file, in which `*` stands for any run of characters and `?` for one. */
  readonly pattern: string;
  /** False: a load without such a file is refused. */
  readonly optional: boolean;
  readonly dialect: Dialect;
  readonly when: readonly Condition[];
  readonly rules: readonly Rule[];
}

/** How the text is cut into rows and cells. */
export interface Dialect {
  readonly delimiter: string;
  /** The quote character; null for none. */
  readonly quote: string | null;
  readonly comment: string | undefined;
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding: string;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Names for the columns of a file without header; undefined: they are called 1, 2, 3, … */
  readonly columns: readonly string[] | undefined;
}

export type Rule = NodeRule | EdgeRule | UseRule;

interface CommonRule {
  readonly line: number;
  readonly path: string;
  readonly when: readonly Condition[];
  /** A column that holds several values: the rule is followed once for each. */
  readonly split: { readonly column: string; readonly separator: string } | undefined;
}

export interface NodeRule extends CommonRule {
  readonly makes: 'node';
  readonly kind: NodeKind;
  readonly id: Template;
  /** Fields of the node, by their names in the exchange form. */
  readonly fields: ReadonlyMap<string, TypedValue>;
  readonly attributes: ReadonlyMap<string, TypedValue>;
}

export interface EdgeRule extends CommonRule {
  readonly makes: 'edge';
  readonly kind: EdgeKind;
  readonly from: EndMapping;
  readonly to: EndMapping;
  readonly fields: ReadonlyMap<string, TypedValue | readonly TypedValue[]>;
}

/** One end of an edge. */
export interface EndMapping {
  readonly id: Template;
  /** Makes the node where no rule does. */
  readonly create: { readonly kind: NodeKind; readonly fields: ReadonlyMap<string, TypedValue> } | undefined;
  /** The node is told by another source. */
  readonly elsewhere: boolean;
}

export interface UseRule extends CommonRule {
  readonly makes: 'use';
  readonly identity: Template;
  readonly action: Template;
  readonly resource: Template;
  readonly fields: ReadonlyMap<string, TypedValue>;
}
