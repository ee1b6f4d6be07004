/** Nodes, edges and changes as the types of the GraphQL schema have them, absent values as null. */
import { type EdgeRecord, type Entity, formatInstant, type GrantOption } from '../engine/index.ts';
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
