/** What the generator says, before it becomes a change or a line: one node, edge or use. */
import type { Change, EdgeDraft, EdgeRecord, NodeKind, NodeRecord, UseRecord } from '../model/index.ts';
import { lineOfEdge, lineOfNode, lineOfUse, makeEdge } from '../model/index.ts';

export type Fact = { readonly node: NodeRecord } | { readonly edge: EdgeDraft } | { readonly use: UseRecord };
export type Facts = Generator<Fact, void, undefined>;

/** The systems that the facts come from. */
export type Source = 'apps' | 'cloud' | 'directory' | 'hr';

export function node(
  source: Source,
  kind: NodeKind,
  id: string,
  name: string,
  attributes: NodeRecord['attributes'] = {},
): Fact {
  return { node: { kind, id, source, name, attributes } };
}

export function resource(
  source: Source,
  resourceType: string,
  id: string,
  name: string,
  sensitivity?: number,
  attributes: NodeRecord['attributes'] = {},
): Fact {
  const plain = { kind: 'Resource', id, source, name, resourceType, attributes } as const;
  return { node: sensitivity === undefined ? plain : { ...plain, sensitivity } };
}

/** What an edge may say beyond its ends. */
export type Extra = Partial<Omit<EdgeDraft, 'kind' | 'from' | 'to' | 'source' | 'actions' | 'effect'>>;

export function edge(source: Source, kind: EdgeDraft['kind'], from: string, to: string, extra?: Extra): Fact {
  return { edge: extra === undefined ? { kind, from, to, source } : { kind, from, to, source, ...extra } };
}

/** @param actions sorted, as are `exceptActions` */
export function grant(source: Source, from: string, to: string, actions: readonly string[], extra?: Extra): Fact {
  return { edge: { kind: 'GRANTS', from, to, source, actions, effect: 'ALLOW', ...extra } };
}

export function deny(source: Source, from: string, to: string, actions: readonly string[], extra?: Extra): Fact {
  return { edge: { kind: 'GRANTS', from, to, source, key: 'deny', actions, effect: 'DENY', ...extra } };
}

export function use(
  source: Source,
  identity: string,
  action: string,
  resourceId: string,
  lastUsedAt: number,
  useCount: number,
): Fact {
  return { use: { identity, action, resource: resourceId, source, lastUsedAt, useCount } };
}

export function changeOfFact(fact: Fact): Change {
  if ('edge' in fact) return { op: 'PUT_EDGE', edge: makeEdge(fact.edge) };
  return 'node' in fact ? { op: 'PUT_NODE', node: fact.node } : { op: 'PUT_USE', use: fact.use };
}

/** The line of the exchange form. An edge's line does not hold its id, so it need not be worked out. */
export function lineOfFact(fact: Fact): string {
  if ('edge' in fact) return JSON.stringify(lineOfEdge(fact.edge as EdgeRecord));
  return JSON.stringify('node' in fact ? lineOfNode(fact.node) : lineOfUse(fact.use));
}
