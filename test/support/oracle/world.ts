/** The graph as it stands at one instant, in the plainest form there is: a map of kinds and a list of edges. */
import type { EdgeKind, EdgeRecord, Instant, NodeKind, NodeRecord } from '../../../engine/model/index.ts';

export interface OracleGraph {
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly EdgeRecord[];
}

export interface World {
  readonly kinds: ReadonlyMap<string, NodeKind>;
  /** Those that are there: both ends known, within their time of validity. */
  readonly edges: readonly EdgeRecord[];
}

/** Nodes reached from a start. True: also without any condition. */
export type Reached = ReadonlyMap<string, boolean>;

export function worldAt(graph: OracleGraph, at: Instant): World {
  const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
  const edges = graph.edges.filter(
    (edge) =>
      kinds.has(edge.from) &&
      kinds.has(edge.to) &&
      (edge.validFrom === undefined || edge.validFrom <= at) &&
      (edge.validTo === undefined || at < edge.validTo),
  );
  return { kinds, edges };
}

export const isIdentity = (world: World, id: string): boolean =>
  world.kinds.get(id) === 'User' || world.kinds.get(id) === 'ServiceAccount';

export const isResource = (world: World, id: string): boolean => world.kinds.get(id) === 'Resource';

/** Everything that the given edges lead to, the start included: round after round until nothing is new. */
export function closure(start: string, edges: readonly EdgeRecord[]): Reached {
  const reached = new Map([[start, true]]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const edge of edges) {
      const before = reached.get(edge.from);
      if (before === undefined) continue;
      const certain = before && edge.condition === undefined;
      const known = reached.get(edge.to);
      if (known === undefined || (certain && !known)) {
        reached.set(edge.to, certain);
        grown = true;
      }
    }
  }
  return reached;
}

export const edgesOfKinds = (world: World, kinds: readonly EdgeKind[]): readonly EdgeRecord[] =>
  world.edges.filter((edge) => kinds.includes(edge.kind));

/** Disabled by the word of the first source, by name, that says anything about it. */
export function isDisabled(graph: OracleGraph, id: string): boolean {
  const versions = graph.nodes.filter((node) => node.id === id && node.attributes['enabled'] !== undefined);
  versions.sort((a, b) => (a.source < b.source ? -1 : 1));
  return versions[0]?.attributes['enabled'] === false;
}
