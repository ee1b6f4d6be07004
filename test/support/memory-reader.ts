/** A store's reader over plain records, so that properties can be tried on thousands of graphs without a disk. */
import {
  EDGE_KINDS,
  type EdgeRecord,
  type Entity,
  isDisabled,
  mergeVersions,
  NODE_KINDS,
  type NodeRecord,
} from '../../engine/model/index.ts';
import { searchText } from '../../engine/model/search-text.ts';
import { EDGE_CONDITIONAL, EDGE_DENY, EDGE_NO_INHERIT, type StoreReader } from '../../engine/store/port.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function memoryReader(
  nodes: readonly NodeRecord[],
  edges: readonly EdgeRecord[],
  version = 1,
  precedence: readonly string[] = [],
): StoreReader {
  const versions = new Map<string, NodeRecord[]>();
  for (const node of nodes) versions.set(node.id, [...(versions.get(node.id) ?? []), node]);
  const entities: Entity[] = [...versions.values()].map((each) => mergeVersions(each, precedence));
  entities.sort((a, b) => NODE_KINDS.indexOf(a.kind) - NODE_KINDS.indexOf(b.kind) || compare(a.id, b.id));
  const refOf = new Map(entities.map((entity, i) => [entity.id, i + 1]));
  const effective = edges.filter((edge) => refOf.has(edge.from) && refOf.has(edge.to));
  const termsOf = new Map<string, number>();
  for (const edge of effective) {
    const key = JSON.stringify([edge.actions ?? [], edge.exceptActions ?? []]);
    if (edge.kind === 'GRANTS' && !termsOf.has(key)) termsOf.set(key, termsOf.size + 1);
  }
  return {
    version,
    async scanNodes(visit) {
      entities.forEach((entity, i) => {
        visit(i + 1, entity.kind, entity.id, isDisabled(entity), searchText(entity.id, entity.name, entity.attributes));
      });
    },
    async scanTerms(visit) {
      for (const [key, number] of termsOf) {
        const [actions, exceptActions] = JSON.parse(key);
        visit(number, actions, exceptActions);
      }
    },
    async scanEdges(visit, dangling = () => {}) {
      const inEffect = new Set(effective);
      for (const edge of edges) if (!inEffect.has(edge)) dangling(edge.id, edge.from, edge.to);
      effective.forEach((edge, i) => {
        const flags =
          (edge.effect === 'DENY' ? EDGE_DENY : 0) |
          (edge.inherit === false ? EDGE_NO_INHERIT : 0) |
          (edge.condition === undefined ? 0 : EDGE_CONDITIONAL);
        const terms =
          edge.kind === 'GRANTS' ? termsOf.get(JSON.stringify([edge.actions ?? [], edge.exceptActions ?? []]))! : 0;
        visit(
          i + 1,
          edge.kind,
          refOf.get(edge.from)!,
          refOf.get(edge.to)!,
          flags,
          terms,
          edge.validFrom ?? Number.NEGATIVE_INFINITY,
          edge.validTo ?? Number.POSITIVE_INFINITY,
        );
      });
    },
    async *nodeRecords() {
      yield* [...nodes].sort((a, b) => compare(a.id, b.id) || compare(a.source, b.source));
    },
    async *edgeRecords() {
      const order = (edge: EdgeRecord): string => JSON.stringify([edge.from, edge.to, edge.key ?? '', edge.source]);
      yield* [...edges].sort(
        (a, b) => EDGE_KINDS.indexOf(a.kind) - EDGE_KINDS.indexOf(b.kind) || compare(order(a), order(b)),
      );
    },
    async *useRecords() {},
    entities: async (refs) => refs.map((ref) => entities[ref - 1]),
    edges: async (refs) => refs.map((ref) => effective[ref - 1]),
    refsOf: async (nodeIds, edgeIds) => ({
      nodes: nodeIds.map((id) => refOf.get(id)),
      edges: edgeIds.map((id) => effective.findIndex((edge) => edge.id === id) + 1 || undefined),
    }),
    edgeById: async (id) => edges.find((edge) => edge.id === id),
    sources: async () => [],
    danglingEdges: async (limit) => {
      const dangling = edges.filter((edge) => !effective.includes(edge));
      return { total: dangling.length, edges: dangling.slice(0, limit) };
    },
    close: async () => {},
  };
}
