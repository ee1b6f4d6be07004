/**
 * The estate at one instant in graphology: a graph for each class of edge, so that a traversal meets only edges it wants.
 * Every node is in the graph of memberships; in the others are the ends of their edges.
 */
import { MultiDirectedGraph } from 'graphology';
import type { NodeKind } from '../../../engine/index.ts';
import type { LiveEstate } from '../live-estate.ts';

export interface PrincipalAttributes {
  readonly kind: NodeKind;
  readonly disabled: boolean;
}
/** `sure` says that no condition is on the edge. */
export interface StepAttributes {
  readonly sure: boolean;
}
export interface GrantAttributes extends StepAttributes {
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly denies: boolean;
  readonly inherit: boolean;
}
type None = Record<string, never>;

export interface AccessGraphs {
  /** MEMBER_OF, HAS_ROLE, INHERITS. */
  readonly memberships: MultiDirectedGraph<PrincipalAttributes, StepAttributes>;
  readonly assumptions: MultiDirectedGraph<None, StepAttributes>;
  readonly grants: MultiDirectedGraph<None, GrantAttributes>;
  readonly containment: MultiDirectedGraph<None, None>;
  readonly bounds: MultiDirectedGraph<None, None>;
}

/** Ownership and take-over are left out: the first gives no access, the second none that a default question counts. */
export function accessGraphs({ kinds, disabled, edges }: LiveEstate): AccessGraphs {
  const graphs: AccessGraphs = {
    memberships: new MultiDirectedGraph<PrincipalAttributes, StepAttributes>(),
    assumptions: new MultiDirectedGraph<None, StepAttributes>(),
    grants: new MultiDirectedGraph<None, GrantAttributes>(),
    containment: new MultiDirectedGraph<None, None>(),
    bounds: new MultiDirectedGraph<None, None>(),
  };
  for (const [id, kind] of kinds) graphs.memberships.addNode(id, { kind, disabled: disabled.has(id) });
  for (const { kind, from, to, condition, actions = [], exceptActions = [], effect, inherit } of edges) {
    const sure = condition === undefined;
    if (kind === 'MEMBER_OF' || kind === 'HAS_ROLE' || kind === 'INHERITS')
      graphs.memberships.addEdge(from, to, { sure });
    else if (kind === 'CAN_ASSUME') linked(graphs.assumptions, from, to).addEdge(from, to, { sure });
    else if (kind === 'CONTAINS') linked(graphs.containment, from, to).addEdge(from, to);
    else if (kind === 'BOUNDED_BY') linked(graphs.bounds, from, to).addEdge(from, to);
    else if (kind === 'GRANTS') {
      const terms = { actions, exceptActions, denies: effect === 'DENY', inherit: inherit !== false };
      linked(graphs.grants, from, to).addEdge(from, to, { sure, ...terms });
    }
  }
  return graphs;
}

/** The graph, with both nodes in it. */
function linked<G extends { mergeNode(id: string): unknown }>(graph: G, from: string, to: string): G {
  graph.mergeNode(from);
  graph.mergeNode(to);
  return graph;
}
