/** An explanation as JSON: the fields of `AccessExplanation` of the GraphQL schema, absent values as null. */
import {
  type AccessExplanation,
  type EdgeRecord,
  type Entity,
  formatInstant,
  type GrantOption,
  type Instant,
} from '../engine/index.ts';
import type { Names } from './names.ts';

export function whyJson(why: AccessExplanation, names: Names) {
  const edge = (record: EdgeRecord) => edgeJson(record, names);
  return {
    identity: entityJson(names.get(why.identity)!),
    action: why.action,
    resource: entityJson(names.get(why.resource)!),
    decision: why.decision,
    conditions: why.conditions,
    sentences: why.sentences,
    paths: why.paths.map(({ edges, nodes, length, decision, validFrom, validTo }) => ({
      edges: edges.map(edge),
      nodes: nodes.map((id) => entityJson(names.get(id)!)),
      length,
      decision,
      validFrom: instantJson(validFrom),
      validTo: instantJson(validTo),
    })),
    pathCount: why.pathCount,
    pathCountText: why.pathCountText,
    complete: why.complete,
    incompleteBecause: why.incompleteBecause ?? null,
    version: why.version,
    validWindows: why.validWindows.map(({ from, to }) => ({ from: instantJson(from), to: instantJson(to) })),
    chokeEdges: why.chokeEdges.map(edge),
    denials: why.denials.map(edge),
    grantOptions: why.grantOptions.map(changeJson),
  };
}

export const instantJson = (at: Instant | null | undefined) => (at == null ? null : formatInstant(at));

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
function edgeJson(edge: EdgeRecord, names: Names) {
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
    validFrom: instantJson(edge.validFrom),
    validTo: instantJson(edge.validTo),
    lastUsedAt: instantJson(edge.lastUsedAt),
    source: edge.source,
    evidence: edge.evidence ?? null,
  };
}

function changeJson({ option, change, detail }: GrantOption) {
  if (change.op !== 'PUT_EDGE') throw new TypeError(`a proposal to ${change.op}`);
  const { kind, from, to, id } = change.edge;
  return { option, op: change.op, kind, from, to, id, detail };
}
