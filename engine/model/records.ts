import type { Instant } from './instant.ts';
import type { EdgeKind, Effect, NodeKind } from './kinds.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type Attributes = { readonly [key: string]: JsonValue };

/** One source's version of a node. What is shown is merged from all of them: see `mergeVersions`. */
export interface NodeRecord {
  readonly kind: NodeKind;
  /** Unique and stable over all sources. */
  readonly id: string;
  /** The connector instance that vouches for it. */
  readonly source: string;
  readonly name?: string;
  /** Resources only. */
  readonly resourceType?: string;
  /** Resources only; in [0, 1]. */
  readonly sensitivity?: number;
  readonly attributes: Attributes;
}

/** One source's edge. The same edge told by two sources is two edges. */
export interface EdgeRecord {
  /** Follows from source, kind, ends and key: see `edgeId`. */
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  /** Tells parallel edges of a kind apart. */
  readonly key?: string;
  /** Grants only, then never empty: patterns, sorted, `*` matches any run of characters, case does not matter. */
  readonly actions?: readonly string[];
  /** Grants only: patterns taken out of `actions`. Absent rather than empty. */
  readonly exceptActions?: readonly string[];
  /** Grants only, then always there. */
  readonly effect?: Effect;
  /** Grants only: false when the grant stops at the resource it names. Absent means true. */
  readonly inherit?: false;
  /** How a take-over or an assumption is done. */
  readonly technique?: string;
  /** Source text of a condition that is not evaluated. */
  readonly condition?: string;
  /** Valid from this instant on. */
  readonly validFrom?: Instant;
  /** Valid until just before this instant. */
  readonly validTo?: Instant;
  /** Where it was read: file and line, policy and statement. */
  readonly evidence?: string;
  readonly lastUsedAt?: Instant;
  readonly useCount?: number;
}

/** A fact of use, kept beside the graph. */
export interface UseRecord {
  readonly identity: string;
  readonly action: string;
  readonly resource: string;
  readonly source: string;
  readonly lastUsedAt: Instant;
  readonly useCount: number;
}

/** A node as shown: the versions of all its sources merged by precedence. */
export interface Entity {
  readonly kind: NodeKind;
  readonly id: string;
  /** The id where no source gives a name. */
  readonly name: string;
  /** In order of precedence. */
  readonly sources: readonly string[];
  readonly resourceType?: string;
  readonly sensitivity?: number;
  readonly attributes: Attributes;
}
