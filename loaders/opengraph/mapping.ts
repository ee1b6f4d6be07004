import type { EdgeKind, NodeKind } from '../../engine/model/index.ts';
import type { Template } from '../csv/template.ts';

/** What becomes of a kind of node; undefined where it is to be left out. */
export interface NodeMapping {
  readonly kind: NodeKind;
  readonly name: Template | undefined;
  readonly resourceType: string | undefined;
  /** Attribute → property, for properties that are to be called otherwise. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** What becomes of a kind of edge. */
export interface EdgeMapping {
  readonly kind: EdgeKind;
  readonly reverse: boolean;
  /** Kinds of node at its start and end for which this holds; empty: all. */
  readonly start: ReadonlySet<string>;
  readonly end: ReadonlySet<string>;
  readonly actions: readonly Template[];
  readonly inherit: boolean;
  readonly effect: 'ALLOW' | 'DENY';
  readonly technique: Template | undefined;
  readonly condition: Template | undefined;
  readonly validFrom: Template | undefined;
  readonly validTo: Template | undefined;
}

/** What the kinds of an OpenGraph are in the access model. A kind that is there with undefined, or without a rule, is left out. */
export interface Mapping {
  readonly file: string;
  readonly source: string | undefined;
  readonly nodes: ReadonlyMap<string, NodeMapping | undefined>;
  readonly edges: ReadonlyMap<string, readonly EdgeMapping[]>;
}
