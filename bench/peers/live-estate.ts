/** An estate as it stands at one instant: what a peer is given that knows nothing of time. */
import {
  type Change,
  type EdgeRecord,
  type Instant,
  isDisabled,
  mergeVersions,
  type NodeKind,
  type NodeRecord,
} from '../../engine/index.ts';

export interface LiveEstate {
  /** Every node by id. */
  readonly kinds: ReadonlyMap<string, NodeKind>;
  readonly disabled: ReadonlySet<string>;
  /** In force at the instant, with both ends known. */
  readonly edges: readonly EdgeRecord[];
  /** How many edges were left out because they are not in force. */
  readonly notInForce: number;
}

/** Of changes that put things only. */
export function liveEstate(changes: Iterable<Change>, at: Instant): LiveEstate {
  const versions = new Map<string, NodeRecord[]>();
  const edges = new Map<string, EdgeRecord>();
  for (const change of changes) {
    if (change.op === 'PUT_EDGE') edges.set(change.edge.id, change.edge);
    if (change.op === 'PUT_NODE') versions.set(change.node.id, [...(versions.get(change.node.id) ?? []), change.node]);
  }
  const kinds = new Map<string, NodeKind>();
  const disabled = new Set<string>();
  for (const [id, told] of versions) {
    const entity = mergeVersions(told);
    kinds.set(id, entity.kind);
    if (isDisabled(entity)) disabled.add(id);
  }
  const known = [...edges.values()].filter(({ from, to }) => kinds.has(from) && kinds.has(to));
  const live = known.filter(
    ({ validFrom = Number.NEGATIVE_INFINITY, validTo = Number.POSITIVE_INFINITY }) => validFrom <= at && at < validTo,
  );
  return { kinds, disabled, edges: live, notInForce: known.length - live.length };
}
