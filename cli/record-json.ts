/** Nodes, edges and changes as the types of the GraphQL schema have them, absent values as null. */
import {
  type Change,
  type EdgeRecord,
  type Entity,
  formatInstant,
  type GrantOption,
  lineOfEdge,
  lineOfNode,
} from '../engine/index.ts';
import type { Names } from './names.ts';

const KINDS = {
  User: 'USER',
  ServiceAccount: 'SERVICE_ACCOUNT',
  Group: 'GROUP',
  Role: 'ROLE',
  Resource: 'RESOURCE',
} as const;

/** A node as the GraphQL type `Entity` has it. */
export function entityJson({ id, kind, name, sources, attributes, resourceType, sensitivity }: Entity) {
  return {
    id,
    kind: KINDS[kind],
    name,
    sources,
    attributes,
    ...(kind === 'Resource' ? { resourceType: resourceType ?? null, sensitivity: sensitivity ?? null } : {}),
  };
}

/** An edge as the GraphQL type `GraphEdge` has it; its ends by id, kind and name. */
export function edgeJson(edge: EdgeRecord, names: Names) {
  const instant = (at: number | undefined) => (at === undefined ? null : formatInstant(at));
  const end = (id: string) => {
    const { kind, name } = names.get(id)!;
    return { id, kind: KINDS[kind], name };
  };
  return {
    id: edge.id,
    kind: edge.kind,
    from: end(edge.from),
    to: end(edge.to),
    actions: edge.actions ?? null,
    exceptActions: edge.exceptActions ?? null,
    effect: edge.effect ?? null,
    inherit: edge.kind === 'GRANTS' ? (edge.inherit ?? true) : null,
    technique: edge.technique ?? null,
    condition: edge.condition ?? null,
    validFrom: instant(edge.validFrom),
    validTo: instant(edge.validTo),
    lastUsedAt: instant(edge.lastUsedAt),
    source: edge.source,
    evidence: edge.evidence ?? null,
  };
}

/** A proposal as the GraphQL type `Change` has it. */
export function changeJson({ option, change, detail }: GrantOption) {
  if (change.op !== 'PUT_EDGE') throw new TypeError(`a proposal to ${change.op}`);
  const { kind, from, to, id } = change.edge;
  return { option, op: change.op, kind, from, to, id, detail };
}

/** A change of a remedy as the GraphQL type `Change` has it; `whatIf` takes it back. */
export function changeOfRemedyJson(change: Change) {
  switch (change.op) {
    case 'PUT_EDGE': {
      const { edge: kind, from, to, key, ...properties } = lineOfEdge(change.edge);
      return { op: change.op, kind, from, to, ...(key === undefined ? {} : { key }), properties };
    }
    case 'PUT_NODE': {
      const { node: kind, id, ...properties } = lineOfNode(change.node);
      return { op: change.op, kind, id, properties };
    }
    case 'PUT_USE':
      throw new TypeError('a remedy that tells of a use');
    default:
      return { op: change.op, id: change.id };
  }
}
