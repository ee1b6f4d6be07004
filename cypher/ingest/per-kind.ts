import { EDGE_KINDS, type EdgeKind, NODE_KINDS, type NodeKind } from '../../engine/model/index.ts';
import type { Statement } from '../statement.ts';

export const perEdgeKind = (make: (kind: EdgeKind) => Statement): Readonly<Record<EdgeKind, Statement>> =>
  Object.freeze(Object.fromEntries(EDGE_KINDS.map((kind) => [kind, make(kind)])) as Record<EdgeKind, Statement>);

export const perNodeKind = (make: (kind: NodeKind) => Statement): Readonly<Record<NodeKind, Statement>> =>
  Object.freeze(Object.fromEntries(NODE_KINDS.map((kind) => [kind, make(kind)])) as Record<NodeKind, Statement>);
