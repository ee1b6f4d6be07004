import type { AccessPath, AccessRow, EdgeRecord, Entity, ListedFinding, Page } from '../../engine/index.ts';
import type {
  AccessConnectionResolvers,
  AccessEdgeResolvers,
  AccessPathConnectionResolvers,
  AccessPathEdgeResolvers,
  EntityConnectionResolvers,
  EntityEdgeResolvers,
  FindingConnectionResolvers,
  FindingEdgeResolvers,
  GraphEdgeConnectionResolvers,
  GraphEdgeItemResolvers,
  PageInfoResolvers,
} from '../generated/resolver-types.ts';
import { countOf } from '../scalars.ts';
import { cursorsOf, type Item, itemsOf } from '../shapes.ts';

const node = <T>({ page, index }: Item<T>): T => page.items[index]!;
const cursor = ({ page, index }: Item<unknown>): string => cursorsOf(page)[index]!;
const pageInfo = <T>(page: Page<T>): Page<T> => page;
const totalCount = (page: Page<unknown>): number => countOf(page.totalCount);
const incompleteBecause = (page: Page<unknown>): string | null => page.incompleteBecause ?? null;
const shared = { pageInfo, totalCount, incompleteBecause };

export const PageInfo: PageInfoResolvers = {
  startCursor: (page) => cursorsOf(page)[0] ?? null,
  endCursor: (page) => cursorsOf(page).at(-1) ?? null,
};

export const EntityConnection: EntityConnectionResolvers = { ...shared, edges: (page) => itemsOf<Entity>(page) };
export const EntityEdge: EntityEdgeResolvers = { node, cursor };
export const GraphEdgeConnection: GraphEdgeConnectionResolvers = {
  ...shared,
  edges: (page) => itemsOf<EdgeRecord>(page),
};
export const GraphEdgeItem: GraphEdgeItemResolvers = { node, cursor };
export const AccessConnection: AccessConnectionResolvers = { ...shared, edges: (page) => itemsOf<AccessRow>(page) };
export const AccessEdge: AccessEdgeResolvers = { node, cursor };
export const AccessPathConnection: AccessPathConnectionResolvers = {
  ...shared,
  edges: (page) => itemsOf<AccessPath>(page),
};
export const AccessPathEdge: AccessPathEdgeResolvers = { node, cursor };
export const FindingConnection: FindingConnectionResolvers = {
  ...shared,
  edges: (page) => itemsOf<ListedFinding>(page),
};
export const FindingEdge: FindingEdgeResolvers = { node, cursor };
