/**
 * The description of a source: what its records become. From one description come the checks of what is read, the changes,
 * the account of what was left aside, and the reference page.
 *
 * Paths name fields (`Properties.name`); `item` is the item at hand of the list that `each` names; texts in braces are
 * filled in: see template.ts.
 */
import type { EdgeKind, NodeKind } from '../../engine/model/index.ts';
import type { Fields } from './record.ts';
import type { Spellings } from './template.ts';

export interface SourceDescription {
  /** The word after `load`. */
  readonly format: string;
  readonly title: string;
  /** One line for `--help`. */
  readonly summary: string;
  readonly entities: readonly EntityDescription[];
  /** What templates may say behind a bar: `{PrincipalSID|sid}`. */
  readonly spellings?: Spellings;
}

/** What one type of record becomes. */
export interface EntityDescription {
  /** The type of record, as the reader says it. */
  readonly record: string;
  readonly about: string;
  /** Why nothing is made of such records; they are counted. */
  readonly passedOver?: string;
  /**
   * The fields that are known, with their form. A field of another form is an error, for access would be lost with it; one that
   * is not known is kept as an attribute where the node keeps the rest, and listed otherwise.
   */
  readonly fields: Readonly<Record<string, Form>>;
  /** The first without `each` is the record's own: `{self}` is its id. */
  readonly nodes: readonly NodeDescription[];
  readonly edges: readonly EdgeDescription[];
}

/** Forms of fields. A null is an absent field in all of them. `texts` takes a single text for a list of one. */
export type Form = 'text' | 'texts' | 'flag' | 'number' | 'object' | 'objects' | 'any';

export interface NodeDescription {
  readonly kind: NodeKind;
  readonly about: string;
  /** Made only where this holds. */
  readonly when?: Test | readonly Test[];
  /** A list of the record: one node for each of its items. */
  readonly each?: string;
  readonly id: string;
  readonly name?: string;
  readonly resourceType?: string;
  /** Other names by which edges find it, each in a list of names of its own. */
  readonly aka?: readonly { readonly list: string; readonly name: string; readonly each?: string }[];
  readonly attributes?: AttributesDescription;
}

export interface AttributesDescription {
  /** Attribute → path of its value. */
  readonly named?: Readonly<Record<string, string>>;
  /** Path of an object of which every further field becomes an attribute; empty for the record itself. */
  readonly rest?: string;
  /** Fields of that object that do not: keys, and what edges are made of. */
  readonly except?: readonly string[];
  /** Attributes that are instants, with how they are written; kept as ISO 8601. */
  readonly instants?: Readonly<Record<string, InstantForm>>;
}

/** `seconds` since 1970, `filetime` of Windows (100 ns since 1601), `generalized` time of LDAP. 0 and less: never. */
export type InstantForm = 'seconds' | 'filetime' | 'generalized';

/** Holds where the value of a path is one of those, or merely there. */
export interface Test {
  readonly path: string;
  readonly oneOf?: readonly (string | number | boolean)[];
  /** Holds where it is none of those. */
  readonly noneOf?: readonly (string | number | boolean)[];
  readonly matches?: RegExp;
}

export interface EdgeDescription {
  readonly kind: EdgeKind;
  readonly about: string;
  readonly each?: string;
  readonly when?: Test | readonly Test[];
  readonly from: string | EndDescription;
  readonly to: string | EndDescription;
  readonly technique?: string;
  readonly actions?: readonly string[];
  /** Paths of lists of actions, and of actions taken out of them, where they are in the record. */
  readonly actionsIn?: string;
  readonly exceptionsIn?: string;
  readonly inherit?: boolean;
  readonly effect?: 'ALLOW' | 'DENY';
  readonly key?: string;
  readonly condition?: string;
  /** From and until when it holds, as ISO 8601; a text that is no instant is no bound. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Where it was read, when the place of the record does not say enough. */
  readonly evidence?: string;
}

export interface EndDescription {
  readonly id: string;
  /** The list of names that the text is looked up in; else it is an id. */
  readonly list?: string;
  /** What an end that no record describes is: `report` lists it and leaves the edge out, `pass` only leaves it out. */
  readonly unknown?: 'report' | 'pass' | StandIn;
}

/** A node in place of one that is described elsewhere: in another collection, or nowhere. */
export interface StandIn {
  /** The kind; undefined where it cannot be told, and then the end is reported. */
  readonly kind: NodeKind | ((id: string, item: Fields) => NodeKind | undefined);
  readonly name?: (id: string) => string | undefined;
  readonly resourceType?: string;
}
